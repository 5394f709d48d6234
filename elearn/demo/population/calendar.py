"""The demo's time: two school years around the day of first start, and the days on which schools teach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN_FOR = 2026  # the tables of the demo name days of the school years 2025-2026 and 2026-2027
MOVING_SINCE = date(WRITTEN_FOR - 1, 9, 1)  # days from here on move with the anchor, older ones are history
SEEDED = (2025, 2027)  # school years that have one before them among the seeded periods
OPENING = (9, 5)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
SATURDAY = 5

# First day of the lunar year, and the day of the Hùng kings (10th of the third lunar month).
TET = {2025: date(2025, 1, 29), 2026: date(2026, 2, 17), 2027: date(2027, 2, 6), 2028: date(2028, 1, 26)}
KINGS = {date(2025, 4, 7), date(2026, 4, 26), date(2027, 4, 16), date(2028, 4, 4)}
FIXED_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}


@dataclass(frozen=True, slots=True)
class Calendar:
    """`year`: the calendar year in which the present school year begins; `until`: the last day with acts."""

    year: int
    until: date

    @property
    def shift(self) -> int:
        """By how many years the tables of the demo are moved."""
        return self.year - WRITTEN_FOR

    def moved(self, day: date) -> date:
        """A day of the tables in the demo's own years."""
        return day if day < MOVING_SINCE else day.replace(year=day.year + self.shift)

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of the previous and of the present school year."""
        return f"{self.year - 1}-{self.year}", f"{self.year}-{self.year + 1}"

    @property
    def begins(self) -> date:
        """The first day with acts: 5 September of the previous school year."""
        return date(self.year - 1, *OPENING)

    def enrolled(self, code: str) -> tuple[date, date]:
        """From when to when pupils and teachers belong to the classes of a school year."""
        year = int(code[:4])
        return date(year, 9, 1), date(year + 1, 8, 31)

    def school_days(self) -> Iterator[date]:
        """Every day of lessons from the first day with acts to the last."""
        day = self.begins
        while day <= self.until:
            if is_school_day(day):
                yield day
            day += DAY

    def year_of(self, day: date) -> str:
        """The code of the school year in which a day lies."""
        year = day.year if (day.month, day.day) >= (9, 1) else day.year - 1
        return f"{year}-{year + 1}"


def anchored(today: date) -> Calendar:
    """The demo's time for a day of first start.

    The present school year is the one that began last on 5 September, among those whose previous year is seeded
    too; acts end on the day before the first start, or with that school year's last day when it is over.
    """
    year = today.year if (today.month, today.day) > OPENING else today.year - 1
    year = min(max(year, SEEDED[0]), SEEDED[1])
    return Calendar(year, min(today - DAY, date(year + 1, 5, 31)))


def is_school_day(day: date) -> bool:
    """Whether schools teach on a day: Monday to Friday of the school year, but not on holidays."""
    if day.weekday() >= SATURDAY or day.month in {6, 7, 8} or (day.month, day.day) in FIXED_HOLIDAYS:
        return False
    if day in KINGS or (day.month, day.day) in {(9, 1), (9, 3), (9, 4)}:
        return False
    tet = TET.get(day.year)
    return tet is None or not tet - 5 * DAY <= day <= tet + 8 * DAY


def moment(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """A time of day in the province, in UTC."""
    return datetime.combine(day, time(hour, minute, second), ZONE).astimezone(UTC)
