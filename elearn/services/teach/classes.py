"""Which classes somebody may teach on a day: those of the assignments first, then all of the schools of the posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.models.account import Role
from elearn.models.curriculum import Period, PeriodKind
from elearn.models.organisation import Unit
from elearn.models.people import Assignment, Post, PostRole, SchoolClass
from elearn.services.errors import ForbiddenError

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

TEACHING = frozenset({Role.TEACHER, Role.UNIT_MANAGER})  # heads of schools teach some hours too


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class that can be chosen; `is_assigned`: the register says that this teacher teaches it (phân công)."""

    school_class: SchoolClass
    is_assigned: bool


def teaches(identity: Identity) -> bool:
    """Whether the pages offer teach mode to somebody; which classes there are is asked when it is chosen."""
    return bool(identity.units_of(TEACHING))


def classes_of(session: Session, identity: Identity, day: date) -> list[ClassChoice]:
    """The classes of the day's school year that the identity may choose, assigned ones first.

    Whoever comes from a learning platform teaches those of its schools only.
    """
    assigned = _assigned(session, identity, day)
    units = _schools(session, identity, day)
    query = (
        select(SchoolClass)
        .where(or_(SchoolClass.id.in_(assigned), SchoolClass.unit_id.in_(units)))
        .where(or_(SchoolClass.id.in_(assigned), SchoolClass.school_year_id == _year(session, day)))
        .options(joinedload(SchoolClass.unit).selectinload(Unit.names), selectinload(SchoolClass.school_year))
        .order_by(SchoolClass.unit_id, SchoolClass.grade_code, SchoolClass.name)
    )
    if identity.within is not None:
        query = query.where(SchoolClass.unit_id.in_(identity.tree.below([identity.within])))
    choices = [ClassChoice(row, row.id in assigned) for row in session.scalars(query)]
    return sorted(choices, key=lambda choice: not choice.is_assigned)


def class_to_teach(session: Session, identity: Identity, uid: str, day: date) -> SchoolClass:
    """The class with a uid, if the identity may choose it.

    Raises:
        ForbiddenError: `teach_class_not_found`; there is none, or it is of a school where the identity has no work.
    """
    for choice in classes_of(session, identity, day):
        if choice.school_class.uid == uid:
            return choice.school_class
    raise ForbiddenError("teach_class_not_found")


def _assigned(session: Session, identity: Identity, day: date) -> frozenset[int]:
    if identity.person_id is None:
        return frozenset()
    held = select(Assignment.class_id).where(Assignment.person_id == identity.person_id, Assignment.valid_on(day))
    return frozenset(session.scalars(held))


def _schools(session: Session, identity: Identity, day: date) -> frozenset[int]:
    """The units of the posts of the day; who has none there is believed to teach where the account may.

    Nothing is counted for somebody without a post, but a lesson must not fail because the register is late.
    """
    if identity.person_id is not None:
        held = select(Post.unit_id).where(
            Post.person_id == identity.person_id, Post.valid_on(day), Post.role != PostRole.STAFF
        )
        units = frozenset(session.scalars(held))
        if units:
            return units
    return identity.units_of(TEACHING)


def _year(session: Session, day: date) -> int | None:
    """The school year of a day; in the summer still the one that has just ended."""
    begun = select(Period.id).where(Period.kind == PeriodKind.SCHOOL_YEAR, Period.starts_on <= day)
    return session.scalar(begun.order_by(Period.starts_on.desc()).limit(1))
