"""Every event of a walk is in its request log, in the transaction of its effect, and replays to the stored state."""

import json

import pytest
from sqlalchemy import event as engine_event
from sqlalchemy import select

from elearn.models.play_log import Asker, Walk, WalkEvent
from elearn.services.player import walk_log
from elearn.services.player.attempts import open_attempt
from elearn.services.player.course import load_course
from elearn.services.player.walk_log import events_of, replay_log, stored_position
from tests.support.playing import Page, one_sco, some_scos

DONE = {"cmi.completion_status": "completed"}
SHUFFLED = (
    '<imsss:sequencing><imsss:controlMode flow="true"/><imsss:randomizationControls randomizationTiming="once" '
    'reorderChildren="true"/></imsss:sequencing>'
)
OBJECTIVE = (
    "<imsss:sequencing><imsss:objectives><imsss:primaryObjective>"
    '<imsss:mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives>'
    "</imsss:sequencing>"
)


@pytest.fixture
def page(classroom):
    """An open page of a course of three parts."""
    return classroom.play(classroom.lesson(some_scos("a", "b", "c")))


def told(session, attempt):
    """Who asked for what, and where it led."""
    rows = events_of(session, attempt)
    return [
        (row.asker.value, row.event["kind"], row.event.get("request", [""])[0], (row.result or {}).get("delivered"))
        for row in rows
    ]


def assert_replays(session, attempt):
    session.flush()
    session.expire_all()
    course = load_course(session, attempt)
    walk, rows = session.get(Walk, attempt.id), events_of(session, attempt)
    seen = list(replay_log(course, walk, rows))
    registration, position, objectives = json.loads(json.dumps(seen[-1].session.state()))
    assert registration == attempt.registration.tracking
    assert position == stored_position(attempt)
    assert objectives == (walk.objectives or {})
    assert [each.step.delivered for each in seen if each.step] == [
        row.result.get("delivered") for row in rows if row.result is not None
    ]


def test_opening_and_walking_is_told_event_by_event(session, page):
    page.walk("continue", delta=DONE, final=True)
    page.walk(None, delta={"adl.nav.request": "previous"}, final=True)
    assert told(session, page.attempt) == [
        ("system", "navigate", "start", "a"),
        ("learner", "end", "", None),
        ("learner", "navigate", "continue", "b"),
        ("content", "end", "", None),
        ("content", "navigate", "previous", "a"),
    ]
    assert [row.number for row in events_of(session, page.attempt)] == [1, 2, 3, 4, 5]


def test_what_was_refused_is_told_with_the_exception(session, page):
    page.walk("choice", "nowhere")
    assert events_of(session, page.attempt)[-1].result["exception"] == page.view.exception == "NB.2.1-11"


def test_ordinary_commits_and_those_that_move_a_status_write_no_event(session, page):
    before = told(session, page.attempt)
    page.commit({"cmi.location": "2"})
    page.commit(DONE)
    page.commit({"cmi.success_status": "passed"}, final=True)
    assert told(session, page.attempt) == before


def test_a_repeated_message_writes_no_second_event(session, page):
    page.walk("continue")
    before = told(session, page.attempt)
    page.number = 0
    page.walk("continue")
    assert told(session, page.attempt) == before


class TestReplayEqualsTheStoredState:
    def test_over_several_pages_suspended_and_resumed(self, session, classroom, page):
        page.walk("continue", delta=DONE | {"cmi.score.scaled": "0.8"}, final=True)
        page.walk("suspendAll", delta={"cmi.suspend_data": "x"}, leave=True)
        again = classroom.play(page.attempt.registration.version.material)
        again.walk("choice", "c", delta={"cmi.success_status": "passed"}, final=True)
        assert again.attempt is page.attempt
        third = classroom.play(page.attempt.registration.version.material, tab="other")
        third.take_over()
        third.walk("exitAll", delta=DONE, final=True)
        assert_replays(session, page.attempt)

    def test_in_a_second_attempt(self, session, classroom, page):
        page.walk("exitAll", delta=DONE, final=True)
        again = classroom.play(page.attempt.registration.version.material)
        again.walk("continue", delta=DONE, final=True)
        assert again.attempt.number == 2
        assert_replays(session, again.attempt)

    def test_with_parts_in_the_order_of_the_seed(self, session, classroom):
        names = "abcd"
        manifest = some_scos(*names).replace(
            '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>', SHUFFLED
        )
        for _ in range(3):
            page = classroom.play(classroom.lesson(manifest), classroom.another_learner())
            page.walk("continue", delta=DONE, final=True)
            page.walk("continue", delta=DONE, final=True)
            assert_replays(session, page.attempt)

    def test_with_objectives_that_another_course_of_the_learner_has_moved(self, session, classroom):
        manifest = some_scos("a", "b", inside={"a": OBJECTIVE, "b": OBJECTIVE})
        one, other = (classroom.play(classroom.lesson(manifest)) for _ in range(2))
        one.walk("continue", delta={"cmi.success_status": "passed"}, final=True)
        other.walk("continue", delta={"cmi.success_status": "failed"}, final=True)
        one.walk("exitAll", delta=DONE, final=True)
        assert any("objectives" in row.event for row in events_of(session, one.attempt))
        assert_replays(session, one.attempt)

    def test_begun_at_a_part_that_was_searched_for(self, session, classroom):
        attempt = open_attempt(session, classroom.learner, classroom.lesson(some_scos("a", "b", "c")))
        page = Page(classroom.world, classroom.learner, attempt, part="b")
        page.walk("continue", delta=DONE, final=True)
        assert told(session, attempt)[0] == ("system", "navigate", "choice", "b")
        assert_replays(session, attempt)

    def test_with_words_that_came_late(self, session, classroom, page):
        page.walk("continue", delta={}, final=True)
        late = classroom.play(page.attempt.registration.version.material, tab="other")
        late.take_over()
        late.walk("continue", final=True)
        page.commit(DONE | {"cmi.success_status": "passed"})
        assert told(session, page.attempt)[-1] == ("content", "amend", "", None)
        assert_replays(session, page.attempt)

    def test_of_scorm_1_2(self, session, classroom):
        page = classroom.play(classroom.lesson(one_sco()))
        page.walk("suspendAll", delta={"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "70"}, final=True)
        assert_replays(session, page.attempt)

    def test_of_a_walk_that_had_begun_before_there_was_a_log(self, session, page):
        page.walk("continue", delta=DONE, final=True)
        session.query(WalkEvent).delete()
        session.query(Walk).delete()
        page.walk("continue", delta=DONE, final=True)
        assert len(events_of(session, page.attempt)) == 2
        assert_replays(session, page.attempt)

    def test_when_the_log_was_full_and_began_anew(self, session, page, monkeypatch):
        monkeypatch.setattr(walk_log, "LONGEST_LOG", 5)
        for kind in ("continue", "previous", "continue", "continue"):
            page.walk(kind, delta=DONE, final=True)
        rows = events_of(session, page.attempt)
        assert [row.number for row in rows] == [6, 7, 8, 9]
        assert_replays(session, page.attempt)


def test_a_navigation_costs_two_writes_more(session, page):
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    session.flush()
    engine_event.listen(session.get_bind(), "before_cursor_execute", note)
    page.walk("continue", delta=DONE, final=True)
    session.flush()
    engine_event.remove(session.get_bind(), "before_cursor_execute", note)
    writes = [each.split()[:3] for each in statements if each.startswith(("INSERT INTO walk", "UPDATE walk"))]
    assert writes == [["INSERT", "INTO", "walk_event"], ["UPDATE", "walk", "SET"]]


def test_events_of_a_refused_message_are_rolled_back_with_it(session, page):
    savepoint = session.begin_nested()
    page.walk("continue")
    savepoint.rollback()
    assert session.scalars(select(WalkEvent.asker)).all() == [Asker.SYSTEM]
