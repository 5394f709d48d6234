"""Questions of people who contribute: at which units they may, and why something of theirs came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from elearn.models.material import ReviewEvent, ReviewStep, Status
from elearn.models.organisation import Unit
from elearn.services.access import Action, may

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity


def units_to_contribute(session: Session, identity: Identity) -> list[Unit]:
    """The identity's own units at which it may add materials, by name; whoever reaches more chooses among its own."""
    query = select(Unit).where(Unit.id.in_(identity.home_units)).options(selectinload(Unit.names))
    units = [unit for unit in session.scalars(query) if may(identity, Action.CONTRIBUTE, unit)]
    return sorted(units, key=lambda unit: (unit.name, unit.id))


def last_returns(session: Session, materials: Iterable[Material]) -> dict[int, ReviewEvent]:
    """Material id -> why it came back, for drafts whose last step was a return."""
    drafts = [material.id for material in materials if material.status is Status.DRAFT]
    if not drafts:
        return {}
    newest = (
        select(func.max(ReviewEvent.id)).where(ReviewEvent.material_id.in_(drafts)).group_by(ReviewEvent.material_id)
    )
    query = select(ReviewEvent).where(ReviewEvent.id.in_(newest), ReviewEvent.step == ReviewStep.RETURNED)
    return {event.material_id: event for event in session.scalars(query)}
