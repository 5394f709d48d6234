"""Many learners who are signed in already, without a second of password hashing: rows of accounts and sessions."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import select

from elearn.clock import now
from elearn.house import open_house
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, BrowserSession, Role, RoleGrant
from elearn.models.learning import ActivityState, Attempt
from elearn.models.organisation import Unit
from elearn.settings import load_settings

if TYPE_CHECKING:
    from support import Browser, Installation

    from elearn.house import House

COOKIE = "elearn"
DAY = timedelta(days=1)
START = re.compile(r'<script type="application/json" id="start">(.*?)</script>', re.DOTALL)
TOKEN = re.compile(r'name="csrf[-_]token"[^>]*(?:value|content)="([^"]*)"')


def opened(place: Installation) -> House:
    """The house of an installation, in this process."""
    settings = {"ELEARN_HOME": str(place.home), "ELEARN_LOG_LEVEL": "error", **place.settings}
    return open_house(load_settings(settings))


def gather(place: Installation, number: int) -> list[Member]:
    """Make learners with a session each."""
    moment, tokens = now(), [new_token() for _ in range(number)]
    house = opened(place)
    try:
        with house.database.write() as session:
            unit = session.scalars(select(Unit.id).order_by(Unit.id).limit(1)).one()
            accounts = [Account(login=f"dong.hoc.{n}", display_name=f"Học sinh {n}") for n in range(number)]
            session.add_all(accounts)
            session.flush()
            session.add_all(RoleGrant(account_id=each.id, role=Role.STUDENT, unit_id=unit) for each in accounts)
            for account, token in zip(accounts, tokens, strict=True):
                times = {"created_at": moment, "seen_at": moment, "expires_at": moment + DAY}
                session.add(BrowserSession(digest=token_digest(token), account_id=account.id, data={}, **times))
    finally:
        house.close()
    return [Member(token) for token in tokens]


class Member:
    """One of the crowd: `launch` opens the player; `said` is the newest state that was sent, `kept` acknowledged."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.start: dict[str, Any] = {}
        self.host = ""
        self.number = self.kept = 0

    def launch(self, browser: Browser, material: str) -> None:
        """Look at the material's page, press its button, open the player page."""
        browser.cookies = {COOKIE: self.token}
        page = browser.get(f"/materials/{material}")
        token = TOKEN.search(page.text)
        assert token, f"{page.status}: no form"
        shell = browser.post_form(f"/materials/{material}/play", csrf_token=token[1]).headers["Location"]
        assert browser.get(shell).status == 200
        code = browser.post_json(f"{shell}/code", {"tab": "load"}, **{"X-CSRFToken": token[1]})
        address = urlsplit(json.loads(code.body)["url"])
        self.host = address.netloc
        start = START.search(browser.get(address.path, host=self.host).text)
        assert start, "no player page"
        self.start = json.loads(start[1])

    def fetch(self, browser: Browser, names: list[str]) -> None:
        """Fetch files of the lesson as a browser that has none of them."""
        for name in names:
            answer = browser.get(self.start["files"] + name, host=self.host, **{"Accept-Encoding": "gzip"})
            assert answer.status == 200, f"{name}: {answer.status}"

    def commit(self, browser: Browser, text: str) -> int:
        """Say the next number with some text; gives the status of the answer."""
        self.number += 1
        launch = self.start["view"]["delivery"]["launch"]
        message = {"number": self.number, "launch": launch, "delta": {"cmi.suspend_data": f"{self.number}:{text}"}}
        bearer = {"Authorization": f"Bearer {self.start['token']}"}
        status = browser.post_json("/rt/commit", message, self.host, **bearer).status
        if status == 200:
            self.kept = self.number
        return status


def lost(place: Installation, members: list[Member]) -> list[str]:
    """Read the state of every attempt back; what is older than what was acknowledged is lost."""
    house = opened(place)
    try:
        with house.database.read() as session:
            query = select(Attempt.uid, ActivityState.document).join(
                ActivityState, ActivityState.attempt_id == Attempt.id
            )
            stored = dict(session.execute(query).tuples().all())
    finally:
        house.close()
    found = []
    for member in members:
        if not member.kept:
            continue
        document = stored.get(member.start["attempt"], {})
        number = int(document.get("cmi.suspend_data", "0:").partition(":")[0])
        if number < member.kept:
            found.append(f"attempt {member.start['attempt']}: {member.kept} was acknowledged, {number} is stored")
    return found
