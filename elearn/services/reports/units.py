"""The part of the tree a report is about, as it was on the census date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from elearn.models.organisation import Unit, UnitClosure
from elearn.services.errors import ConflictError
from elearn.services.organisation import name_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit directly below another one, with the ids of itself and of all units below it."""

    unit: Unit
    name: str
    unit_ids: frozenset[int]


def exists_on(session: Session, unit: Unit, day: date) -> bool:
    """Whether a unit has a place in the tree of a day."""
    held = select(UnitClosure.id).where(UnitClosure.unit_id == unit.id, UnitClosure.valid_on(day))
    return session.scalar(held.limit(1)) is not None


def require_on(session: Session, unit: Unit, day: date) -> None:
    """Refuse a unit that is not in the tree of a day.

    Raises:
        ConflictError: `unit_absent`.
    """
    if not exists_on(session, unit, day):
        raise ConflictError("unit_absent", unit=unit.code, day=day)


def branches(session: Session, unit: Unit, day: date) -> list[Branch]:
    """The units directly below a unit on a day, in the order of their codes."""
    held = UnitClosure.valid_on(day)
    children = select(UnitClosure.unit_id).where(UnitClosure.ancestor_id == unit.id, UnitClosure.depth == 1, held)
    links = select(UnitClosure.ancestor_id, UnitClosure.unit_id).where(UnitClosure.ancestor_id.in_(children), held)
    below: dict[int, set[int]] = defaultdict(set)
    for ancestor_id, unit_id in session.execute(links):
        below[ancestor_id].add(unit_id)
    rows = units_named(session, below)
    return [Branch(row, name_on(row, day), frozenset(below[row.id])) for row in rows]


def units_named(session: Session, unit_ids: Iterable[int]) -> list[Unit]:
    """Units with their names, in the order of their codes."""
    ids = sorted(unit_ids)
    rows = select(Unit).where(Unit.id.in_(ids)).options(selectinload(Unit.names)).order_by(Unit.code)
    return list(session.scalars(rows)) if ids else []
