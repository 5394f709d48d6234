"""Everything one learner did in a course: attempts with their numbers, answers in short, and what was said of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.models.course import CourseFeedback
from elearn.models.learning import ActivityState, Attempt, Registration
from elearn.services.access import Action, require
from elearn.services.courses.finding import items_of
from elearn.services.courses.progress import SUMMARY, Cell, load_cells
from elearn.services.courses.results import Standing, score_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.models.course import Course, CourseItem
    from elearn.services.access import Identity
    from elearn.services.courses.matrix import Learner

_RESULT = re.compile(r"cmi\.interactions\.\d+\.result")


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt; `number` counts over all accounts and versions. `answers` of which `right` were judged right."""

    uid: str
    number: int
    status: str
    standing: Standing
    score: float | None
    seconds: float
    started_at: datetime
    changed_at: datetime
    is_reset: bool
    answers: int
    right: int


@dataclass(frozen=True, slots=True)
class ItemDossier:
    """An item with the learner's result, attempts (newest first) and feedback (oldest first)."""

    item: CourseItem
    cell: Cell
    attempts: tuple[Tried, ...]
    feedback: tuple[CourseFeedback, ...]

    @property
    def can_reset(self) -> bool:
        """Whether there is an attempt to be taken back."""
        return any(not tried.is_reset for tried in self.attempts)


def dossier_of(session: Session, identity: Identity, course: Course, learner: Learner) -> list[ItemDossier]:
    """What a learner did, item by item, in a fixed number of queries.

    Raises:
        ForbiddenError: `may_not`.
    """
    require(identity, Action.SEE_COURSE, course)
    items = items_of(course)
    cells = load_cells(session, items, dict.fromkeys(learner.account_ids, learner.person.id))
    attempts, said = _attempts(session, items, learner), _feedback(session, items, learner)
    return [
        ItemDossier(
            item,
            cells.at(item.id, learner.person.id),
            tuple(reversed(attempts[item.placement_id])),
            tuple(said[item.id]),
        )
        for item in items
    ]


def _attempts(session: Session, items: Iterable[CourseItem], learner: Learner) -> dict[int, list[Tried]]:
    query = (
        select(Attempt.id, Attempt.uid, Registration.placement_id, Registration.reset_at, *SUMMARY)
        .join(Registration, Registration.id == Attempt.registration_id)
        .where(
            Registration.placement_id.in_([item.placement_id for item in items]),
            Registration.account_id.in_(learner.account_ids),
        )
        .order_by(Attempt.id)
    )
    rows = session.execute(query).all()
    answers = _answers(session, [row.id for row in rows])
    found: dict[int, list[Tried]] = defaultdict(list)
    for row in rows:
        several = found[row.placement_id]
        given, right = answers.get(row.id, (0, 0))
        several.append(
            Tried(
                uid=row.uid,
                number=len(several) + 1,
                status=row.status.value,
                standing=standing_of(row),
                score=score_of(row),
                seconds=row.time_seconds,
                started_at=row.started_at,
                changed_at=row.changed_at,
                is_reset=row.reset_at is not None,
                answers=given,
                right=right,
            )
        )
    return found


def _answers(session: Session, attempt_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Attempt id -> how many interactions content has judged, and how many of them right."""
    counts: dict[int, tuple[int, int]] = {}
    query = select(ActivityState.attempt_id, ActivityState.document).where(ActivityState.attempt_id.in_(attempt_ids))
    for attempt_id, document in session.execute(query):
        given, right = counts.get(attempt_id, (0, 0))
        results = _results(document)
        counts[attempt_id] = given + len(results), right + results.count("correct")
    return counts


def _results(document: Mapping[str, str]) -> list[str]:
    return [value for element, value in document.items() if _RESULT.fullmatch(element)]


def _feedback(session: Session, items: Iterable[CourseItem], learner: Learner) -> dict[int, list[CourseFeedback]]:
    query = select(CourseFeedback).where(
        CourseFeedback.item_id.in_([item.id for item in items]), CourseFeedback.learner_id.in_(learner.account_ids)
    )
    found: dict[int, list[CourseFeedback]] = defaultdict(list)
    for row in session.scalars(query.options(joinedload(CourseFeedback.teacher)).order_by(CourseFeedback.id)):
        found[row.item_id].append(row)
    return found
