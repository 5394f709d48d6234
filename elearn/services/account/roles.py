"""Roles at units: granted and revoked, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, Role, RoleGrant
from elearn.services import audit
from elearn.services.access import EVERYDAY_ROLES, Action, require
from elearn.services.errors import ConflictError

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
        ForbiddenError: the identity does not administer the unit; for everyday roles managing it is enough. An account
            that belongs somewhere must be within reach too.
    """
    require(identity, _needed_for(role), unit)
    if account.person is not None or grants_of(session, account):
        require(identity, Action.MANAGE_ACCOUNT, account)
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
        ForbiddenError: as for granting it.
        ConflictError: `role_last_administrator`; somebody must be left who can open the house.
    """
    require(identity, _needed_for(grant.role), grant.unit)
    if _is_last_administrator(session, identity, grant):
        raise ConflictError("role_last_administrator")
    if grant.revoked_at is None:
        grant.revoked_at = now()
        session.flush()
        audit.record(session, identity, "role.revoke", grant.account, role=grant.role.value, unit=grant.unit.code)


def _needed_for(role: Role) -> Action:
    return Action.INVITE if role in EVERYDAY_ROLES else Action.ADMINISTER


def _is_last_administrator(session: Session, identity: Identity, grant: RoleGrant) -> bool:
    if grant.role is not Role.ADMINISTRATOR or grant.revoked_at is not None:
        return False
    others = (
        select(RoleGrant.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.revoked_at.is_(None), Account.disabled_at.is_(None))
        .where(RoleGrant.unit_id.in_(identity.tree.ancestors(grant.unit_id)), RoleGrant.id != grant.id)
    )
    return session.scalar(others.limit(1)) is None
