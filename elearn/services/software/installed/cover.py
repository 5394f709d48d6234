"""What the licences of a day cover, and how far seats go: each unit takes from the nearest licence above it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, func, select, type_coerce

from elearn.models.installations import Installation
from elearn.models.software import LicenceKind, SoftwareLicence
from elearn.services.software.licences import WITHOUT_COST, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access.tree import Tree

_NO_COST = frozenset(kind.value for kind in WITHOUT_COST)


class Holding(StrEnum):
    """Under what a unit may install a title."""

    FREE = "free"
    UNLIMITED = "unlimited"  # every machine
    SEATS = "seats"  # as many as there are seats, its own or of a unit above
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Pool:
    """The seats a unit holds for a title, how many of them are used by it and all below, and how many too many."""

    unit_id: int
    seats: int
    used: int
    over: int


@dataclass(frozen=True, slots=True)
class Use:
    """How the machines of a title share its licences: its pools of seats, and machines without any licence by unit."""

    pools: Sequence[Pool]
    unlicensed: Mapping[int, int]

    @property
    def over(self) -> int:
        """Machines more than seats."""
        return sum(pool.over for pool in self.pools)


class Cover:
    """The licences of a day, of some titles or of all, read with one statement."""

    def __init__(self, session: Session, tree: Tree, day: date, titles: Iterable[int] | None = None) -> None:
        self._tree = tree
        self._climbed: dict[int, tuple[int, ...]] = {}
        # The kind as plain text: to make an enumeration of each of some thousand rows takes longer than to read them.
        kind = type_coerce(SoftwareLicence.kind, String)
        held = select(SoftwareLicence.title_id, SoftwareLicence.unit_id, kind, SoftwareLicence.seats)
        held = held.where(in_force(day))
        if titles is not None:
            held = held.where(SoftwareLicence.title_id.in_(list(titles)))
        self.free: set[int] = set()
        self._limited: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        for title_id, unit_id, kept, seats in session.execute(held):
            if kept in _NO_COST:
                self.free.add(title_id)
            else:
                self._limited[title_id].append((unit_id, kept, seats or 0))

    def _above(self, unit_id: int) -> tuple[int, ...]:
        found = self._climbed.get(unit_id)
        if found is None:
            found = self._climbed[unit_id] = self._tree.ancestors(unit_id)
        return found

    def is_held(self, title_id: int) -> bool:
        """Whether some unit has a licence for a title."""
        return title_id in self.free or title_id in self._limited

    def holding(self, title_id: int, unit_id: int) -> Holding:
        """Under what a unit may install a title."""
        if title_id in self.free:
            return Holding.FREE
        above, found = self._above(unit_id), Holding.NONE
        for holder, kind, _ in self._limited.get(title_id, ()):
            if (kind == LicenceKind.SITE and holder == unit_id) or (kind == LicenceKind.PROVINCE and holder in above):
                return Holding.UNLIMITED
            if kind == LicenceKind.SEATS and holder in above:
                found = Holding.SEATS
        return found

    def covers_all(self, title_id: int, unit_id: int) -> bool:
        """Whether every machine of a unit and all below is licensed, so that nobody needs to count."""
        if title_id in self.free:
            return True
        above = self._above(unit_id)
        held = self._limited.get(title_id, ())
        return any(kind == LicenceKind.PROVINCE and holder in above for holder, kind, _ in held)

    def narrow(self, unit_id: int) -> list[int]:
        """The titles with a licence of which it matters for a unit and all below who has them."""
        return [title_id for title_id in self._limited if not self.covers_all(title_id, unit_id)]

    def use(self, title_id: int, machines: Mapping[int, int]) -> Use:
        """Share the machines of a title, by unit, among its licences.

        A unit takes from the nearest seats at or above it. What those lack is taken from the next seats above; what
        is lacking at the uppermost is too many, and is named there.
        """
        sites, wide, seats = self._by_kind(title_id)
        asked: dict[int, int] = dict.fromkeys(seats, 0)
        unlicensed: dict[int, int] = {}
        for unit_id, count in machines.items() if title_id not in self.free else ():
            above = self._above(unit_id)
            if unit_id in sites or not wide.isdisjoint(above):
                continue
            pool = _nearest(seats, above)
            if pool is None:
                unlicensed[unit_id] = count
            else:
                asked[pool] += count
        pools = []
        for holder in sorted(seats, key=lambda unit: (-len(self._above(unit)), unit)):
            over = max(0, asked[holder] - seats[holder])
            next_above = _nearest(seats, self._above(holder)[1:]) if over else None
            if next_above is not None:
                asked[next_above] += over
                over = 0
            pools.append(Pool(holder, seats[holder], min(asked[holder], seats[holder]), over))
        return Use(pools, unlicensed)

    def _by_kind(self, title_id: int) -> tuple[set[int], set[int], dict[int, int]]:
        """Who holds a title for itself, who for all below, and who how many seats of it."""
        sites: set[int] = set()
        wide: set[int] = set()
        seats: dict[int, int] = defaultdict(int)
        for holder, kind, count in self._limited.get(title_id, ()):
            if kind == LicenceKind.SEATS:
                seats[holder] += count
            else:
                (wide if kind == LicenceKind.PROVINCE else sites).add(holder)
        return sites, wide, seats


def _nearest(seats: Mapping[int, int], above: Sequence[int]) -> int | None:
    return next((unit for unit in above if unit in seats), None)


def machines_of(session: Session, titles: Iterable[int]) -> dict[int, dict[int, int]]:
    """Machines of some titles by unit, of the whole tree: seats are shared beyond what one may look at."""
    # The numbers are written into the statement: there may be more titles than a database takes parameters.
    wanted = bindparam(None, sorted(titles), expanding=True, literal_execute=True)
    rows = (
        select(Installation.title_id, Installation.unit_id, func.sum(Installation.machines))
        .where(Installation.is_current, Installation.title_id.in_(wanted))
        .group_by(Installation.title_id, Installation.unit_id)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for title_id, unit_id, machines in session.execute(rows):
        if machines:
            found[title_id][unit_id] = int(machines)
    return found
