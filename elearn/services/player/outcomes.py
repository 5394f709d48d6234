"""The summary of an attempt that every page shows, and what a late commit may still change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.clock import now
from scorm.outcome import outcome
from scorm.runtime import apply_commit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.models.learning import Attempt
    from elearn.services.player.course import Course
    from scorm.datamodel import DataModelTable
    from scorm.outcome import Outcome

COMPLETION_ORDER = ("unknown", "not attempted", "incomplete", "completed")
SUCCESS_ORDER = ("unknown", "failed", "passed")


def summarise(attempt: Attempt, found: Outcome, course: Course) -> bool:
    """Write the summary of an attempt; returns whether it has become complete or passed just now.

    A course of one activity has the outcome of that activity. One of several takes what rollup says of the root.
    """
    before = is_done(attempt)
    if len(course.leaves) > 1:
        found = course.sequencing.rolled_up()
    attempt.completion, attempt.success = found.completion, found.success
    attempt.score_scaled, attempt.score_raw = found.score_scaled, found.score_raw
    attempt.score_min, attempt.score_max = found.score_min, found.score_max
    attempt.progress = found.progress
    attempt.changed_at = now()
    return is_done(attempt) and not before


def is_done(attempt: Attempt) -> bool:
    """Whether a learner has finished: completed, or passed where content tells only success."""
    return attempt.completion == "completed" or attempt.success == "passed"


def late_merge(
    table: DataModelTable, document: Mapping[str, str], delta: Mapping[str, object]
) -> tuple[dict[str, str], dict[str, str]]:
    """Merge a delta that comes after another page has gone on: it may raise completion, success and score only.

    Location, suspend data and everything else stay as the newer page left them.
    """
    offered, rejected = apply_commit(table, document, delta)
    older, newer = outcome(table, document), outcome(table, offered)
    kept = {element: offered[element] for element in delta if element in offered and _may_rise(older, newer, element)}
    merged, _ = apply_commit(table, document, kept)
    return merged, rejected


_SCORES = frozenset(
    {"cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max"}
    | {f"cmi.score.{name}" for name in ("raw", "min", "max", "scaled")}
)
_STATUSES = frozenset({"cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status"})


def _may_rise(older: Outcome, newer: Outcome, element: str) -> bool:
    if element in _SCORES:
        return _higher(older, newer)
    return element in _STATUSES and _raises(older, newer, element)


def _higher(older: Outcome, newer: Outcome) -> bool:
    for before, after in ((older.score_scaled, newer.score_scaled), (older.score_raw, newer.score_raw)):
        if after is not None:
            return before is None or after > before
    return False


def _raises(older: Outcome, newer: Outcome, element: str) -> bool:
    completion = COMPLETION_ORDER.index(newer.completion) - COMPLETION_ORDER.index(older.completion)
    success = SUCCESS_ORDER.index(newer.success) - SUCCESS_ORDER.index(older.success)
    if element == "cmi.completion_status":
        return completion > 0
    if element == "cmi.success_status":
        return success > 0
    # SCORM 1.2 has one status for both: it may rise in one sense when it does not fall in the other.
    return (completion > 0 or success > 0) and completion >= 0 and success >= 0
