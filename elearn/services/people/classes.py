"""Classes of a school year, who learns in them and who teaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.curriculum import Grade
from elearn.models.people import Assignment, Enrolment, Person, SchoolClass
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.people.learners import works_on
from elearn.services.spans import Span
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

LONGEST_NAME = 64


def create_class(
    session: Session,
    identity: Identity,
    unit: Unit,
    school_year: Period,
    name: str,
    *,
    grade_code: str | None = None,
) -> SchoolClass:
    """Open a class for a school year.

    Raises:
        ServiceError: `class_nameless`, or `unknown_grade`.
        ConflictError: `class_name_taken` in that year.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise ServiceError("class_nameless")
    if grade_code is not None and session.get(Grade, grade_code) is None:
        raise ServiceError("unknown_grade", value=grade_code)
    same = select(SchoolClass.id).where(
        SchoolClass.unit_id == unit.id, SchoolClass.school_year_id == school_year.id, SchoolClass.name == name
    )
    if session.scalar(same) is not None:
        raise ConflictError("class_name_taken", name=name)
    school_class = SchoolClass(unit_id=unit.id, school_year_id=school_year.id, grade_code=grade_code, name=name)
    session.add(school_class)
    session.flush()
    audit.record(session, identity, "class.create", school_class, name=name)
    return school_class


def enrol(
    session: Session,
    identity: Identity,
    person: Person,
    school_class: SchoolClass,
    *,
    valid_from: date,
    valid_to: date | None = None,
) -> Enrolment:
    """Put a pupil into a class for a span of days.

    Raises:
        ServiceError: `enrolment_span`.
        ConflictError: `enrolment_second_class`; the pupil is in a class of this unit on one of the days.
            `enrolment_of_staff`; the person holds a post on the first day, wherever it is.
    """
    require(identity, Action.MANAGE_UNIT, school_class)
    if valid_to is not None and valid_to < valid_from:
        raise ServiceError("enrolment_span")
    if session.scalar(select(works_on(person.id, valid_from))):
        raise ConflictError("enrolment_of_staff", person=person.code, day=valid_from)
    _refuse_second_class(session, person, school_class, Span(valid_from, valid_to))
    enrolment = Enrolment(class_id=school_class.id, person_id=person.id, valid_from=valid_from, valid_to=valid_to)
    session.add(enrolment)
    session.flush()
    session.expire(person, ["enrolments"])
    audit.record(session, identity, "class.enrol", school_class, person=person.code)
    return enrolment


def _refuse_second_class(session: Session, person: Person, school_class: SchoolClass, span: Span) -> None:
    held = select(Enrolment).join(SchoolClass, SchoolClass.id == Enrolment.class_id)
    held = held.where(Enrolment.person_id == person.id, SchoolClass.unit_id == school_class.unit_id)
    for enrolment in session.scalars(held):
        common = Span.of(enrolment).meet(span)
        if common is not None:
            raise ConflictError("enrolment_second_class", person=person.code, day=common.start)


def end_enrolment(session: Session, identity: Identity, enrolment: Enrolment, last_day: date) -> None:
    """Take a pupil out of a class after a last day."""
    require(identity, Action.MANAGE_UNIT, enrolment.school_class)
    if not enrolment.holds_on(last_day):
        raise ServiceError("enrolment_span")
    enrolment.valid_to = last_day
    session.flush()
    audit.record(session, identity, "class.leave", enrolment.school_class, last_day=last_day.isoformat())


def assign(
    session: Session,
    identity: Identity,
    person: Person,
    school_class: SchoolClass,
    *,
    valid_from: date,
    valid_to: date | None = None,
    subject_code: str | None = None,
) -> Assignment:
    """Let a teacher teach a subject (None: be the form teacher) in a class for a span of days."""
    require(identity, Action.MANAGE_UNIT, school_class)
    if valid_to is not None and valid_to < valid_from:
        raise ServiceError("assignment_span")
    assignment = Assignment(
        class_id=school_class.id,
        person_id=person.id,
        subject_code=subject_code,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(assignment)
    session.flush()
    audit.record(session, identity, "class.assign", school_class, person=person.code, subject=subject_code)
    return assignment


def pupils_on(session: Session, school_class: SchoolClass, day: date) -> Sequence[Person]:
    """The pupils of a class on a day, by given name."""
    there = select(Person).join(Enrolment, Enrolment.person_id == Person.id)
    there = there.where(Enrolment.class_id == school_class.id, Enrolment.valid_on(day))
    return session.scalars(there.order_by(Person.sort_name, Person.code)).all()
