"""The register: persons, posts, leave, classes and enrolments."""

from datetime import date

import pytest

from elearn.models.account import Role
from elearn.models.people import LeaveKind, PostRole
from elearn.services import organisation, people
from elearn.services.access import SYSTEM
from elearn.services.curriculum import period_by_code
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError

FIRST, MIDDLE, LAST = date(2026, 9, 1), date(2026, 11, 16), date(2026, 12, 31)


@pytest.fixture
def school(world):
    return world.unit("A", world.unit("SO"))


@pytest.fixture
def other_school(world, school):
    return world.unit("B", organisation.unit_by_code(world.session, "SO"))


@pytest.fixture
def teacher(session, school):
    return people.create_person(session, SYSTEM, code="GV1", full_name="Lê  Thị Ánh ", unit=school)


@pytest.fixture
def class_4a(session, school):
    year = period_by_code(session, "2026-2027")
    return people.create_class(session, SYSTEM, school, year, "4A", grade_code="4")


def add_post(session, person, unit, since, until=None, **values):
    values = {"role": PostRole.TEACHER, **values}
    return people.add_post(session, SYSTEM, person, unit, valid_from=since, valid_to=until, **values)


def test_a_person_is_entered_once_with_a_tidy_name(session, school, teacher):
    assert (teacher.full_name, teacher.sort_name) == ("Lê Thị Ánh", people.sort_key("Lê Thị Ánh"))
    with pytest.raises(ConflictError, match="person_code_taken"):
        people.create_person(session, SYSTEM, code="GV1", full_name="Khác", unit=school)
    with pytest.raises(ServiceError, match="person_nameless"):
        people.create_person(session, SYSTEM, code="GV2", full_name="  ", unit=school)


def test_names_keep_nothing_that_turns_or_hides_what_is_read(session, school, class_4a):
    hidden = "4\u202eB\u202c\u200b"
    assert people.create_class(session, SYSTEM, school, class_4a.school_year, hidden).name == "4B"
    with pytest.raises(ConflictError):  # looks like the other one
        people.create_class(session, SYSTEM, school, class_4a.school_year, "4A\u200b")
    with pytest.raises(ServiceError):
        people.create_class(session, SYSTEM, school, class_4a.school_year, "\u200b")
    person = people.create_person(session, SYSTEM, code="GV777", full_name="\u202eLê\u200b An\u202c", unit=school)
    assert person.full_name == "Lê An"


def test_two_main_posts_never_hold_on_one_day(session, school, other_school, teacher):
    add_post(session, teacher, school, FIRST, MIDDLE)
    with pytest.raises(ConflictError, match="post_second_main") as refusal:
        add_post(session, teacher, other_school, MIDDLE)
    assert refusal.value.params["day"] == MIDDLE


def test_a_transfer_is_two_main_posts_that_touch(session, school, other_school, teacher):
    add_post(session, teacher, school, FIRST, date(2026, 11, 15))
    add_post(session, teacher, other_school, MIDDLE)
    assert people.main_post_on(session, teacher, date(2026, 11, 15)).unit_id == school.id
    assert people.main_post_on(session, teacher, MIDDLE).unit_id == other_school.id


def test_a_second_post_may_stand_beside_the_main_one(session, school, other_school, teacher):
    add_post(session, teacher, school, FIRST, fte=0.5)
    add_post(session, teacher, other_school, FIRST, fte=0.5, is_main=False)
    assert people.persons_of_unit(session, other_school, MIDDLE) == [teacher]


def test_a_post_needs_the_unit_on_all_of_its_days(world, session, school, teacher):
    young = world.unit("Y", organisation.unit_by_code(session, "SO"), since=MIDDLE)
    with pytest.raises(ConflictError, match="unit_absent"):
        add_post(session, teacher, young, FIRST)
    organisation.end_unit(session, SYSTEM, school, LAST)
    with pytest.raises(ConflictError, match="unit_absent"):
        add_post(session, teacher, school, FIRST)
    add_post(session, teacher, school, FIRST, LAST)


@pytest.mark.parametrize("fte", [0, -0.5, 1.5])
def test_a_share_of_a_post_is_above_nothing_and_at_most_all(session, school, teacher, fte):
    with pytest.raises(ServiceError, match="post_fte"):
        add_post(session, teacher, school, FIRST, fte=fte)


def test_no_span_ends_before_it_begins(session, school, teacher, class_4a):
    with pytest.raises(ServiceError, match="post_span"):
        add_post(session, teacher, school, MIDDLE, FIRST)
    with pytest.raises(ServiceError, match="leave_span"):
        people.add_leave(session, SYSTEM, teacher, LeaveKind.STUDY, valid_from=MIDDLE, valid_to=FIRST)
    with pytest.raises(ServiceError, match="enrolment_span"):
        people.enrol(session, SYSTEM, teacher, class_4a, valid_from=MIDDLE, valid_to=FIRST)
    with pytest.raises(ServiceError, match="assignment_span"):
        people.assign(session, SYSTEM, teacher, class_4a, valid_from=MIDDLE, valid_to=FIRST)


def test_a_post_ends_within_its_days(session, school, teacher):
    post = add_post(session, teacher, school, MIDDLE)
    with pytest.raises(ServiceError, match="post_span"):
        people.end_post(session, SYSTEM, post, FIRST)
    people.end_post(session, SYSTEM, post, LAST)
    assert people.main_post_on(session, teacher, LAST) is post
    assert people.main_post_on(session, teacher, date(2027, 1, 1)) is None


def test_a_class_has_one_name_in_a_year(session, school, class_4a):
    with pytest.raises(ConflictError, match="class_name_taken"):
        people.create_class(session, SYSTEM, school, class_4a.school_year, "4A")


def test_a_pupil_is_in_one_class_of_a_school_on_a_day(session, school, class_4a):
    pupil = people.create_person(session, SYSTEM, code="HS1", full_name="Nguyễn An", unit=school)
    class_4b = people.create_class(session, SYSTEM, school, class_4a.school_year, "4B")
    enrolment = people.enrol(session, SYSTEM, pupil, class_4a, valid_from=FIRST)
    with pytest.raises(ConflictError, match="enrolment_second_class"):
        people.enrol(session, SYSTEM, pupil, class_4b, valid_from=MIDDLE)
    people.end_enrolment(session, SYSTEM, enrolment, date(2026, 11, 15))
    people.enrol(session, SYSTEM, pupil, class_4b, valid_from=MIDDLE)
    assert people.pupils_on(session, class_4a, MIDDLE) == []
    assert people.pupils_on(session, class_4b, MIDDLE) == [pupil]


def test_who_holds_a_post_that_day_is_no_pupil_and_was_one_before(session, school, teacher, class_4a):
    add_post(session, teacher, school, MIDDLE)
    with pytest.raises(ConflictError, match="enrolment_of_staff"):
        people.enrol(session, SYSTEM, teacher, class_4a, valid_from=MIDDLE)
    assert people.enrol(session, SYSTEM, teacher, class_4a, valid_from=FIRST, valid_to=FIRST)


def test_pupils_stand_by_given_name(session, school, class_4a):
    for number, name in enumerate(["Trần Bình", "Lê Ánh", "Vũ An"]):
        pupil = people.create_person(session, SYSTEM, code=f"HS{number}", full_name=name, unit=school)
        people.enrol(session, SYSTEM, pupil, class_4a, valid_from=FIRST)
    names = [pupil.full_name for pupil in people.pupils_on(session, class_4a, FIRST)]
    assert names == ["Vũ An", "Lê Ánh", "Trần Bình"]


def test_the_register_is_written_only_by_managers_of_the_unit(world, session, school, other_school, teacher):
    beside = world.somebody(Role.UNIT_MANAGER, other_school)
    with pytest.raises(ForbiddenError):
        people.create_person(session, beside, code="X", full_name="X", unit=school)
    with pytest.raises(ForbiddenError):
        people.add_post(session, beside, teacher, school, role=PostRole.TEACHER, valid_from=FIRST)
