"""Whose installations a page is about, and who may look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, true

from elearn.models.installations import Installation
from elearn.services.access.permissions import AUTHORS, WATCHERS
from elearn.services.errors import NotFoundError
from elearn.services.organisation import unit_by_uid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity
    from elearn.services.access.tree import Tree


def within(tree: Tree, unit: Unit) -> ColumnElement[bool]:
    """The condition that an installation is of a unit or of one below it; none where that is everybody."""
    return true() if tree.is_all_below(unit.id) else among(tree.below([unit.id]))


def among(units: Iterable[int]) -> ColumnElement[bool]:
    """The condition that an installation is of one of some units."""
    # The numbers are written into the statement: a province has more units than a database takes parameters.
    return Installation.unit_id.in_(bindparam(None, sorted(units), expanding=True, literal_execute=True))


def sees_programs(identity: Identity, unit: Unit) -> bool:
    """Whether somebody may see what a unit has installed: who watches over it, and who teaches there."""
    return identity.is_system or identity.reaches(AUTHORS | WATCHERS, unit.id)


def unit_with_programs(session: Session, identity: Identity, uid: str) -> Unit:
    """A unit whose programs the identity may see.

    Raises:
        NotFoundError: `unit_not_found`.
    """
    unit = unit_by_uid(session, uid)
    if unit is None or not sees_programs(identity, unit):
        raise NotFoundError("unit_not_found")
    return unit
