"""Finding courses: one by its uid for an action, and the lists of those one teaches or oversees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.identifiers import is_uid
from elearn.models.course import Course, CourseItem, CourseOpening, CourseStatus, CourseTeacher
from elearn.models.learning import Placement
from elearn.models.material import Material
from elearn.models.organisation import Unit
from elearn.models.people import SchoolClass
from elearn.services.access import Action, may, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.account import Account
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course in a list: how many items it has and the names of the classes it is open to."""

    course: Course
    items: int
    classes: tuple[str, ...]


def get_course(session: Session, identity: Identity, uid: str, action: Action = Action.SEE_COURSE) -> Course:
    """The course with a uid, for an action of its teachers or of who oversees its unit.

    Raises:
        NotFoundError: there is none, or the identity may not see it (the two look alike).
        ForbiddenError: the identity sees it but may not do this.
    """
    course = course_by_uid(session, uid)
    if course is None or not may(identity, Action.SEE_COURSE, course):
        raise NotFoundError("course_not_found")
    require(identity, action, course)
    return course


def course_by_uid(session: Session, uid: str) -> Course | None:
    """The course with a uid, with everything its pages show, in a fixed number of queries."""
    if not is_uid(uid):
        return None
    query = select(Course).where(Course.uid == uid)
    return session.scalars(with_contents(query)).unique().one_or_none()


def with_contents(query: Select[tuple[Course]]) -> Select[tuple[Course]]:
    """Load items with their materials, openings with their classes, and teachers."""
    material = selectinload(Course.items).joinedload(CourseItem.placement).joinedload(Placement.material)
    return query.options(
        joinedload(Course.unit).selectinload(Unit.names),
        material.joinedload(Material.current_version),
        selectinload(Course.items).joinedload(CourseItem.placement).joinedload(Placement.version),
        selectinload(Course.openings).joinedload(CourseOpening.school_class).joinedload(SchoolClass.unit),
        selectinload(Course.teachers).joinedload(CourseTeacher.account),
    )


def items_of(course: Course) -> list[CourseItem]:
    """The items of a course in their order, without those that were removed."""
    return [item for item in course.items if item.removed_at is None]


def item_of(course: Course, uid: str) -> CourseItem:
    """The item of a course with a uid.

    Raises:
        NotFoundError: the course has none, as when it is an item of another course or was removed.
    """
    found = next((item for item in items_of(course) if item.uid == uid), None)
    if found is None:
        raise NotFoundError("course_item_not_found")
    return found


def opening_of(course: Course, class_uid: str) -> CourseOpening:
    """The opening of a course to the class with a uid.

    Raises:
        NotFoundError: the course was never opened to it.
    """
    found = next((opening for opening in course.openings if opening.school_class.uid == class_uid), None)
    if found is None:
        raise NotFoundError("course_class_not_found")
    return found


def courses_taught(session: Session, identity: Identity) -> list[CourseCard]:
    """The courses that the identity teaches, last changed first."""
    mine = select(CourseTeacher.course_id).where(CourseTeacher.account_id == identity.account_id)
    return _cards(session, select(Course).where(Course.id.in_(mine)))


def courses_overseen(session: Session, identity: Identity, *, limit: int = 100) -> list[CourseCard]:
    """The courses that others teach in the units that the identity manages or inspects; drafts are left out."""
    units = sorted(identity.tree.below(identity.units_of(WATCHERS)))
    if not units:
        return []
    # Written into the statement: a province has more units than a database takes parameters.
    reached = Course.unit_id.in_(bindparam(None, units, expanding=True, literal_execute=True))
    mine = select(CourseTeacher.course_id).where(CourseTeacher.account_id == identity.account_id)
    query = select(Course).where(reached, Course.status != CourseStatus.DRAFT, Course.id.not_in(mine))
    return _cards(session, query.limit(limit))


def courses_to_fill(session: Session, identity: Identity) -> list[Course]:
    """The courses to which the identity may add materials, last changed first."""
    mine = select(CourseTeacher.course_id).where(CourseTeacher.account_id == identity.account_id)
    query = select(Course).where(Course.id.in_(mine), Course.status != CourseStatus.CLOSED)
    query = query.options(selectinload(Course.teachers), selectinload(Course.items).joinedload(CourseItem.placement))
    courses = session.scalars(query.order_by(Course.changed_at.desc(), Course.id.desc()).limit(100))
    return [course for course in courses if may(identity, Action.EDIT_COURSE, course)]


def _cards(session: Session, query: Select[tuple[Course]]) -> list[CourseCard]:
    query = query.order_by(Course.changed_at.desc(), Course.id.desc())
    query = query.options(
        joinedload(Course.unit).selectinload(Unit.names),
        selectinload(Course.openings).joinedload(CourseOpening.school_class),
        joinedload(Course.owner),
    )
    courses = list(session.scalars(query).unique())
    counted = select(CourseItem.course_id, func.count()).where(
        CourseItem.course_id.in_([course.id for course in courses]), CourseItem.removed_at.is_(None)
    )
    items = dict(session.execute(counted.group_by(CourseItem.course_id)).all()) if courses else {}
    return [CourseCard(course, items.get(course.id, 0), _class_names(course)) for course in courses]


def _class_names(course: Course) -> tuple[str, ...]:
    return tuple(sorted(opening.school_class.name for opening in course.openings))


def teachers_of(course: Course) -> Sequence[Account]:
    """The accounts that teach a course, its owner first."""
    accounts = [row.account for row in course.teachers]
    return sorted(accounts, key=lambda account: account.id != course.owner_id)


def units_for_courses(session: Session, identity: Identity) -> list[Unit]:
    """The identity's own units at which it may make courses, by name."""
    query = select(Unit).where(Unit.id.in_(identity.home_units)).options(selectinload(Unit.names))
    units = [unit for unit in session.scalars(query) if may(identity, Action.CREATE_COURSE, unit)]
    return sorted(units, key=lambda unit: (unit.name, unit.id))
