"""Grades follow the outcomes of learners at a link, in the very transaction that stores them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.lti.grades import LINE_ITEM_SCOPE, SCORE_SCOPE
from elearn.models.account import Account
from elearn.models.learning import PlacementKind, Registration
from elearn.models.lti_courses import LtiGrade
from elearn.services import courses
from elearn.services.errors import ServiceError
from elearn.services.lti import outbox
from elearn.services.player.attempts import open_at, placement_at
from tests.support.moodle import INSTRUCTOR, Moodle
from tests.support.playing import Classroom, Page, one_sco

ADDRESS = "https://moodle.truong.example/mod/lti/services.php/3/lineitems"


@pytest.fixture
def room(world):
    return Classroom(world)


@pytest.fixture
def moodle(room):
    moodle = Moodle(room.world, room.school)
    moodle.platform.product = "moodle"
    return moodle


@pytest.fixture
def link(room, moodle):
    link = moodle.link(room.lesson(one_sco()))
    link.line_item, link.line_items = f"{ADDRESS}/9/lineitem?type_id=1", f"{ADDRESS}?type_id=1"
    link.scopes = [LINE_ITEM_SCOPE, SCORE_SCOPE]
    return link


@pytest.fixture
def learner(moodle):
    return moodle.person("42")


@pytest.fixture
def play(room, link):
    """Launch the link and let the player open."""

    def begin(account):
        session = room.world.session
        session.flush()
        identity = inside(room, account)
        return Page(room.world, identity, open_at(session, identity, link.placement))

    return begin


def inside(room, account):
    """An account as the pages of a launch know it."""
    return replace(room.world.identity(account), home_units=frozenset({room.school.id}))


@pytest.fixture
def grade(session, link):
    def of(account):
        query = select(LtiGrade).where(LtiGrade.link_id == link.id, LtiGrade.account_id == account.id)
        return session.scalar(query)

    return of


def score(points, status="completed"):
    return {"cmi.core.score.raw": str(points), "cmi.core.lesson_status": status}


def test_a_score_waits_to_be_sent_as_soon_as_it_is_stored(play, learner, grade):
    play(learner).commit(score(80))
    told = grade(learner)
    assert (told.subject, told.share, told.activity, told.grading) == ("42", 0.8, "Completed", "FullyGraded")
    assert told.next_at is not None


def test_what_is_no_outcome_changes_no_grade(play, learner, grade):
    page = play(learner)
    page.commit(score(80))
    number = grade(learner).number
    page.commit({"cmi.core.lesson_location": "7"})
    page.commit(score(80))
    assert grade(learner).number == number


def test_the_newest_grade_takes_the_place_of_the_one_before(play, learner, grade):
    page = play(learner)
    page.commit(score(40))
    number = grade(learner).number
    page.commit(score(90))
    assert (grade(learner).share, grade(learner).number) == (0.9, number + 1)


def test_a_moodle_hears_nothing_before_there_is_a_grade(play, learner, grade):
    play(learner).commit({"cmi.core.lesson_status": "incomplete"})
    told = grade(learner)
    assert (told.share, told.grading, told.next_at) == (None, "NotReady", None)


def test_a_platform_that_keeps_grades_hears_of_progress_before_the_first_one(moodle, play, learner, grade):
    moodle.platform.product = "canvas"
    page = play(learner)
    assert (grade(learner).activity, grade(learner).next_at is None) == ("Started", False)
    page.commit(score(40))
    assert grade(learner).grading == "FullyGraded"


def test_a_lesson_that_only_tells_completion_gives_all_when_it_is_done(play, learner, grade):
    page = play(learner)
    page.commit({"cmi.core.lesson_status": "incomplete"})
    assert grade(learner).share is None
    page.commit({"cmi.core.lesson_status": "completed"})
    assert grade(learner).share == 1.0


def test_what_is_done_waits_a_moment_for_a_score_that_may_follow(play, learner, grade, time_machine):
    time_machine.move_to("2026-11-02T05:00:00Z", tick=False)
    page = play(learner)
    page.commit({"cmi.core.lesson_status": "completed"})
    assert grade(learner).next_at == now() + outbox.SCORE_MAY_FOLLOW
    page.commit({"cmi.core.score.raw": "40"})
    assert (grade(learner).share, grade(learner).next_at) == (0.4, now())


def test_what_is_failed_without_a_score_gives_nothing(play, learner, grade):
    play(learner).commit({"cmi.core.lesson_status": "failed"})
    assert (grade(learner).share, grade(learner).grading) == (0.0, "FullyGraded")


@pytest.mark.parametrize(("policy", "share"), [("best", 0.9), ("last", 0.3), ("first", 0.6), ("average", 0.6)])
def test_several_attempts_become_one_grade_by_the_policy_of_the_link(link, play, learner, grade, policy, share):
    link.policy = {"grading": policy}
    link.placement.policy = {"new_attempt": "done"}
    for points in (60, 90, 30):
        play(learner).commit(score(points))
    assert grade(learner).share == pytest.approx(share)


def test_a_late_commit_of_an_older_page_counts_too(play, learner, grade):
    older = play(learner)
    older.commit({"cmi.core.lesson_location": "1"})
    newer = play(learner)
    newer.take_over()
    older.commit(score(70))
    assert grade(learner).share == 0.7


def test_teachers_have_no_grade(moodle, play, grade):
    teacher = moodle.person("2", role=INSTRUCTOR)
    play(teacher).commit(score(100))
    assert grade(teacher) is None


def test_a_local_account_that_the_platform_does_not_know_has_none(session, room, play, grade):
    account = session.get_one(Account, room.learner.account_id)
    play(account).commit(score(100))
    assert grade(account) is None


def test_without_a_column_nothing_waits_until_there_is_one(session, link, play, learner, grade):
    link.line_item = link.line_items = ""
    play(learner).commit(score(80))
    assert grade(learner).next_at is None
    outbox.follow_link(session, link)
    assert grade(learner).next_at is None
    link.line_item = f"{ADDRESS}/9/lineitem"
    outbox.follow_link(session, link)
    session.refresh(grade(learner))
    assert grade(learner).next_at is not None


def test_a_column_is_only_made_for_what_can_be_graded(link):
    link.line_item = ""
    assert outbox.takes_grades(link)
    link.placement.material.kind = "pdf"
    assert not outbox.takes_grades(link)
    link.line_item = f"{ADDRESS}/9/lineitem"
    assert outbox.takes_grades(link)
    link.scopes = [LINE_ITEM_SCOPE]
    assert not outbox.takes_grades(link)


def test_a_reset_takes_a_grade_back_that_the_platform_has(session, link, play, learner, grade):
    play(learner).commit(score(80))
    grade(learner).is_graded, grade(learner).next_at = True, None
    for registration in session.scalars(select(Registration).where(Registration.placement_id == link.placement_id)):
        registration.reset_at = registration.created_at
    outbox.follow_learner(session, link, learner.id)
    told = grade(learner)
    assert (told.share, told.activity, told.next_at is None) == (None, "Initialized", False)


def test_a_reset_of_what_was_never_sent_leaves_nothing_to_send(session, link, play, learner, grade):
    play(learner).commit(score(80))
    for registration in session.scalars(select(Registration).where(Registration.placement_id == link.placement_id)):
        registration.reset_at = registration.created_at
    outbox.follow_learner(session, link, learner.id)
    assert grade(learner).next_at is None


def test_a_refused_grade_is_tried_again_when_there_is_another(play, learner, grade):
    page = play(learner)
    page.commit(score(40))
    grade(learner).refused_at, grade(learner).next_at = grade(learner).changed_at, None
    page.commit(score(50))
    assert (grade(learner).refused_at, grade(learner).next_at is None) == (None, False)


def test_self_study_of_the_same_lesson_is_no_grade(room, link, learner, grade):
    page = room.play(link.placement.material, inside(room, learner))
    page.commit(score(80))
    assert page.attempt.registration.placement.kind is PlacementKind.SELF_STUDY
    assert grade(learner) is None


def test_another_policy_changes_the_grades_that_are_there(session, link, play, learner, grade):
    link.placement.policy = {"new_attempt": "done"}
    for points in (60, 90):
        play(learner).commit(score(points))
    number = grade(learner).number
    outbox.set_grading(session, link, "average")
    assert (grade(learner).share, grade(learner).number) == (0.75, number + 1)
    with pytest.raises(ServiceError, match="grading_unknown"):
        outbox.set_grading(session, link, "worst")


class TestCourses:
    """A course that is launched as one link."""

    @pytest.fixture
    def course(self, room, link):
        course = courses.create_course(
            room.world.session, room.world.identity(room.teacher), room.school, courses.CourseDetails("Toán 4")
        )
        for _ in range(2):
            courses.add_item(room.world.session, room.world.identity(room.teacher), course, room.lesson(one_sco()))
        link.course_id, link.placement_id = course.id, None
        room.world.session.expire(course)
        return course

    @pytest.fixture
    def play_item(self, room, link, course):
        def begin(account, index):
            session, identity = room.world.session, inside(room, account)
            material = course.items[index].placement.material
            placement = placement_at(session, material, PlacementKind.LTI, link.uid)
            return Page(room.world, identity, open_at(session, identity, placement))

        return begin

    def test_the_grade_rises_with_the_lessons(self, play_item, learner, grade):
        play_item(learner, 0).commit(score(80))
        assert (grade(learner).share, grade(learner).activity) == (0.4, "InProgress")
        play_item(learner, 1).commit({"cmi.core.lesson_status": "completed"})
        assert (grade(learner).share, grade(learner).activity) == (0.9, "Completed")

    def test_lessons_that_may_be_left_out_do_not_count(self, course, play_item, learner, grade):
        course.items[1].is_required = False
        play_item(learner, 0).commit(score(80))
        assert grade(learner).share == 0.8

    def test_the_policy_of_each_lesson_counts(self, course, play_item, learner, grade):
        course.items[0].placement.policy = {"grading": "first"}
        for points in (60, 100):
            page = play_item(learner, 0)
            page.commit(score(points))
            page.attempt.registration.placement.policy = {"new_attempt": "done"}
        assert grade(learner).share == 0.3
