"""Search must learn of a new place in the tree: who may find a material depends on it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import insert, literal, select

from elearn.clock import VIETNAM, now
from elearn.models.material import Material, SearchChange
from elearn.services import jobs
from elearn.services.access import load_tree

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit

KIND = "reindex_unit"


def reindex_from(session: Session, unit: Unit, day: date) -> None:
    """Index the materials of a unit and of all below it anew, as soon as that day has begun."""
    zone = session.info.get("timezone", VIETNAM)
    begin = datetime.combine(day, time(), zone)
    jobs.enqueue(session, KIND, payload={"unit_id": unit.id}, run_at=begin)


def mark_materials(session: Session, unit_id: int) -> None:
    """Write a change row for each material of the unit and of all below it."""
    for below in sorted(load_tree(session).below([unit_id])):
        rows = select(Material.id, literal(now(), SearchChange.at.type)).where(Material.unit_id == below)
        session.execute(insert(SearchChange).from_select(["material_id", "at"], rows))
