"""Signing in, passwords, the first administrator."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, AuditEvent
from elearn.services import account as accounts
from elearn.services.account import make_setup_token
from tests.support.web import PASSWORD

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
NEW = "một câu thật dài"


def test_the_sign_in_page_says_who_helps(client):
    assert "quản trị viên của trường bạn" in client.get("/sign-in").text


def test_signing_in_goes_to_the_start_page_with_ones_name(sign_in):
    assert "Xin chào, Nguyễn Thị Lan" in sign_in().get("/").text


def test_a_login_may_be_typed_in_capitals(make_account, client):
    make_account("lan")
    assert client.sign_in(" LAN ").status_code == 303


def test_an_unknown_login_and_a_wrong_password_read_the_same(make_account, client):
    make_account("lan")
    unknown, wrong = client.sign_in("nobody", "x"), client.sign_in("lan", "x")
    assert unknown.status_code == wrong.status_code == 403
    assert WRONG in unknown.text
    assert WRONG in wrong.text


def test_empty_fields_are_named(client):
    answer = client.sign_in("", "")
    assert answer.status_code == 422
    assert answer.text.count("Xin điền vào ô này.") == 2
    assert 'aria-describedby="login-error"' in answer.text


def test_ten_wrong_passwords_close_the_door_for_some_minutes(make_account, client):
    make_account("lan")
    start = now()
    with time_machine.travel(start, tick=False):
        for _ in range(10):
            assert client.sign_in("lan", "wrong").status_code == 403
        refused = client.sign_in("lan")
        assert refused.status_code == 429
        assert "15 phút" in refused.text
        assert refused.headers["Retry-After"] == "900"
    with time_machine.travel(start + timedelta(minutes=15, seconds=1)):
        assert client.sign_in("lan").status_code == 303


def test_a_closed_door_is_explained_in_english_too(make_account, client):
    make_account("lan")
    for _ in range(10):
        client.sign_in("lan", "wrong")
    assert "Try again in 15 minutes." in client.sign_in("lan", headers={"Accept-Language": "en"}).text


def test_guesses_of_others_do_not_shut_a_browser_out_that_the_account_has_used(sign_in, make_browser):
    own, stranger = sign_in("lan"), make_browser()
    own.post("/sign-out")
    for _ in range(10):
        assert stranger.sign_in("lan", "wrong").status_code == 403
    assert stranger.sign_in("lan").status_code == 429
    assert make_browser(peer="10.0.0.8").sign_in("lan").status_code == 303
    assert own.sign_in("lan").status_code == 303


def test_the_cookie_of_a_known_browser_is_for_the_server_only_and_lasts(make_account, make_browser):
    make_account("lan")
    browser = make_browser()
    answer = browser.sign_in("lan")
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("elearn-device="))
    for attribute in ("HttpOnly", "Path=/", "SameSite=Lax", f"Max-Age={400 * 24 * 3600}"):
        assert attribute in cookie
    assert not [line for line in browser.get("/").headers.getlist("Set-Cookie") if "elearn-device" in line]


def test_a_visitor_gets_no_cookie_of_a_known_browser(client):
    client.get("/sign-in")
    assert client.sign_in("khong.co").status_code == 403
    assert client.cookie("elearn-device") is None


def test_a_signed_in_browser_that_lost_its_mark_gets_a_new_one(sign_in):
    browser = sign_in("lan")
    browser.client.delete_cookie("elearn-device", domain="localhost")
    browser.get("/")
    assert browser.cookie("elearn-device") is not None


def test_refused_sign_ins_are_audited_with_the_request_id(make_account, client, house):
    make_account("lan")
    answer = client.sign_in("lan", "wrong")
    with house.database.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "signin")).one()
    assert (event.allowed, event.request_id) == (False, answer.headers["X-Request-Id"])


def test_a_page_for_members_brings_back_after_sign_in(make_account, client):
    make_account("lan")
    sent = client.get("/account?x=1")
    assert sent.location == "/sign-in?next=/account?x%3D1"
    answer = client.post(sent.location, {"login": "lan", "password": PASSWORD})
    assert answer.location == "/account?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:x",
    ],
)
def test_no_other_site_is_gone_on_to_after_sign_in(make_account, client, target):
    make_account("lan")
    data = {"login": "lan", "password": PASSWORD}
    assert client.post("/sign-in", data, query_string={"next": target}).location == "/"


def test_whoever_is_signed_in_does_not_see_the_sign_in_page(sign_in):
    assert sign_in().get("/sign-in?next=/account").location == "/account"


def test_a_password_change_signs_out_everywhere_else(sign_in, make_browser):
    here, there = sign_in(), make_browser()
    there.sign_in("lan")
    answer = here.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 303
    assert "Đã đổi mật khẩu" in here.get("/account").text
    assert there.get("/account").status_code == 302
    assert make_browser().sign_in("lan", NEW).status_code == 303


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"old": "wrong"}, 403, "Mật khẩu hiện tại không đúng."),
        ({"new": "ngắn", "again": "ngắn"}, 400, "ít nhất 10 ký tự"),
        ({"again": "một câu thật khác"}, 422, "Hai mật khẩu không giống nhau."),
        ({"new": "1234567890", "again": "1234567890"}, 400, "dễ đoán"),
        ({"new": PASSWORD, "again": PASSWORD}, 400, "Mật khẩu mới trùng với mật khẩu đang dùng."),
    ],
)
def test_a_new_password_that_cannot_be_taken_is_explained(sign_in, make_browser, fields, status, sentence):
    answer = sign_in().post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW} | fields)
    assert answer.status_code == status
    assert sentence in answer.text
    assert make_browser().sign_in("lan").status_code == 303


def test_a_password_given_by_somebody_else_must_be_changed_first(sign_in):
    browser = sign_in(must_change_password=True)
    assert browser.get("/account").location == "/account/new-password"
    assert browser.get("/").location == "/account/new-password"
    page = browser.get("/account/new-password")
    assert "do người khác đặt" in page.text
    browser.post("/account/new-password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert browser.get("/account").status_code == 200


def test_the_new_password_page_is_only_for_whoever_needs_it(sign_in):
    assert sign_in().get("/account/new-password").location == "/account"


@pytest.fixture
def setup_path(house):
    with house.database.write() as session:
        return f"/setup/{make_setup_token(session)}"


ADMINISTRATOR = {"display_name": "Trần Minh Quân", "login": "quan", "new": NEW, "again": NEW}


def test_the_set_up_link_makes_the_first_administrator_and_signs_in(client, setup_path):
    assert "Thiết lập thư viện" in client.get(setup_path).text
    assert client.post(setup_path, ADMINISTRATOR).status_code == 303
    page = client.get("/account").text
    assert "Trần Minh Quân" in page
    assert "Quản trị viên" in page


def test_the_set_up_link_works_once(client, make_browser, setup_path, house):
    client.post(setup_path, ADMINISTRATOR)
    stranger = make_browser()
    assert stranger.get(setup_path).status_code == 403
    assert stranger.post(setup_path, ADMINISTRATOR | {"login": "other"}).status_code == 403
    with house.database.read() as session:
        assert [account.login for account in session.scalars(select(Account))] == ["quan"]


def test_the_set_up_link_ends_after_a_day(client, setup_path):
    with time_machine.travel(now() + timedelta(hours=24, minutes=1)):
        assert "quá một ngày" in client.get(setup_path).text


def test_a_guessed_set_up_link_is_refused(client, setup_path):
    assert client.get(setup_path[:-1] + "_").status_code == 403


def test_a_weak_password_makes_no_administrator(client, setup_path, house):
    answer = client.post(setup_path, ADMINISTRATOR | {"new": "1234567890", "again": "1234567890"})
    assert answer.status_code == 400
    with house.database.read() as session:
        assert not accounts.administrator_exists(session)


def test_the_account_page_shows_roles_in_their_units(sign_in):
    page = sign_in().get("/account").text
    assert "Giáo viên" in page
    assert "trình duyệt này" in page
