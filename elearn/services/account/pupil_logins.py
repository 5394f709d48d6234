"""Logins for the pupils of a class, with first passwords that are printed and can be typed by a child."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from elearn.models.account import Account, Role
from elearn.services.access import Action, require
from elearn.services.account.accounts import fold_login
from elearn.services.account.joining import free_login, join
from elearn.services.account.passwords import set_password
from elearn.services.errors import NotFoundError
from elearn.services.people.class_pages import pupil_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.people import Person, SchoolClass
    from elearn.services.access import Identity

# Letters that nobody mistakes for another, on paper or in speech.
_ONSETS = "bcdghklmnrstv"
_VOWELS = "aeiou"
_DIGITS = "23456789"
_SYLLABLES, _NUMBER = 3, 3


def new_password() -> str:
    """A password such as `motaki-582`: about 27 bits, for a door that counts wrong keys."""
    word = "".join(secrets.choice(_ONSETS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES))
    return f"{word}-{''.join(secrets.choice(_DIGITS) for _ in range(_NUMBER))}"


def give_logins(
    session: Session,
    identity: Identity,
    school_class: SchoolClass,
    hashes: Mapping[int, str],
    day: date,
) -> dict[int, str]:
    """Let pupils sign in with first passwords: person id -> password hash, made beforehand; returns their logins.

    Whoever has an account gets the new password and is signed out; the others get an account whose login is the
    personal code, or what is free next to it.

    Raises:
        ForbiddenError: the identity does not manage the class, or an account has a role beyond the everyday.
        NotFoundError: `pupil_not_found`; somebody is not in the class on that day.
    """
    require(identity, Action.MANAGE_UNIT, school_class)
    rows = {row.person.id: row for row in pupil_rows(session, school_class, day)}
    if not hashes.keys() <= rows.keys():
        raise NotFoundError("pupil_not_found")
    logins = {}
    for person_id, password_hash in hashes.items():
        row = rows[person_id]
        account = row.account or _join(session, identity, school_class, row.person)
        set_password(session, identity, account, password_hash, must_change=False)
        logins[person_id] = account.login or ""
    return logins


def _join(session: Session, identity: Identity, school_class: SchoolClass, person: Person) -> Account:
    login = free_login(session, _as_login(person.code))
    return join(session, identity, school_class.unit, Role.STUDENT, login=login, person_code=person.code)


def _as_login(code: str) -> str:
    allowed = "".join(sign for sign in fold_login(code) if sign.isascii() and (sign.isalnum() or sign in "._-"))
    allowed = allowed.lstrip("._-")
    return allowed if len(allowed) > 1 else f"hs{allowed}"
