"""The short way of an ordinary commit gives what the long one gives, and leaves all others to it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from elearn.clock import now
from elearn.models.learning import ActivityState, AttemptStatus
from elearn.services.player import lease
from elearn.services.player.commits import LARGEST_GAP, take_commit
from elearn.services.player.ordinary import FEW, LARGE, take_ordinary
from elearn.services.player.tokens import TOKEN_LIFETIME
from tests.support.playing import one_sco, some_scos

FIELDS = ("completion", "success", "score_scaled", "score_raw", "progress", "time_seconds", "lease_until", "changed_at")


def everywhere(_uid):
    return True


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture
def course(classroom):
    return classroom.lesson(some_scos("a", "b"))


@pytest.fixture
def page(classroom, course):
    return classroom.play(course)


def state_of(page):
    page.session.expire_all()
    query = page.session.query(ActivityState).filter_by(attempt_id=page.attempt.id, activity=page.play.activity)
    state = query.one()
    attempt = {name: getattr(page.attempt, name) for name in FIELDS}
    own = (page.play.last_number, page.play.credited, state.document, state.phase, state.changed_at)
    return attempt, own


def shortly(page, message):
    page.session.flush()
    return take_ordinary(page.session, page.token, message, everywhere)


DELTAS = {
    "a place": [{"cmi.location": "4"}, {"cmi.location": "5"}],
    "the state": [{"cmi.suspend_data": "x" * 4096, "cmi.exit": "suspend"}],
    "the time": [{"cmi.session_time": "PT10S"}, {"cmi.session_time": "PT25S"}, {"cmi.session_time": "PT5S"}],
    "an interaction": [
        {"cmi.interactions.0.id": "q", "cmi.interactions.0.type": "choice", "cmi.interactions.0.result": "correct"},
        {"cmi.interactions.0.learner_response": "a[,]b"},
        {"cmi.interactions.0.type": "fill-in"},
    ],
    "nothing": [{}],
    "what is refused": [{"cmi.learner_id": "x", "cmi.location": "7", "cmi.nothing": "", "cmi.exit": 5}],
    "letters of Vietnam": [{"cmi.location": "trang bảy", "cmi.suspend_data": '"\\ \u2028 😀'}],
}


@pytest.mark.parametrize("deltas", DELTAS.values(), ids=DELTAS)
def test_both_ways_store_and_answer_the_same(classroom, course, clock, deltas):
    quick, slow = classroom.play(course), classroom.play(course, classroom.another_learner())
    for delta in deltas:
        clock.shift(lease.LEASE / 2)
        short = shortly(quick, quick.message(delta))
        assert short is not None
        assert short.as_dict() == slow.commit(delta).as_dict()
    (of_quick, own), (of_slow, others) = state_of(quick), state_of(slow)
    assert of_quick == of_slow
    assert without_names(own) == without_names(others)


def without_names(own):
    number, credited, document, *rest = own
    return number, credited, {k: v for k, v in document.items() if not k.startswith("cmi.learner_")}, rest


LARGE_DELTAS = {
    "changes one element": {"cmi.location": "trang “bảy” 😀"},
    "adds a record": {f"cmi.interactions.{LARGE}.id": "mới", "cmi.location": "4"},
    "changes many": {f"cmi.interactions.{at}.weighting": "1" for at in range(FEW + 1)},
    "takes responses away": {"cmi.interactions.0.type": "fill-in"},
    "names an index in another way": {"cmi.interactions.007.weighting": "1"},
    "is refused in part": {"cmi.interactions.1.id": "q2", "cmi.nothing": "", "cmi.location": "5"},
}


@pytest.mark.parametrize("delta", LARGE_DELTAS.values(), ids=LARGE_DELTAS)
def test_both_ways_change_a_large_document_alike(classroom, course, delta):
    quick, slow = classroom.play(course), classroom.play(course, classroom.another_learner())
    large = {f"cmi.interactions.{at}.id": f"q{at}" for at in range(LARGE)}
    large |= {"cmi.interactions.0.type": "choice", "cmi.interactions.0.learner_response": "a"}
    for page in (quick, slow):
        page.commit(large)
    short = shortly(quick, quick.message(delta))
    assert short is not None
    assert short.rejected == slow.commit(delta).rejected
    assert without_names(state_of(quick)[1]) == without_names(state_of(slow)[1])


EXTRAORDINARY = {
    "a status": ({"cmi.completion_status": "completed"}, {}),
    "a score": ({"cmi.score.scaled": "1"}, {}),
    "an objective": ({"cmi.objectives.0.id": "m"}, {}),
    "the last words of content": ({}, {"final": True}),
    "the last words of a page": ({}, {"leave": True}),
    "another launch": ({}, {"launch": 2}),
    "a repeat": ({}, {"number": 1}),
    "a number far ahead": ({}, {"number": LARGEST_GAP + 2}),
}


@pytest.mark.parametrize(("delta", "fields"), EXTRAORDINARY.values(), ids=EXTRAORDINARY)
def test_what_is_not_ordinary_is_left_to_the_long_way(page, delta, fields):
    page.commit({"cmi.location": "1"})
    before = state_of(page)
    assert shortly(page, page.message({"cmi.location": "2"} | delta, **fields)) is None
    assert state_of(page) == before


def end(page):
    page.attempt.status = AttemptStatus.ENDED


def sign_out(page):
    page.play.ended_at = now()


def disable(page):
    page.play.account.disabled_at = now()


def leave(page):
    lease.release(page.play)


def close(page):
    page.commit({}, final=True)


@pytest.mark.parametrize("happens", [end, sign_out, disable, leave, close])
def test_a_page_that_does_not_write_is_left_to_the_long_way(page, happens):
    happens(page)
    assert shortly(page, page.message({"cmi.location": "2"})) is None


def test_so_are_a_page_that_lost_the_lease_and_a_token_that_has_run_out(classroom, course, page, clock):
    other = classroom.play(course, tab="two")
    other.take_over()
    assert shortly(page, page.message({"cmi.location": "2"})) is None
    clock.shift(TOKEN_LIFETIME + timedelta(seconds=1))
    assert shortly(other, other.message({"cmi.location": "2"})) is None


def test_so_are_an_unknown_token_and_a_foreign_host(page):
    message = page.message({"cmi.location": "2"})
    assert take_ordinary(page.session, "x" * 43, message, everywhere) is None
    assert take_ordinary(page.session, page.token, message, lambda _uid: False) is None


@pytest.mark.parametrize(("quiet", "statements"), [(timedelta(0), 3), (lease.LEASE / 2, 4)])
def test_it_takes_one_read_and_two_writes_and_now_and_then_a_third(page, clock, quiet, statements):
    page.commit({"cmi.location": "1"})
    page.session.flush()
    clock.shift(quiet)
    seen = []
    event.listen(page.session.get_bind(), "before_cursor_execute", lambda *told: seen.append(told[2]))
    assert shortly(page, page.message({"cmi.location": "2"})) is not None
    assert len(seen) == statements


def test_a_lesson_of_scorm_12_goes_the_short_way_too(classroom):
    page = classroom.play(classroom.lesson(one_sco("1.2")))
    short = shortly(page, page.message({"cmi.core.lesson_location": "4", "cmi.core.session_time": "00:00:30"}))
    assert short is not None
    assert short.summary["seconds"] == 30
    assert take_commit(page.session, page.known(), page.message({})).summary == short.summary
