"""Posts that change, transfers, leave, staff lists and the staff of a day, on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent, Role
from elearn.models.people import LeaveKind, PostRole, TransferState
from elearn.services import organisation, people
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.people import PostFacts, StaffQuestion, staff_page
from elearn.services.people.persons import sees_person
from elearn.services.people.staff_list import plan_staff, write_staff

FIRST, EVE, DAY = date(2025, 9, 1), date(2025, 12, 31), date(2026, 1, 1)


@pytest.fixture
def root(world):
    return world.unit("SO")


@pytest.fixture
def old(world, root):
    return world.unit("OLD", root)


@pytest.fixture
def new(world, root):
    return world.unit("NEW", root)


@pytest.fixture
def teacher(session, old):
    return people.create_person(session, SYSTEM, code="GV1", full_name="Lê Thị Ánh", unit=old)


@pytest.fixture
def post(session, teacher, old):
    return people.add_post(session, SYSTEM, teacher, old, role=PostRole.TEACHER, valid_from=FIRST)


def spans(person):
    return [(post.unit.code, post.valid_from, post.valid_to) for post in person.posts]


def test_a_transfer_leaves_no_day_without_a_main_post_and_none_with_two(session, teacher, post, new):
    arrived, request = people.transfer(session, SYSTEM, post, new, DAY, fte=0.5)
    assert spans(teacher) == [("OLD", FIRST, EVE), ("NEW", DAY, None)]
    assert (arrived.fte, request.state) == (0.5, TransferState.ACCEPTED)


def test_a_transfer_keeps_the_last_day_that_was_known(session, teacher, post, new):
    people.end_post(session, SYSTEM, post, date(2026, 6, 30))
    people.transfer(session, SYSTEM, post, new, DAY)
    assert spans(teacher)[-1] == ("NEW", DAY, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "code"), [(FIRST, "transfer_day"), (date(2020, 1, 1), "transfer_day"), (date(1, 1, 1), "day_range")]
)
def test_a_transfer_needs_the_post_on_the_eve(session, post, new, day, code):
    with pytest.raises(ServiceError, match=code):
        people.transfer(session, SYSTEM, post, new, day)


def test_a_transfer_goes_elsewhere_and_only_from_a_main_post(session, teacher, post, old, new):
    with pytest.raises(ServiceError, match="transfer_same_unit"):
        people.transfer(session, SYSTEM, post, old, DAY)
    second = people.add_post(session, SYSTEM, teacher, new, role=PostRole.TEACHER, valid_from=FIRST, is_main=False)
    with pytest.raises(ConflictError, match="transfer_not_main"):
        people.transfer(session, SYSTEM, second, old, DAY)


def test_a_request_is_overtaken_when_the_post_ends_first(world, session, post, old, new):
    head_old, head_new = (world.somebody(Role.UNIT_MANAGER, unit) for unit in (old, new))
    request = people.ask_transfer(session, head_old, post, new, DAY)
    with pytest.raises(ForbiddenError):
        people.transfer(session, head_old, post, new, DAY)
    people.end_post(session, head_old, post, date(2025, 10, 31))
    with pytest.raises(ConflictError, match="transfer_overtaken"):
        people.accept_transfer(session, head_new, request)
    assert people.open_transfers(session, head_new) == [request]
    people.withdraw_transfer(session, head_old, request)
    assert people.open_transfers(session, head_new) == []


@pytest.mark.parametrize(("is_main", "days"), [(False, (DAY, None)), (True, (date(2020, 1, 1), date(2020, 12, 31)))])
def test_nobody_takes_on_the_staff_of_another_unit_alone(world, session, root, teacher, post, new, is_main, days):
    facts = {"role": PostRole.TEACHER, "valid_from": days[0], "valid_to": days[1], "is_main": is_main}
    head, officer = world.somebody(Role.UNIT_MANAGER, new), world.somebody(Role.UNIT_MANAGER, root)
    with pytest.raises(ConflictError, match="post_not_agreed"):
        people.take_on(session, head, new, code="GV1", full_name="Lê Thị Ánh", **facts)
    assert not sees_person(head, teacher)
    with pytest.raises(ConflictError, match="person_code_other"):  # as for anybody else's code
        people.take_on(session, head, new, code="GV1", full_name="Vũ An", **facts)
    added, is_new = people.take_on(session, officer, new, code="GV1", full_name="Lê Thị Ánh", **facts)
    assert (added.unit, is_new) == (new, False)


def test_whoever_has_left_is_taken_on_by_the_next_unit(world, session, teacher, post, new):
    people.end_post(session, SYSTEM, post, EVE)
    facts = {"code": "GV1", "full_name": "Lê Thị Ánh", "role": PostRole.TEACHER}
    head = world.somebody(Role.UNIT_MANAGER, new)
    with pytest.raises(ConflictError, match="post_not_agreed"):
        people.take_on(session, head, new, **facts, valid_from=EVE, is_main=False)
    assert people.take_on(session, head, new, **facts, valid_from=DAY)[0].unit is new


def test_a_pupil_of_another_unit_is_not_taken_on(world, session, old, new):
    pupil = world.person("Lê Thị Ánh", code="HS1")
    world.enrolment(pupil, world.school_class(old))
    head = world.somebody(Role.UNIT_MANAGER, new)
    with pytest.raises(ConflictError, match="post_not_agreed"):
        people.add_post(session, head, pupil, new, role=PostRole.TEACHER, valid_from=DAY)


def test_the_removal_of_a_post_keeps_its_request(session, teacher, post, new):
    request = people.ask_transfer(session, SYSTEM, post, new, DAY)
    people.remove_post(session, SYSTEM, post, "entered twice")
    session.refresh(request)
    assert (request.post, request.person, teacher.posts) == (None, teacher, [])


def test_a_share_changes_on_the_first_day_in_place_and_later_by_a_new_post(session, teacher, post):
    assert people.change_fte(session, SYSTEM, post, 0.8, FIRST) is post
    people.change_fte(session, SYSTEM, post, 0.5, DAY)
    assert [(each.fte, each.valid_to) for each in teacher.posts] == [(0.8, EVE), (0.5, None)]
    assert people.full_share_exceeded(teacher, DAY) is None


def test_a_correction_may_not_make_two_main_posts(session, teacher, post, new):
    people.end_post(session, SYSTEM, post, EVE)
    later = people.add_post(session, SYSTEM, teacher, new, role=PostRole.TEACHER, valid_from=DAY)
    with pytest.raises(ConflictError, match="post_second_main"):
        people.correct_post(session, SYSTEM, later, PostFacts(PostRole.TEACHER, EVE), "slip")
    with pytest.raises(ServiceError, match="correction_reason"):
        people.correct_post(session, SYSTEM, later, PostFacts(PostRole.TEACHER, DAY), " ")


def test_leaves_of_a_person_never_overlap(session, teacher, post):
    leave = people.add_leave(session, SYSTEM, teacher, LeaveKind.STUDY, valid_from=FIRST, valid_to=EVE)
    with pytest.raises(ConflictError, match="leave_overlap"):
        people.add_leave(session, SYSTEM, teacher, LeaveKind.SICKNESS, valid_from=EVE)
    people.add_leave(session, SYSTEM, teacher, LeaveKind.SICKNESS, valid_from=DAY)
    with pytest.raises(ConflictError, match="leave_overlap"):
        people.end_leave(session, SYSTEM, teacher, leave, None)


def test_whoever_watched_over_a_person_still_does_after_the_last_post(world, session, teacher, post, old, new):
    people.end_post(session, SYSTEM, post, FIRST)
    head, other = (world.somebody(Role.UNIT_MANAGER, unit) for unit in (old, new))
    assert sees_person(head, teacher)
    assert people.manages_person(session, head, teacher)
    assert not sees_person(other, teacher)


LIST = "GV1\tle thi anh\t\tGV\tTH\tToán\t1\t1/9/2025\nGV2\tTrần Văn Đức\t2/3/1990\tCBQL\t\t\t\t1/9/2025"


def test_a_list_is_planned_written_once_and_found_there_afterwards(world, session, teacher, old):
    head = world.somebody(Role.UNIT_MANAGER, old)
    plan = plan_staff(session, head, old, LIST)
    assert ([p.code for p in plan.new], [p.code for p in plan.added], plan.faulty) == (["GV2"], ["GV1"], [])
    write_staff(session, head, old, plan)
    again = plan_staff(session, head, old, LIST)
    assert [p.code for p in again.there] == ["GV1", "GV2"]
    write_staff(session, head, old, again)
    acts = session.scalars(select(AuditEvent.action).where(AuditEvent.account_id == head.account_id)).all()
    assert sorted(acts) == ["person.create", "post.add", "post.add", "staff.import", "staff.import"]


def test_lines_that_do_not_fit_the_register_have_a_problem_each(session, post, old, new):
    text = "GV1\tLê Thị Ánh\t\t\t\t\t\t1/1/2026\nGV1\tLê Thị Ánh\t\t\t\t\t\t1/1/2026\nGV3\tVũ An\t\t\t\t\t\t1/1/2001"
    plan = plan_staff(session, SYSTEM, new, text)
    codes = [[problem.code for problem in planned.line.problems] for planned in plan.lines]
    assert codes == [["post_elsewhere"], ["code_twice", "post_elsewhere"], ["unit_absent"]]
    assert plan_staff(session, SYSTEM, old, text).lines[0].line.problems[0].code == "post_here_differs"
    assert plan_staff(session, SYSTEM, old, "GV1\tVũ An\t\t\t\t\t\t1/1/2026").faulty
    with pytest.raises(ConflictError, match="paste_faulty"):
        write_staff(session, SYSTEM, new, plan)


def test_namesakes_of_the_same_birth_date_are_doubtful(session, old):
    people.create_person(session, SYSTEM, code="CU", full_name="Vũ An", unit=old, born_on=date(1990, 3, 2))
    plan = plan_staff(session, SYSTEM, old, "MOI\tVũ An\t2/3/1990\t\t\t\t\t1/1/2026")
    assert [(p.code, p.duplicates) for p in plan.doubtful] == [("MOI", ["CU"])]


@pytest.mark.parametrize(
    ("text", "codes"), [("", ["GV2", "GV1"]), ("DUC", ["GV2"]), ("đức trần", ["GV2"]), ("gv1", ["GV1"]), ("x", [])]
)
def test_staff_of_a_day_are_found_by_name_or_code(session, root, old, text, codes):
    write_staff(session, SYSTEM, old, plan_staff(session, SYSTEM, old, LIST.replace("le thi anh", "Lê Thị Yến")))
    total, found = staff_page(session, StaffQuestion(root, DAY, text=text))
    assert (total, [post.person.code for post in found]) == (len(codes), codes)
    assert staff_page(session, StaffQuestion(root, DAY, text=text, with_below=False))[0] == 0


def test_two_readers_of_a_unit_cannot_both_change_it(session, old):
    seen = organisation.seen_unit(old)
    organisation.rename_unit(session, SYSTEM, old, "Trường mới", DAY)
    with pytest.raises(ConflictError, match="unit_changed"):
        organisation.hold_unit(session, old, seen)
    organisation.hold_unit(session, old, organisation.seen_unit(old))
