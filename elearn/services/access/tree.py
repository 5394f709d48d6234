"""A snapshot of the tree of units on one day, kept per process until the tree or the day changes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import select

from elearn.database import day_of
from elearn.identifiers import new_uid
from elearn.models.operations import DatabaseMark
from elearn.models.organisation import Unit, UnitParent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import Pool
    from sqlalchemy.orm import Session

MARK = "unit_tree"  # its value changes with every change of the tree


class Tree:
    """Who stands under whom on `day`: `parents` maps the id of each unit to its parent's, None for a root.

    A unit that has ended keeps its last parent, and one that is to come has its first, so that whoever is
    responsible there reaches what the one left behind and prepares the other.
    """

    def __init__(self, day: date | None, version: str, parents: Mapping[int, int | None]) -> None:
        self.day = day
        self.version = version
        self._parents = parents
        self._below: dict[int, frozenset[int]] = {}

    def ancestors(self, unit_id: int) -> tuple[int, ...]:
        """The unit itself, its parent and so on up to the root."""
        found = [unit_id]
        parent = self._parents.get(unit_id)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self._parents.get(parent)
        return tuple(found)

    def is_root(self, unit_id: int) -> bool:
        """Whether a unit is known and stands under no other."""
        return unit_id in self._parents and self._parents[unit_id] is None

    def below(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """The units themselves and all below them; of one unit it is worked out once."""
        asked = tuple(unit_ids)
        if len(asked) != 1:
            return self._descend(asked)
        if asked[0] not in self._below:
            self._below[asked[0]] = self._descend(asked)
        return self._below[asked[0]]

    def _descend(self, unit_ids: Iterable[int]) -> frozenset[int]:
        found: set[int] = set()
        waiting = list(unit_ids)
        while waiting:
            unit_id = waiting.pop()
            if unit_id not in found:
                found.add(unit_id)
                waiting.extend(self._children.get(unit_id, ()))
        return frozenset(found)

    def is_all_below(self, unit_id: int) -> bool:
        """Whether every unit is this one or stands below it."""
        return len(self.below([unit_id])) >= len(self._parents)

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for unit_id, parent_id in self._parents.items():
            if parent_id is not None:
                children.setdefault(parent_id, []).append(unit_id)
        return children


EMPTY = Tree(None, "", {})
# Keyed by the connection pool, which is one per database and shared by its readers and writers.
_kept: WeakKeyDictionary[Pool, Tree] = WeakKeyDictionary()


def load_tree(session: Session, day: date | None = None) -> Tree:
    """The tree of a day (default: today), read again only when it changed."""
    day = day or day_of(session)
    mark = session.scalar(select(DatabaseMark.value).where(DatabaseMark.name == MARK))
    pool = session.get_bind().engine.pool
    tree = _kept.get(pool)
    if mark is None or tree is None or (tree.day, tree.version) != (day, mark):
        tree = _read(session, day, mark or "")
        if day == day_of(session):
            _kept[pool] = tree
    return tree


def tree_changed(session: Session) -> None:
    """Make every process read the tree anew, once this transaction is committed.

    The value is random, not a count, so that a change which was rolled back can never be taken for a later one.
    """
    session.merge(DatabaseMark(name=MARK, value=new_uid()))
    session.flush()


def _read(session: Session, day: date, version: str) -> Tree:
    rows = session.execute(select(UnitParent.unit_id, UnitParent.parent_id, UnitParent.valid_from)).all()
    parents: dict[int, int | None] = dict.fromkeys(session.scalars(select(Unit.id)))
    # The last one written wins: the newest row that has begun, else the first of those to come.
    to_come = sorted((row for row in rows if row.valid_from > day), key=lambda row: row.valid_from, reverse=True)
    begun = sorted((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from)
    parents |= {row.unit_id: row.parent_id for row in (*to_come, *begun)}
    return Tree(day, version, parents)
