"""Clicks in a course of the test platform, over the whole WSGI application and without a browser's scripts."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import select

from elearn.models.lti import LtiEvent, LtiPlatform
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from tests.support.launches import MOODLE, LaunchedBrowser, add_platform
from tests.support.lti_site import LtiSite
from tests.support.web import Browser

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from elearn.house import House

OURS = "http://localhost"
_ADDRESS = re.compile(r'data-address="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_HANDLE = re.compile(r"/l/([A-Za-z0-9_\-]{43})")


class Door:
    """Our site as a platform reaches it: `site` is connected, and its users click."""

    def __init__(self, house: House, app: Any, site: LtiSite | None = None, origin: str = OURS, **values: Any) -> None:
        self.house, self.app, self.origin = house, app, origin
        self.site = site or LtiSite(MOODLE)
        self.tool = self.site.know(origin)
        values = {"keyset": self.site.keyset()["keys"]} | values
        with house.database.write() as session:
            add_platform(session, ensure_root(session, SYSTEM), self.site.issuer, **values)

    def place(self, uid: str, title: str = "Phân số", **values: Any) -> str:
        """An activity with a material of ours; gives its id in the platform."""
        return self.site.place(title, f"{self.origin}/lti/open/m/{uid}", **values).id

    def browser(self) -> Browser:
        """Somebody's browser."""
        return Browser(self.app)

    def login(self, browser: Browser, user: str = "42", link: str = "", **fields: Any) -> TestResponse:
        """The first message of a click: a form that a page of the platform sends to us."""
        told = self.site.begin(self.tool, user, link) | fields
        told = {name: value for name, value in told.items() if value is not None}
        return browser.open("/lti/login", method="POST", data=told, headers={"Origin": self.site.issuer})

    def answered(self, login: TestResponse) -> dict[str, str]:
        """What the platform says to where our page goes on."""
        address = html.unescape(_ADDRESS.search(login.text)[1])
        return self.site.authorize(dict(parse_qsl(urlsplit(address).query)))

    def arrive(self, browser: Browser, fields: dict[str, str]) -> TestResponse:
        """The second message of a click."""
        return browser.open("/lti/launch", method="POST", data=fields, headers={"Origin": self.site.issuer})

    def click(self, browser: Browser | None = None, user: str = "42", link: str = "", **fields: Any) -> TestResponse:
        """A whole click, up to what answers the second message."""
        browser = browser or self.browser()
        return self.arrive(browser, self.answered(self.login(browser, user, link, **fields)))

    def enter(self, user: str = "42", link: str = "") -> LaunchedBrowser:
        """A browser below the handle of a click that went well."""
        return inside(self.app, self.click(None, user, link))

    def events(self) -> list[tuple[str, str]]:
        """Kinds and codes of what was kept for administrators."""
        with self.house.database.read() as session:
            return [(event.kind, event.code) for event in session.scalars(select(LtiEvent).order_by(LtiEvent.id))]

    def change(self, **values: Any) -> None:
        """Change the row of the platform."""
        with self.house.database.write() as session:
            platform = session.query(LtiPlatform).filter_by(issuer=self.site.issuer).one()
            for name, value in values.items():
                setattr(platform, name, value)


def hidden_fields(page: TestResponse) -> dict[str, str]:
    """The hidden fields of a page."""
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page.text)}


def inside(app: Any, answer: TestResponse) -> LaunchedBrowser:
    """The browser below the handle to which an answer leads."""
    assert answer.status_code == 303, answer.text
    found = _HANDLE.match(answer.location)
    assert found, answer.location
    return LaunchedBrowser(app, found[1])
