"""What came out of an attempt, in one vocabulary for SCORM 1.2, SCORM 2004 and AICC.

Taken without credit, content says how far the learner got but nothing of success and score (RTE 1.2, 3.4.4,
cmi.core.credit; RTE 2004 4th Edition, 4.2.6).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorm.datamodel import DataModelTable, table_for
from scorm.datamodel.durations import parse as parse_duration
from scorm.datamodel.lexical import real
from scorm.runtime.store import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.manifest.model import Edition

_PERCENT = 100.0
# From nothing to done: how far a word of an outcome has got.
COMPLETION_ORDER = ("unknown", "not attempted", "incomplete", "completed")
SUCCESS_ORDER = ("unknown", "failed", "passed")


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


def completion_gained(older: Outcome, newer: Outcome) -> int:
    """By how many steps of `COMPLETION_ORDER` an outcome is further than another one; negative: less far."""
    return COMPLETION_ORDER.index(newer.completion) - COMPLETION_ORDER.index(older.completion)


def success_gained(older: Outcome, newer: Outcome) -> int:
    """By how many steps of `SUCCESS_ORDER` an outcome is further than another one; negative: less far."""
    return SUCCESS_ORDER.index(newer.success) - SUCCESS_ORDER.index(older.success)


def outcome(table: DataModelTable | Edition | str, document: Mapping[str, str]) -> Outcome:
    """The outcome that a cmi document tells, during a session or after `close_session`.

    Raises:
        LookupError: no such edition.
    """
    known = table if isinstance(table, DataModelTable) else table_for(table)
    return of_scorm12(known, document) if known.standard == "1.2" else of_scorm2004(known, document)


def of_scorm2004(table: DataModelTable, document: Mapping[str, str]) -> Outcome:
    """RTE 4.2.4, 4.2.18, 4.2.20, 4.2.22: completion and success by the manifest's thresholds, else as content says."""

    def number(element: str) -> float | None:
        return real(table, document.get(element, ""))

    found = Outcome(
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
    return _credited(found, document.get("cmi.credit", ""))


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


def of_scorm12(table: DataModelTable, document: Mapping[str, str]) -> Outcome:
    """RTE 1.2, 3.4.4: what the mastery score makes of the status is written by `close_session`, at the end."""

    def number(element: str) -> float | None:
        return real(table, document.get(element, ""))

    status = document.get("cmi.core.lesson_status", "not attempted")
    raw, low, high = (number(f"cmi.core.score.{each}") for each in ("raw", "min", "max"))
    found = _of_lesson(status, (raw, low, high), _seconds(document, "cmi.core."), document.get("cmi.core.exit", ""))
    return _credited(found, document.get("cmi.core.credit", ""))


Score = tuple[float | None, float | None, float | None]  # raw, min, max


def _of_lesson(status: str, score: Score, seconds: float, leaving: str) -> Outcome:
    raw, low, high = score
    completion, success = LESSON_STATUS.get(status, ("unknown", "unknown"))
    return Outcome(
        completion=completion,
        success=success,
        score_scaled=scaled_of(raw, low, high),
        score_raw=raw,
        score_min=low,
        score_max=high,
        time_seconds=seconds,
        exit=leaving,
    )


_AICC_STATUS = {word[0]: word for word in LESSON_STATUS}
_AICC_EXIT = {"t": "time-out", "l": "logout", "s": "suspend"}


def of_aicc(core: Mapping[str, str], *, mastery_score: float | None = None, credit: bool = True) -> Outcome:
    """The outcome of an AICC lesson from its [core] group (CMI001 4.0, 5.1): lesson_status, score and time.

    Only the first letter of a status counts (p, c, f, i, b, n), and one behind a comma says how the learner left
    (t time-out, l logout, s suspend). A score is "raw", "raw,max" or "raw,max,min". Names and words may be written in
    any case. A mastery score decides between passed and failed, unless the lesson is suspended as incomplete.
    """
    said = {name.strip().lower(): value.strip() for name, value in core.items()}
    word, _, flag = said.get("lesson_status", "").lower().partition(",")
    status = _AICC_STATUS.get(word.strip()[:1], "not attempted")
    leaving = _AICC_EXIT.get(flag.strip()[:1], "")
    score = raw, *_ = _aicc_score(said.get("score", ""))
    suspends = status == "incomplete" and leaving == "suspend"
    if credit and raw is not None and mastery_score is not None and not suspends:
        status = "passed" if raw >= mastery_score else "failed"
    seconds = parse_duration(said.get("time", "")).seconds
    return _credited(_of_lesson(status, score, seconds, leaving), "credit" if credit else "no-credit")


def _aicc_score(text: str) -> Score:
    numbers = [real(table_for("1.2"), part.strip()) for part in text.split(",")]
    raw, high, low = (*numbers, None, None, None)[:3]
    return raw, low, high


def _credited(found: Outcome, credit: str) -> Outcome:
    if credit != "no-credit":
        return found
    return replace(found, success="unknown", score_scaled=None, score_raw=None, score_min=None, score_max=None)


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
