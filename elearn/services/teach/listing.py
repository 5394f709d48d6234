"""The teacher's own sessions, and the course from which one was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from elearn.identifiers import is_uid
from elearn.models.course import Course, CourseItem, CourseTeacher
from elearn.models.learning import Placement
from elearn.models.material import Version
from elearn.models.organisation import Unit
from elearn.models.people import SchoolClass
from elearn.models.teach import TeachSession

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity


def own_sessions(
    session: Session, identity: Identity, *, limit: int = 30, offset: int = 0
) -> tuple[int, list[TeachSession]]:
    """The sessions of the identity's account, newest first: number of all, and one page."""
    mine = TeachSession.account_id == identity.account_id
    total = session.scalar(select(func.count()).select_from(TeachSession).where(mine)) or 0
    query = (
        select(TeachSession)
        .where(mine)
        .options(
            joinedload(TeachSession.version).joinedload(Version.material),
            joinedload(TeachSession.school_class).joinedload(SchoolClass.unit).selectinload(Unit.names),
            joinedload(TeachSession.account),
        )
        .order_by(TeachSession.started_at.desc(), TeachSession.id.desc())
    )
    return total, list(session.scalars(query.limit(limit).offset(offset)).unique())


def course_with(session: Session, identity: Identity, uid: str, material: Material) -> Course | None:
    """A course that the identity teaches and in which the material stands; None for anything else."""
    query = (
        select(Course)
        .join(CourseTeacher, CourseTeacher.course_id == Course.id)
        .join(CourseItem, CourseItem.course_id == Course.id)
        .join(Placement, Placement.id == CourseItem.placement_id)
        .where(
            Course.uid == uid,
            CourseTeacher.account_id == identity.account_id,
            Placement.material_id == material.id,
            CourseItem.removed_at.is_(None),
        )
    )
    return session.scalar(query.limit(1)) if is_uid(uid) else None
