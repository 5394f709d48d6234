"""Roles at units: granted and revoked, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, Role, RoleGrant
from elearn.services import audit
from elearn.services.access import Action, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity


def grants_of(session: Session, account: Account) -> Sequence[RoleGrant]:
    """The roles an account holds now."""
    held = select(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.revoked_at.is_(None))
    return session.scalars(held.order_by(RoleGrant.id)).all()


def grant_role(session: Session, identity: Identity, account: Account, role: Role, unit: Unit) -> RoleGrant:
    """Let an account hold a role at a unit and below; a role it holds there already stays as it is.

    Raises:
        ForbiddenError: the identity does not administer the unit.
    """
    require(identity, Action.ADMINISTER, unit)
    for held in grants_of(session, account):
        if held.role == role and held.unit_id == unit.id:
            return held
    grant = RoleGrant(account_id=account.id, role=role, unit_id=unit.id)
    session.add(grant)
    session.flush()
    session.expire(account, ["grants"])
    audit.record(session, identity, "role.grant", account, role=role.value, unit=unit.code)
    return grant


def revoke_role(session: Session, identity: Identity, grant: RoleGrant) -> None:
    """Take a role away from now on; the row stays as evidence.

    Raises:
        ForbiddenError: the identity does not administer the unit of the role.
    """
    require(identity, Action.ADMINISTER, grant.unit)
    if grant.revoked_at is None:
        grant.revoked_at = now()
        session.flush()
        audit.record(session, identity, "role.revoke", grant.account, role=grant.role.value, unit=grant.unit.code)
