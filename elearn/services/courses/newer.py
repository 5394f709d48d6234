"""What courses are told of new versions: which items keep to an older one, and taking the new one over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from elearn.models.course import Course, CourseItem, CourseStatus, CourseTeacher
from elearn.models.learning import Placement
from elearn.models.material import Material, Status, Version
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.courses.finding import items_of
from elearn.services.errors import ConflictError
from elearn.services.player.attempts import keep_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def newer_version(item: CourseItem) -> Version | None:
    """The version that the material of an item offers, where the item keeps to another one."""
    placement = item.placement
    offered = placement.material.current_version
    if placement.version_id is None or offered is None or placement.material.status is not Status.PUBLISHED:
        return None
    return offered if offered.id != placement.version_id else None


def newer_versions(items: Iterable[CourseItem]) -> dict[int, Version]:
    """Id of each item that keeps to another version -> the one that is offered."""
    found = ((item.id, newer_version(item)) for item in items)
    return {item_id: version for item_id, version in found if version is not None}


def take_newer(session: Session, identity: Identity, item: CourseItem) -> Version:
    """Let new attempts at an item get the version that its material offers; those under way stay on theirs.

    Raises:
        ForbiddenError: `may_not`.
        ConflictError: `course_version_newest`; there is no other one.
    """
    require(identity, Action.EDIT_COURSE, item.course)
    version = newer_version(item)
    if version is None:
        raise ConflictError("course_version_newest", title=item.title)
    before = item.placement.version.number if item.placement.version is not None else None
    keep_to(session, item.placement, version)
    details = {"item": item.uid, "material": item.placement.material.uid, "before": before, "number": version.number}
    audit.record(session, identity, "course.take_version", item.course, **details)
    return version


def take_all_newer(session: Session, identity: Identity, course: Course) -> int:
    """The same for every item of a course; returns how many changed.

    Raises:
        ForbiddenError: `may_not`.
    """
    require(identity, Action.EDIT_COURSE, course)
    items = [item for item in items_of(course) if newer_version(item) is not None]
    for item in items:
        take_newer(session, identity, item)
    return len(items)


def courses_behind(session: Session, identity: Identity) -> dict[int, int]:
    """Id of each course that the identity teaches -> how many of its items keep to an older version, where any do."""
    offered = aliased(Version)
    query = (
        select(CourseItem.course_id, func.count())
        .join(CourseTeacher, CourseTeacher.course_id == CourseItem.course_id)
        .join(Course, Course.id == CourseItem.course_id)
        .join(Placement, Placement.id == CourseItem.placement_id)
        .join(Material, Material.id == Placement.material_id)
        .join(offered, (offered.material_id == Placement.material_id) & offered.is_current)
        .where(
            CourseTeacher.account_id == identity.account_id,
            Course.status != CourseStatus.CLOSED,
            CourseItem.removed_at.is_(None),
            Placement.version_id != offered.id,
            Material.status == Status.PUBLISHED,
        )
    )
    return dict(session.execute(query.group_by(CourseItem.course_id)).all())
