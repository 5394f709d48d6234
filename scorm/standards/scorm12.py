"""SCORM 1.2: one status for completion and success, and no say in where the learner goes (RTE 1.2, 3.4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.outcome import completion_gained, success_gained
from scorm.standards.by_table import ByTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.outcome import Outcome


class Scorm12(ByTable):
    """The standard of 2001."""

    name = "1.2"
    walks = False
    session_time = "cmi.core.session_time"
    scores = frozenset({f"cmi.core.score.{each}" for each in ("raw", "min", "max")})
    statuses = frozenset({"cmi.core.lesson_status"})
    completed: Mapping[str, str] = {"cmi.core.lesson_status": "completed"}

    def raises(self, element: str, older: Outcome, newer: Outcome) -> bool:
        """One status says both: "failed" after "completed" would take something away."""
        del element
        completion = completion_gained(older, newer)
        if completion > 0:
            return success_gained(older, newer) >= 0
        return completion == 0 and newer.success == "passed" != older.success
