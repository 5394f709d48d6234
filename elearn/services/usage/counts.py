"""How often a material is used, and by how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from elearn.models.usage import ActKind, UsageAct, UsageSign
from elearn.services.usage.signs import signed_acts
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
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
    about = UsageAct.material_id == material_id
    users = select(func.count(func.distinct(UsageAct.account_id))).where(
        about, or_(UsageAct.kind == ActKind.LAUNCH, UsageAct.kind == ActKind.DOWNLOAD)
    )
    rows = session.execute(
        select(UsageAct.kind, func.count(), users.scalar_subquery()).where(about).group_by(UsageAct.kind)
    ).all()
    counts, people = {row[0]: row[1] for row in rows}, rows[0][2] if rows else 0
    return Use(
        views=counts.get(ActKind.VIEW, 0),
        launches=counts.get(ActKind.LAUNCH, 0),
        downloads=counts.get(ActKind.DOWNLOAD, 0),
        completions=counts.get(ActKind.COMPLETION, 0),
        people=people,
    )


def is_taught() -> ColumnElement[bool]:
    """The condition on an act that it is a lesson taught with a material, countersigned where that is needed."""
    # Asked for each act: the signatures of all years are many more than those of the acts in question.
    is_signed = signed_acts().where(UsageSign.act_id == UsageAct.id).exists()
    signed = and_(UsageAct.kind == ActKind.TAUGHT_WITH, is_signed)
    return or_(UsageAct.kind == ActKind.TAUGHT, signed)


def taught_with(session: Session, material_ids: Iterable[int]) -> dict[int, int]:
    """Id of a material -> in how many lessons it was used (class B); none is no entry.

    Void lessons are left out, and of those that need a countersignature the ones without it.
    """
    taught = select(UsageAct.material_id, func.count()).where(
        UsageAct.material_id.in_(material_ids),
        is_taught(),
        UsageAct.id.not_in(void_acts()),
    )
    return dict(session.execute(taught.group_by(UsageAct.material_id)).all())
