"""How often a material is used, and by how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from elearn.models.usage import ActKind, UsageAct

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Use:
    """How often a material was used, and by how many accounts."""

    views: int = 0
    launches: int = 0
    downloads: int = 0
    completions: int = 0
    people: int = 0


def use_of(session: Session, material_id: int) -> Use:
    """Count the acts about a material."""
    rows = session.execute(
        select(UsageAct.kind, func.count()).where(UsageAct.material_id == material_id).group_by(UsageAct.kind)
    )
    counts = dict(rows.all())
    people = session.scalar(
        select(func.count(func.distinct(UsageAct.account_id))).where(
            UsageAct.material_id == material_id, or_(UsageAct.kind == ActKind.LAUNCH, UsageAct.kind == ActKind.DOWNLOAD)
        )
    )
    return Use(
        views=counts.get(ActKind.VIEW, 0),
        launches=counts.get(ActKind.LAUNCH, 0),
        downloads=counts.get(ActKind.DOWNLOAD, 0),
        completions=counts.get(ActKind.COMPLETION, 0),
        people=people or 0,
    )
