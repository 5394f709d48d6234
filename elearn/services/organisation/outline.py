"""The tree of one day as somebody may see it, read whole with one query: a province has a few thousand units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from elearn.models.curriculum import Level
from elearn.models.organisation import Unit, UnitKind, UnitLevel, UnitName, UnitParent
from elearn.services.access.permissions import WATCHERS
from elearn.services.people.pasting import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit of the outline: `parent_id` is None where whoever asks sees no further up."""

    id: int
    uid: str
    code: str
    kind: UnitKind
    name: str
    parent_id: int | None


class Outline:
    """The units that exist on a day, by id, with who stands under whom."""

    def __init__(self, day: date, entries: Iterable[Entry]) -> None:
        self.day = day
        self.entries: Mapping[int, Entry] = {entry.id: entry for entry in entries}

    @cached_property
    def _children(self) -> dict[int | None, list[Entry]]:
        children = defaultdict(list)
        for entry in self.entries.values():
            children[entry.parent_id if entry.parent_id in self.entries else None].append(entry)
        for below in children.values():
            below.sort(key=lambda entry: (entry.kind == UnitKind.SCHOOL, plain(entry.name), entry.code))
        return children

    @property
    def tops(self) -> Sequence[Entry]:
        """The highest units."""
        return self._children.get(None, [])

    def children(self, unit_id: int) -> Sequence[Entry]:
        """The units directly below one, by name, schools last."""
        return self._children.get(unit_id, [])

    def trail(self, unit_id: int | None) -> list[Entry]:
        """The highest unit, ..., the unit itself; empty for a unit that is not there."""
        found: list[Entry] = []
        entry = self.entries.get(unit_id or 0)
        while entry is not None and entry not in found:
            found.append(entry)
            entry = self.entries.get(entry.parent_id or 0)
        return found[::-1]

    def by_uid(self, uid: str) -> Entry | None:
        """The unit with a public identifier."""
        return next((entry for entry in self.entries.values() if entry.uid == uid), None)

    def find(self, text: str) -> list[Entry]:
        """The units whose name or code holds every word, accents or not; exact codes first, at most 100."""
        words = plain(text).split()
        if not words:
            return []
        hits = [entry for entry in self.entries.values() if _holds(entry, words)]
        code = text.strip().casefold()
        hits.sort(key=lambda entry: (entry.code.casefold() != code, plain(entry.name), entry.code))
        return hits[:MOST_FOUND]


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    text = f"{plain(entry.name)} {plain(entry.code)}"
    return all(word in text for word in words)


def outline_on(session: Session, identity: Identity, day: date) -> Outline:
    """The part of a day's tree that an identity watches over.

    The scope is that of today: whoever answers for a school now also sees where it stood before.
    """
    rows = (
        select(Unit.id, Unit.uid, Unit.code, Unit.kind, UnitName.name, UnitParent.parent_id)
        .outerjoin(UnitName, and_(UnitName.unit_id == Unit.id, UnitName.valid_on(day)))
        .outerjoin(UnitParent, and_(UnitParent.unit_id == Unit.id, UnitParent.valid_on(day)))
        .where(Unit.valid_on(day))
    )
    scope = identity.tree.below(identity.units_of(WATCHERS))
    entries = (
        Entry(unit_id, uid, code, kind, name or code, parent_id)
        for unit_id, uid, code, kind, name, parent_id in session.execute(rows)
        if identity.is_system or unit_id in scope
    )
    return Outline(day, entries)


def levels_of_units(session: Session, unit_ids: Iterable[int], day: date) -> dict[int, list[Level]]:
    """The levels of some units on a day, youngest learners first, with one query."""
    rows = select(UnitLevel.unit_id, UnitLevel.level).where(
        UnitLevel.unit_id.in_(set(unit_ids)), UnitLevel.valid_on(day)
    )
    held: dict[int, set[Level]] = defaultdict(set)
    for unit_id, level in session.execute(rows):
        held[unit_id].add(level)
    return {unit_id: [level for level in Level if level in levels] for unit_id, levels in held.items()}
