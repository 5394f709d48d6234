"""Headers of proxies: ignored without ELEARN_TRUSTED_PROXIES, believed from as many proxies as are trusted."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from sqlalchemy import select

from bench.support import PASSWORD
from elearn.app import create_app
from elearn.models.account import BrowserSession
from tests.support.installation import TEACHER, opened_home
from tests.support.web import Browser

FORWARDED = {"X-Forwarded-For": "203.0.113.7, 198.51.100.9", "X-Forwarded-Proto": "https"}


@pytest.fixture
def site(home):
    """`site(ELEARN_TRUSTED_PROXIES="1")` gives a browser and a function that says from where it was seen."""
    with ExitStack() as open_houses:

        def make(**environment):
            house = open_houses.enter_context(opened_home(home, **environment))

            def address():
                with house.database.read() as session:
                    return session.scalars(select(BrowserSession.address)).one()

            return Browser(create_app(house), peer="10.0.0.7", origin="http://10.0.0.5"), address

        yield make


def sign_in(browser, **headers):
    token = browser.get("/sign-in", headers=headers).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    fields = {"login": TEACHER, "password": PASSWORD, "csrf_token": token}
    return browser.post("/sign-in", fields, csrf=False, headers=headers)


def session_cookie(answer):
    return next(value for value in answer.headers.getlist("Set-Cookie") if "elearn=" in value)


def test_without_trust_forwarded_headers_change_nothing(site):
    browser, address = site()
    answer = sign_in(browser, **FORWARDED, **{"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 303
    assert session_cookie(answer).startswith("elearn=")
    assert "Secure" not in session_cookie(answer)
    assert "Strict-Transport-Security" not in answer.headers
    assert "evil.example" not in answer.headers["Location"]
    assert address() == "10.0.0.7"


def test_one_trusted_proxy_is_believed_and_only_one(site):
    browser, address = site(ELEARN_TRUSTED_PROXIES="1")
    browser.origin = "https://10.0.0.5"  # what the browser sees; the proxy speaks HTTP to us
    answer = sign_in(browser, **FORWARDED)
    assert answer.status_code == 303
    assert address() == "198.51.100.9"


def test_two_trusted_proxies_reach_one_address_further(site):
    browser, address = site(ELEARN_TRUSTED_PROXIES="2")
    browser.origin = "https://10.0.0.5"
    assert sign_in(browser, **FORWARDED).status_code == 303
    assert address() == "203.0.113.7"


def test_under_https_the_cookie_is_bound_to_its_host(site):
    browser, _ = site(ELEARN_TRUSTED_PROXIES="1")
    browser.origin = "https://10.0.0.5"
    parts = {part.strip().partition("=")[0] for part in session_cookie(sign_in(browser, **FORWARDED)).split(";")}
    assert parts == {"__Host-elearn", "Secure", "HttpOnly", "Path", "SameSite"}
    assert browser.get("/account", headers=FORWARDED).status_code == 200
    assert "Strict-Transport-Security" in browser.get("/", headers=FORWARDED).headers


def test_a_trusted_proxy_that_says_http_gives_no_secure_cookie(site):
    browser, _ = site(ELEARN_TRUSTED_PROXIES="1")
    answer = sign_in(browser, **{"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "http"})
    assert session_cookie(answer).startswith("elearn=")
