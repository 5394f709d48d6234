"""Arithmetic of time intervals: ISO 8601 durations (2004) and CMITimespan (1.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ISO = re.compile(
    r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,2}))?S)?)?"
)
_SPAN = re.compile(r"([0-9]{2,4}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,2}))?")
_MINUTE, _HOUR, _DAY = 60 * 100, 3600 * 100, 86_400 * 100  # in hundredths of a second
_MONTH_SECONDS = 2_629_746  # a twelfth of the mean Gregorian year
_LONGEST_SPAN = 9999 * _HOUR + 59 * _MINUTE + 5999
_LONGEST_SECONDS = 1_000_000_000.0


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration in whole months and hundredths of a second (a month has no fixed length)."""

    months: int = 0
    hundredths: int = 0

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.months + other.months, self.hundredths + other.hundredths)

    @property
    def seconds(self) -> float:
        """The length in seconds, a month counted as a twelfth of a mean year, at most 10^9."""
        return min(self.months * _MONTH_SECONDS + self.hundredths / 100, _LONGEST_SECONDS)

    def as_iso(self) -> str:
        """As timeinterval(second,10,2): `P1Y2M3DT4H5M6.7S`, or `PT0H0M0S` for nothing."""
        days, rest = divmod(self.hundredths, _DAY)
        hours, rest = divmod(rest, _HOUR)
        minutes, rest = divmod(rest, _MINUTE)
        date = "".join(f"{n}{unit}" for n, unit in zip((*divmod(self.months, 12), days), "YMD", strict=True) if n)
        time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
        if rest:
            whole, part = divmod(rest, 100)
            time += f"{whole}.{part:02d}".rstrip("0").rstrip(".") + "S" if part else f"{whole}S"
        if not date and not time:
            return "PT0H0M0S"
        return "P" + date + ("T" + time if time else "")

    def as_timespan(self) -> str:
        """As CMITimespan `HHHH:MM:SS.SS`, at most 9999 hours."""
        total = min(self.hundredths + int(self.months * _MONTH_SECONDS) * 100, _LONGEST_SPAN)
        hours, rest = divmod(total, _HOUR)
        minutes, rest = divmod(rest, _MINUTE)
        return f"{hours:04d}:{minutes:02d}:{rest // 100:02d}.{rest % 100:02d}"


def _hundredths(hours: str | None, minutes: str | None, seconds: str | None, part: str | None) -> int:
    whole = int(hours or 0) * _HOUR + int(minutes or 0) * _MINUTE + int(seconds or 0) * 100
    return whole + int((part or "").ljust(2, "0"))


def parse(text: str) -> Duration:
    """Read either notation; anything else is no time at all."""
    if found := _ISO.fullmatch(text):
        years, months, days, *clock = found.groups()
        return Duration(int(years or 0) * 12 + int(months or 0), int(days or 0) * _DAY + _hundredths(*clock))
    if found := _SPAN.fullmatch(text):
        return Duration(0, _hundredths(*found.groups()))
    return Duration()


def write(standard: str, duration: Duration) -> str:
    """The notation of the standard ("1.2" or "2004")."""
    return duration.as_timespan() if standard == "1.2" else duration.as_iso()
