"""The names of units and approvers, whose codes in the index are the numbers of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from elearn.models.account import Account
from elearn.models.material import Material, ReviewEvent, ReviewStep
from elearn.models.organisation import Unit
from elearn.services.access import visible_materials
from elearn.web.facets import known_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity
    from elearn.web.facets import Question
    from elearn.web.programme import Programme


def names_of(
    session: Session,
    identity: Identity,
    programme: Programme,
    question: Question,
    counts: Mapping[str, Mapping[str, int]],
) -> dict[str, Mapping[str, Any]]:
    """Facet -> code -> name, of all codes that are listed, counted or chosen."""
    chosen = {facet: set(map(int, question.chosen.get(facet, ()))) for facet in ("unit", "approved_by")}
    units = chosen["unit"] | set(map(int, counts.get("unit", {})))
    counted = set(map(int, counts.get("approved_by", {})))
    return known_codes(programme) | {
        "unit": _units(session, units),
        "approved_by": _approvers(session, identity, counted, chosen["approved_by"] - counted),
    }


def _units(session: Session, ids: set[int]) -> dict[str, str]:
    query = select(Unit).where(Unit.id.in_(ids)).options(selectinload(Unit.names))
    return {str(unit.id): unit.name for unit in session.scalars(query)} if ids else {}


def _approvers(session: Session, identity: Identity, counted: set[int], guessed: set[int]) -> dict[str, str]:
    """Who approved what was found; a number in an address gives a name only to who sees something of that approver."""
    seen = set(counted)
    if guessed:
        approved = select(ReviewEvent.account_id).join(Material, Material.id == ReviewEvent.material_id)
        approved = approved.where(
            ReviewEvent.account_id.in_(guessed), ReviewEvent.step == ReviewStep.PUBLISHED, visible_materials(identity)
        )
        seen |= set(session.scalars(approved.distinct()))
    names = select(Account.id, Account.display_name).where(Account.id.in_(seen))
    unknown = dict.fromkeys(map(str, guessed - seen), str(gettext("somebody unknown")))
    return unknown | ({str(id_): name for id_, name in session.execute(names)} if seen else {})
