"""What the pages of classes show: the classes of a school in a year, one class with its pupils and teachers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from elearn.identifiers import is_uid
from elearn.models.account import Account
from elearn.models.curriculum import Grade, Period, PeriodKind
from elearn.models.people import Assignment, Enrolment, Person, SchoolClass
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.people.classes import LONGEST_NAME
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in a list, with how many pupils it has on the day."""

    school_class: SchoolClass
    pupils: int


def classes_of(session: Session, identity: Identity, unit: Unit, year: Period, day: date) -> list[ClassRow]:
    """The classes of a unit in a school year, by grade and name.

    Raises:
        ForbiddenError: the identity may not see the register of the unit.
    """
    require(identity, Action.SEE_REGISTER, unit)
    pupils = (
        select(Enrolment.class_id, func.count().label("number"))
        .where(Enrolment.valid_on(day))
        .group_by(Enrolment.class_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.unit_id == unit.id, SchoolClass.school_year_id == year.id)
        .subquery()
    )
    rows = (
        select(SchoolClass, func.coalesce(pupils.c.number, 0))
        .outerjoin(pupils, pupils.c.class_id == SchoolClass.id)
        .outerjoin(Grade, Grade.code == SchoolClass.grade_code)
        .where(SchoolClass.unit_id == unit.id, SchoolClass.school_year_id == year.id)
        .order_by(Grade.position, SchoolClass.name)
    )
    return [ClassRow(school_class, number) for school_class, number in session.execute(rows)]


def get_class(session: Session, identity: Identity, uid: str) -> SchoolClass:
    """A class whose register the identity may see.

    Raises:
        NotFoundError: `class_not_found`; there is none, or it is out of reach.
    """
    wanted = select(SchoolClass).where(SchoolClass.uid == uid)
    wanted = wanted.options(joinedload(SchoolClass.unit), joinedload(SchoolClass.school_year))
    found = session.scalar(wanted) if is_uid(uid) else None
    if found is None or not may(identity, Action.SEE_REGISTER, found):
        raise NotFoundError("class_not_found")
    return found


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil of a class, and the login of the account, if there is one."""

    enrolment: Enrolment
    person: Person
    account: Account | None


def pupil_rows(session: Session, school_class: SchoolClass, day: date) -> list[PupilRow]:
    """The pupils of a class on a day, by given name, with their accounts."""
    rows = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == school_class.id, Enrolment.valid_on(day))
        .order_by(Person.sort_name, Person.code)
    )
    found = session.execute(rows).all()
    there = select(Account).where(
        Account.person_id.in_([person.id for _, person in found]),
        Account.login.is_not(None),
        Account.disabled_at.is_(None),
    )
    accounts = {account.person_id: account for account in session.scalars(there)}
    return [PupilRow(enrolment, person, accounts.get(person.id)) for enrolment, person in found]


def teachers_of(session: Session, school_class: SchoolClass, day: date) -> list[tuple[Assignment, Person]]:
    """Who teaches a class on a day: the form teacher first, then by given name."""
    rows = (
        select(Assignment, Person)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.class_id == school_class.id, Assignment.valid_on(day))
        .order_by(Assignment.subject_code.is_not(None), Person.sort_name, Person.code, Assignment.subject_code)
    )
    return [(assignment, person) for assignment, person in session.execute(rows)]


def end_assignment(session: Session, identity: Identity, school_class: SchoolClass, key: int, last_day: date) -> None:
    """Let a teacher no more teach a class after a last day.

    Raises:
        NotFoundError: `assignment_not_found`; ServiceError: `assignment_span`.
    """
    require(identity, Action.MANAGE_UNIT, school_class)
    assignment = session.get(Assignment, key)
    if assignment is None or assignment.class_id != school_class.id:
        raise NotFoundError("assignment_not_found")
    if not assignment.holds_on(last_day):
        raise ServiceError("assignment_span")
    assignment.valid_to = last_day
    session.flush()
    audit.record(session, identity, "class.unassign", school_class, last_day=last_day.isoformat())


def rename_class(session: Session, identity: Identity, school_class: SchoolClass, name: str) -> None:
    """Correct the name of a class.

    Raises:
        ServiceError: `class_nameless`; ConflictError: `class_name_taken`.
    """
    require(identity, Action.MANAGE_UNIT, school_class)
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise ServiceError("class_nameless")
    same = select(SchoolClass.id).where(
        SchoolClass.unit_id == school_class.unit_id,
        SchoolClass.school_year_id == school_class.school_year_id,
        SchoolClass.name == name,
        SchoolClass.id != school_class.id,
    )
    if session.scalar(same) is not None:
        raise ConflictError("class_name_taken", name=name)
    before, school_class.name = school_class.name, name
    session.flush()
    audit.record(session, identity, "class.rename", school_class, before=before, after=name)


def school_years(session: Session) -> Sequence[Period]:
    """All school years, newest first."""
    years = select(Period).where(Period.kind == PeriodKind.SCHOOL_YEAR)
    return session.scalars(years.order_by(Period.starts_on.desc())).all()
