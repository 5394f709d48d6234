"""Which unit a page of the administration is about: the one asked for, or the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from elearn.database import day_of
from elearn.models.organisation import Unit
from elearn.services.access import MANAGERS, Action, may
from elearn.services.errors import NotFoundError
from elearn.services.organisation import ancestors_on, children_on, unit_by_code
from elearn.web.people import current_identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from elearn.models.account import Role


def chosen_unit(code: str | None, roles: Iterable[Role] = MANAGERS, action: Action = Action.INVITE) -> Unit:
    """The unit with a code, or else the first at which the person holds one of the roles.

    Raises:
        NotFoundError: there is none with the code, or it is out of reach.
    """
    identity = current_identity()
    if code:
        unit = unit_by_code(g.db, code)
        if unit is None or not may(identity, action, unit):
            raise NotFoundError("unit_not_found")
        return unit
    own = select(Unit).where(Unit.id.in_(identity.units_of(roles))).order_by(Unit.id).limit(1)
    return g.db.scalars(own).one()


def units_to_choose(unit: Unit, action: Action = Action.INVITE) -> Sequence[Unit]:
    """Where to go from a unit: to those above it that are within reach, and to those directly below."""
    identity, day = current_identity(), day_of(g.db)
    above = [row for row in ancestors_on(g.db, unit, day) if row is unit or may(identity, action, row)]
    below = children_on(g.db, unit, day)
    chosen = [row.id for row in (*above, *below)] or [unit.id]
    g.db.scalars(select(Unit).where(Unit.id.in_(chosen)).options(selectinload(Unit.names))).all()
    return [*above, *below] or [unit]
