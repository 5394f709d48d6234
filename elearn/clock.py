"""The present moment, in one place so that tests can hold it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def today(zone: ZoneInfo = VIETNAM) -> date:
    """The present day in a time zone."""
    return now().astimezone(zone).date()
