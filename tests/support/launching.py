"""Opens a lesson in a browser without pages, and speaks for its player."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.support.web import Browser

_START = re.compile(r'<script type="application/json" id="start">(.*?)</script>', re.DOTALL)


@dataclass
class PlayerPage:
    """A player page on the content origin: `start` is what it was told."""

    browser: Browser
    origin: str
    start: dict[str, Any]

    def send(self, path: str, body: Any) -> TestResponse:
        """Send a message as the page does; bytes go as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.start['token']}", "Content-Type": "application/json"}
        return self.browser.open(path, method="POST", data=data, origin=self.origin, headers=headers)


def launch(browser: Browser, material: str) -> PlayerPage:
    """Launch a material for whoever is signed in."""
    token = browser.csrf()
    shell = browser.post(f"/materials/{material}/play").location
    given = browser.open(f"{shell}/code", method="POST", json={"tab": "1"}, headers={"X-CSRFToken": token}).json
    origin, _, code = given["url"].rpartition("/p/")
    start = _START.search(browser.get(f"/p/{code}", origin=origin).text)
    assert start, "no player page"
    return PlayerPage(browser, origin, json.loads(start[1]))
