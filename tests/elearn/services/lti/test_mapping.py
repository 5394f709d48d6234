"""A course of a platform is a class of ours when a linked teacher of that school says so, and not before."""

import pytest
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import AuditEvent, Identity
from elearn.services.errors import ForbiddenError
from elearn.services.lti.mapping import classes_to_map, map_course
from elearn.services.teach.classes import class_to_teach
from tests.support.moodle import INSTRUCTOR


@pytest.fixture
def teaching(place, moodle, session):
    """A launch of the linked teacher."""
    stranger = moodle.person("42", role=INSTRUCTOR)
    session.scalar(select(Identity).where(Identity.account_id == stranger.id)).account_id = place.teacher_account.id
    session.flush()
    return moodle.launched(place.teacher_account, is_teaching=True)


def test_a_linked_teacher_maps_the_course_and_takes_it_back(place, moodle, session, inside, teaching):
    teacher = inside(place.teacher_account)
    map_course(session, teacher, teaching, place.school_class.uid)
    assert (moodle.context.class_id, moodle.context.mapped_by_id) == (place.school_class.id, place.teacher_account.id)
    map_course(session, teacher, teaching, "")
    assert (moodle.context.class_id, moodle.context.mapped_by_id) == (None, None)
    told = session.scalars(select(AuditEvent.details).where(AuditEvent.action == "lti.map")).all()
    assert told == [{"before": "", "after": place.school_class.uid}, {"before": place.school_class.uid, "after": ""}]


def test_classes_of_other_schools_are_neither_offered_nor_taken(place, session, inside, teaching):
    other = place.world.school_class(place.other_school)
    place.assign(place.teacher_person, other)
    teacher = inside(place.teacher_account)
    assert [each.school_class.id for each in classes_to_map(session, teacher, teaching)] == [place.school_class.id]
    with pytest.raises(ForbiddenError, match="teach_class_not_found"):
        map_course(session, teacher, teaching, other.uid)


def test_a_lesson_inside_a_platform_is_taught_to_classes_of_its_schools_only(place, session, inside):
    other = place.world.school_class(place.other_school)
    place.assign(place.teacher_person, other)
    teacher, day = place.world.identity(place.teacher_account), day_of(session)
    assert class_to_teach(session, teacher, other.uid, day) is other
    with pytest.raises(ForbiddenError, match="teach_class_not_found"):
        class_to_teach(session, inside(place.teacher_account), other.uid, day)
    assert class_to_teach(session, inside(place.teacher_account), place.school_class.uid, day) is place.school_class


def test_a_teacher_whom_nobody_has_linked_maps_nothing(place, moodle, session, inside):
    account = moodle.person("43", role=INSTRUCTOR)
    with pytest.raises(ForbiddenError, match="lti_map_needs_teacher"):
        map_course(session, inside(account), moodle.launched(account, is_teaching=True), place.school_class.uid)


def test_a_linked_teacher_who_launches_as_learner_maps_nothing(place, moodle, session, inside, teaching):
    launched = moodle.launched(place.teacher_account)
    with pytest.raises(ForbiddenError, match="lti_map_needs_teacher"):
        map_course(session, inside(place.teacher_account), launched, place.school_class.uid)
