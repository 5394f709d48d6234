"""Letting somebody join a unit: account, person and role in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.account import Account
from elearn.services.account.accounts import create_account, fold_login
from elearn.services.account.roles import grant_role
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.people import person_by_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.account import Role
    from elearn.models.organisation import Unit
    from elearn.models.people import Person
    from elearn.services.access import Identity


def join(
    session: Session,
    identity: Identity,
    unit: Unit,
    role: Role,
    *,
    login: str,
    display_name: str = "",
    person_code: str = "",
    email: str = "",
    password_hash: str | None = None,
) -> Account:
    """Make an account with a role at a unit; a person's name comes from the register.

    Raises:
        ForbiddenError: the identity does not manage the unit or the person, or may not hand out the role.
        NotFoundError: `person_not_found`.
        ConflictError: `account_of_person`; the person can sign in already.
        ServiceError: `name_needed`, or the login has not the form of one.
    """
    person = _person(session, person_code) if person_code else None
    if person is None and not display_name.strip():
        raise ServiceError("name_needed")
    account = create_account(
        session,
        identity,
        login=login,
        display_name=display_name.strip() or (person.full_name if person else ""),
        unit=unit,
        person=person,
        email=email.strip(),
        password_hash=password_hash,
    )
    # The role is granted in the scope of the unit; the person's other posts were asked about above.
    grant_role(session, identity, account, role, unit)
    return account


def _person(session: Session, code: str) -> Person:
    person = person_by_code(session, code)
    if person is None:
        raise NotFoundError("person_not_found", person=code)
    held = select(Account.login).where(
        Account.person_id == person.id, Account.login.is_not(None), Account.disabled_at.is_(None)
    )
    login = session.scalar(held.limit(1))
    if login is not None:
        raise ConflictError("account_of_person", person=person.full_name, login=login)
    return person


def free_login(session: Session, wish: str) -> str:
    """The wish as a login, or the wish with the first number that nobody has yet."""
    folded = fold_login(wish)
    taken = set(session.scalars(select(Account.login).where(Account.login.like(f"{folded}%"))))
    number, login = 1, folded
    while login in taken:
        number += 1
        login = f"{folded}{number}"
    return login
