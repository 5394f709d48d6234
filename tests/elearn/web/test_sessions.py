"""Server-side sessions: cookies, fixation, expiry, sign-out everywhere."""

from datetime import timedelta

import pytest
import time_machine
from flask import flash, redirect
from sqlalchemy import select

from elearn.app import create_app
from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, BrowserSession
from elearn.services import account as accounts
from tests.support.web import Browser

PUBLIC = "https://hoclieu.example.vn"


def rows(house):
    with house.database.read() as session:
        return session.scalars(select(BrowserSession)).all()


def flags(answer, name):
    header = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith(f"{name}="))
    return {part.strip() for part in header.split(";")[1:]}


def test_looking_around_writes_no_session(client, house):
    client.get("/")
    client.get("/sign-in")
    assert client.cookie() is not None
    assert rows(house) == []


def test_only_the_digest_of_the_token_is_stored(sign_in, house):
    browser = sign_in()
    (row,) = rows(house)
    assert row.digest == token_digest(browser.cookie())
    assert browser.cookie() not in str(row.data)


def test_a_cookie_planted_before_sign_in_opens_nothing_after_it(make_account, make_browser):
    make_account("lan")
    victim, attacker = make_browser(), make_browser()
    planted = new_token()
    for browser in (victim, attacker):
        browser.client.set_cookie("elearn", planted, domain="localhost")
    assert victim.sign_in("lan").status_code == 303
    assert victim.cookie() != planted
    assert attacker.get("/account").status_code == 302
    assert victim.get("/account").status_code == 200


def test_the_token_from_before_sign_in_is_forgotten(sign_in, house):
    browser = sign_in()
    first = browser.cookie()
    browser.post("/sign-out")
    browser.sign_in("lan")
    assert {row.digest for row in rows(house)} == {token_digest(browser.cookie())}
    assert browser.cookie() != first


def test_without_https_the_cookie_is_http_only_and_lax(make_account, client):
    make_account("lan")
    assert flags(client.sign_in("lan"), "elearn") == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_under_https_the_cookie_is_bound_to_the_host(make_house):
    browser = Browser(create_app(make_house(ELEARN_PUBLIC_URL=PUBLIC)), origin=PUBLIC)
    assert flags(browser.get("/sign-in"), "__Host-elearn") == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_behind_a_plain_proxy_the_public_address_decides_about_secure(make_house):
    browser = Browser(create_app(make_house(ELEARN_PUBLIC_URL=PUBLIC)))
    answer = browser.get("/sign-in", headers={"Host": "hoclieu.example.vn:80"})
    assert answer.status_code == 421
    answer = browser.get("/sign-in", headers={"Host": "hoclieu.example.vn:443"})
    assert "Secure" in flags(answer, "__Host-elearn")


@pytest.mark.parametrize("path", ["/", "/account", "/sign-in"])
def test_two_session_cookies_are_refused_and_cleared(make_browser, path):
    answer = make_browser(cookies=False).get(path, headers={"Cookie": f"elearn={new_token()}; elearn={new_token()}"})
    assert answer.status_code == 400
    assert "hai cookie" in answer.text
    cleared = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("elearn=;")]
    assert any("Path=/;" in value for value in cleared)


def test_signing_out_ends_the_session_on_the_server(sign_in, house, make_browser):
    browser = sign_in()
    stolen = browser.cookie()
    assert browser.post("/sign-out").status_code == 303
    thief = make_browser()
    thief.client.set_cookie("elearn", stolen, domain="localhost")
    assert thief.get("/account").status_code == 302
    assert rows(house) == []


def test_sign_out_everywhere_ends_the_other_sessions_only(sign_in, make_browser):
    here, there = sign_in(), make_browser()
    there.sign_in("lan")
    assert there.get("/account").status_code == 200
    assert here.post("/account/sign-out-everywhere").status_code == 303
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_what_is_to_be_said_waits_for_a_good_page_and_is_said_once(app, sign_in):
    def view():
        flash("Đã lưu xong")
        return redirect("/nowhere", 303)

    app.people.add_url_rule("/test-saying", view_func=view, methods=["POST"])
    browser = sign_in()
    browser.post("/test-saying")
    said = ["Đã lưu xong" in browser.get(path).text for path in ("/nowhere", "/nowhere", "/", "/")]
    assert said == [False, False, True, False]


def test_a_session_ended_during_a_request_is_not_brought_back(sign_in, house):
    browser = sign_in()
    with time_machine.travel(now() + timedelta(hours=1)):
        with house.database.write() as session:
            accounts.sign_out_everywhere(session, session.scalars(select(Account)).one())
        browser.get("/")
    assert rows(house) == []


def test_one_other_session_can_be_ended_from_the_list(sign_in, make_browser):
    here, there = sign_in(), make_browser()
    there.sign_in("lan", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    page = here.get("/account").text
    assert "Firefox · Windows" in page
    handle = page.partition('name="session" value="')[2].partition('"')[0]
    here.post("/account/sessions/end", {"session": handle})
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(sign_in, house):
    lan, hoa = sign_in("lan"), sign_in("hoa")
    page = lan.get("/account").text
    assert 'name="session"' not in page
    lan.post("/account/sessions/end", {"session": token_digest(hoa.cookie())})
    assert hoa.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("pauses", "status"),
    [([timedelta(hours=7)] * 3, 200), ([timedelta(hours=8, minutes=1)], 302), ([timedelta(hours=7)] * 25, 302)],
    ids=["used every seven hours", "left for eight hours", "older than seven days"],
)
def test_a_session_lasts_as_long_as_it_is_used_and_a_week_at_most(sign_in, pauses, status):
    start = now()
    browser = sign_in()
    for count in range(1, len(pauses) + 1):
        with time_machine.travel(start + sum(pauses[:count], timedelta())):
            answer = browser.get("/account")
    assert answer.status_code == status


def test_a_disabled_account_is_out_at_once(sign_in, house):
    browser = sign_in()
    with house.database.write() as session:
        session.scalars(select(Account)).one().disabled_at = now()
    assert browser.get("/account").status_code == 302


def test_an_authorization_header_makes_cookies_count_for_nothing(sign_in):
    browser = sign_in()
    answer = browser.get("/account", headers={"Authorization": "Bearer something"})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers


def test_static_files_need_no_session(client):
    answer = client.get("/static/css/elearn.css")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
