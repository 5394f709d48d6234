"""Launches from a platform count for a teacher only where that teacher has said which class it is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.lti_courses import LtiMember
from elearn.models.usage import ActKind, UsageAct
from elearn.services.lti.acts import record_launch, record_release, size_of
from elearn.services.player.attempts import open_at
from elearn.services.usage import evidence_of
from tests.support.counting import Ledger
from tests.support.courses import HANOI
from tests.support.moodle import INSTRUCTOR


@pytest.fixture
def opens(session, inside):
    """Let an account open a link as its page does."""

    def open_link(account, link):
        identity = inside(account)
        attempt = open_at(session, identity, link.placement)
        return record_launch(session, identity, link, attempt, HANOI)

    return open_link


def mapped(place, moodle):
    moodle.context.class_id = place.school_class.id
    moodle.context.mapped_by_id = place.teacher_account.id
    place.session.flush()


def acts(session, kind):
    return session.scalars(select(UsageAct).where(UsageAct.kind == kind)).all()


def test_without_a_class_of_ours_it_is_a_launch_and_no_more(place, moodle, session, opens):
    link = moodle.link(place.lesson())
    assert all(opens(moodle.person(str(number)), link) is None for number in range(5))
    assert {act.class_id for act in acts(session, ActKind.LAUNCH)} == {None}
    assert acts(session, ActKind.TAUGHT) == []


def test_three_learners_of_a_mapped_course_make_a_lesson_taught(place, moodle, session, opens):
    lesson = place.lesson()
    link = moodle.link(lesson)
    mapped(place, moodle)
    accounts = [moodle.person(str(number)) for number in range(10)]
    made = [opens(account, link) for account in accounts[:4]]
    assert [act is not None for act in made] == [False, False, True, False]
    act = made[2]
    assert (act.person_id, act.class_id, act.material_id) == (place.teacher_person.id, place.school_class.id, lesson.id)
    assert act.details == {"by": "lti", "link": link.uid, "learners": 3, "class_size": 10}
    assert act.unit_id == place.school.id


def test_learners_whom_no_roster_lists_are_not_the_whole_class(place, moodle, session, opens):
    link = moodle.link(place.lesson())
    moodle.context.class_id = place.world.school_class(place.school, "4B").id  # nobody is enrolled there yet
    moodle.context.mapped_by_id = place.teacher_account.id
    accounts = [moodle.person(str(number)) for number in range(3)]
    for member in session.scalars(select(LtiMember)):
        member.listed_at = None
    assert [opens(account, link) is not None for account in accounts] == [False, False, True]


def test_one_learner_who_opens_it_often_is_one(place, moodle, opens):
    link = moodle.link(place.lesson())
    mapped(place, moodle)
    account = moodle.person("1")
    for number in range(2, 12):
        moodle.member(str(number))
    assert [opens(account, link) for _ in range(4)] == [None] * 4


def test_teachers_make_no_audience(place, moodle, session, opens):
    link = moodle.link(place.lesson())
    mapped(place, moodle)
    for number in range(10):
        moodle.member(f"p{number}")
    assert [opens(moodle.person(str(number), role=INSTRUCTOR), link) for number in range(4)] == [None] * 4
    assert {act.class_id for act in acts(session, ActKind.LAUNCH)} == {None}


def test_learners_of_three_weeks_make_no_lesson(place, moodle, opens, clock):
    link = moodle.link(place.lesson())
    mapped(place, moodle)
    for number in range(10):
        moodle.member(f"p{number}")
    for number in range(3):
        assert opens(moodle.person(str(number)), link) is None
        clock.shift(timedelta(days=7, minutes=1))


def test_a_course_is_as_large_as_the_register_or_the_platform_says(place, moodle, session):
    mapped(place, moodle)
    assert size_of(session, moodle.context) == len(place.persons)
    for number in range(7):
        moodle.member(str(number), is_active=number > 0)
    moodle.member("t", role=INSTRUCTOR)
    assert size_of(session, moodle.context) == 6


@pytest.fixture
def is_counted(place):
    """Whether the teacher is in Q of the semester, as the reports count."""
    ledger = Ledger(place.world, date(2026, 9, 1), date(2026, 12, 31))
    return lambda: ledger.persons(place.school)[place.teacher_person.code].in_q


def test_the_lesson_puts_the_teacher_into_the_ratio_and_only_with_the_class(place, moodle, opens, is_counted):
    link = moodle.link(place.lesson())
    for number in range(3):
        opens(moodle.person(f"before{number}"), link)
    assert not is_counted()
    mapped(place, moodle)
    for number in range(3):
        opens(moodle.person(str(number)), link)
    assert is_counted()


def test_a_course_of_the_teacher_counts_as_taught_online(place, moodle, session, opens, inside, is_counted):
    lesson = place.lesson()
    course = place.course(lesson)
    link = moodle.link(lesson, course=course)
    teacher = inside(place.teacher_account)
    assert record_release(session, teacher, course, moodle.context, HANOI) is None
    mapped(place, moodle)
    moodle.context.mapped_by_id = None  # so that only class C can put the teacher into the ratio
    assert record_release(session, teacher, course, moodle.context, HANOI) is not None
    assert record_release(session, teacher, course, moodle.context, HANOI) is None
    for number in range(20):
        moodle.member(f"p{number}")
    for number in range(5):
        assert not is_counted()
        opens(moodle.person(str(number)), link)
    assert [act.details for act in acts(session, ActKind.COURSE_ACTIVITY)][-1] == {"class_size": 25}
    assert is_counted()


def test_a_course_of_somebody_else_is_not_released_by_placing_it(place, moodle, session, inside):
    course = place.course(place.lesson())
    mapped(place, moodle)
    colleague = place.account_of(place.world.person("Lê Thị Hoa"), Role.TEACHER, place.school)
    assert record_release(session, inside(colleague), course, moodle.context, HANOI) is None


def test_the_evidence_names_the_platform_its_course_and_the_activity(place, moodle, session, opens):
    link = moodle.link(place.lesson(), title="Phân số")
    mapped(place, moodle)
    for number in range(3):
        opens(moodle.person(str(number)), link)
    (act,) = acts(session, ActKind.TAUGHT)
    told = evidence_of(session, place.teacher, act).platform
    assert (told.platform, told.course, told.activity) == ("Moodle của trường", "Toán 4", "Phân số")
    assert told.learners == act.details["learners"]
