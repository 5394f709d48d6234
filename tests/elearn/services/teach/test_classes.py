"""Which classes somebody may choose."""

from datetime import date

import pytest

from elearn.models.account import Role
from elearn.services.errors import ForbiddenError
from elearn.services.teach.classes import class_to_teach, classes_of, teaches

DAY = date(2026, 11, 20)


def names(session, identity, day=DAY):
    return [choice.school_class.name for choice in classes_of(session, identity, day)]


def test_assigned_classes_come_first(session, world, school, lan, assign):
    for name in ("5A", "5B", "5C"):
        last = world.school_class(school, name)
    assign(lan, last)
    assert names(session, lan) == ["5C", "5A", "5B"]
    assert [choice.is_assigned for choice in classes_of(session, lan, DAY)] == [True, False, False]


def test_classes_of_another_school_are_neither_offered_nor_taken(session, world, lan, lop):
    foreign = world.school_class(world.unit("TH2"), "1A")
    assert names(session, lan) == ["5A"]
    with pytest.raises(ForbiddenError, match="teach_class_not_found"):
        class_to_teach(session, lan, foreign.uid, DAY)


def test_an_assignment_opens_a_class_of_another_school(session, world, lan, assign):
    foreign = world.school_class(world.unit("TH2"), "1A")
    assign(lan, foreign)
    assert class_to_teach(session, lan, foreign.uid, DAY) is foreign


def test_a_post_that_is_over_opens_nothing_but_what_the_account_may(session, world, school, make_teacher):
    world.school_class(school, "5A")
    elsewhere = world.unit("TH2")
    world.school_class(elsewhere, "1A")
    person = world.person()
    world.post(person, elsewhere, valid_to=date(2026, 8, 31))
    moved = make_teacher("moved", school, person)
    assert names(session, moved) == ["5A"]


def test_classes_of_other_years_are_not_offered_and_the_summer_belongs_to_the_year_before(session, world, school, lan):
    world.school_class(school, "4A", year="2025-2026")
    world.school_class(school, "5A")
    assert names(session, lan) == ["5A"]
    assert names(session, lan, date(2026, 7, 1)) == ["4A"]


def test_learners_teach_nothing(session, world, school, lop):
    pupil = world.person("Em Bình")
    world.enrolment(pupil, lop)
    account = world.account("em", pupil)
    world.grant(account, Role.STUDENT, school)
    identity = world.identity(account, DAY)
    assert not teaches(identity)
    assert names(session, identity) == []


@pytest.mark.parametrize("uid", ["", "x", "0" * 32, "'; --"])
def test_a_class_that_is_none_is_refused(session, lan, lop, uid):
    with pytest.raises(ForbiddenError, match="teach_class_not_found"):
        class_to_teach(session, lan, uid, DAY)
