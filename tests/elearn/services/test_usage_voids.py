"""Voids and restorations: who may, why, in which order, and what they leave behind."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from elearn.models.account import AuditEvent, Role
from elearn.models.course import Course, CourseItem
from elearn.models.material import Status
from elearn.models.people import Person
from elearn.models.reports import CountChange
from elearn.models.usage import ActKind, UsageVoid
from elearn.services import review, usage
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def office(world):
    return world.unit("SO")


@pytest.fixture
def school(world, office):
    return world.unit("TH1", office)


@pytest.fixture
def head(world, school):
    return world.somebody(Role.UNIT_MANAGER, school, "hieutruong")


@pytest.fixture
def lan(world, school):
    """A teacher of the register with an account."""
    person = world.person("Nguyễn Thị Lan")
    world.post(person, school)
    account = world.account("lan", person)
    world.grant(account, Role.TEACHER, school)
    return world.identity(account)


@pytest.fixture
def lesson(world, school):
    return world.material(school, world.account("binh"), Status.SUBMITTED)


@pytest.fixture
def act(session, world, school, lan, lesson):
    lop = world.school_class(school, "5B")
    return usage.record(
        session,
        lan,
        ActKind.TAUGHT,
        timezone=HANOI,
        occurred_at=NOON,
        material=lesson,
        version=lesson.versions[0],
        class_id=lop.id,
        key="taught:1",
        details={"by": "teach", "session": "0" * 32, "minutes": 12},
    )


def test_a_void_and_its_restoration_are_rows_of_their_own(session, head, act):
    usage.void(session, head, act, " Không dạy thật ")
    assert usage.is_void(session, act)
    usage.restore(session, head, act, "Đã có giáo án")
    assert not usage.is_void(session, act)
    rows = session.execute(select(UsageVoid.restores, UsageVoid.reason).order_by(UsageVoid.id)).all()
    assert [tuple(row) for row in rows] == [(False, "Không dạy thật"), (True, "Đã có giáo án")]
    audited = session.execute(select(AuditEvent.action, AuditEvent.note).where(AuditEvent.subject_uid == act.uid))
    assert [tuple(row) for row in audited] == [("act.void", "Không dạy thật"), ("act.restore", "Đã có giáo án")]


def test_a_decision_marks_the_person_and_the_day_for_counting(session, head, act):
    session.execute(delete(CountChange))
    usage.void(session, head, act, "Không dạy thật")
    changes = session.scalars(select(CountChange)).all()
    assert {(row.person_id, row.from_day, row.to_day) for row in changes} == {
        (act.person_id, date(2026, 11, 20), date(2026, 11, 20))
    }


def test_what_is_void_is_not_voided_again_nor_what_holds_restored(session, head, act):
    with pytest.raises(ConflictError, match="act_not_void"):
        usage.restore(session, head, act, "Vẫn còn")
    usage.void(session, head, act, "Không dạy thật")
    with pytest.raises(ConflictError, match="act_void_already"):
        usage.void(session, head, act, "Lần nữa")


@pytest.mark.parametrize("decide", [usage.void, usage.restore])
def test_a_decision_needs_a_reason(session, head, act, decide):
    with pytest.raises(ServiceError, match="void_reason_needed"):
        decide(session, head, act, "  ")


def test_an_officer_decides_over_the_schools_below(session, world, office, act):
    usage.void(session, world.somebody(Role.UNIT_MANAGER, office), act, "Trùng bài")
    assert usage.is_void(session, act)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT, Role.REVIEWER, Role.INSPECTOR])
def test_others_at_the_school_decide_nothing(session, world, school, act, role):
    with pytest.raises(ForbiddenError):
        usage.void(session, world.somebody(role, school), act, "Tôi muốn")
    assert not usage.is_void(session, act)


def test_a_head_of_another_school_decides_nothing(session, world, office, act):
    with pytest.raises(ForbiddenError):
        usage.void(session, world.somebody(Role.UNIT_MANAGER, world.unit("TH2", office)), act, "Tôi muốn")


def test_nobody_decides_over_the_own_act_with_whichever_account(session, world, school, lan, act):
    person = act.person_id
    second = world.account("lan.hieutruong")
    second.person_id = person
    world.grant(second, Role.UNIT_MANAGER, school)
    for identity in (lan, world.identity(second)):
        with pytest.raises(ForbiddenError):
            usage.void(session, identity, act, "Tôi muốn")


def test_only_a_person_decides_never_the_machine(session, act):
    with pytest.raises(ForbiddenError, match="person_needed"):
        usage.void(session, SYSTEM, act, "Dọn dẹp")


def test_the_evidence_says_who_when_with_what_and_what_was_decided(session, head, lesson, act):
    usage.void(session, head, act, "Không dạy thật")
    found = usage.evidence_of(session, head, act)
    assert (found.person_name, found.unit_code, found.class_name) == ("Nguyễn Thị Lan", "TH1", "5B")
    assert (found.occurred_at, found.act_date) == (NOON, date(2026, 11, 20))
    assert found.recorded_at == act.recorded_at
    assert (found.material.number, found.material.sha256) == (1, lesson.versions[0].blob_sha256)
    assert [(row.restores, row.reason, row.who) for row in found.decisions] == [(False, "Không dạy thật", "hieutruong")]
    assert found.is_void


def test_the_evidence_names_every_step_of_the_approval(session, world, school, head, lesson, act):
    session.refresh(lesson)
    approver = world.account("duyet", world.person("Phạm Duyệt", code="CB01"))
    world.grant(approver, Role.REVIEWER, school)
    review.publish(session, world.identity(approver), lesson, "Tốt")
    steps = usage.evidence_of(session, head, act).approvals
    assert [(step.step, step.who, step.person, step.note) for step in steps] == [
        ("published", "duyet", "Phạm Duyệt (CB01)", "Tốt")
    ]


def test_the_evidence_of_a_course_item_says_how_many_opened_it(session, world, school, head, lan, lesson):
    course = world.add(Course(title="Toán 5", unit_id=school.id, owner_id=lan.account_id))
    attempt = world.attempt(world.account("hs1"), lesson)
    placement = attempt.registration.placement
    world.add(CourseItem(course_id=course.id, placement_id=placement.id, position=1, title="Bài 1"))
    opened = usage.record(
        session, lan, ActKind.TAUGHT, timezone=HANOI, material=lesson, placement_id=placement.id, key="taught:course"
    )
    found = usage.evidence_of(session, head, opened).course
    assert (found.title, found.item_title, found.learners) == ("Toán 5", "Bài 1", 1)


def test_evidence_is_for_the_teacher_and_those_above_only(session, world, office, school, lan, head, act):
    inspector = world.somebody(Role.INSPECTOR, office)
    for allowed in (lan, head, inspector):
        assert usage.act_by_uid(session, allowed, act.uid) is act
    for other in (
        world.somebody(Role.UNIT_MANAGER, world.unit("TH2", office)),
        world.somebody(Role.TEACHER, school),
    ):
        with pytest.raises(NotFoundError):
            usage.act_by_uid(session, other, act.uid)
        with pytest.raises(NotFoundError):
            usage.evidence_of(session, other, act)


def test_the_head_of_a_second_post_sees_no_evidence_from_the_main_unit(session, world, office, act):
    borrower = world.unit("TH3", office)
    person = session.get_one(Person, act.person_id)
    world.post(person, borrower, is_main=False)
    session.refresh(person)
    with pytest.raises(NotFoundError):
        usage.evidence_of(session, world.somebody(Role.UNIT_MANAGER, borrower), act)


def test_the_head_of_a_new_school_sees_what_the_teacher_brought_along(session, world, office, act):
    new_school = world.unit("TH3", office)
    new_head = world.somebody(Role.UNIT_MANAGER, new_school)
    person = session.get_one(type(world.person()), act.person_id)
    person.posts[0].valid_to = date(2020, 12, 31)
    world.post(person, new_school, since=date(2021, 1, 1))
    session.refresh(person)
    assert usage.evidence_of(session, new_head, act).unit_code == "TH1"
    with pytest.raises(ForbiddenError):
        usage.void(session, new_head, act, "Không phải ở đây")


@pytest.mark.parametrize("uid", ["", "x", "0" * 32])
def test_an_act_that_is_none_is_not_found(session, head, uid):
    with pytest.raises(NotFoundError):
        usage.act_by_uid(session, head, uid)
