"""Published materials and learners who play them, over the whole WSGI application."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from content_packages.storage.receiving import receive
from elearn.models.material import Status
from elearn.services.access import SYSTEM, load_identity
from elearn.services.account import account_by_login
from elearn.services.contribute import create_material, examine
from elearn.services.organisation import ensure_root

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from elearn.house import House
    from tests.support.web import Browser

_START = re.compile(r'<script type="application/json" id="start">(.*?)</script>', re.DOTALL)
AUTHOR = "tac.gia"


def put(house: House, data: bytes, name: str = "bai-giang.zip") -> str:
    """A published material of a file; the account AUTHOR must be there. Returns its uid."""
    staging = house.settings.staging_folder
    staging.mkdir(parents=True, exist_ok=True)
    with receive(io.BytesIO(data), staging, len(data)) as staged:
        intake = examine(house.storage, staged, name)
        assert intake.facts.accepted, intake.facts.findings
        with house.database.write() as session:
            author = account_by_login(session, AUTHOR)
            assert author is not None, "make the account AUTHOR first"
            unit = ensure_root(session, SYSTEM)
            material = create_material(session, load_identity(session, author.id), unit, intake)
            material.status = Status.PUBLISHED
            return material.uid


class Opened:
    """A player page as the content host gave it."""

    def __init__(self, learner: Player, url: str, answer: TestResponse) -> None:
        assert answer.status_code == 200, answer.text
        self.learner = learner
        self.url = url
        self.answer = answer
        self.start = json.loads(_START.search(answer.text)[1])
        self.origin = url.partition("/p/")[0]
        self.number = 0

    @property
    def delivery(self) -> dict[str, Any]:
        """What runs."""
        return self.start["view"]["delivery"]

    def file(self, path: str, **arguments: Any) -> TestResponse:
        """A file of the package."""
        return self.get(self.start["files"] + path, **arguments)

    def get(self, path: str, **arguments: Any) -> TestResponse:
        """Anything of the content host."""
        return self.learner.browser.open(path, origin=self.origin, buffered=True, **arguments)

    def message(self, delta: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
        """The next message."""
        self.number += 1
        return {"number": self.number, "launch": self.delivery["launch"], "delta": delta or {}, "final": False} | fields

    def post(self, path: str, body: Any = None, token: str | None = None, **arguments: Any) -> TestResponse:
        """Speak to an endpoint of the run time."""
        headers = {"Authorization": f"Bearer {self.start['token'] if token is None else token}"}
        headers |= arguments.pop("headers", {})
        sent = {"data": body, "content_type": "application/json"} if isinstance(body, bytes | str) else {"json": body}
        origin = arguments.pop("origin", self.origin)
        return self.learner.browser.open(path, method="POST", origin=origin, headers=headers, **sent, **arguments)

    def commit(self, delta: dict[str, Any] | None = None, **fields: Any) -> TestResponse:
        """Commit what content has set."""
        return self.post("/rt/commit", self.message(delta, **fields))

    def walk(self, kind: str | None, **fields: Any) -> TestResponse:
        """Ask for a navigation."""
        request = {"kind": kind, "target": fields.pop("target", "")} if kind else None
        return self.post("/rt/navigate", self.message(**fields) | {"request": request})


class Player:
    """A signed-in learner at a browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def launch(self, uid: str) -> str:
        """Press the button on the material's page; gives the uid of the attempt."""
        answer = self.browser.post(f"/materials/{uid}/play")
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].rpartition("/")[2]

    def post_json(self, path: str, body: Any) -> TestResponse:
        """What a script of ours sends to the application."""
        headers = {"X-CSRFToken": self.browser.csrf()}
        return self.browser.open(path, method="POST", json=body, headers=headers)

    def code(self, attempt: str, tab: str = "tab") -> str:
        """The one-time address of the frame."""
        answer = self.post_json(f"/play/{attempt}/code", {"tab": tab})
        assert answer.status_code == 200, answer.text
        return str(answer.json["url"])

    def open(self, uid: str, tab: str = "tab") -> Opened:
        """Launch a material and open its player."""
        url = self.code(self.launch(uid), tab)
        return Opened(self, url, self.follow(url))

    def follow(self, url: str) -> TestResponse:
        """Open a one-time address."""
        origin, _, code = url.partition("/p/")
        return self.browser.open(f"/p/{code}", origin=origin)
