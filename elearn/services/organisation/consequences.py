"""What goes with a change of a unit: counted before it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.models.account import Account, Role, RoleGrant
from elearn.models.material import Material
from elearn.models.organisation import UnitClosure
from elearn.models.people import Post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit


@dataclass(frozen=True, slots=True)
class Load:
    """What hangs on a unit and all below it on a day: other units, posts, materials."""

    units: int
    posts: int
    materials: int


def load_of(session: Session, unit: Unit, day: date) -> Load:
    """Count what moves with a unit."""
    below = _below(unit, day).subquery()
    posts = select(func.count()).select_from(Post).join(below, below.c.unit_id == Post.unit_id)
    materials = select(func.count()).select_from(Material).join(below, below.c.unit_id == Material.unit_id)
    units = session.scalar(select(func.count()).select_from(below)) or 0
    return Load(
        max(units - 1, 0),
        session.scalar(posts.where(Post.valid_on(day))) or 0,
        session.scalar(materials) or 0,
    )


def _below(unit: Unit, day: date) -> Select[tuple[int]]:
    return select(UnitClosure.unit_id).where(UnitClosure.ancestor_id == unit.id, UnitClosure.valid_on(day))


MANY = frozenset({Role.TEACHER, Role.STUDENT})  # a school has hundreds of them: they are only counted


def role_counts(session: Session, unit: Unit) -> dict[Role, int]:
    """How many accounts have an everyday role at a unit itself now."""
    rows = select(RoleGrant.role, func.count(RoleGrant.account_id.distinct())).where(
        RoleGrant.unit_id == unit.id, RoleGrant.revoked_at.is_(None), RoleGrant.role.in_(MANY)
    )
    return {
        Role(role): count for role, count in session.execute(rows.group_by(RoleGrant.role).order_by(RoleGrant.role))
    }


def roles_at(session: Session, unit: Unit) -> Sequence[tuple[Account, Role]]:
    """Who answers for something at a unit itself now, by role and name; teachers and students are not listed."""
    rows = select(Account, RoleGrant.role).join(RoleGrant, RoleGrant.account_id == Account.id)
    rows = rows.where(
        RoleGrant.unit_id == unit.id,
        RoleGrant.revoked_at.is_(None),
        RoleGrant.role.not_in(MANY),
        Account.disabled_at.is_(None),
    )
    found = session.execute(rows.order_by(Account.display_name, Account.id)).all()
    order = list(Role)
    return sorted(((account, role) for account, role in found), key=lambda pair: order.index(pair[1]))
