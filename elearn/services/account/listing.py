"""Lists of accounts for whoever manages them: those of a unit, and those a word finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.account import Account, BrowserSession, RoleGrant
from elearn.models.organisation import Unit
from elearn.models.people import Enrolment, Person, Post, SchoolClass
from elearn.services.access import Action, may, require
from elearn.services.account.accounts import fold_login
from elearn.services.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.account import Role
    from elearn.services.access import Identity

FOUND_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One page of accounts, by given name, and how many there are."""

    total: int
    accounts: list[Account]


def accounts_of_unit(
    session: Session, identity: Identity, unit: Unit, *, role: Role | None = None, limit: int = 50, offset: int = 0
) -> AccountPage:
    """Accounts with a role, a post or a class at exactly this unit today.

    Raises:
        ForbiddenError: the identity does not manage the unit.
    """
    require(identity, Action.INVITE, unit)
    belongs = _belongs(session, unit.id, role)
    total = session.scalar(select(func.count()).select_from(Account).where(belongs)) or 0
    page = _with_roles(select(Account).where(belongs)).limit(limit).offset(offset)
    return AccountPage(total, list(session.scalars(page).unique()))


def _belongs(session: Session, unit_id: int, role: Role | None) -> ColumnElement[bool]:
    granted = exists().where(
        RoleGrant.account_id == Account.id, RoleGrant.unit_id == unit_id, RoleGrant.revoked_at.is_(None)
    )
    if role is not None:
        return granted.where(RoleGrant.role == role)
    day = day_of(session)
    works = exists().where(Post.person_id == Account.person_id, Post.unit_id == unit_id, Post.valid_on(day))
    learns = exists().where(
        Enrolment.person_id == Account.person_id,
        Enrolment.valid_on(day),
        SchoolClass.id == Enrolment.class_id,
        SchoolClass.unit_id == unit_id,
    )
    return or_(granted, works, learns)


def find_accounts(session: Session, identity: Identity, words: str) -> list[Account]:
    """Accounts within reach whose login begins with the words, whose name has them, or whose person has that code."""
    words = words.strip()
    if not words:
        return []
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    login = fold_login(escaped)
    query = _with_roles(
        select(Account).where(
            or_(
                Account.login.like(f"{login}%", escape="\\"),
                Account.display_name.ilike(f"%{escaped}%", escape="\\"),
                Person.code == words,
            )
        )
    )
    found = session.scalars(query.limit(FOUND_AT_MOST * 4)).unique()
    return [account for account in found if may(identity, Action.MANAGE_ACCOUNT, account)][:FOUND_AT_MOST]


def _with_roles(query: Select[tuple[Account]]) -> Select[tuple[Account]]:
    return (
        query.outerjoin(Person, Person.id == Account.person_id)
        .options(
            joinedload(Account.person).selectinload(Person.posts),
            joinedload(Account.person).selectinload(Person.enrolments).joinedload(Enrolment.school_class),
            selectinload(Account.grants).joinedload(RoleGrant.unit).selectinload(Unit.names),
        )
        .order_by(func.coalesce(Person.sort_name, Account.display_name), Account.id)
    )


def managed_account(session: Session, identity: Identity, uid: str) -> Account:
    """An account that the identity manages.

    Raises:
        NotFoundError: there is none, or it is out of reach.
    """
    query = _with_roles(select(Account).where(Account.uid == uid))
    account = session.scalars(query).unique().one_or_none() if is_uid(uid) else None
    if account is None or not may(identity, Action.MANAGE_ACCOUNT, account):
        raise NotFoundError("account_not_found")
    return account


def last_seen(session: Session, account: Account) -> datetime | None:
    """When the account was last seen in a browser session that is still kept."""
    return session.scalar(select(func.max(BrowserSession.seen_at)).where(BrowserSession.account_id == account.id))
