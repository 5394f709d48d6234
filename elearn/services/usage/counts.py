"""How often a material is used, and by how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from elearn.models.usage import ActKind, UsageAct
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def taught_with(session: Session, material_ids: Iterable[int]) -> dict[int, int]:
    """Id of a material -> in how many lessons it was used (class B), void ones left out; none is no entry."""
    taught = select(UsageAct.material_id, func.count()).where(
        UsageAct.material_id.in_(material_ids),
        UsageAct.kind == ActKind.TAUGHT,
        UsageAct.id.not_in(void_acts()),
    )
    return dict(session.execute(taught.group_by(UsageAct.material_id)).all())
