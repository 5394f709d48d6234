"""The summary of an attempt that every page shows, and what a late commit may still change."""

from __future__ import annotations

from dataclasses import replace
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


def follow_content(course: Course, own: Outcome) -> bool:
    """Let the summary follow running content; returns whether the attempt has become complete or passed just now.

    A course of one activity has the outcome of that activity. One of several takes what rollup says of the root.
    """
    attempt = course.attempt
    before = is_done(attempt)
    found = own if len(course.leaves) == 1 else course.sequencing.rolled_up()
    attempt.completion, attempt.success = found.completion, found.success
    attempt.progress = found.progress
    _write_score(attempt, found)
    attempt.changed_at = now()
    return is_done(attempt) and not before


def follow_walk(course: Course) -> bool:
    """After a step: what ending an activity has added counts, but beginning one again takes nothing back.

    Content that says nothing of itself has completed its activity by being seen (UP.4); whether the learner has
    passed a course of one activity is for its content alone to say.
    """
    rolled = course.sequencing.rolled_up()
    alone = len(course.leaves) == 1
    return raise_summary(course.attempt, replace(rolled, success="unknown", score_scaled=None) if alone else rolled)


def raise_summary(attempt: Attempt, found: Outcome) -> bool:
    """Let completion, success and score of a summary rise and never fall; returns whether the attempt is done now."""
    before = is_done(attempt)
    attempt.completion = max(attempt.completion, found.completion, key=COMPLETION_ORDER.index)
    attempt.success = max(attempt.success, found.success, key=SUCCESS_ORDER.index)
    if _is_more(attempt.score_scaled, found.score_scaled) or _is_more(attempt.score_raw, found.score_raw):
        _write_score(attempt, found)
    attempt.changed_at = now()
    return is_done(attempt) and not before


def _write_score(attempt: Attempt, found: Outcome) -> None:
    attempt.score_scaled, attempt.score_raw = found.score_scaled, found.score_raw
    attempt.score_min, attempt.score_max = found.score_min, found.score_max


def _is_more(before: float | None, after: float | None) -> bool:
    return after is not None and (before is None or after > before)


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
    if newer.score_scaled is not None:
        return _is_more(older.score_scaled, newer.score_scaled)
    return _is_more(older.score_raw, newer.score_raw)


def _raises(older: Outcome, newer: Outcome, element: str) -> bool:
    completion = COMPLETION_ORDER.index(newer.completion) - COMPLETION_ORDER.index(older.completion)
    success = SUCCESS_ORDER.index(newer.success) - SUCCESS_ORDER.index(older.success)
    if element == "cmi.completion_status":
        return completion > 0
    if element == "cmi.success_status":
        return success > 0
    # SCORM 1.2 has one status for both: "failed" after "completed" would take something away.
    return completion > 0 <= success or (completion == 0 and newer.success == "passed" != older.success)
