"""What came out of an attempt at a SCO, in one vocabulary for both standards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorm.datamodel import DataModelTable, table_for
from scorm.datamodel.durations import parse as parse_duration
from scorm.datamodel.lexical import real
from scorm.runtime.store import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.manifest.model import Edition

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome: statuses in SCORM 2004's words, scores and progress as numbers or None.

    `completion` is completed, incomplete, not attempted or unknown; `success` passed, failed or
    unknown; `score_scaled` lies in -1..1, `progress` in 0..1; `time_seconds` is the total time with
    that of the session under way.
    """

    completion: str = "unknown"
    success: str = "unknown"
    score_scaled: float | None = None
    score_raw: float | None = None
    score_min: float | None = None
    score_max: float | None = None
    progress: float | None = None
    time_seconds: float = 0.0
    exit: str = ""


def outcome(table: DataModelTable | Edition | str, document: Mapping[str, str]) -> Outcome:
    """The outcome that a cmi document tells, during a session or after `close_session`.

    Raises:
        LookupError: no such edition.
    """
    known = table if isinstance(table, DataModelTable) else table_for(table)
    return _of_12(known, document) if known.standard == "1.2" else _of_2004(known, document)


def _of_2004(table: DataModelTable, document: Mapping[str, str]) -> Outcome:
    def number(element: str) -> float | None:
        return real(table, document.get(element, ""))

    return Outcome(
        completion=value_of(table, document, "cmi.completion_status") or "unknown",
        success=value_of(table, document, "cmi.success_status") or "unknown",
        score_scaled=number("cmi.score.scaled"),
        score_raw=number("cmi.score.raw"),
        score_min=number("cmi.score.min"),
        score_max=number("cmi.score.max"),
        progress=number("cmi.progress_measure"),
        time_seconds=_seconds(document, "cmi."),
        exit=document.get("cmi.exit", ""),
    )


# One word of SCORM 1.2 stands for completion and success (RTE 1.2, 3.4.4, cmi.core.lesson_status).
# "browsed" says that content was looked through in browse mode, which is not the work it asks for.
LESSON_STATUS: Mapping[str, tuple[str, str]] = {
    "passed": ("completed", "passed"),
    "failed": ("completed", "failed"),
    "completed": ("completed", "unknown"),
    "incomplete": ("incomplete", "unknown"),
    "browsed": ("incomplete", "unknown"),
    "not attempted": ("not attempted", "unknown"),
}


def _of_12(table: DataModelTable, document: Mapping[str, str]) -> Outcome:
    def number(element: str) -> float | None:
        return real(table, document.get(element, ""))

    status = document.get("cmi.core.lesson_status", "not attempted")
    completion, success = LESSON_STATUS.get(status, ("unknown", "unknown"))
    raw, low, high = (number(f"cmi.core.score.{each}") for each in ("raw", "min", "max"))
    return Outcome(
        completion=completion,
        success=success,
        score_scaled=scaled_of(raw, low, high),
        score_raw=raw,
        score_min=low,
        score_max=high,
        time_seconds=_seconds(document, "cmi.core."),
        exit=document.get("cmi.core.exit", ""),
    )


def scaled_of(raw: float | None, low: float | None, high: float | None) -> float | None:
    """A SCORM 1.2 score as a part of 1: between min and max, or of 100 where they say nothing usable."""
    if raw is None:
        return None
    bottom, top = (0.0 if low is None else low), (_PERCENT if high is None else high)
    if not bottom < top or not bottom <= raw <= top:
        bottom, top = 0.0, _PERCENT
    return max(0.0, min(1.0, (raw - bottom) / (top - bottom)))


def _seconds(document: Mapping[str, str], prefix: str) -> float:
    total = parse_duration(document.get(prefix + "total_time", ""))
    return (total + parse_duration(document.get(prefix + "session_time", ""))).seconds
