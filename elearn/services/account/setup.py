"""The first administrator of a real installation, made through a link that works once."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.operations import DatabaseMark
from elearn.services.access import SYSTEM
from elearn.services.account.accounts import create_account
from elearn.services.account.roles import grant_role
from elearn.services.errors import ForbiddenError
from elearn.services.organisation import ensure_root

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MARK = "setup"
LIFE = timedelta(hours=24)


def administrator_exists(session: Session) -> bool:
    """Whether somebody can sign in as administrator."""
    found = (
        select(RoleGrant.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.revoked_at.is_(None), Account.disabled_at.is_(None))
    )
    return session.scalar(found.limit(1)) is not None


def make_setup_token(session: Session) -> str | None:
    """A token for `/setup/TOKEN`, good for a day and for one use; None when there is an administrator.

    A new one replaces the one before: whoever starts the server last has the link that works.
    """
    if administrator_exists(session):
        return None
    token = new_token()
    value = f"{token_digest(token)} {(now() + LIFE).isoformat()}"
    session.merge(DatabaseMark(name=MARK, value=value))
    session.flush()
    return token


def setup_token_holds(session: Session, token: str) -> bool:
    """Whether a token would be accepted now."""
    mark = session.get(DatabaseMark, MARK)
    if mark is None or administrator_exists(session):
        return False
    digest, expires = mark.value.split(" ")
    return hmac.compare_digest(digest, token_digest(token)) and now() < datetime.fromisoformat(expires)


def use_setup_token(session: Session, token: str, *, login: str, display_name: str, password_hash: str) -> Account:
    """Make the first administrator, at the root of the tree.

    Raises:
        ForbiddenError: `setup_expired`; the token is wrong, used, too old, or there is an administrator.
    """
    if not setup_token_holds(session, token):
        raise ForbiddenError("setup_expired")
    root = ensure_root(session, SYSTEM)
    account = create_account(
        session, SYSTEM, login=login, display_name=display_name, unit=root, password_hash=password_hash
    )
    grant_role(session, SYSTEM, account, Role.ADMINISTRATOR, root)
    session.delete(session.get_one(DatabaseMark, MARK))
    session.flush()
    return account
