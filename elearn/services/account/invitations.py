"""Invitations: a link that works once, by which somebody chooses the password of an account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, Invitation
from elearn.services import audit, jobs
from elearn.services.access import SYSTEM, Action, require
from elearn.services.account.accounts import sign_out_everywhere
from elearn.services.errors import ForbiddenError, ServiceError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

LIFE = timedelta(days=14)
MAIL_KIND = "mail_invitation"


def invite(session: Session, identity: Identity, account: Account) -> str:
    """A token for `/invitation/TOKEN`, good for two weeks and one use; it replaces the ones before.

    Raises:
        ForbiddenError: the identity does not manage the account.
    """
    require(identity, Action.MANAGE_ACCOUNT, account)
    token = make_token(session, account, identity.account_id)
    audit.record(session, identity, "account.invite", account)
    return token


def invite_by_mail(session: Session, identity: Identity, account: Account, site: str) -> None:
    """Let the worker send the link to the account's address; `site` is the address of the library.

    The token is made by the worker when it sends, so that no row ever holds one that works.

    Raises:
        ForbiddenError: the identity does not manage the account.
        ServiceError: `email_needed`.
    """
    require(identity, Action.MANAGE_ACCOUNT, account)
    if not account.email:
        raise ServiceError("email_needed")
    payload = {"account_id": account.id, "site": site, "by": identity.account_id}
    jobs.enqueue(session, MAIL_KIND, payload=payload)
    audit.record(session, identity, "account.invite", account, email=account.email)


def make_token(session: Session, account: Account, by: int | None) -> str:
    """A new invitation for an account; earlier ones stop working."""
    moment = now()
    session.execute(
        update(Invitation)
        .where(Invitation.account_id == account.id, Invitation.used_at.is_(None))
        .values(expires_at=moment)
    )
    token = new_token()
    session.add(
        Invitation(account_id=account.id, token_digest=token_digest(token), created_by_id=by, expires_at=moment + LIFE)
    )
    session.flush()
    return token


def invited_account(session: Session, token: str) -> Account | None:
    """Whom a token invites; None when it is unknown, used or too old, or the account was disabled."""
    found = _open_invitation(session, token)
    account = session.get(Account, found.account_id) if found else None
    return account if account is not None and account.disabled_at is None else None


def accept(session: Session, token: str, password_hash: str) -> Account:
    """Use an invitation: the account gets the password (its hash) and is signed out wherever it was.

    Raises:
        ForbiddenError: `invitation_over`; unknown, used or too old.
    """
    account = invited_account(session, token)
    found = _open_invitation(session, token, lock=True)
    if account is None or found is None:
        raise ForbiddenError("invitation_over")
    found.used_at = now()
    account.password_hash, account.must_change_password = password_hash, False
    sign_out_everywhere(session, account)
    audit.record(session, SYSTEM, "account.accept", account)
    return account


def _open_invitation(session: Session, token: str, *, lock: bool = False) -> Invitation | None:
    query = select(Invitation).where(
        Invitation.token_digest == token_digest(token), Invitation.used_at.is_(None), Invitation.expires_at > now()
    )
    return session.scalar(query.with_for_update() if lock else query)
