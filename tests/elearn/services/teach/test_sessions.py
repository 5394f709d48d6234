"""Teach sessions: what a heartbeat is worth, and how sessions end."""

from datetime import timedelta

import pytest

from elearn.models.learning import PlacementKind
from elearn.models.people import Person
from elearn.models.teach import TeachEnd
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.player.attempts import attempts_on
from elearn.services.teach import sessions
from tests.support.teaching import MORNING


def test_active_time_grows_by_the_time_between_beats(begin, teach):
    assert teach(begin(), 2).active_seconds == 120


def test_a_gap_is_worth_thirty_seconds_at_most(session, begin, clock, lan):
    row = begin()
    clock.move(240)
    assert sessions.beat(session, lan, row.uid).active_seconds == 30


def test_a_burst_of_replayed_beats_is_worth_nothing(session, begin, clock, lan):
    row = begin()
    clock.move(15)
    for _ in range(50):
        sessions.beat(session, lan, row.uid)
    assert row.active_seconds == 15


def test_a_clock_set_back_gives_neither_negative_nor_extra_time(session, begin, teach, clock, lan):
    row = teach(begin(), 1)
    clock.move(-3600)
    assert sessions.beat(session, lan, row.uid).active_seconds == 60
    clock.move(15)
    assert sessions.beat(session, lan, row.uid).active_seconds == 60
    clock.move(3600)
    assert sessions.beat(session, lan, row.uid).active_seconds == 75
    assert row.active_seconds <= (row.beat_at - row.started_at).total_seconds()


def test_a_session_left_open_overnight_ends_with_its_last_sign_and_earns_nothing(session, begin, teach, clock, lan):
    row = teach(begin(), 5)
    last = row.beat_at
    clock.move(12 * 3600)
    sessions.beat(session, lan, row.uid)
    assert (row.end, row.ended_at, row.active_seconds) == (TeachEnd.SILENCE, last, 300)


def test_the_worker_ends_what_has_fallen_silent_and_leaves_the_rest(session, begin, clock, make_teacher, lop):
    silent = begin()
    clock.move(301)
    running = begin(make_teacher("binh"))
    assert sessions.close_silent(session) == 1
    assert (silent.end, running.end) == (TeachEnd.SILENCE, None)
    assert sessions.close_silent(session) == 0


def test_silence_is_more_than_five_minutes(begin, clock):
    row = begin()
    assert sessions.ending_of(row, MORNING + timedelta(minutes=5)) is None
    assert sessions.ending_of(row, MORNING + timedelta(minutes=5, seconds=1)) == (MORNING, TeachEnd.SILENCE)


def test_a_session_nobody_has_closed_reads_as_ended(session, begin, clock, lan):
    row = begin()
    clock.move(3600)
    assert row.ended_at is None
    assert sessions.ending_of(sessions.own_session(session, lan, row.uid), clock.moment).end is TeachEnd.SILENCE


def test_no_lesson_lasts_longer_than_three_hours(begin, teach, clock):
    row = teach(begin(), 181)
    assert (row.end, row.ended_at) == (TeachEnd.OVERLONG, MORNING + timedelta(hours=3))
    assert row.active_seconds == 3 * 3600


def test_beats_after_the_end_change_nothing(session, begin, teach, clock, lan):
    row = teach(begin(), 1)
    sessions.end(session, lan, row.uid)
    ended = row.ended_at
    teach(row, 2)
    sessions.end(session, lan, row.uid)
    assert (row.active_seconds, row.ended_at, row.end) == (60, ended, TeachEnd.TEACHER)


def test_the_end_credits_the_time_since_the_last_beat(session, begin, clock, lan):
    row = begin()
    clock.move(10)
    assert sessions.end(session, lan, row.uid).active_seconds == 10


def test_a_second_start_replaces_the_first(begin, clock):
    first = begin()
    clock.move(60)
    second = begin()
    assert (first.end, first.ended_at) == (TeachEnd.REPLACED, clock.moment)
    assert second.end is None


def test_a_second_account_of_the_same_person_replaces_too(session, begin, clock, lan, make_teacher):
    first = begin()
    other = make_teacher("lan2", person=session.get_one(Person, lan.person_id))
    begin(other)
    assert first.end is TeachEnd.REPLACED


def test_sessions_of_different_teachers_run_side_by_side(begin, make_teacher):
    first = begin()
    begin(make_teacher("binh"))
    assert first.end is None


def test_a_session_of_somebody_else_is_not_found(session, begin, make_teacher):
    row = begin()
    binh = make_teacher("binh")
    for touch in (sessions.beat, sessions.end, sessions.own_session):
        with pytest.raises(NotFoundError, match="teach_session_not_found"):
            touch(session, binh, row.uid)
        with pytest.raises(NotFoundError, match="teach_session_not_found"):
            touch(session, binh, "nothing")


@pytest.mark.parametrize("period", [0, 13, -1])
def test_a_lesson_period_is_from_1_to_12(begin, period):
    with pytest.raises(ServiceError, match="teach_period"):
        begin(lesson_period=period)
    assert begin(lesson_period=12).lesson_period == 12


def test_a_class_of_another_school_is_refused(world, begin):
    with pytest.raises(ForbiddenError, match="teach_class_not_found"):
        begin(school_class=world.school_class(world.unit("TH2"), "1A"))


def test_a_material_that_one_may_not_see_is_refused(session, world, begin):
    elsewhere = world.unit("TH2")
    hidden = world.material(elsewhere, world.account("khac"))
    session.refresh(hidden)
    with pytest.raises(ForbiddenError):
        begin(material=hidden)


def test_a_lesson_is_shown_afresh_each_time_and_is_nobodys_result(session, begin, lan, lesson):
    first, second = begin(), begin()
    shown = [sessions.attempt_of_session(session, row) for row in (first, second)]
    assert shown[0].id != shown[1].id
    placements = [attempt.registration.placement for attempt in shown]
    assert [(row.kind, row.context) for row in placements] == [
        (PlacementKind.TEACH, first.uid),
        (PlacementKind.TEACH, second.uid),
    ]
    assert attempts_on(session, lan, lesson) == []


def test_software_is_taught_without_an_attempt(session, world, school, begin):
    program = world.material(school, world.account("cntt"), "published", kind="software")
    session.refresh(program)
    assert sessions.attempt_of_session(session, begin(material=program)) is None
