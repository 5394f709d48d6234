"""Whose work a teacher may look into: what is launched in the courses of the platforms that speak for the school."""

import pytest

from elearn.services.lti.launched import as_launched
from elearn.services.lti.reviewing import teaches_place
from tests.support.moodle import INSTRUCTOR


@pytest.fixture
def placement(place, moodle):
    """Where a material is launched in a course that the linked teacher teaches there."""
    moodle.member("2", role=INSTRUCTOR, account_id=place.teacher_account.id)
    return moodle.link(place.lesson()).placement


def test_a_teacher_of_the_course_looks_in_from_the_platform_and_from_here(place, session, placement):
    teacher = place.world.identity(place.teacher_account)
    assert teaches_place(session, teacher, placement)
    assert teaches_place(session, as_launched(teacher, place.school.id), placement)


def test_the_platform_of_another_school_cannot_speak_for_the_teacher(place, session, placement):
    teacher = place.world.identity(place.teacher_account)
    assert not teaches_place(session, as_launched(teacher, place.other_school.id), placement)


def test_nobody_else_looks_in(place, session, placement):
    stranger = place.world.account()
    assert not teaches_place(session, place.world.identity(stranger), placement)
