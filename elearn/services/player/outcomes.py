"""The summary of an attempt that every page shows, and what a late commit may still change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from elearn.clock import now
from scorm.outcome import COMPLETION_ORDER, SUCCESS_ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.models.learning import Attempt
    from elearn.services.player.course import Course
    from scorm.outcome import Outcome
    from scorm.standards import Standard


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
    standard: Standard, document: Mapping[str, str], delta: Mapping[str, object]
) -> tuple[dict[str, str], dict[str, str]]:
    """Merge a delta that comes after another page has gone on: it may raise completion, success and score only.

    Location, suspend data and everything else stay as the newer page left them.
    """
    offered, rejected = standard.commit(document, delta)
    older, newer = standard.outcome(document), standard.outcome(offered)

    def may_rise(element: str) -> bool:
        if element in standard.scores:
            return _higher(older, newer)
        return element in standard.statuses and standard.raises(element, older, newer)

    merged, _ = standard.commit(document, {name: offered[name] for name in delta if name in offered and may_rise(name)})
    return merged, rejected


def _higher(older: Outcome, newer: Outcome) -> bool:
    if newer.score_scaled is not None:
        return _is_more(older.score_scaled, newer.score_scaled)
    return _is_more(older.score_raw, newer.score_raw)
