"""The results of many learners at many items, read in two queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.course import CourseFeedback
from elearn.models.learning import Attempt, AttemptStatus, Registration
from elearn.services.courses.authoring import grading_of
from elearn.services.courses.results import ItemResult, item_result
from elearn.services.player.outcomes import is_done

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from elearn.models.course import CourseItem

# The columns of an attempt that results need: without the state of its walk, which is large.
SUMMARY = (
    Attempt.status,
    Attempt.completion,
    Attempt.success,
    Attempt.score_scaled,
    Attempt.score_raw,
    Attempt.score_min,
    Attempt.score_max,
    Attempt.progress,
    Attempt.time_seconds,
    Attempt.started_at,
    Attempt.changed_at,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a learner stands with an item, and when something last happened."""

    result: ItemResult = field(default_factory=ItemResult)
    changed_at: datetime | None = None
    is_under_way: bool = False  # the newest attempt goes on with the next launch
    may_restart: bool = False  # it is under way, but the learner is done in it
    version_id: int | None = None  # of the newest attempt

    @property
    def is_graded(self) -> bool:
        """Whether there is a score."""
        return self.result.score is not None


EMPTY = Cell()


class Cells:
    """Cells by item and learner; a learner is any key under which one or several accounts are put together."""

    def __init__(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        self._cells = cells

    def at(self, item_id: int, learner: int) -> Cell:
        """The cell of an item and a learner; an empty one when nothing was begun."""
        return self._cells.get((item_id, learner), EMPTY)


def load_cells(session: Session, items: Sequence[CourseItem], learners: Mapping[int, int]) -> Cells:
    """The cells of items for accounts; `learners` maps the id of each account to the key of its learner.

    A pupil with two accounts is one learner, whose attempts are put together in the order of time.
    """
    if not items or not learners:
        return Cells({})
    attempts = load_summaries(session, {item.placement_id: item.id for item in items}, learners)
    grades = _grades(session, items, learners)
    keys = attempts.keys() | grades.keys()
    by_id = {item.id: item for item in items}
    return Cells({key: _cell(by_id[key[0]], attempts.get(key, []), grades.get(key)) for key in keys})


def load_summaries(
    session: Session, item_of_placement: Mapping[int, int], learners: Mapping[int, int]
) -> dict[tuple[int, int], list[Row[tuple[object, ...]]]]:
    """What attempts at placements have reached, by item and learner, in the order in which they were begun."""
    query = (
        select(Registration.account_id, Registration.placement_id, Registration.version_id, *SUMMARY)
        .join(Attempt, Attempt.registration_id == Registration.id)
        .where(
            Registration.placement_id.in_(item_of_placement),
            Registration.account_id.in_(learners),
            Registration.reset_at.is_(None),
        )
        .order_by(Attempt.id)
    )
    found = defaultdict(list)
    for row in session.execute(query):
        found[item_of_placement[row.placement_id], learners[row.account_id]].append(row)
    return found


def _grades(session: Session, items: Iterable[CourseItem], learners: Mapping[int, int]) -> dict[tuple[int, int], float]:
    """The newest grade by hand wins."""
    query = select(CourseFeedback.item_id, CourseFeedback.learner_id, CourseFeedback.score_scaled).where(
        CourseFeedback.item_id.in_([item.id for item in items]),
        CourseFeedback.learner_id.in_(learners),
        CourseFeedback.score_scaled.is_not(None),
    )
    rows = session.execute(query.order_by(CourseFeedback.id))
    return {(item_id, learners[account_id]): score for item_id, account_id, score in rows}


def _cell(item: CourseItem, attempts: Sequence[Row[tuple[object, ...]]], grade: float | None) -> Cell:
    result = item_result(attempts, grading_of(item), grade)
    if not attempts:
        return Cell(result)
    newest = attempts[-1]
    is_under_way = newest.status is not AttemptStatus.ENDED
    changed = max(row.changed_at for row in attempts)
    may_restart = is_under_way and is_done(newest)
    return Cell(result, changed, is_under_way, may_restart=may_restart, version_id=newest.version_id)
