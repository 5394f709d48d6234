"""Grades on their way to a platform that answers as it should, and as it should not."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from elearn.clock import now
from elearn.lti.grades import SCORE_SCOPE
from elearn.models.lti import LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiGrade
from elearn.services.lti import outbox
from elearn.services.lti.sender import Sender
from elearn.services.lti.sending import MOST_TRIES, claim
from tests.support.lti_grading import Embedded
from tests.support.lti_http import Fault


@pytest.fixture
def place(asking, site, registered):
    return Embedded(asking, site, registered)


@pytest.fixture
def wait(time_machine):
    """Let minutes pass."""
    time_machine.move_to(now())
    return lambda minutes: time_machine.shift(timedelta(minutes=minutes))


def moments(site):
    return [told["timestamp"] for _, told in site.book.scores]


def test_a_grade_arrives(place, site):
    place.reaches(0.8)
    place.send()
    assert place.points() == 80
    told = site.book.scores[0][1]
    assert (told["userId"], told["activityProgress"], told["gradingProgress"]) == ("42", "Completed", "FullyGraded")
    row = place.grade()
    assert (row.sent_number, row.next_at, row.claimed_until, row.refused_at) == (row.number, None, None, None)


def test_what_has_arrived_is_not_sent_again(place, site):
    place.reaches(0.8)
    place.send()
    place.send()
    assert len(site.requests("scores")) == 1


def test_scores_of_the_same_second_are_told_one_second_apart(place, site, time_machine):
    time_machine.move_to(now(), tick=False)
    for share in (0.4, 0.5, 0.9):
        place.reaches(share)
        place.send()
    assert place.points() == 90
    assert len(set(moments(site))) == 3
    assert moments(site) == sorted(moments(site))


def test_a_clock_that_was_set_back_does_not_hold_a_grade_up(place, site, time_machine):
    place.reaches(0.4)
    place.send()
    time_machine.move_to(now() - timedelta(minutes=10))
    place.reaches(0.9)
    with place.house.database.write() as session:
        session.execute(update(LtiGrade).values(next_at=now()))
    place.send()
    assert place.points() == 90


def test_a_grade_that_changes_while_it_is_sent_is_sent_again(place, site):
    holds = threading.Event()
    site.misbehave("scores", Fault(200, holds=holds, after=True))
    place.reaches(0.4)
    sender = Sender(place.house)
    sender.step()
    place.reaches(0.9)
    holds.set()
    sender.drain()
    sender.close()
    assert place.points() == 90


def test_a_token_that_has_run_out_is_renewed_once(place, site):
    place.reaches(0.4)
    place.send()
    site.tokens.clear()
    place.reaches(0.9)
    place.send()
    assert place.points() == 90
    assert len(site.requests("token")) == 2


def test_a_platform_that_never_accepts_its_token_is_tried_later(place, site):
    site.misbehave("scores", 401, times=None)
    place.reaches(0.9)
    place.send()
    assert (place.grade().code, place.grade().tries) == ("grade_unauthorised", 1)
    assert len(site.requests("scores")) == 2


def test_a_platform_that_has_something_newer_has_its_way(place, site):
    site.misbehave("scores", 409)
    place.reaches(0.9)
    place.send()
    row = place.grade()
    assert (row.sent_number, row.next_at, row.refused_at) == (row.number, None, None)


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "grade_no_learner"), (403, "grade_forbidden"), (404, "grade_column_gone"), (422, "grade_refused")],
)
def test_a_refusal_is_explained_and_waits_for_a_person(place, site, status, code):
    site.misbehave("scores", status, times=None)
    place.reaches(0.9)
    place.send()
    row = place.grade()
    assert (row.code, row.params["status"], row.next_at) == (code, status, None)
    assert row.refused_at is not None
    site.behave()
    with place.house.database.write() as session:
        assert outbox.send_again(session, [session.get_one(LtiGrade, row.id)]) == 1
    place.send()
    assert place.points() == 90
    assert place.grade().code == ""


def test_a_learner_who_was_taken_out_of_the_course_is_refused(place, site):
    site.book.learners.clear()
    place.reaches(0.9)
    place.send()
    assert place.grade().code == "grade_no_learner"


@pytest.mark.parametrize("status", [500, 429])
def test_a_platform_in_trouble_gets_the_grade_later(place, site, wait, status):
    site.misbehave("scores", status)
    place.reaches(0.9)
    place.send()
    row = place.grade()
    assert (row.code, row.tries, row.refused_at) == ("grade_later", 1, None)
    assert timedelta(seconds=40) < row.next_at - now() < timedelta(seconds=80)
    place.send()
    assert place.points() is None
    wait(2)
    place.send()
    assert place.points() == 90


def test_a_wait_that_the_platform_asks_for_is_honoured(place, site):
    site.misbehave("scores", Fault(429, headers={"Retry-After": "7200"}))
    place.reaches(0.9)
    place.send()
    assert timedelta(hours=1) < place.grade().next_at - now() < timedelta(hours=3)


def test_an_answer_that_is_lost_does_no_harm(place, site, wait):
    site.misbehave("scores", Fault(500, after=True))
    place.reaches(0.9)
    place.send()
    assert place.points() == 90
    wait(2)
    place.send()
    assert place.points() == 90
    assert place.grade().sent_number == place.grade().number


def test_a_grade_is_given_up_in_the_open_after_many_tries(place, site):
    site.misbehave("scores", 500, times=None)
    place.reaches(0.9)
    for _ in range(MOST_TRIES):
        with place.house.database.write() as session:
            session.execute(update(LtiGrade).values(next_at=now() - timedelta(seconds=1)))
        place.send()
    row = place.grade()
    assert (row.tries, row.code, row.next_at) == (MOST_TRIES, "grade_later", None)
    assert row.refused_at is not None


def test_a_moodle_that_cannot_read_our_keyset_gets_the_grade_when_it_can(place, site, wait):
    site.reaches_tool = False
    place.reaches(0.9)
    place.send()
    assert (place.grade().code, place.grade().params["port"]) == ("access_keyset", 443)
    site.reaches_tool = True
    wait(2)
    place.send()
    assert place.points() == 90


def test_a_platform_in_trouble_is_left_alone_with_all_its_grades(place, site):
    for number in range(3):
        place.learner(f"l{number}")
        place.reaches(0.5, f"l{number}")
    site.misbehave("scores", 503, times=None)
    sender = Sender(place.house, per_platform=1)
    sender.drain()
    sender.close()
    assert len(site.requests("scores")) == 1


def test_a_platform_that_was_in_trouble_is_tried_with_one_grade_first(place, site, wait):
    for number in range(4):
        place.learner(f"l{number}")
        place.reaches(0.5, f"l{number}")
    site.misbehave("scores", 503, times=2)
    sender = Sender(place.house, per_platform=1)
    for _ in range(3):
        sender.drain()
        wait(5)
    sender.close()
    assert all(place.points(f"l{number}") == 50 for number in range(4))


def test_a_platform_that_is_switched_off_gets_nothing(place, site):
    with place.house.database.write() as session:
        session.execute(update(LtiPlatform).values(status=PlatformStatus.OFF))
    place.reaches(0.9)
    place.send()
    assert site.requests("scores") == []
    assert place.grade().next_at is not None


def test_a_grade_is_claimed_by_one_process_only(place):
    place.reaches(0.9)
    database = place.house.database
    assert len(claim(database, 10)) == 1
    assert claim(database, 10) == []


def test_a_grade_whose_process_died_is_taken_up_by_another(place, wait):
    place.reaches(0.9)
    claim(place.house.database, 10)
    wait(6)
    place.send()
    assert place.points() == 90


def test_a_grade_that_may_have_arrived_unseen_is_followed_by_a_later_one(place, site, time_machine):
    time_machine.move_to(now(), tick=False)
    place.reaches(0.4)
    site.misbehave("scores", Fault(500, after=True))
    place.send()
    place.reaches(0.9)
    place.send()
    assert place.points() == 90


class TestColumns:
    """The line item of a link."""

    def test_the_one_of_the_link_is_found(self, place, site):
        site.book.add("Khác", 10, "other")
        place.change(line_item="")
        place.reaches(0.9)
        place.send()
        assert place.points() == 90
        assert len(site.book.columns) == 2

    def test_of_several_the_one_with_our_tag_and_material(self, place, site):
        ours = site.book.add("Phân số", 10, place.link.name, "elearn", place.material.uid)
        place.change(line_item="")
        place.reaches(0.9)
        place.send()
        assert site.book.grades == {(ours.number, "42"): 9}

    def test_one_is_made_where_there_is_none(self, place, site):
        site.book.columns.clear()
        place.change(line_item="")
        place.reaches(0.9)
        place.send()
        assert place.points() == 90
        made = site.book.column_of(place.link.name)
        assert (made.label, made.maximum, made.tag, made.resource_id) == (
            "Phân số",
            100,
            "elearn",
            place.material.uid,
        )

    def test_learners_at_once_make_only_one(self, place, site):
        site.book.columns.clear()
        place.change(line_item="")
        for number in range(6):
            place.learner(f"l{number}")
            place.reaches(0.5, f"l{number}")
        place.send()
        assert len(site.book.columns) == 1
        assert all(place.points(f"l{number}") == 50 for number in range(6))

    def test_one_that_was_deleted_is_not_made_again(self, place, site):
        site.book.columns.clear()
        place.reaches(0.9)
        place.send()
        assert place.grade().code == "grade_column_gone"
        assert site.book.columns == {}

    def test_one_that_was_replaced_is_found_again(self, place, site):
        site.book.columns.clear()
        site.book.columns[7] = place.column
        place.column.number = 7
        place.reaches(0.9)
        place.send()
        assert place.points() == 90

    def test_a_link_without_any_is_refused(self, place, site):
        site.book.columns.clear()
        place.reaches(0.9)
        place.change(line_item="", scopes=[SCORE_SCOPE])
        place.send()
        assert place.grade().code == "grade_without_column"

    @pytest.mark.parametrize(
        ("fault", "code"),
        [
            (Fault(403), "grade_columns_refused"),
            (Fault(200, b"<html>"), "grade_column_malformed"),
            (Fault(200, b"[]", {"Link": '<https://evil.example/x>; rel="next"'}), "grade_column_malformed"),
            (Fault(503), "grade_columns_refused"),
        ],
    )
    def test_an_answer_about_columns_that_makes_no_sense_is_explained(self, place, site, fault, code):
        place.change(line_item="")
        site.misbehave("line_items", fault)
        place.reaches(0.9)
        place.send()
        assert place.grade().code == code
        assert place.points() is None
