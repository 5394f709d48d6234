"""Whoever launches from a platform: an account without login, password and role, found by how the platform names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from elearn.models.account import Account, Identity
from elearn.services.errors import ForbiddenError, ServiceError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.lti.claims import Person

LONGEST_NAME = 300  # characters


@dataclass(frozen=True, slots=True)
class KnownAs:
    """How a platform names somebody."""

    issuer: str
    client: str
    subject: str
    provider: str = "lti"


def holder(session: Session, known_as: KnownAs, person: Person) -> Identity:
    """The identity of whoever launches, with an account of its own from the first launch on.

    A platform's words change the account as long as it has no login: whoever is linked keeps the own name.

    Raises:
        ServiceError: the platform does not say who it is (`lti_anonymous`).
        ForbiddenError: the account was disabled (`lti_account_disabled`).
    """
    if not known_as.subject:
        raise ServiceError("lti_anonymous")
    identity = find_holder(session, known_as) or _made(session, known_as, person)
    account = session.get_one(Account, identity.account_id)
    if account.disabled_at is not None:
        raise ForbiddenError("lti_account_disabled")
    if account.login is None:
        account.display_name = name_of(person) or account.display_name
        account.locale = language_of(person.locale) or account.locale
    session.flush()
    return identity


def find_holder(session: Session, known_as: KnownAs) -> Identity | None:
    """The identity that a platform means; None before the first launch."""
    query = select(Identity).where(
        Identity.provider == known_as.provider,
        Identity.issuer == known_as.issuer,
        Identity.client == known_as.client,
        Identity.subject == known_as.subject,
    )
    return session.scalar(query)


def add_identity(session: Session, account_id: int, known_as: KnownAs) -> Identity:
    """Give an account one more name by which it is known."""
    identity = Identity(
        account_id=account_id,
        provider=known_as.provider,
        issuer=known_as.issuer,
        client=known_as.client,
        subject=known_as.subject,
    )
    session.add(identity)
    session.flush()
    return identity


def _made(session: Session, known_as: KnownAs, person: Person) -> Identity:
    account = Account(display_name=name_of(person) or f"({known_as.subject})"[:LONGEST_NAME])
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
            return add_identity(session, account.id, known_as)
    except IntegrityError:  # a second launch of the same person came at the same moment
        found = find_holder(session, known_as)
        if found is None:
            raise
        return found


def name_of(person: Person) -> str:
    """The name of a person in the order of Vietnam; "" where the platform tells none."""
    told = person.name or f"{person.family_name} {person.given_name}"
    return " ".join(told.split())[:LONGEST_NAME]


def language_of(locale: str) -> str:
    """The language of a locale such as vi-VN or en_us; "" when it names none."""
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_.])", locale)
    return found[0].lower() if found else ""
