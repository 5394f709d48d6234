"""What a learner has reached at a link, as a gradebook is told it: one grade out of all attempts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.lti.grades import ActivityProgress, GradingProgress
from elearn.models.course import CourseItem, Grading
from elearn.models.learning import Placement, PlacementKind
from elearn.services.courses.authoring import grading_of as grading_of_item
from elearn.services.courses.progress import load_summaries
from elearn.services.courses.results import ItemResult, Standing, item_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.models.lti_courses import LtiLink


@dataclass(frozen=True, slots=True)
class Reached:
    """`share` is that of the maximum, 0 to 1; None while there is nothing to grade. `attempts` counts those made.

    `is_scored` tells whether the content gave a score; else the share only says that it was done, or failed.
    """

    share: float | None
    activity: ActivityProgress
    attempts: int = 0
    is_scored: bool = True

    @property
    def grading(self) -> GradingProgress:
        """A grade of ours is always the whole one; a better attempt makes another."""
        return GradingProgress.NOT_READY if self.share is None else GradingProgress.FULLY_GRADED


def grading_of(link: LtiLink) -> Grading:
    """Which of several attempts at a link counts."""
    return Grading(link.policy.get("grading") or Grading.BEST)


def load_reached(session: Session, link: LtiLink, account_id: int) -> Reached:
    """What an account has reached at a link."""
    if link.course_id is not None:
        return _of_course(session, link, link.course_id, account_id)
    if link.placement_id is None:
        return reached(ItemResult())
    found = load_summaries(session, {link.placement_id: 0}, {account_id: 0})
    return reached(item_result(found.get((0, 0), []), grading_of(link)))


def reached(result: ItemResult) -> Reached:
    """The grade of a result.

    Material that only tells whether it was done gives all or nothing, once it has come to an end.
    """
    share = result.score
    if share is None and result.standing is not Standing.IN_PROGRESS and result.attempts:
        share = 1.0 if result.is_done else 0.0
    return Reached(share, _activity(result), result.attempts, is_scored=result.score is not None)


def combined(parts: Sequence[Reached]) -> float | None:
    """The share of several lessons at one link: their mean, of which those not yet done count nothing."""
    shares = [part.share for part in parts]
    return sum(each or 0.0 for each in shares) / len(shares) if any(each is not None for each in shares) else None


def _activity(result: ItemResult) -> ActivityProgress:
    if not result.attempts:
        return ActivityProgress.INITIALIZED
    if result.is_done or result.standing is Standing.FAILED:
        return ActivityProgress.COMPLETED
    return ActivityProgress.IN_PROGRESS if result.progress else ActivityProgress.STARTED


def _of_course(session: Session, link: LtiLink, course_id: int, account_id: int) -> Reached:
    """The mean over the required items, of which those not yet done count nothing: it rises with the work."""
    query = select(CourseItem).where(CourseItem.course_id == course_id, CourseItem.removed_at.is_(None))
    items = session.scalars(query.options(joinedload(CourseItem.placement))).all()
    attempts = load_summaries(session, _own_places(session, link, items), {account_id: 0})
    counted = [item for item in items if item.is_required] or items
    parts = [reached(item_result(attempts.get((item.id, 0), []), grading_of_item(item))) for item in counted]
    made = sum(map(len, attempts.values()))
    share = combined(parts)
    if not made:
        return Reached(share, ActivityProgress.INITIALIZED)
    is_through = all(part.activity is ActivityProgress.COMPLETED for part in parts)
    return Reached(share, ActivityProgress.COMPLETED if is_through else ActivityProgress.IN_PROGRESS, made)


def _own_places(session: Session, link: LtiLink, items: Sequence[CourseItem]) -> dict[int, int]:
    """The placements at which the materials of the course are launched from this very link."""
    by_material = {item.placement.material_id: item.id for item in items}
    own = select(Placement.id, Placement.material_id).where(
        Placement.kind == PlacementKind.LTI, Placement.material_id.in_(by_material), Placement.context == link.uid
    )
    return {placement_id: by_material[material_id] for placement_id, material_id in session.execute(own)}
