"""The closure of the tree: for each unit every ancestor, with the days on which it is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from elearn.models.organisation import Unit, UnitClosure, UnitParent
from elearn.services.access import tree_changed
from elearn.services.errors import ConflictError
from elearn.services.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Link:
    """An ancestor of a unit: how far above, and on which days."""

    ancestor_id: int
    depth: int
    span: Span


class Climb:
    """Walks from units to their ancestors through the dated parent rows, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parents: dict[int, list[tuple[int, Span]]] = {}

    def links(self, unit: Unit) -> Iterator[Link]:
        """The unit itself (depth 0) and all its ancestors.

        Raises:
            ConflictError: code `unit_cycle`; on some day the unit would stand below itself.
        """
        yield from self._links(unit.id, Span.of(unit), (unit.id,))

    def _links(self, unit_id: int, span: Span, path: tuple[int, ...]) -> Iterator[Link]:
        yield Link(unit_id, len(path) - 1, span)
        for parent_id, held in self._parents_of(unit_id):
            common = span.meet(held)
            if common is None:
                continue
            if parent_id in path:
                raise ConflictError("unit_cycle", day=common.start)
            yield from self._links(parent_id, common, (*path, parent_id))

    def _parents_of(self, unit_id: int) -> list[tuple[int, Span]]:
        if unit_id not in self._parents:
            rows = self._session.scalars(select(UnitParent).where(UnitParent.unit_id == unit_id))
            self._parents[unit_id] = [(row.parent_id, Span.of(row)) for row in rows]
        return self._parents[unit_id]


def rebuild_closure(session: Session, units: Iterable[Unit] | None = None) -> None:
    """Derive the closure anew for some units (default: all) from the parent rows."""
    chosen = list(session.scalars(select(Unit))) if units is None else list(units)
    climb = Climb(session)
    rows = [_row(unit, link) for unit in chosen for link in climb.links(unit)]
    ids = [unit.id for unit in chosen]
    for start in range(0, len(ids), CHUNK):
        session.execute(delete(UnitClosure).where(UnitClosure.unit_id.in_(ids[start : start + CHUNK])))
    if rows:
        session.execute(insert(UnitClosure), rows)
    tree_changed(session)


def _row(unit: Unit, link: Link) -> dict[str, object]:
    return {
        "ancestor_id": link.ancestor_id,
        "unit_id": unit.id,
        "depth": link.depth,
        "valid_from": link.span.start,
        "valid_to": link.span.end,
    }


def ever_below(session: Session, unit: Unit) -> list[Unit]:
    """The unit and every unit that stands below it on any day, found through the parent rows."""
    found = {unit.id}
    waiting = [unit.id]
    while waiting:
        batch, waiting = waiting[:CHUNK], waiting[CHUNK:]
        children = set(session.scalars(select(UnitParent.unit_id).where(UnitParent.parent_id.in_(batch))))
        waiting.extend(children - found)
        found |= children
    ids = sorted(found)
    pieces = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    return [row for piece in pieces for row in session.scalars(select(Unit).where(Unit.id.in_(piece)))]
