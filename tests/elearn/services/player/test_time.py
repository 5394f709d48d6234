"""What content says of the learner's time counts as far as the clock can confirm it."""

import pytest
import time_machine

from elearn.clock import now
from elearn.services.player.time import TOLERANCE
from tests.support.playing import FOURTH, one_sco, some_scos

HOUR = 3600
MINUTE = TOLERANCE.total_seconds()


@pytest.fixture
def clock():
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture(params=["1.2", FOURTH])
def edition(request):
    return request.param


@pytest.fixture
def page(classroom, clock, edition):
    return classroom.play(classroom.lesson(one_sco(edition)))


def told(edition, hours):
    """A session time in the notation of an edition."""
    return {"cmi.core.session_time": f"{hours:04d}:00:00"} if edition == "1.2" else {"cmi.session_time": f"PT{hours}H"}


def test_a_session_of_the_length_that_has_passed_counts_whole(page, clock, edition):
    clock.shift(2 * HOUR)
    page.commit(told(edition, 2))
    assert page.attempt.time_seconds == 2 * HOUR


def test_a_session_of_more_hours_than_there_were_counts_what_has_passed(page, clock, edition):
    clock.shift(HOUR)
    page.commit(told(edition, 9000))
    assert page.attempt.time_seconds == HOUR + MINUTE


def test_saying_it_again_and_again_counts_once(page, clock, edition):
    for _ in range(3):
        page.commit(told(edition, 9000))
    clock.shift(HOUR)
    page.commit(told(edition, 9001))
    assert page.attempt.time_seconds == HOUR + MINUTE


def test_a_clock_of_the_server_that_is_set_back_takes_nothing_away(page, clock, edition):
    clock.shift(HOUR)
    page.commit(told(edition, 1))
    clock.shift(-HOUR / 2)
    page.commit(told(edition, 2))
    assert page.attempt.time_seconds == HOUR
    clock.shift(2 * HOUR)
    page.commit(told(edition, 2))
    assert page.attempt.time_seconds == 2 * HOUR


def test_time_that_content_takes_back_does_not_count(page, clock, edition):
    clock.shift(3 * HOUR)
    page.commit(told(edition, 3))
    page.commit(told(edition, 1))
    assert page.attempt.time_seconds == HOUR


def test_the_total_of_the_standard_stays_what_content_said(classroom, page, edition):
    page.commit(told(edition, 9000))
    again = classroom.play(page.attempt.registration.version.material)
    total = again.document["cmi.core.total_time" if edition == "1.2" else "cmi.total_time"]
    assert total == ("9000:00:00.00" if edition == "1.2" else "P375D")
    assert again.attempt.time_seconds == MINUTE


def test_each_launch_has_its_own_clock(classroom, clock):
    page = classroom.play(classroom.lesson(some_scos("a", "b")))
    clock.shift(2 * HOUR)
    page.walk("continue", delta={"cmi.session_time": "PT2H"}, final=True)
    page.commit({"cmi.session_time": "PT2H"})
    assert page.attempt.time_seconds == 2 * HOUR + MINUTE


def test_a_clock_that_was_set_back_takes_nothing_away(page, clock, edition):
    clock.shift(-HOUR)
    page.commit(told(edition, 1))
    assert page.attempt.time_seconds == 0
