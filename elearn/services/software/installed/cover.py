"""What the licences of a day cover, and how far seats go: each unit takes from the nearest licence above it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

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
        held = select(
            SoftwareLicence.title_id, SoftwareLicence.unit_id, SoftwareLicence.kind, SoftwareLicence.seats
        ).where(in_force(day))
        if titles is not None:
            held = held.where(SoftwareLicence.title_id.in_(list(titles)))
        self.free: set[int] = set()
        self._rows: dict[int, list[tuple[int, LicenceKind, int]]] = defaultdict(list)
        for title_id, unit_id, kind, seats in session.execute(held):
            if kind in WITHOUT_COST:
                self.free.add(title_id)
            self._rows[title_id].append((unit_id, kind, seats or 0))

    def titles(self) -> frozenset[int]:
        """The titles that some unit has a licence for."""
        return frozenset(self._rows)

    def holding(self, title_id: int, unit_id: int) -> Holding:
        """Under what a unit may install a title."""
        if title_id in self.free:
            return Holding.FREE
        above = self._tree.ancestors(unit_id)
        found = Holding.NONE
        for holder, kind, _ in self._rows.get(title_id, ()):
            if (kind is LicenceKind.SITE and holder == unit_id) or (kind is LicenceKind.PROVINCE and holder in above):
                return Holding.UNLIMITED
            if kind is LicenceKind.SEATS and holder in above:
                found = Holding.SEATS
        return found

    def covers_all(self, title_id: int, unit_id: int) -> bool:
        """Whether every machine of a unit and all below is licensed, so that nobody needs to count."""
        if title_id in self.free:
            return True
        above = self._tree.ancestors(unit_id)
        return any(kind is LicenceKind.PROVINCE and holder in above for holder, kind, _ in self._rows.get(title_id, ()))

    def seats(self, title_id: int) -> Mapping[int, int]:
        """The seats of a title by the unit that holds them."""
        held: dict[int, int] = defaultdict(int)
        for holder, kind, seats in self._rows.get(title_id, ()):
            if kind is LicenceKind.SEATS:
                held[holder] += seats
        return held

    def use(self, title_id: int, machines: Mapping[int, int]) -> Use:
        """Share the machines of a title, by unit, among its licences.

        A unit takes from the nearest seats at or above it. What those lack is taken from the next seats above; what
        is lacking at the uppermost is too many, and is named there.
        """
        seats = self.seats(title_id)
        asked: dict[int, int] = dict.fromkeys(seats, 0)
        unlicensed: dict[int, int] = {}
        for unit_id, count in machines.items():
            if self.holding(title_id, unit_id) in {Holding.FREE, Holding.UNLIMITED}:
                continue
            pool = self._pool(seats, self._tree.ancestors(unit_id))
            if pool is None:
                unlicensed[unit_id] = count
            else:
                asked[pool] += count
        pools = []
        for holder in sorted(seats, key=lambda unit: (-len(self._tree.ancestors(unit)), unit)):
            over = max(0, asked[holder] - seats[holder])
            next_above = self._pool(seats, self._tree.ancestors(holder)[1:])
            if over and next_above is not None:
                asked[next_above] += over
                over = 0
            pools.append(Pool(holder, seats[holder], min(asked[holder], seats[holder]), over))
        return Use(pools, unlicensed)

    @staticmethod
    def _pool(seats: Mapping[int, int], above: Sequence[int]) -> int | None:
        return next((unit for unit in above if unit in seats), None)


def machines_of(session: Session, titles: Iterable[int]) -> dict[int, dict[int, int]]:
    """Machines of some titles by unit, of the whole tree: seats are shared beyond what one may look at."""
    return _by_title(session, Installation.title_id.in_(list(titles)))


def machines_under_licence(session: Session, day: date) -> dict[int, dict[int, int]]:
    """The same of all titles that are licensed by unit or by seats."""
    limited = select(SoftwareLicence.title_id).where(in_force(day), SoftwareLicence.kind.not_in(_NO_COST))
    return _by_title(session, Installation.title_id.in_(limited))


def _by_title(session: Session, condition: object) -> dict[int, dict[int, int]]:
    rows = (
        select(Installation.title_id, Installation.unit_id, func.sum(Installation.machines))
        .where(Installation.is_current, condition)  # type: ignore[arg-type]
        .group_by(Installation.title_id, Installation.unit_id)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for title_id, unit_id, machines in session.execute(rows):
        if machines:
            found[title_id][unit_id] = int(machines)
    return found
