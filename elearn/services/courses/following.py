"""What follows a lesson in its course, for the learner who has just left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.course import CourseItem
from elearn.models.learning import PlacementKind
from elearn.services.courses.learning import learner_course

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.learning import Placement
    from elearn.services.access import Identity


def item_at(session: Session, placement: Placement) -> CourseItem | None:
    """The item of a course to which a placement belongs; None for a launch from elsewhere."""
    if placement.kind is not PlacementKind.COURSE_ITEM:
        return None
    return session.scalar(select(CourseItem).where(CourseItem.placement_id == placement.id))


def next_item(session: Session, identity: Identity, item: CourseItem) -> CourseItem | None:
    """The first item after this one that the learner may open and has not done; None at the end of the course.

    Raises:
        NotFoundError, ForbiddenError: the course is not, or not yet, the learner's.
    """
    steps = learner_course(session, identity, item.course.uid).steps
    ids = [step.item.id for step in steps]
    after = steps[ids.index(item.id) + 1 :] if item.id in ids else ()
    return next((step.item for step in after if step.can_open and not step.cell.result.is_done), None)
