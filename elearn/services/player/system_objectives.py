"""Global objectives that outlive courses: account x publishing unit x objective (SN 3.10.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.models.learning import SystemObjective
from elearn.models.material import Material
from elearn.services.player.keys import row_key
from elearn.services.player.locks import lock_learner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt

_NAME = "name"  # beside the state, for an identifier that is too long to be the key


def publishing_unit(session: Session, attempt: Attempt) -> int:
    """The unit that published what the attempt plays."""
    query = select(Material.unit_id).where(Material.id == attempt.registration.version.material_id)
    return session.scalars(query).one()


def load_system_objectives(session: Session, attempt: Attempt) -> dict[str, dict[str, Any]]:
    """All objectives of the learner at the publishing unit, by identifier; they stay locked."""
    lock_learner(session, attempt.registration.account_id)
    return {row.state.get(_NAME, row.objective): row.state for row in _rows(session, attempt)}


def store_system_objectives(session: Session, attempt: Attempt, objectives: Mapping[str, Mapping[str, Any]]) -> None:
    """Write what has changed; an objective of which nothing is known any more goes."""
    wanted = {row_key(name): (name, state) for name, state in objectives.items()}
    for row in _rows(session, attempt):
        found = wanted.pop(row.objective, None)
        if found is None:
            session.delete(row)
        elif row.state != _kept(*found):
            row.state = _kept(*found)
    unit = publishing_unit(session, attempt) if wanted else 0
    for key, found in wanted.items():
        session.add(
            SystemObjective(
                account_id=attempt.registration.account_id, unit_id=unit, objective=key, state=_kept(*found)
            )
        )


def _kept(name: str, state: Mapping[str, Any]) -> dict[str, Any]:
    named = {_NAME: name} if row_key(name) != name else {}
    return {field: value for field, value in state.items() if field != _NAME} | named


def _rows(session: Session, attempt: Attempt) -> list[SystemObjective]:
    query = select(SystemObjective).where(
        SystemObjective.account_id == attempt.registration.account_id,
        SystemObjective.unit_id == publishing_unit(session, attempt),
    )
    return list(session.scalars(query))
