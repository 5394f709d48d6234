"""Accounts: who acts, with or without a password."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from elearn.clock import now
from elearn.models.account import Account, BrowserSession
from elearn.models.learning import PlaySession
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, ServiceError
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.models.people import Person
    from elearn.services.access import Identity

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")


def fold_login(login: str) -> str:
    """The form in which a login is stored and looked up."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def account_by_login(session: Session, login: str) -> Account | None:
    """The account with a login, in whatever case it was typed."""
    return session.scalar(select(Account).where(Account.login == fold_login(login)))


def create_account(
    session: Session,
    identity: Identity,
    *,
    login: str,
    display_name: str,
    unit: Unit | None,
    password_hash: str | None = None,
    person: Person | None = None,
    locale: str | None = None,
    email: str | None = None,
    must_change_password: bool = False,
) -> Account:
    """Create an account for somebody of a unit; `password_hash` comes from `hash_password`, made beforehand.

    Raises:
        ForbiddenError: the identity does not manage the unit (None: the house), or the person.
        ServiceError: `account_login_form`; ConflictError: `account_login_taken`.
    """
    require(identity, Action.INVITE, unit)
    if person is not None:  # the account will stand for the person: units, acts and all
        require(identity, Action.MANAGE_UNIT, person)
    folded = fold_login(login)
    if not _LOGIN.fullmatch(folded):
        raise ServiceError("account_login_form")
    if account_by_login(session, folded) is not None:
        raise ConflictError("account_login_taken", login=folded)
    account = Account(
        login=folded,
        display_name=one_line(display_name) or folded,
        password_hash=password_hash,
        must_change_password=must_change_password,
        person_id=person.id if person else None,
        locale=locale,
        email=email or None,
    )
    session.add(account)
    session.flush()
    audit.record(session, identity, "account.create", account, login=folded)
    return account


def disable_account(session: Session, identity: Identity, account: Account) -> None:
    """Let an account sign in no more, and sign it out everywhere.

    Raises:
        ConflictError: `account_own`; nobody shuts the own door.
    """
    require(identity, Action.MANAGE_ACCOUNT, account)
    if account.id == identity.account_id:
        raise ConflictError("account_own")
    account.disabled_at = now()
    sign_out_everywhere(session, account)
    audit.record(session, identity, "account.disable", account)


def enable_account(session: Session, identity: Identity, account: Account) -> None:
    """Let a disabled account sign in again."""
    require(identity, Action.MANAGE_ACCOUNT, account)
    account.disabled_at = None
    session.flush()
    audit.record(session, identity, "account.enable", account)


def set_email(session: Session, identity: Identity, account: Account, email: str) -> None:
    """Note where an account gets its mail."""
    require(identity, Action.MANAGE_ACCOUNT, account)
    before, account.email = account.email, email.strip() or None
    session.flush()
    audit.record(session, identity, "account.email", account, before=before, after=account.email)


def sign_out_everywhere(session: Session, account: Account, *, keep: str = "") -> int:
    """End all sessions of an account in browsers and players, except the browser session with digest `keep`.

    Returns the number of browser sessions that were ended.
    """
    others = delete(BrowserSession).where(BrowserSession.account_id == account.id, BrowserSession.digest != keep)
    playing = update(PlaySession).where(PlaySession.account_id == account.id, PlaySession.ended_at.is_(None))
    session.execute(playing.values(ended_at=now()))
    return session.execute(others).rowcount
