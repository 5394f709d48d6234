"""SCORM 2004, 2nd to 4th Edition: two statuses, and sequencing (RTE 4.2.4, 4.2.22; SN)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.outcome import completion_gained, success_gained
from scorm.standards.by_table import ByTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.outcome import Outcome


class Scorm2004(ByTable):
    """The standard of 2004; what its editions differ in stands in their tables."""

    name = "2004"
    walks = True
    session_time = "cmi.session_time"
    scores = frozenset({f"cmi.score.{each}" for each in ("scaled", "raw", "min", "max")})
    statuses = frozenset({"cmi.completion_status", "cmi.success_status"})
    completed: Mapping[str, str] = {"cmi.completion_status": "completed"}

    def raises(self, element: str, older: Outcome, newer: Outcome) -> bool:
        """Each status is judged by itself."""
        gained = completion_gained if element == "cmi.completion_status" else success_gained
        return gained(older, newer) > 0
