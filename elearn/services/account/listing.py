"""Lists of accounts for whoever manages them: those of a unit, and those a word finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Select, exists, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.account import Account, BrowserSession, RoleGrant
from elearn.models.organisation import Unit
from elearn.models.people import Enrolment, Person, Post, SchoolClass
from elearn.services.access import MANAGERS, Action, may, require
from elearn.services.errors import NotFoundError
from elearn.services.people.matching import is_named, perhaps_named
from elearn.services.people.pasting import plain

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.account import Role
    from elearn.services.access import Identity

FOUND_AT_MOST = 50
_BY_NAME = (func.coalesce(Person.sort_name, Account.display_name), Account.id)


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
    belongs = _belongs(session, [unit.id], role)
    total = session.scalar(select(func.count()).select_from(Account).where(belongs)) or 0
    page = _with_roles(select(Account).where(belongs)).limit(limit).offset(offset)
    return AccountPage(total, list(session.scalars(page).unique()))


def _belongs(session: Session, unit_ids: list[int], role: Role | None) -> ColumnElement[bool]:
    granted = exists().where(
        RoleGrant.account_id == Account.id, RoleGrant.unit_id.in_(unit_ids), RoleGrant.revoked_at.is_(None)
    )
    if role is not None:
        return granted.where(RoleGrant.role == role)
    day = day_of(session)
    works = exists().where(Post.person_id == Account.person_id, Post.unit_id.in_(unit_ids), Post.valid_on(day))
    learns = exists().where(
        Enrolment.person_id == Account.person_id,
        Enrolment.valid_on(day),
        SchoolClass.id == Enrolment.class_id,
        SchoolClass.unit_id.in_(unit_ids),
    )
    return or_(granted, works, learns)


def find_accounts(session: Session, identity: Identity, words: str) -> list[Account]:
    """Accounts within reach with all the words, accents or not, in login, name or personal code; 50 at most."""
    if not plain(words):
        return []
    columns = (Account.login, Account.display_name, Person.code)
    candidates = (
        select(Account.id, *columns)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(perhaps_named(words, columns), _within_reach(session, identity))
        .order_by(*_BY_NAME)
    )
    ids = [key for key, *names in session.execute(candidates) if is_named(words, *names)]
    found: list[Account] = []
    for start in range(0, len(ids), FOUND_AT_MOST):
        some = session.scalars(_with_roles(select(Account).where(Account.id.in_(ids[start : start + FOUND_AT_MOST]))))
        found += [account for account in some.unique() if may(identity, Action.MANAGE_ACCOUNT, account)]
        if len(found) >= FOUND_AT_MOST:
            break
    return found[:FOUND_AT_MOST]


def _within_reach(session: Session, identity: Identity) -> ColumnElement[bool]:
    """A condition that leaves out most accounts beyond the units which the identity manages; `may` decides."""
    if may(identity, Action.MANAGE_UNIT):
        return true()
    units = sorted(identity.tree.below(identity.units_of(MANAGERS)))
    return _belongs(session, units, None) if units else false()


def _with_roles(query: Select[tuple[Account]]) -> Select[tuple[Account]]:
    return (
        query.outerjoin(Person, Person.id == Account.person_id)
        .options(
            joinedload(Account.person).selectinload(Person.posts),
            joinedload(Account.person).selectinload(Person.enrolments).joinedload(Enrolment.school_class),
            selectinload(Account.grants).joinedload(RoleGrant.unit).selectinload(Unit.names),
        )
        .order_by(*_BY_NAME)
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
