"""Error pages: clear, in both languages, with the request id and nothing else."""

import ast
import errno
import sqlite3
from collections import Counter
from unittest.mock import Mock

import pytest
from apiflask.fields import Integer
from flask import abort, g
from sqlalchemy.exc import OperationalError

from elearn.paths import PACKAGE
from elearn.services.errors import ConflictError, NotFoundError
from elearn.web import sentences
from elearn.web.errors import WORDS
from elearn.web.sentences import REFUSALS
from elearn.web.shared_sentences import SHARED


def failing(app, error):
    """A page that raises."""

    def view():
        raise error

    app.people.add_url_rule("/test-failing", view_func=view, methods=["GET", "POST"])


@pytest.mark.parametrize("status", sorted(WORDS.keys() - {421, 507, 409}))
def test_each_error_has_a_page_in_vietnamese_and_english(app, client, status):
    app.people.add_url_rule("/test-abort", view_func=lambda: abort(status))
    vietnamese = client.get("/test-abort")
    english = client.get("/test-abort", headers={"Accept-Language": "en"})
    assert vietnamese.status_code == english.status_code == status
    assert str(WORDS[status].title) in english.text
    assert str(WORDS[status].title) not in vietnamese.text
    assert '<html lang="vi">' in vietnamese.text
    assert '<html lang="en">' in english.text


def test_an_error_page_shows_the_id_under_which_the_log_knows_the_request(client):
    answer = client.get("/nope")
    assert answer.headers["X-Request-Id"] in answer.text


def test_an_id_from_outside_is_not_believed(client):
    assert client.get("/", headers={"X-Request-Id": "forged-request-id"}).headers["X-Request-Id"] != "forged-request-id"


def test_an_unforeseen_error_tells_nothing_about_itself(app, client, capsys):
    failing(app, RuntimeError("secret detail of the machine"))
    answer = client.get("/test-failing")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret detail of the machine" in capsys.readouterr().out


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
    ],
)
def test_a_full_disk_is_507_and_reading_goes_on(app, client, error):
    failing(app, error)
    answer = client.get("/test-failing")
    assert answer.status_code == 507
    assert "đã hết chỗ lưu" in answer.text
    assert client.get("/").status_code == 200


def test_a_busy_database_is_503_and_says_when_to_come_back(app, client):
    failing(app, OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked")))
    answer = client.get("/test-failing")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "đang bận" in answer.text


def test_a_full_disk_at_the_commit_is_507_and_keeps_the_session(app, sign_in, monkeypatch):
    def view():
        def full():
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

        monkeypatch.setattr(g.db, "commit", full)
        return "saved"

    app.people.add_url_rule("/test-commit", view_func=view, methods=["POST"])
    browser = sign_in()
    answer = browser.post("/test-commit")
    assert answer.status_code == 507
    assert "saved" not in answer.text
    assert browser.get("/account").status_code == 200


FULL = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))


def test_signing_in_on_a_full_disk_leaves_one_signed_out(make_account, client, monkeypatch):
    make_account("lan")
    monkeypatch.setattr("elearn.web.sessions._write", Mock(side_effect=FULL))
    before = client.csrf() and client.cookie()
    assert client.sign_in("lan").status_code == 507
    assert client.cookie() == before
    assert client.get("/account").status_code == 302


def test_on_a_full_disk_people_who_are_signed_in_go_on_reading(sign_in, monkeypatch):
    browser = sign_in()
    browser.post("/account/sign-out-everywhere")
    monkeypatch.setattr("elearn.web.sessions._write", Mock(side_effect=FULL))
    answer = browser.get("/account")
    assert answer.status_code == 200
    assert "đăng xuất ở mọi nơi khác" in answer.text


def test_the_refusal_of_a_service_is_a_sentence_with_its_status(app, client):
    failing(app, NotFoundError("material_not_found"))
    answer = client.get("/test-failing")
    assert answer.status_code == 404
    assert "Học liệu này không tồn tại" in answer.text


def test_a_refusal_fills_in_its_parameters(app, client):
    failing(app, ConflictError("account_login_taken", login="lan<b>"))
    answer = client.get("/test-failing", headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert "The login lan&lt;b&gt; is taken." in answer.text


def test_programs_get_errors_as_json(client):
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert answer.json["message"] == "Không tìm thấy trang"


def test_wrong_input_of_an_api_call_is_named_field_by_field(app, client):
    app.people.get("/api/v1/test")(
        app.people.input({"limit": Integer()}, location="query")(lambda query_data: query_data)
    )
    answer = client.get("/api/v1/test?limit=many")
    assert answer.status_code == answer.json["status"] == 422
    assert "limit" in answer.json["detail"]["query"]
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_a_program_learns_the_code_of_a_refusal(app, client):
    failing(app, NotFoundError("material_not_found"))
    answer = client.get("/test-failing", headers={"Accept": "application/json"})
    assert answer.json["code"] == "material_not_found"


def test_a_wrong_method_is_405_and_names_the_right_ones(client):
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_an_error_page_that_fails_is_still_an_answer(app, client, monkeypatch):
    app.people.config["ELEARN_ERROR_TEMPLATE"] = "errors/absent.html"
    answer = client.get("/nope")
    assert answer.status_code == 404
    assert answer.headers["X-Request-Id"] in answer.text


def refusal_codes():
    """Every code with which the services refuse, read from their source."""
    for path in (PACKAGE / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSING:
                yield from (part.value for part in node.args[:1] if isinstance(part, ast.Constant))


REFUSING = {
    "ServiceError",
    "NotFoundError",
    "ForbiddenError",
    "ConflictError",
    "TokenError",
    "OutsideError",
    "ColumnError",
}


def test_every_refusal_of_a_service_has_its_sentence():
    codes = set(refusal_codes())
    assert codes
    assert codes - set(REFUSALS) == set()


def test_no_code_has_two_sentences():
    """A table that is merged in must not take the sentence of another capability's code."""
    table = next(
        node.value
        for node in ast.walk(ast.parse((PACKAGE / "web" / "sentences.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "REFUSALS"
    )
    codes = [key.value for key in table.keys if key is not None]
    merged = [
        value.id for key, value in zip(table.keys, table.values, strict=True) if key is None and hasattr(value, "id")
    ]
    for name in merged:
        codes += getattr(sentences, name)
    codes += SHARED  # merged in by a comprehension, which translates it
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert set(codes) == set(REFUSALS)
