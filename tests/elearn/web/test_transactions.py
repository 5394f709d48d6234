"""`g.db` opens late, commits once before the first byte and only when the answer is good."""

import pytest
from flask import abort, g
from sqlalchemy import func, select

from elearn.models.account import ThrottleEvent
from elearn.web.transactions import short_write


def count(house):
    with house.database.read() as session:
        return session.scalar(select(func.count()).select_from(ThrottleEvent))


def add(session):
    session.add(ThrottleEvent(key="x"))
    session.flush()


@pytest.fixture
def view(app):
    """Put a view at /test-view."""

    def put(function, methods=("GET", "POST")):
        app.people.add_url_rule("/test-view", view_func=function, methods=list(methods))

    return put


def test_a_good_answer_to_a_post_is_committed(view, client, house):
    view(lambda: add(g.db) or "ok")
    client.post("/test-view")
    assert count(house) == 1


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_bad_answer_is_rolled_back(view, client, house, status):
    view(lambda: add(g.db) or abort(status))
    assert client.post("/test-view").status_code == status
    assert count(house) == 0


def test_a_returned_error_page_is_rolled_back_too(view, client, house):
    view(lambda: add(g.db) or ("refused", 422))
    client.post("/test-view")
    assert count(house) == 0


def test_what_a_get_adds_is_never_kept(view, client, house):
    view(lambda: add(g.db) or "ok")
    client.get("/test-view")
    assert count(house) == 0


def test_the_commit_comes_before_the_first_byte(view, client, house):
    seen = []

    def later():
        seen.append(count(house))
        yield "ok"

    view(lambda: add(g.db) or later())
    assert client.post("/test-view").text == "ok"
    assert seen == [1]


def test_a_short_write_outlives_a_refusal(view, client, house):
    def refused():
        with short_write() as session:
            add(session)
        abort(403)

    view(refused)
    client.post("/test-view")
    assert count(house) == 1


def test_a_get_records_through_a_short_write_beside_its_reader(view, client, house):
    def page():
        before = g.db.scalar(select(func.count()).select_from(ThrottleEvent))
        with short_write() as session:
            add(session)
        return str(before)

    view(page)
    assert client.get("/test-view").text == "0"
    assert count(house) == 1


def test_a_short_write_inside_the_writing_transaction_is_an_error_in_the_program(view, client, house):
    def deadlock():
        add(g.db)
        with short_write():
            return "never"

    view(deadlock)
    assert client.post("/test-view").status_code == 500
    assert count(house) == 0


def test_identity_and_session_hold_no_transaction_while_the_view_runs(view, sign_in, house):
    def page():
        with house.database.write() as session:
            add(session)
        return ("_db" in g and "held") or "free"

    view(page)
    assert sign_in().get("/test-view").text == "free"
