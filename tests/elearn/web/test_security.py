"""CSRF, origins, headers and size limits of the people's application (ASVS 3.4, 3.5)."""

import tempfile

import pytest
from flask import request

from elearn.app import create_app
from elearn.web.people import safe_next
from elearn.web.security import takes_upload
from tests.support.web import Browser

PUBLIC = "https://hoclieu.example.vn"
EXPIRED = "Biểu mẫu này đã hết hạn"


def test_a_form_without_its_token_changes_nothing_and_says_why(sign_in):
    browser = sign_in()
    answer = browser.post("/sign-out", csrf=False)
    assert answer.status_code == 400
    assert EXPIRED in answer.text
    assert browser.get("/account").status_code == 200


def test_the_token_of_another_browser_is_refused(sign_in, client):
    answer = sign_in().post("/sign-out", {"csrf_token": client.csrf()}, csrf=False)
    assert answer.status_code == 400


def test_a_form_from_before_sign_in_has_expired_after_it(make_account, client):
    make_account("lan")
    old = client.csrf()
    client.sign_in("lan")
    assert EXPIRED in client.post("/sign-out", {"csrf_token": old}, csrf=False).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8001"},
        {"Origin": "https://localhost"},
        {"Origin": "http://[::1"},
        {"Referer": "http://["},
        {"Referer": "http://evil.example/http://localhost/"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_request_from_another_origin_is_refused_even_with_a_token(sign_in, headers):
    answer = sign_in().post("/sign-out", headers=headers)
    assert answer.status_code == 400
    assert "đến từ một trang khác" in answer.text


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Referer": "http://localhost/account"}, {}])
def test_a_request_from_our_own_pages_is_taken(sign_in, headers):
    assert sign_in().post("/sign-out", headers=headers).status_code == 303


def test_in_a_school_without_names_the_content_port_is_a_foreign_origin(make_house):
    app = create_app(make_house(ELEARN_CONTENT_ORIGIN="port:8001"), port=8000)
    browser = Browser(app, origin="http://192.168.1.5:8000")
    answer = browser.post("/language", {"language": "en"}, headers={"Origin": "http://192.168.1.5:8001"})
    assert answer.status_code == 400


def test_the_policy_of_pages_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nope"])
def test_pages_have_no_inline_script_style_or_handler(client, path):
    page = client.get(path).text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_pages_may_frame_content_origins_only(make_house):
    names = {"ELEARN_PUBLIC_URL": PUBLIC, "ELEARN_CONTENT_ORIGIN": "https://{package}.noidung.example.vn"}
    policy = Browser(create_app(make_house(**names)), PUBLIC).get("/").headers["Content-Security-Policy"]
    assert policy.endswith("frame-src https://*.noidung.example.vn")


def test_pages_at_localhost_may_frame_the_localhost_labels(client):
    policy = client.get("/", origin="http://localhost:8000").headers["Content-Security-Policy"]
    assert policy.endswith("frame-src http://*.localhost:8000")


def test_every_answer_carries_the_guarding_headers(client):
    for path in ("/", "/nope", "/static/css/elearn.css", "/healthz"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Permissions-Policy" in headers


def test_only_our_own_pictures_may_stand_on_pages_of_others(client):
    assert client.get("/static/img/mark.svg").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/", "/static/css/elearn.css", "/static/player/shell.js"):
        assert client.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_hsts_is_sent_under_https_only(client, make_house):
    assert "Strict-Transport-Security" not in client.get("/").headers
    secure = Browser(create_app(make_house(ELEARN_PUBLIC_URL=PUBLIC)), PUBLIC)
    assert "max-age=31536000" in secure.get("/").headers["Strict-Transport-Security"]


def test_personal_pages_are_stored_nowhere(sign_in):
    assert sign_in().get("/account").headers["Cache-Control"] == "private, no-store"


def test_no_cors_header_is_ever_sent(client):
    answer = client.get("/", headers={"Origin": "http://evil.example"})
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("target", ["/", "/account?x=1", "/tìm?q=toán", "/a//b", "/x?next=https://y"])
def test_places_of_our_own_are_gone_on_to(target):
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "account",
        "//evil",
        "/\\evil",
        "\\evil",
        "https://evil",
        "https:evil",
        "/\n/evil",
        "/a\\b",
        "javascript:a",
    ],
)
def test_other_places_are_not(target):
    assert safe_next(target) is None


def test_a_form_that_is_too_large_is_refused(client):
    answer = client.post("/language", {"language": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "Dung lượng quá lớn" in answer.text


@pytest.fixture
def _takes_files(app):
    """A view at /test-upload that takes files."""

    @takes_upload(lambda: ("too large", 413))
    def view():
        return str(len(request.files["file"].read()))

    app.people.add_url_rule("/test-upload", view_func=view, methods=["POST"])


def upload(browser, size):
    def part(name, body):
        return b"--b\r\nContent-Disposition: form-data; " + name + b"\r\n\r\n" + body + b"\r\n"

    body = part(b'name="csrf_token"', browser.csrf().encode()) + part(b'name="file"; filename="a.bin"', b"x" * size)
    kind = "multipart/form-data; boundary=b"
    return browser.open("/test-upload", method="POST", data=body + b"--b--\r\n", content_type=kind)


@pytest.mark.usefixtures("_takes_files")
@pytest.mark.parametrize("size", [10, 1_500_000])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_not_called_too_large(client, size):
    answer = upload(client, size)
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/test-upload&ended=upload")


@pytest.mark.usefixtures("_takes_files")
def test_members_may_send_large_files_through_the_staging_folder(sign_in, house):
    answer = upload(sign_in(), 1_500_000)
    assert (answer.status_code, answer.text) == (200, "1500000")
    assert list(house.settings.staging_folder.iterdir()) == []


@pytest.mark.usefixtures("_takes_files")
def test_an_upload_that_breaks_off_leaves_no_file_behind(sign_in, house, monkeypatch):
    browser, opened = sign_in(), []
    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *a, **k: opened.append(real(*a, **k)) or opened[-1])
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n' + b"x" * 100_000
    answer = browser.open("/test-upload", method="POST", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 400
    assert [file.closed for file in opened] == [True]
    assert list(house.settings.staging_folder.iterdir()) == []


@pytest.mark.usefixtures("_takes_files")
def test_members_cannot_send_more_than_the_limit(sign_in, monkeypatch, house):
    browser = sign_in()
    monkeypatch.setattr("elearn.web.security.FORM_LIMIT", 1 - house.settings.upload_limit + 1_000_000)
    assert upload(browser, 1_500_000).status_code == 413


def test_a_program_that_runs_wild_is_slowed_down(app, client, monkeypatch):
    monkeypatch.setattr("elearn.web.limits.PER_ADDRESS", "3 per minute")
    assert [client.get("/sign-in").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/static/css/elearn.css").status_code == 200


def test_people_in_one_school_do_not_slow_each_other_down(sign_in, client, monkeypatch):
    browser = sign_in()
    monkeypatch.setattr("elearn.web.limits.PER_ADDRESS", "1 per minute")
    client.get("/sign-in")
    assert client.get("/sign-in").status_code == 429
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("login", ["giao\0vien", ["giaovien", "giao\0vien"]])
def test_a_form_with_a_nul_is_refused_before_any_view(client, login):
    answer = client.post("/sign-in", {"login": login, "password": "x"})
    assert answer.status_code == 400
