"""What a learner has reached at an item of a course, out of all attempts: pure, without rows or pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from elearn.models.course import Grading

if TYPE_CHECKING:
    from collections.abc import Sequence

HUNDRED = 100.0  # what a raw score without a maximum is out of (SCORM 1.2 RTE 3.4.4, cmi.core.score.raw)
SUCCESS_RANK = {"unknown": 0, "failed": 1, "passed": 2}
COMPLETION_RANK = {"unknown": 0, "not attempted": 0, "incomplete": 1, "completed": 2}


class Summary(Protocol):
    """What is read of an attempt; rows of `Attempt` fit."""

    completion: str
    success: str
    score_scaled: float | None
    score_raw: float | None
    score_max: float | None
    progress: float | None


class Standing(StrEnum):
    """Where a learner stands with an item."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"


DONE = frozenset({Standing.COMPLETED, Standing.PASSED})


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Where a learner stands, the score and the progress from 0 to 1, and how many attempts were made.

    `by_hand` says that a teacher's grade stands in for the score of the attempts.
    """

    standing: Standing = Standing.NOT_STARTED
    score: float | None = None
    progress: float = 0.0
    attempts: int = 0
    by_hand: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the learner is through with it."""
        return self.standing in DONE


def item_result(attempts: Sequence[Summary], grading: Grading, by_hand: float | None = None) -> ItemResult:
    """The result of attempts in the order in which they were begun; `by_hand` is a teacher's grade from 0 to 1.

    best: the attempt with the highest score, then the furthest. first: the first one. last: the newest that has come
    to a result, so that beginning again takes nothing away. average: the mean of the scores there are, with the
    furthest standing.
    """
    if not attempts:
        return ItemResult(score=by_hand, by_hand=by_hand is not None)
    chosen = _chosen(attempts, grading)
    score = _mean(attempts) if grading is Grading.AVERAGE else score_of(chosen)
    return ItemResult(
        standing=standing_of(chosen),
        score=score if by_hand is None else by_hand,
        progress=_progress(chosen),
        attempts=len(attempts),
        by_hand=by_hand is not None,
    )


def _chosen(attempts: Sequence[Summary], grading: Grading) -> Summary:
    if grading is Grading.FIRST:
        return attempts[0]
    if grading is Grading.LAST:
        return next((attempt for attempt in reversed(attempts) if _has_result(attempt)), attempts[-1])
    if grading is Grading.BEST:
        return max(attempts, key=lambda attempt: (_or_nothing(score_of(attempt)), *_reached(attempt)))
    return max(attempts, key=_reached)


def _reached(attempt: Summary) -> tuple[int, int, float]:
    return SUCCESS_RANK.get(attempt.success, 0), COMPLETION_RANK.get(attempt.completion, 0), attempt.progress or 0.0


def _or_nothing(score: float | None) -> float:
    return -1.0 if score is None else score  # no score is less than a score of 0


def _has_result(attempt: Summary) -> bool:
    return standing_of(attempt) is not Standing.IN_PROGRESS or score_of(attempt) is not None


def _mean(attempts: Sequence[Summary]) -> float | None:
    scores = [score for score in map(score_of, attempts) if score is not None]
    return sum(scores) / len(scores) if scores else None


def score_of(attempt: Summary) -> float | None:
    """The score of one attempt from 0 to 1: the scaled one, else the raw one out of its maximum (none: out of 100)."""
    if attempt.score_scaled is not None:
        return _within(attempt.score_scaled)
    if attempt.score_raw is None:
        return None
    most = HUNDRED if attempt.score_max is None else attempt.score_max
    return _within(attempt.score_raw / most) if most > 0 else None


def _within(score: float) -> float:
    return min(max(score, 0.0), 1.0)


def standing_of(attempt: Summary) -> Standing:
    """Where one attempt stands: what content says of success counts before what it says of completion."""
    if attempt.success == "passed":
        return Standing.PASSED
    if attempt.success == "failed":
        return Standing.FAILED
    return Standing.COMPLETED if attempt.completion == "completed" else Standing.IN_PROGRESS


def _progress(attempt: Summary) -> float:
    if attempt.completion == "completed" or attempt.success == "passed":
        return 1.0
    return _within(attempt.progress or 0.0)
