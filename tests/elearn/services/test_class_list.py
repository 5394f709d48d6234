"""A pasted class list: what is understood, what is told, and that it is entered whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from elearn.models.account import Role
from elearn.models.people import Enrolment, Person, PostRole
from elearn.services.account.passwords import hash_password
from elearn.services.account.pupil_logins import give_logins, new_password
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.people.class_list import Change, enter_class_list, read_class_list
from tests.support.statements import counted

DAY = date(2026, 9, 7)
LIST = "Mã định danh\tHọ và tên\tNgày sinh\nHS01\tLê Thị Ánh\t5/9/2016\nHS02\tNguyễn Văn Bình\t2016-02-29\n"


@pytest.fixture
def school(world):
    return world.unit("A", world.unit("SO"))


@pytest.fixture
def head(world, school):
    return world.somebody(Role.UNIT_MANAGER, school)


@pytest.fixture
def school_class(world, school):
    return world.school_class(school, "4A")


def problems(found):
    return [(problem.column, problem.code) for pupil in found.pupils for problem in pupil.line.problems]


def test_new_pupils_are_entered_and_enrolled(session, head, school_class):
    entered = enter_class_list(session, head, school_class, LIST, DAY)
    assert entered.count(Change.NEW) == 2
    held = session.execute(select(Person.code, Person.born_on, Enrolment.valid_from).join(Enrolment)).all()
    assert held == [("HS01", date(2016, 9, 5), DAY), ("HS02", date(2016, 2, 29), DAY)]


def test_pasting_the_same_list_again_changes_nothing(session, head, school_class):
    enter_class_list(session, head, school_class, LIST, DAY)
    again = enter_class_list(session, head, school_class, LIST, DAY)
    assert again.count(Change.SAME) == 2
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 2


def test_looking_changes_nothing(session, head, school_class):
    read_class_list(session, head, school_class, LIST, DAY)
    assert session.scalars(select(Person)).all() == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("\tLê Thị Ánh\t", ("code", "cell_needed")),
        ("HS03\t\t", ("name", "cell_needed")),
        ("1,08E+11\tLê Thị Ánh\t", ("code", "code_scientific")),
        ("HS03\tLê Thị Ánh\t31/2/2016", ("born_on", "day_unknown")),
        ("HS03\tLê Thị Ánh\thôm qua", ("born_on", "day_form")),
        ("HS01\tLê Thị Ánh\t", ("code", "code_twice")),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_entered(session, head, school_class, line, problem):
    text = f"{LIST}{line}\n"
    assert problems(read_class_list(session, head, school_class, text, DAY)) == [problem]
    with pytest.raises(ConflictError):
        enter_class_list(session, head, school_class, text, DAY)
    assert session.scalars(select(Person)).all() == []


def test_a_code_of_somebody_else_is_told(world, session, head, school_class):
    world.person("Hoàng Văn Khác", code="HS01")
    assert problems(read_class_list(session, head, school_class, LIST, DAY)) == [("name", "code_of_other")]


def test_a_name_without_accents_is_the_same_person(world, session, head, school_class):
    world.person("LE THI ANH", code="HS01")
    found = read_class_list(session, head, school_class, LIST, DAY)
    assert [pupil.change for pupil in found.pupils] == [Change.ENROLLED, Change.NEW]


def test_a_pupil_of_another_class_or_school_is_told(world, session, head, school, school_class):
    world.enrolment(world.person("Lê Thị Ánh", code="HS01"), world.school_class(school, "4B"))
    elsewhere = world.unit("B", school.parents[0].parent)
    world.enrolment(world.person("Nguyễn Văn Bình", code="HS02"), world.school_class(elsewhere))
    found = read_class_list(session, head, school_class, LIST, DAY)
    assert problems(found) == [("code", "pupil_in_class"), ("code", "pupil_elsewhere")]


def test_who_works_at_a_unit_out_of_reach_is_no_pupil_here(world, session, head, school, school_class):
    world.post(world.person("Lê Thị Ánh", code="HS01"), world.unit("B", school.parents[0].parent))
    found = read_class_list(session, head, school_class, LIST, DAY)
    assert problems(found) == [("code", "staff_elsewhere")]


@pytest.mark.parametrize("role", list(PostRole))
def test_who_works_at_the_school_itself_that_day_is_no_pupil_of_it(world, session, head, school, school_class, role):
    world.post(world.person("Lê Thị Ánh", code="HS01"), school, role=role)
    world.post(world.person("Nguyễn Văn Bình", code="HS02"), school, role=role, valid_to=date(2026, 9, 6))
    assert problems(read_class_list(session, head, school_class, LIST, DAY)) == [("code", "staff_here")]


@pytest.mark.parametrize("text", ["", "   \n\n", "Họ và tên\tNgày sinh\nAn\t5/9/2016"])
def test_a_list_without_pupils_or_codes_is_refused(session, head, school_class, text):
    with pytest.raises(ServiceError):
        read_class_list(session, head, school_class, text, DAY)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.INSPECTOR, Role.REVIEWER])
def test_only_who_manages_the_school_enters_lists(world, session, school, school_class, role):
    with pytest.raises(ForbiddenError):
        enter_class_list(session, world.somebody(role, school), school_class, LIST, DAY)


def test_a_list_costs_few_queries_however_long(session, head, school_class):
    text = "".join(f"HS{number:04}\tNguyễn Văn An\t\n" for number in range(200))
    with counted(session.get_bind().engine) as statements:
        read_class_list(session, head, school_class, text, DAY)
    assert len(statements) < 12


def test_pupils_get_logins_by_their_codes_and_passwords_by_whom_they_ask(session, head, school_class):
    enter_class_list(session, head, school_class, LIST, DAY)
    pupils = session.scalars(select(Person).order_by(Person.code)).all()
    given = give_logins(session, head, school_class, {one.id: hash_password("motaki-582") for one in pupils}, DAY)
    assert list(given.values()) == ["hs01", "hs02"]
    again = give_logins(session, head, school_class, {pupils[0].id: hash_password("tasuki-999")}, DAY)
    assert again == {pupils[0].id: "hs01"}


def test_a_login_that_is_taken_gets_a_number(world, session, head, school_class):
    world.account("hs01")
    enter_class_list(session, head, school_class, LIST, DAY)
    pupil = session.scalars(select(Person).where(Person.code == "HS01")).one()
    assert give_logins(session, head, school_class, {pupil.id: "x"}, DAY) == {pupil.id: "hs012"}


def test_nobody_outside_the_class_gets_a_password(world, session, head, school_class):
    with pytest.raises(NotFoundError):
        give_logins(session, head, school_class, {world.person().id: "x"}, DAY)


def test_first_passwords_differ_and_can_be_typed():
    passwords = {new_password() for _ in range(200)}
    assert len(passwords) == 200
    assert all(word.isascii() and len(word) == 10 and word[6] == "-" for word in passwords)
