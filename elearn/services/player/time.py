"""The learner's time in a lesson: what content reports of a session, as far as the clock can confirm it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from elearn.clock import now
from scorm.datamodel.durations import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from scorm.standards import Standard

TOLERANCE = timedelta(minutes=1)  # content rounds up, and clocks of tablets run as they like


def credited_time(standard: Standard, document: Mapping[str, str], launched_at: datetime, before: float = 0.0) -> float:
    """The seconds of the session under way that count for the learner: never more than have passed since its launch.

    What counted `before` was confirmed then; that the clock is set back does not take it away.

    The standard lets content report any session time and adds it to `cmi.total_time` as it is (RTE 1.2, 3.4.4;
    2004 RTE 4.2.21); there it stays. What pages and reports show must be time that can have been.
    """
    reported = parse(document.get(standard.session_time, "")).seconds
    return min(reported, max(before, (now() - launched_at + TOLERANCE).total_seconds()))
