"""The ratio itself: tallies that add up, percentages rounded half up, signs for what is missing, suppression."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from elearn.models.reports import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from elearn.models.curriculum import Period
    from elearn.models.organisation import Unit
    from elearn.models.reports import Ruleset

SMALLEST_SHOWN = 5  # a public cell with fewer persons is suppressed


class Sign(StrEnum):
    """UIS signs for a cell without a percentage (INDICATORS 3)."""

    NONE = ""
    NOT_APPLICABLE = "a"  # nobody counts, although somebody is registered
    MISSING = "m"  # nobody is registered, or nothing at all was recorded: never 0
    SUPPRESSED = "x"  # so few that persons could be told; included in the total


def percent(part: float, whole: float) -> Decimal | None:
    """`part / whole` in percent with one decimal, half up; None when there is no whole."""
    if not whole:
        return None
    exact = Decimal(str(round(part, 3))) * 100 / Decimal(str(round(whole, 3)))
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def spoken(number: Decimal | None, *, comma: bool = True) -> str:
    """A percentage as printed: `66,7 %` in Vietnamese, `66.7 %` in English; empty for None."""
    if number is None:
        return ""
    return f"{str(number).replace('.', ',') if comma else number} %"


@dataclass(frozen=True, slots=True)
class Tally:
    """Persons counted: `q` of `n` qualify; of them `a`, `b`, `c` with at least one act of the class.

    `fte_q` and `fte_n` are full-time equivalents. `excluded` has the persons outside of N by standing. Tallies add up.
    """

    q: int = 0
    n: int = 0
    a: int = 0
    b: int = 0
    c: int = 0
    fte_q: float = 0.0
    fte_n: float = 0.0
    excluded: Mapping[Standing, int] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        excluded = {
            standing: self.excluded.get(standing, 0) + other.excluded.get(standing, 0)
            for standing in Standing
            if standing in self.excluded or standing in other.excluded
        }
        return Tally(
            q=self.q + other.q,
            n=self.n + other.n,
            a=self.a + other.a,
            b=self.b + other.b,
            c=self.c + other.c,
            fte_q=round(self.fte_q + other.fte_q, 3),
            fte_n=round(self.fte_n + other.fte_n, 3),
            excluded=excluded,
        )

    @property
    def registered(self) -> int:
        """Everybody the register shows, in N or not."""
        return self.n + sum(self.excluded.values())


EMPTY = Tally()


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    return sum(tallies, EMPTY)


@dataclass(frozen=True, slots=True)
class IctRatio:
    """R(scope, period, ruleset, as_of) of a unit, or of the part of it that a row of a table is about.

    `name` is what the unit was called on the census date. `is_silent` says that nothing at all was recorded of the
    persons of the unit in the period: then the ratio is missing, not 0, while they stay in the N of the units above.
    """

    unit: Unit
    name: str
    period: Period
    ruleset: Ruleset
    as_of: datetime | None
    tally: Tally
    is_silent: bool = False
    is_suppressed: bool = False

    @property
    def q(self) -> int:
        """How many persons qualify."""
        return self.tally.q

    @property
    def n(self) -> int:
        """How many persons count."""
        return self.tally.n

    @property
    def sign(self) -> Sign:
        """Why there is no percentage; empty when there is one."""
        if self.is_suppressed:
            return Sign.SUPPRESSED
        if not self.tally.registered or (self.is_silent and not self.tally.q):
            return Sign.MISSING
        return Sign.NONE if self.tally.n else Sign.NOT_APPLICABLE

    def _of_n(self, part: int) -> Decimal | None:
        return None if self.sign else percent(part, self.tally.n)

    @property
    def percent(self) -> Decimal | None:
        """I1: tỷ lệ giáo viên ứng dụng CNTT."""
        return self._of_n(self.tally.q)

    @property
    def percent_a(self) -> Decimal | None:
        """I1a: who made lessons."""
        return self._of_n(self.tally.a)

    @property
    def percent_b(self) -> Decimal | None:
        """I1b: who used shared materials and software in teaching."""
        return self._of_n(self.tally.b)

    @property
    def percent_c(self) -> Decimal | None:
        """I1c: who taught online courses."""
        return self._of_n(self.tally.c)

    @property
    def percent_fte(self) -> Decimal | None:
        """I9: I1 by full-time equivalents."""
        return None if self.sign else percent(self.tally.fte_q, self.tally.fte_n)

    def text(self, *, comma: bool = True) -> str:
        """The ratio as printed: `2/3 (66,7 %)`, or the sign."""
        return self.sign.value or f"{self.q}/{self.n} ({spoken(self.percent, comma=comma)})"

    def as_dict(self) -> dict[str, Any]:
        """The row of the public contract; figures that are missing or suppressed are null, percentages are numbers."""
        tally, sign = self.tally, self.sign
        hidden = sign in {Sign.MISSING, Sign.SUPPRESSED}
        shown = {name: None if hidden else getattr(tally, name) for name in ("q", "a", "b", "c", "fte_q")}
        shares = {
            "percent": self.percent,
            "percent_a": self.percent_a,
            "percent_b": self.percent_b,
            "percent_c": self.percent_c,
            "percent_fte": self.percent_fte,
        }
        unregistered = sign is Sign.SUPPRESSED or not tally.registered
        return {
            "unit": self.unit.code,
            "name": self.name,
            "sign": sign.value,
            "n": None if unregistered else tally.n,
            "fte_n": None if unregistered else tally.fte_n,
            **shown,
            **{name: None if share is None else float(share) for name, share in shares.items()},
            "excluded": {} if unregistered else {standing.value: count for standing, count in tally.excluded.items()},
        }


def suppress(rows: Sequence[IctRatio], least: int = SMALLEST_SHOWN) -> list[IctRatio]:
    """Rows of one published table, whose total is published too, with cells of N < 5 suppressed.

    A cell with N = 0 says nothing of anybody and stays. When the suppressed cells together have fewer than `least`
    persons, or there is only one, subtraction from the total would reveal them: the smallest shown one is
    suppressed with them.
    """
    hidden = {place for place, row in enumerate(rows) if 0 < row.n < least}
    if hidden:
        shown = sorted((row.n, row.unit.code, place) for place, row in enumerate(rows) if row.n >= least)
        while shown and (len(hidden) == 1 or sum(rows[place].n for place in hidden) < least):
            hidden.add(shown.pop(0)[2])
    return [replace(row, is_suppressed=True) if place in hidden else row for place, row in enumerate(rows)]
