"""Opening courses to classes, with dates, and closing them; and which material a class would not get to see."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, false, or_, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.course import Course, CourseItem, CourseOpening, CourseStatus
from elearn.models.curriculum import Period
from elearn.models.material import Status
from elearn.models.organisation import Unit
from elearn.models.people import Assignment, SchoolClass
from elearn.services import audit
from elearn.services.access import MANAGERS, Action, may, require
from elearn.services.access.reach import teaches
from elearn.services.courses.authoring import hold
from elearn.services.courses.finding import items_of
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.reports import mark_changed
from elearn.services.spans import check_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_CLASSES = 500
SUMMER = timedelta(days=92)  # until the next school year begins, the classes of the last one are still there


class Problem(StrEnum):
    """Why learners cannot open an item."""

    WITHDRAWN = "withdrawn"
    UNPUBLISHED = "unpublished"
    HIDDEN = "hidden"  # published in a unit that a class of the course does not belong to


def openable_classes(session: Session, identity: Identity, course: Course) -> Sequence[SchoolClass]:
    """The classes to which the identity may open a course and has not yet: of the course's unit, of this school year.

    A teacher gives it to the classes that the teacher is assigned to (phân công); a manager to any class below.
    """
    day = day_of(session)
    assigned = select(Assignment.class_id).where(Assignment.person_id == identity.person_id, Assignment.valid_on(day))
    managed = _among(identity.tree.below(identity.units_of(MANAGERS)))
    query = (
        select(SchoolClass)
        .join(Period, Period.id == SchoolClass.school_year_id)
        .where(_among(identity.tree.below([course.unit_id])), Period.ends_on >= day - SUMMER)
        .where(or_(SchoolClass.id.in_(assigned) if identity.person_id is not None else false(), managed))
        .where(SchoolClass.id.not_in(select(CourseOpening.class_id).where(CourseOpening.course_id == course.id)))
        .options(joinedload(SchoolClass.unit).selectinload(Unit.names))
    )
    return session.scalars(query.order_by(SchoolClass.grade_code, SchoolClass.name).limit(MOST_CLASSES)).unique().all()


def _among(unit_ids: frozenset[int]):  # noqa: ANN202 - the condition's type is SQLAlchemy's business
    ids = sorted(unit_ids)
    return SchoolClass.unit_id.in_(bindparam(None, ids, expanding=True, literal_execute=True)) if ids else false()


def class_by_uid(session: Session, uid: str) -> SchoolClass:
    """The class with a uid.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalar(select(SchoolClass).where(SchoolClass.uid == uid)) if is_uid(uid) else None
    if found is None:
        raise NotFoundError("course_class_not_found")
    return found


def open_to_class(
    session: Session,
    identity: Identity,
    course: Course,
    school_class: SchoolClass,
    *,
    opens_on: date,
    closes_on: date | None = None,
) -> CourseOpening:
    """Open a course to a class; a draft becomes open with it.

    When a manager gives a class to a teacher's course, the course's owner is the one who teaches it.

    Raises:
        ForbiddenError: `may_not`, `class_of_other_school`, `class_not_yours`.
        ServiceError: `course_dates_reversed`, `day_range`, `class_of_past_year`.
        ConflictError: `class_open_already`, `course_closed`.
    """
    require(identity, Action.RUN_COURSE, course)
    hold(session, course)
    _check_class(session, identity, course, school_class)
    _check_dates(opens_on, closes_on)
    if course.status is CourseStatus.CLOSED:
        raise ConflictError("course_closed")
    if any(opening.class_id == school_class.id for opening in course.openings):
        raise ConflictError("class_open_already", name=school_class.name)
    teacher = identity.account_id if teaches(identity, course) and identity.account_id else course.owner_id
    opening = CourseOpening(
        course_id=course.id, class_id=school_class.id, opens_on=opens_on, closes_on=closes_on, opened_by_id=teacher
    )
    session.add(opening)
    course.status, course.changed_at = CourseStatus.OPEN, now()
    session.flush()
    session.expire(course, ["openings"])
    dates = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat() if closes_on else None}
    audit.record(session, identity, "course.open", course, school_class=school_class.uid, **dates)
    return opening


def _check_class(session: Session, identity: Identity, course: Course, school_class: SchoolClass) -> None:
    if course.unit_id not in identity.tree.ancestors(school_class.unit_id):
        raise ForbiddenError("class_of_other_school", name=school_class.name)
    if not (may(identity, Action.MANAGE_UNIT, school_class) or _is_assigned(session, identity, school_class)):
        raise ForbiddenError("class_not_yours", name=school_class.name)
    if school_class.school_year.ends_on < day_of(session) - SUMMER:
        raise ServiceError("class_of_past_year", name=school_class.name)


def _is_assigned(session: Session, identity: Identity, school_class: SchoolClass) -> bool:
    if identity.person_id is None:
        return False
    held = select(Assignment.id).where(
        Assignment.class_id == school_class.id,
        Assignment.person_id == identity.person_id,
        Assignment.valid_on(day_of(session)),
    )
    return session.scalar(held.limit(1)) is not None


def _check_dates(opens_on: date, closes_on: date | None) -> None:
    check_day(opens_on, closes_on)
    if closes_on is not None and closes_on < opens_on:
        raise ServiceError("course_dates_reversed")


def change_dates(
    session: Session, identity: Identity, opening: CourseOpening, *, opens_on: date, closes_on: date | None
) -> None:
    """Change from when to when a course is open to a class; a last day in the past takes it away again.

    Raises:
        ForbiddenError: `may_not`.
        ServiceError: `course_dates_reversed`, `day_range`.
    """
    require(identity, Action.RUN_COURSE, opening.course)
    _check_dates(opens_on, closes_on)
    opening.opens_on, opening.closes_on = opens_on, closes_on
    session.flush()
    dates = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat() if closes_on else None}
    audit.record(session, identity, "course.dates", opening.course, school_class=opening.school_class.uid, **dates)


def close_course(session: Session, identity: Identity, course: Course) -> None:
    """End a course: its learners still see what they did, and begin nothing any more.

    Raises:
        ForbiddenError: `may_not`.
        ConflictError: `course_not_open`; it was never opened, or is closed already.
    """
    _turn(session, identity, course, CourseStatus.OPEN, CourseStatus.CLOSED)


def reopen_course(session: Session, identity: Identity, course: Course) -> None:
    """Let a course that was closed go on.

    Raises:
        ForbiddenError: `may_not`.
        ConflictError: `course_not_closed`.
    """
    _turn(session, identity, course, CourseStatus.CLOSED, CourseStatus.OPEN)


def _turn(session: Session, identity: Identity, course: Course, before: CourseStatus, after: CourseStatus) -> None:
    require(identity, Action.RUN_COURSE, course)
    hold(session, course)
    if course.status is not before:
        raise ConflictError("course_not_open" if before is CourseStatus.OPEN else "course_not_closed")
    course.status, course.changed_at = after, now()
    session.flush()
    mark_changed(session, None, course_id=course.id)
    audit.record(session, identity, "course.close" if after is CourseStatus.CLOSED else "course.reopen", course)


def problems_of(identity: Identity, course: Course) -> dict[int, Problem]:
    """Item id -> why the learners of the course's classes cannot open it; items without a problem are left out.

    A course that is open to no class yet is looked at from its own unit.
    """
    units = {opening.school_class.unit_id for opening in course.openings} or {course.unit_id}
    found = {item.id: _problem(identity, item, units) for item in items_of(course)}
    return {item_id: problem for item_id, problem in found.items() if problem is not None}


def _problem(identity: Identity, item: CourseItem, units: set[int]) -> Problem | None:
    material = item.placement.material
    if material.status is Status.WITHDRAWN:
        return Problem.WITHDRAWN
    if material.status is not Status.PUBLISHED or material.current_version is None:
        return Problem.UNPUBLISHED
    reached = all(material.unit_id in identity.tree.ancestors(unit_id) for unit_id in units)
    return None if material.is_public or reached else Problem.HIDDEN
