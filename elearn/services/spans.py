"""Spans of days, both ends included; no end means for now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from elearn.services.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from elearn.models.dated import Dated

DAY = timedelta(days=1)
# No register of ours knows a day outside these: a year of 0204 or 9999 is a slip of the hand.
FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2199, 12, 31)
AnyDated = TypeVar("AnyDated", bound="Dated")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` to `end`."""

    start: date
    end: date | None = None

    @classmethod
    def of(cls, row: Dated) -> Span:
        """The span in which a row holds."""
        return cls(row.valid_from, row.valid_to)

    def meet(self, other: Span) -> Span | None:
        """The days both have in common; None when there are none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return Span(start, end) if end is None or start <= end else None

    def covers(self, other: Span) -> bool:
        """Whether every day of the other lies in this one."""
        return self.meet(other) == other


def check_day(*days: date | None) -> None:
    """Refuse days that no register knows.

    Raises:
        ServiceError: `day_range`.
    """
    for day in days:
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ServiceError("day_range", first=FIRST_DAY, last=LAST_DAY)


def split_at(rows: Sequence[AnyDated], day: date) -> tuple[AnyDated | None, date | None]:
    """Cut the row that holds on a day at the eve of it.

    Returns the row that begins exactly on the day (to be changed in place; else None, and a new row is due)
    and the last day of the span that was cut. Later rows stay as they are.
    """
    for row in rows:
        if row.holds_on(day):
            if row.valid_from == day:
                return row, row.valid_to
            end, row.valid_to = row.valid_to, day - DAY
            return None, end
    later = [row.valid_from for row in rows if row.valid_from > day]
    return None, min(later) - DAY if later else None


def cut_after(rows: Iterable[Any], last_day: date) -> list[Any]:
    """End all rows on a day; returns those that would begin later and are to be deleted."""
    late = []
    for row in rows:
        if row.valid_from > last_day:
            late.append(row)
        elif row.valid_to is None or row.valid_to > last_day:
            row.valid_to = last_day
    return late
