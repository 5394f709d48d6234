"""Who may take a course when, what comes next, and which attempts the policy allows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from elearn.models.account import AuditEvent, Role
from elearn.models.course import CourseStatus, Grading
from elearn.models.learning import Attempt, AttemptStatus, NewAttempt, Registration
from elearn.models.material import Status
from elearn.services import courses
from elearn.services.courses import Gate, Problem, Standing
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from tests.support.courses import TODAY

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def course(place):
    course = place.course(place.lesson("Một"), place.lesson("Hai"))
    place.open(course)
    return place.seen(course)


def finish(session, launch, score=None, success="unknown"):
    launch.attempt.completion, launch.attempt.success, launch.attempt.score_scaled = "completed", success, score
    launch.attempt.status, launch.attempt.ended_at = AttemptStatus.ENDED, launch.attempt.started_at
    session.flush()


def gates(place, course, pupil):
    return [step.gate for step in courses.learner_course(place.session, pupil, course.uid).steps]


# Opening to classes.


def test_a_course_is_opened_to_a_class_that_the_teacher_is_assigned_to(place, session):
    course = place.course(place.lesson())
    assert [c.name for c in courses.openable_classes(session, place.teacher, course)] == ["4A"]
    opening = place.open(course)
    course = place.seen(course)
    assert (course.status, opening.opened_by_id) == (CourseStatus.OPEN, place.teacher.account_id)
    assert courses.openable_classes(session, place.teacher, course) == []
    assert "course.open" in set(session.scalars(select(AuditEvent.action)))


def test_a_class_of_another_school_is_refused_even_when_one_teaches_it(place, session):
    course = place.course(place.lesson())
    other = place.world.school_class(place.other_school, "4B")
    place.assign(place.teacher_person, other)
    assert other not in courses.openable_classes(session, place.teacher, course)
    with pytest.raises(ForbiddenError, match="class_of_other_school"):
        courses.open_to_class(session, place.teacher, course, other, opens_on=TODAY)


def test_a_class_of_a_colleague_is_refused_unless_one_manages_the_school(place, session):
    course = place.course(place.lesson())
    of_colleague = place.world.school_class(place.school, "4B")
    with pytest.raises(ForbiddenError, match="class_not_yours"):
        courses.open_to_class(session, place.teacher, course, of_colleague, opens_on=TODAY)
    head = place.world.somebody(Role.UNIT_MANAGER, place.school)
    assert of_colleague in courses.openable_classes(session, head, course)
    opening = courses.open_to_class(session, head, course, of_colleague, opens_on=TODAY)
    assert opening.opened_by_id == course.owner_id


def test_an_assignment_that_has_ended_opens_nothing(place, session, clock):
    from elearn.models.people import Assignment  # noqa: PLC0415 - only here

    session.query(Assignment).update({"valid_to": YESTERDAY})
    with pytest.raises(ForbiddenError, match="class_not_yours"):
        place.open(place.course())


def test_a_class_of_a_past_year_is_refused(place, session):
    past = place.world.school_class(place.school, "3A", year="2024-2025")
    place.assign(place.teacher_person, past)
    with pytest.raises(ServiceError, match="class_of_past_year"):
        courses.open_to_class(session, place.teacher, place.course(), past, opens_on=TODAY)


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"opens_on": TODAY, "closes_on": YESTERDAY}, "course_dates_reversed"),
        ({"opens_on": date(9999, 1, 1)}, "day_range"),
    ],
)
def test_dates_that_make_no_sense_are_refused(place, dates, code):
    with pytest.raises(ServiceError, match=code):
        place.open(place.course(), **dates)
    opening = place.open(place.course(title="Khác"))
    with pytest.raises(ServiceError, match=code):
        courses.change_dates(place.session, place.teacher, opening, **{"closes_on": None, **dates})


def test_a_class_gets_a_course_once(place, course):
    with pytest.raises(ConflictError, match="class_open_already"):
        place.open(course)


@pytest.mark.parametrize("uid", ["", "x", "0" * 32])
def test_a_class_that_does_not_exist_is_not_found(session, uid):
    with pytest.raises(NotFoundError, match="course_class_not_found"):
        courses.class_by_uid(session, uid)


def test_a_draft_is_not_closed_and_an_open_course_not_reopened(place, session, course):
    with pytest.raises(ConflictError, match="course_not_open"):
        courses.close_course(session, place.teacher, place.course(title="Nháp"))
    with pytest.raises(ConflictError, match="course_not_closed"):
        courses.reopen_course(session, place.teacher, course)


# Who may take it.


def test_a_pupil_of_the_class_sees_the_course(place, session, course):
    pupil = place.pupils[0]
    assert [view.seat.course.uid for view in courses.my_courses(session, pupil)] == [course.uid]
    assert courses.learner_course(session, pupil, course.uid).following.item.title == "Một"


def test_everybody_else_finds_nothing(place, session, course):
    stranger = place.identity(place.pupil("Lạ", place.world.school_class(place.other_school, "4C")))
    neighbour = place.identity(place.pupil("Bên", place.world.school_class(place.school, "4B")))
    left = place.identity(place.pupil("Đã chuyển", valid_to=YESTERDAY))
    nobody = place.world.somebody(Role.STUDENT, place.school)
    for somebody in (stranger, neighbour, left, nobody, place.teacher):
        assert courses.my_courses(session, somebody) == []
        with pytest.raises(NotFoundError, match="course_not_found"):
            courses.learner_course(session, somebody, course.uid)
        with pytest.raises(NotFoundError, match="course_not_found"):
            place.launch(somebody, course)


def test_a_leaver_keeps_what_was_done_but_not_the_access(place, session, course, clock):
    pupil = place.pupils[0]
    finish(session, place.launch(pupil, course), 0.8)
    place.persons[0].enrolments[0].valid_to = TODAY
    clock.shift(timedelta(days=1))
    with pytest.raises(NotFoundError):
        courses.learner_course(session, place.identity(place.persons[0]), course.uid)
    rows = courses.class_matrix(session, place.teacher, place.seen(course).openings[0]).rows
    assert next((row.learner.has_left, row.cells[0].result.score) for row in rows) == (True, 0.8)


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "code"),
    [(TOMORROW, None, "course_not_begun"), (YESTERDAY - timedelta(days=9), YESTERDAY, "course_over")],
)
def test_before_and_after_its_days_a_course_is_refused_clearly(place, session, opens_on, closes_on, code):
    course = place.course(place.lesson())
    place.open(course, opens_on, closes_on)
    pupil = place.pupils[0]
    assert courses.my_courses(session, pupil) == []
    with pytest.raises(ForbiddenError, match=code) as refused:
        place.launch(pupil, course)
    assert refused.value.params["day"] in {opens_on, closes_on}


@pytest.mark.parametrize(("opens_on", "closes_on"), [(TODAY, TODAY), (YESTERDAY, TODAY), (TODAY, None)])
def test_the_first_and_the_last_day_belong_to_it(place, opens_on, closes_on):
    course = place.course(place.lesson())
    place.open(course, opens_on, closes_on)
    assert place.launch(place.pupils[0], course).attempt.number == 1


def test_what_was_done_is_seen_after_the_last_day(place, session, course, clock):
    pupil = place.pupils[0]
    finish(session, place.launch(pupil, course), 0.8)
    place.seen(course).openings[0].closes_on = TODAY
    clock.shift(timedelta(days=1))
    view = courses.learner_course(session, pupil, course.uid)
    assert {step.gate for step in view.steps} == {Gate.CLOSED}
    assert (view.steps[0].cell.result.score, view.following) == (0.8, None)
    with pytest.raises(ForbiddenError, match="course_over"):
        place.launch(pupil, course)


def test_before_its_first_day_a_course_shows_nothing(place, session):
    course = place.course(place.lesson())
    place.open(course, TOMORROW)
    with pytest.raises(ForbiddenError, match="course_not_begun"):
        courses.learner_course(session, place.pupils[0], course.uid)


def test_a_closed_course_shows_what_was_done_and_begins_nothing(place, session, course):
    pupil = place.pupils[0]
    finish(session, place.launch(pupil, course), 0.8)
    courses.close_course(session, place.teacher, course)
    view = courses.learner_course(session, pupil, course.uid)
    assert [step.gate for step in view.steps] == [Gate.CLOSED, Gate.CLOSED]
    assert (view.steps[0].cell.result.score, view.following) == (0.8, None)
    with pytest.raises(ConflictError, match="course_closed"):
        place.launch(pupil, course)
    courses.reopen_course(session, place.teacher, place.seen(course))
    assert gates(place, course, pupil) == [Gate.OPEN, Gate.OPEN]


def test_nobody_learns_in_a_course_that_they_teach_with_whichever_account(place, session, course):
    place.world.enrolment(place.teacher_person, place.school_class)
    second = place.account_of(place.teacher_person, Role.STUDENT, place.school)
    with pytest.raises(NotFoundError):
        place.launch(place.world.identity(second), course)


# Items.


def test_an_item_whose_day_has_not_come_is_refused_with_the_day(place, session, course, clock):
    item = courses.items_of(course)[1]
    place.decide(item, opens_on=TOMORROW)
    pupil = place.pupils[0]
    assert gates(place, course, pupil) == [Gate.OPEN, Gate.NOT_YET]
    with pytest.raises(ForbiddenError, match="course_item_not_yet") as refused:
        place.launch(pupil, course, item)
    assert refused.value.params["day"] == TOMORROW
    clock.shift(timedelta(days=1))
    assert place.launch(place.identity(place.persons[0]), course, item).attempt.number == 1


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.DRAFT, Status.SUBMITTED])
def test_a_material_that_is_no_longer_there_is_told_to_both(place, session, course, status):
    item = courses.items_of(course)[0]
    item.placement.material.status = status
    session.flush()
    pupil = place.pupils[0]
    expected = Problem.WITHDRAWN if status is Status.WITHDRAWN else Problem.UNPUBLISHED
    assert courses.problems_of(place.teacher, course) == {item.id: expected}
    assert gates(place, course, pupil)[0] is Gate.UNAVAILABLE
    with pytest.raises(ConflictError, match="course_item_unavailable"):
        place.launch(pupil, course, item)


def test_a_material_that_the_class_may_not_see_is_told_to_the_teacher(place, session, course):
    hidden = place.lesson("Của trường khác", place.other_school)
    courses.add_item(session, place.teacher, course, hidden)
    course = place.seen(course)
    item = courses.items_of(course)[2]
    assert courses.problems_of(place.teacher, course) == {item.id: Problem.HIDDEN}
    assert gates(place, course, place.pupils[0])[2] is Gate.UNAVAILABLE
    item.placement.material.is_public = True
    session.flush()
    assert courses.problems_of(place.teacher, course) == {}
    assert gates(place, course, place.pupils[0])[2] is Gate.OPEN


def test_a_removed_item_cannot_be_opened(place, session, course):
    item = courses.items_of(course)[0]
    courses.remove_item(session, place.teacher, item)
    with pytest.raises(NotFoundError, match="course_item_not_found"):
        courses.launch(session, place.pupils[0], course.uid, item.uid)


def test_a_launch_resumes_what_is_under_way_and_begins_anew_after_the_end(place, session, course):
    pupil = place.pupils[0]
    first = place.launch(pupil, course)
    assert place.launch(pupil, course).attempt is first.attempt
    finish(session, first)
    assert place.launch(pupil, course).attempt.number == 2


def test_beginning_anew_ends_an_attempt_only_when_its_learner_is_done(place, session, course):
    pupil = place.pupils[0]
    first = place.launch(pupil, course).attempt
    assert place.launch(pupil, course, anew=True).attempt is first
    first.completion = "completed"
    second = place.launch(pupil, course, anew=True).attempt
    assert (second.number, first.status) == (2, AttemptStatus.ENDED)


def test_beginning_anew_goes_on_with_nothing_that_waits_to_be_resumed(place, session, course):
    pupil = place.pupils[0]
    first = place.launch(pupil, course).attempt
    first.registration.tracking = {"seed": 1, "activities": {"a": {"attempts": 1, "suspended": True}}}
    first.completion = "completed"
    second = place.launch(pupil, course, anew=True).attempt
    assert second.registration.tracking == {"seed": 1, "activities": {"a": {"attempts": 1}}}


def test_the_policy_allows_so_many_attempts_and_says_so(place, session, course):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    place.decide(item, max_attempts=2)
    for left in (2, 1):
        step = courses.learner_course(session, pupil, course.uid).steps[0]
        assert (step.attempts_left, step.gate) == (left, Gate.OPEN)
        finish(session, place.launch(pupil, course, item), 0.4, "failed")
    step = courses.learner_course(session, pupil, course.uid).steps[0]
    assert (step.attempts_left, step.gate) == (0, Gate.USED_UP)
    with pytest.raises(ConflictError, match="attempts_used_up") as refused:
        place.launch(pupil, course, item)
    assert refused.value.params == {"allowed": 2}


def test_the_last_attempt_under_way_is_still_resumed_but_not_begun_anew(place, session, course):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    place.decide(item, max_attempts=1)
    attempt = place.launch(pupil, course, item).attempt
    assert courses.learner_course(session, pupil, course.uid).steps[0].gate is Gate.OPEN
    assert place.launch(pupil, course, item).attempt is attempt
    attempt.completion = "completed"
    with pytest.raises(ConflictError, match="attempts_used_up"):
        place.launch(pupil, course, item, anew=True)
    assert attempt.status is AttemptStatus.OPEN


# policy, completion and success of the attempt under way, whether the next launch begins anew
BEGINS = [
    ("ended", "incomplete", "unknown", False),
    ("ended", "completed", "failed", False),
    ("failed", "completed", "failed", True),
    ("failed", "completed", "passed", False),
    ("failed", "incomplete", "unknown", False),
    ("done", "completed", "unknown", True),
    ("done", "incomplete", "passed", True),
    ("done", "incomplete", "failed", True),
    ("done", "incomplete", "unknown", False),
    ("always", "unknown", "unknown", True),
]


@pytest.mark.parametrize(("policy", "completion", "success", "begins"), BEGINS)
def test_the_policy_says_when_a_launch_begins_anew(place, session, course, policy, completion, success, begins):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    place.decide(item, new_attempt=NewAttempt(policy))
    first = place.launch(pupil, course, item).attempt
    first.completion, first.success = completion, success

    second = place.launch(pupil, course, item).attempt
    assert (second.number, first.status is AttemptStatus.ENDED) == ((2, True) if begins else (1, False))


def test_the_last_attempt_allowed_is_gone_on_with_whatever_the_policy_wants(place, session, course):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    place.decide(item, max_attempts=1, new_attempt=NewAttempt.ALWAYS)
    attempt = place.launch(pupil, course, item).attempt

    assert place.launch(pupil, course, item).attempt is attempt


def test_the_same_lesson_in_two_courses_keeps_two_results(place, session):
    lesson = place.lesson()
    first, second = place.course(lesson), place.course(lesson, title="Khác")
    for course in (first, second):
        place.open(course)
    pupil = place.pupils[0]
    finish(session, place.launch(pupil, first), 1.0)
    assert place.launch(pupil, second).attempt.number == 1
    assert courses.learner_course(session, pupil, second.uid).steps[0].cell.result.score is None


def test_a_file_counts_as_done_once_it_is_opened(place, session):
    course = place.course(place.document())
    place.open(course)
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    for _ in range(2):
        courses.visit(session, pupil, course.uid, item.uid)
    view = courses.learner_course(session, pupil, course.uid)
    assert (view.steps[0].cell.result.standing, view.done, view.progress) == (Standing.COMPLETED, 1, 1.0)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_lesson_is_not_visited_and_a_file_not_played(place, session):
    course = place.course(place.document(), place.lesson())
    place.open(course)
    document, lesson = courses.items_of(course)
    with pytest.raises(ConflictError, match="course_item_unavailable"):
        courses.visit(session, place.pupils[0], course.uid, lesson.uid)
    with pytest.raises(ConflictError, match="not_playable"):
        place.launch(place.pupils[0], course, document)


# What comes next.


def test_what_comes_next_goes_through_the_required_items_in_order(place, session, course):
    pupil = place.pupils[0]
    first, second = courses.items_of(course)

    def following():
        step = courses.learner_course(session, pupil, course.uid).following
        return step and step.item.title

    assert following() == "Một"
    finish(session, place.launch(pupil, course, first), 0.1, "failed")
    assert following() == "Hai"
    finish(session, place.launch(pupil, course, second), 0.9, "passed")
    assert following() == "Một"
    finish(session, place.launch(pupil, course, first), 0.9, "passed")
    assert following() is None


def test_an_item_that_is_not_required_comes_last_and_does_not_count(place, session, course):
    first, second = courses.items_of(course)
    place.decide(first, is_required=False)
    pupil = place.pupils[0]
    view = courses.learner_course(session, pupil, course.uid)
    assert (view.following.item.title, view.required) == ("Hai", 1)
    finish(session, place.launch(pupil, course, second))
    view = courses.learner_course(session, pupil, course.uid)
    assert (view.following.item.title, view.progress) == ("Một", 1.0)


@pytest.mark.parametrize(
    ("due_on", "done", "overdue"), [(YESTERDAY, False, True), (YESTERDAY, True, False), (TODAY, False, False)]
)
def test_an_item_is_overdue_from_the_day_after_until_it_is_done(place, session, course, due_on, done, overdue):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    place.decide(item, due_on=due_on)
    if done:
        finish(session, place.launch(pupil, course, item))
    assert courses.learner_course(session, pupil, course.uid).steps[0].is_overdue is overdue


def test_the_grading_of_the_item_decides_its_score(place, session, course):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    for score in (0.2, 0.9, 0.6):
        finish(session, place.launch(pupil, course, item), score, "passed")
    for grading, score in [(Grading.BEST, 0.9), (Grading.LAST, 0.6), (Grading.FIRST, 0.2), (Grading.AVERAGE, 1.7 / 3)]:
        place.decide(item, grading=grading)
        result = courses.learner_course(session, pupil, course.uid).steps[0].cell.result
        assert (result.score, result.attempts) == (pytest.approx(score), 3)


# Going on after the launch.


def test_a_player_goes_on_only_while_the_course_is_open(place, session, course):
    pupil = place.pupils[0]
    placement = place.launch(pupil, course).item.placement
    courses.require_open(session, pupil, placement)
    assert courses.course_uid_of(session, placement) == course.uid
    courses.close_course(session, place.teacher, course)
    with pytest.raises(ConflictError, match="course_closed"):
        courses.require_open(session, pupil, placement)


def test_a_reset_lets_the_next_launch_be_the_first_and_keeps_the_rows(place, session, course):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    place.decide(item, max_attempts=1)
    old = place.launch(pupil, course, item)
    old.attempt.completion = "completed"
    session.flush()
    opening = course.openings[0]
    learner = courses.learner_of(session, opening, place.persons[0].uid)
    assert courses.reset_item(session, place.teacher, item, learner) == 1
    assert old.attempt.status is AttemptStatus.ENDED
    fresh = place.launch(pupil, course, item)
    assert (fresh.attempt.number, fresh.attempt.id) == (1, fresh.attempt.id)
    assert fresh.attempt.registration_id != old.attempt.registration_id
    assert session.scalar(select(func.count()).select_from(Registration)) == 2
    assert "course.reset" in set(session.scalars(select(AuditEvent.action)))


def test_nothing_is_reset_where_nothing_was_done_and_only_by_the_teacher(place, session, course):
    item, opening = courses.items_of(course)[0], course.openings[0]
    learner = courses.learner_of(session, opening, place.persons[0].uid)
    with pytest.raises(ConflictError, match="nothing_to_reset"):
        courses.reset_item(session, place.teacher, item, learner)
    for somebody in (place.world.somebody(Role.UNIT_MANAGER, place.school), place.pupils[0]):
        with pytest.raises(ForbiddenError):
            courses.reset_item(session, somebody, item, learner)
