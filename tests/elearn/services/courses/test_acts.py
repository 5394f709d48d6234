"""What a course leaves in the ledger, and when it makes a lesson taught (INDICATORS, classes B1 and C)."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from elearn.models.account import Role
from elearn.models.course import Course
from elearn.models.people import PostRole
from elearn.models.usage import ActKind, UsageAct
from elearn.services import courses, usage
from elearn.services.access import load_identity
from elearn.services.courses.acts import enough_learners
from tests.support.courses import HANOI, MONDAY, TODAY, CourseWorld
from tests.support.factories import World


@pytest.fixture
def course(place):
    course = place.course(place.lesson("Một"))
    place.open(course)
    return place.seen(course)


def acts(session, kind):
    return list(session.scalars(select(UsageAct).where(UsageAct.kind == kind).order_by(UsageAct.id)))


@pytest.mark.parametrize(
    ("size", "needed"), [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (10, 3), (11, 3), (45, 3)]
)
def test_three_learners_or_thirty_percent_of_the_class_are_enough(size, needed):
    assert enough_learners(size) == needed


def test_a_launch_is_recorded_with_its_place_and_the_size_of_the_class(place, session, course):
    pupil = place.pupils[0]
    place.take(pupil, course)
    (launch,) = acts(session, ActKind.LAUNCH)
    item = courses.items_of(course)[0]
    assert (launch.placement_id, launch.course_id, launch.class_id) == (
        item.placement_id,
        course.id,
        place.school_class.id,
    )
    assert (launch.person_id, launch.act_date, launch.unit_id) == (pupil.person_id, TODAY, place.school.id)
    (active,) = acts(session, ActKind.COURSE_ACTIVITY)
    assert (active.course_id, active.class_id, active.person_id) == (course.id, place.school_class.id, pupil.person_id)
    assert active.details == {"class_size": 4}


def test_a_learner_is_active_once_a_day(place, session, clock):
    course = place.course(place.lesson("Một"), place.lesson("Hai"))
    place.open(course)
    first, second = courses.items_of(course)
    for item in (first, second, first):
        place.take(place.pupils[0], course, item)
        clock.shift(timedelta(minutes=5))
    assert len(acts(session, ActKind.COURSE_ACTIVITY)) == 1
    assert len(acts(session, ActKind.LAUNCH)) == 3
    clock.shift(timedelta(days=1))
    place.take(place.pupils[0], course, first)
    assert [act.act_date for act in acts(session, ActKind.COURSE_ACTIVITY)] == [TODAY, TODAY + timedelta(days=1)]


def test_a_double_click_is_one_launch(place, session, course):
    for _ in range(2):
        place.take(place.pupils[0], course)
    assert len(acts(session, ActKind.LAUNCH)) == 1


def test_a_launch_from_the_library_a_moment_before_hides_no_launch_from_the_course(place, session, course):
    pupil, material = place.pupils[0], courses.items_of(course)[0].placement.material
    usage.record(session, pupil, ActKind.LAUNCH, timezone=HANOI, material=material)
    place.take(pupil, course)
    assert [act.placement_id is None for act in acts(session, ActKind.LAUNCH)] == [True, False]


def test_the_lesson_is_taught_when_enough_learners_have_opened_it_and_only_once(place, session, course, clock):
    made = []
    for pupil in place.pupils:  # four: two are 30 % of the class
        made.append(place.take(pupil, course))
        clock.shift(timedelta(minutes=1))
    assert [act is not None for act in made] == [False, True, False, False]
    (taught,) = acts(session, ActKind.TAUGHT)
    item = courses.items_of(course)[0]
    assert taught.person_id == place.teacher_person.id
    assert taught.account_id == place.teacher.account_id
    assert (taught.class_id, taught.placement_id, taught.act_date) == (place.school_class.id, item.placement_id, TODAY)
    assert taught.details == {"by": "course", "item": item.uid, "learners": 2, "class_size": 4}
    assert taught.key == usage.taught_key(
        place.teacher_person.id, place.school_class.id, item.placement.material_id, TODAY
    )


def test_in_a_larger_class_three_learners_are_needed(place, session, course):
    for number in range(16):
        place.persons.append(place.pupil(f"Trần Thị {number}"))
    assert [place.take(pupil, course) is not None for pupil in place.pupils[:4]] == [False, False, True, False]
    assert acts(session, ActKind.TAUGHT)[0].details["class_size"] == 20


@pytest.mark.parametrize(("days", "counts"), [(6, True), (7, True), (8, False)])
def test_a_week_has_seven_days(place, session, course, clock, days, counts):
    place.take(place.pupils[0], course)
    clock.shift(timedelta(days=days))
    taught = place.take(place.pupils[1], course)
    assert (taught is not None) is counts
    if taught is not None:
        assert taught.act_date == TODAY + timedelta(days=days)


def test_one_early_pupil_spoils_nothing_and_the_lesson_is_dated_when_enough_came(place, session, course, clock):
    place.take(place.pupils[0], course)
    clock.shift(timedelta(days=20))
    assert place.take(place.pupils[1], course) is None
    clock.shift(timedelta(days=3))
    assert place.take(place.pupils[2], course).act_date == TODAY + timedelta(days=23)


def test_the_early_pupil_who_comes_back_is_a_learner_of_the_later_week(place, session, course, clock):
    place.take(place.pupils[0], course)
    clock.shift(timedelta(days=20))
    place.take(place.pupils[1], course)
    assert place.take(place.pupils[0], course) is not None


def test_colleagues_in_the_class_are_no_learners(place, session, course):
    for person in place.persons[:2]:
        place.world.post(person, place.other_school, role=PostRole.STAFF)
    assert place.take(place.pupils[0], course) is None
    assert place.take(place.pupils[1], course) is None
    assert (len(acts(session, ActKind.LAUNCH)), acts(session, ActKind.COURSE_ACTIVITY)) == (2, [])
    assert place.take(place.pupils[2], course).details["class_size"] == 2


def test_a_learner_who_comes_again_is_still_one(place, session, course, clock):
    for _ in range(3):
        place.take(place.pupils[0], course)
        clock.shift(timedelta(days=1))
    assert acts(session, ActKind.TAUGHT) == []


def test_two_accounts_of_one_pupil_are_one_learner(place, session, course):
    second = place.world.identity(place.account_of(place.persons[0], Role.STUDENT, place.school))
    place.take(place.pupils[0], course)
    place.take(second, course)
    assert acts(session, ActKind.TAUGHT) == []
    assert len(acts(session, ActKind.COURSE_ACTIVITY)) == 1


def test_nobody_opens_it_for_the_class_who_is_not_in_it(place, session, course):
    other = place.world.school_class(place.school, "4B")
    courses.open_to_class(session, place.world.somebody(Role.UNIT_MANAGER, place.school), course, other, opens_on=TODAY)
    stranger = place.identity(place.pupil("Bên", other))
    place.take(place.pupils[0], place.seen(course))
    taught = place.take(stranger, course)  # the only pupil of 4B: that class was taught, 4A was not
    assert [act.class_id for act in acts(session, ActKind.TAUGHT)] == [other.id]
    assert taught.person_id == place.teacher_person.id


def test_a_lesson_that_teach_mode_has_counted_that_day_is_not_counted_again_on_another(place, session, course, clock):
    material = courses.items_of(course)[0].placement.material
    key = usage.taught_key(place.teacher_person.id, place.school_class.id, material.id, TODAY)
    usage.record(session, place.teacher, ActKind.TAUGHT, timezone=HANOI, material=material, key=key)
    for pupil in place.pupils[:2]:
        assert place.take(pupil, course) is None
    clock.shift(timedelta(days=1))
    assert place.take(place.pupils[2], course) is None
    assert len(acts(session, ActKind.TAUGHT)) == 1


def test_a_teacher_who_is_not_in_the_register_has_no_lesson_taught_and_no_fault(place, session, course):
    place.teacher_account.person_id = None
    session.flush()
    assert [place.take(pupil, course) for pupil in place.pupils] == [None] * 4


def test_the_day_is_the_day_of_the_department(place, session, course, clock):
    clock.move_to(MONDAY.replace(hour=17, minute=30))  # half past midnight on Tuesday
    place.take(place.identity(place.persons[0]), course)
    taught = place.take(place.identity(place.persons[1]), course)
    assert taught.act_date == date(2026, 11, 17)


def test_a_file_that_is_opened_counts_like_a_lesson(place, session):
    course = place.course(place.document())
    place.open(course)
    item = courses.items_of(course)[0]
    for pupil in place.pupils[:2]:
        visited = courses.visit(session, pupil, course.uid, item.uid)
        courses.record_launch(session, pupil, visited, HANOI, ActKind.DOWNLOAD)
    assert len(acts(session, ActKind.TAUGHT)) == 1


def test_opening_and_feedback_are_acts_of_the_teacher_and_giving_a_class_is_none_of_the_head(place, session, course):
    opening = course.openings[0]
    courses.record_opening(session, place.teacher, opening, HANOI)
    courses.record_opening(session, place.world.somebody(Role.UNIT_MANAGER, place.school), opening, HANOI)
    learner = courses.learner_of(session, opening, place.persons[0].uid)
    item = courses.items_of(course)[0]
    courses.record_feedback(session, place.teacher, opening, item, learner, timezone=HANOI)
    taught = acts(session, ActKind.COURSE_TEACHING)
    assert [act.details["by"] for act in taught] == ["opening", "feedback"]
    assert {(act.person_id, act.course_id, act.class_id) for act in taught} == {
        (place.teacher_person.id, course.id, place.school_class.id)
    }
    assert taught[0].details["class_size"] == 4


def test_launches_at_once_make_one_lesson_taught_and_no_fault(database):
    with time_machine.travel(MONDAY, tick=True):
        with database.write() as session:
            place = CourseWorld(World(session))
            course = place.course(place.lesson())
            place.open(course)
            uid, item = course.uid, courses.items_of(course)[0].uid
            pupils = [pupil.account_id for pupil in place.pupils]
        start, faults = threading.Barrier(len(pupils)), []

        def take(account_id):
            start.wait(30)
            try:
                with database.write() as session:
                    identity = load_identity(session, account_id)
                    launched = courses.launch(session, identity, uid, item)
                    courses.record_launch(session, identity, launched, HANOI)
            except Exception as fault:  # noqa: BLE001 - whatever happened in a thread is looked at below
                faults.append(fault)

        threads = [threading.Thread(target=take, args=(account_id,)) for account_id in pupils]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert faults == []
        with database.read() as session:
            counted = select(UsageAct.kind, func.count()).group_by(UsageAct.kind)
            assert dict(session.execute(counted).all()) == {
                ActKind.LAUNCH: 4,
                ActKind.COURSE_ACTIVITY: 4,
                ActKind.TAUGHT: 1,
            }
            assert session.scalar(select(func.count()).select_from(Course)) == 1
