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
    must_change_password: bool = False,
) -> Account:
    """Create an account for somebody of a unit; `password_hash` comes from `hash_password`, made beforehand.

    Raises:
        ForbiddenError: the identity does not administer the unit (None: the house).
        ServiceError: `account_login_form`; ConflictError: `account_login_taken`.
    """
    require(identity, Action.ADMINISTER, unit)
    folded = fold_login(login)
    if not _LOGIN.fullmatch(folded):
        raise ServiceError("account_login_form")
    if account_by_login(session, folded) is not None:
        raise ConflictError("account_login_taken", login=folded)
    account = Account(
        login=folded,
        display_name=display_name.strip() or folded,
        password_hash=password_hash,
        must_change_password=must_change_password,
        person_id=person.id if person else None,
        locale=locale,
    )
    session.add(account)
    session.flush()
    audit.record(session, identity, "account.create", account, login=folded)
    return account


def disable_account(session: Session, identity: Identity, account: Account) -> None:
    """Let an account sign in no more, and sign it out everywhere."""
    require(identity, Action.ADMINISTER, account)
    account.disabled_at = now()
    sign_out_everywhere(session, account)
    audit.record(session, identity, "account.disable", account)


def sign_out_everywhere(session: Session, account: Account, *, keep: str = "") -> int:
    """End all sessions of an account in browsers and players, except the browser session with digest `keep`.

    Returns the number of browser sessions that were ended.
    """
    others = delete(BrowserSession).where(BrowserSession.account_id == account.id, BrowserSession.digest != keep)
    playing = update(PlaySession).where(PlaySession.account_id == account.id, PlaySession.ended_at.is_(None))
    session.execute(playing.values(ended_at=now()))
    return session.execute(others).rowcount
