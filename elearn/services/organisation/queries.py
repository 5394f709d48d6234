"""Questions about the tree of units on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, inspect, select
from sqlalchemy.orm.attributes import set_committed_value

from elearn.database import day_of
from elearn.models.curriculum import Level
from elearn.models.organisation import Unit, UnitClosure, UnitName, UnitParent
from elearn.services.access import Action, may, require
from elearn.services.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def unit_by_code(session: Session, code: str) -> Unit | None:
    """The unit with a code."""
    return session.scalar(select(Unit).where(Unit.code == code))


def unit_by_uid(session: Session, uid: str) -> Unit | None:
    """The unit with a public identifier."""
    return session.scalar(select(Unit).where(Unit.uid == uid))


def get_unit(session: Session, identity: Identity, uid: str, action: Action = Action.SEE_REGISTER) -> Unit:
    """The unit with a public identifier, for somebody who watches over it and may do the action to it.

    Raises:
        NotFoundError: `unit_not_found`; there is none, or it is out of the scope of whoever asks.
        ForbiddenError: it is within the scope, but not for this action.
    """
    unit = unit_by_uid(session, uid)
    if unit is None or not may(identity, Action.SEE_REGISTER, unit):
        raise NotFoundError("unit_not_found")
    require(identity, action, unit)
    return unit


def roots_on(session: Session, day: date) -> Sequence[Unit]:
    """The units that exist on a day and stand under no other, in the order of their codes."""
    has_parent = exists().where(UnitParent.unit_id == Unit.id, UnitParent.valid_on(day))
    return session.scalars(select(Unit).where(Unit.valid_on(day), ~has_parent).order_by(Unit.code)).all()


def root_unit(session: Session) -> Unit | None:
    """The first root of today's tree, the department itself."""
    roots = roots_on(session, day_of(session))
    return min(roots, key=lambda unit: unit.id) if roots else None


def children_on(session: Session, unit: Unit, day: date) -> Sequence[Unit]:
    """The units directly under a unit on a day, in the order of their codes."""
    rows = select(Unit).join(UnitParent, UnitParent.unit_id == Unit.id)
    rows = rows.where(UnitParent.parent_id == unit.id, UnitParent.valid_on(day), Unit.valid_on(day))
    return session.scalars(rows.order_by(Unit.code)).all()


def parent_on(session: Session, unit: Unit, day: date) -> Unit | None:
    """The unit directly above a unit on a day."""
    rows = select(Unit).join(UnitParent, UnitParent.parent_id == Unit.id)
    return session.scalar(rows.where(UnitParent.unit_id == unit.id, UnitParent.valid_on(day)))


def ancestors_on(session: Session, unit: Unit, day: date) -> Sequence[Unit]:
    """The root, ..., the parent and the unit itself on a day; empty when it does not exist then."""
    rows = select(Unit).join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
    rows = rows.where(UnitClosure.unit_id == unit.id, UnitClosure.valid_on(day))
    return session.scalars(rows.order_by(UnitClosure.depth.desc())).all()


def units_below(session: Session, unit: Unit, day: date) -> Sequence[Unit]:
    """The unit itself and all units below it on a day, in the order of their codes."""
    rows = select(Unit).join(UnitClosure, UnitClosure.unit_id == Unit.id)
    rows = rows.where(UnitClosure.ancestor_id == unit.id, UnitClosure.valid_on(day))
    return session.scalars(rows.order_by(Unit.code)).all()


def load_names(session: Session, units: Iterable[Unit]) -> None:
    """Read the names of those units whose names were not read yet, with one query for all of them."""
    bare = {unit.id: unit for unit in units if "names" in inspect(unit).unloaded}
    names: dict[int, list[UnitName]] = {unit_id: [] for unit_id in bare}
    rows = select(UnitName).where(UnitName.unit_id.in_(bare)).order_by(UnitName.valid_from)
    for name in session.scalars(rows) if bare else ():
        names[name.unit_id].append(name)
    for unit_id, unit in bare.items():
        set_committed_value(unit, "names", names[unit_id])


def name_on(unit: Unit, day: date) -> str:
    """What a unit is called on a day; outside its life the name nearest in time."""
    names = [row for row in unit.names if row.valid_from <= day] or unit.names[:1]
    return names[-1].name if names else unit.code


def levels_on(unit: Unit, day: date) -> tuple[Level, ...]:
    """The levels a unit teaches on a day, in the order of the plans (mầm non first)."""
    held = {row.level for row in unit.levels if row.holds_on(day)}
    return tuple(level for level in Level if level in held)
