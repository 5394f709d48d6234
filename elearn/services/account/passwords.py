"""Passwords: the rules for new ones, argon2 hashes, and the change of one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from elearn.identifiers import new_token
from elearn.models.account import Account
from elearn.services import audit, throttle
from elearn.services.access import Action, require
from elearn.services.account.accounts import sign_out_everywhere
from elearn.services.errors import ForbiddenError, ServiceError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.access import Identity

STAFF_LENGTH = 10
LONGEST = 1000  # characters; a longer one only costs time
# The head of the lists of leaked passwords, with Vietnamese favourites, as far as they are long enough.
_COMMON = """
    1234567890 0123456789 0987654321 12345678910 1111111111 0000000000 1q2w3e4r5t 1qaz2wsx3edc
    qwertyuiop qwerty1234 qwerty12345 password123 password1234 administrator abcdefghij abcd123456 abc1234567
    matkhau123 matkhau1234 matkhau12345 anhyeuem123 anhyeuem1234 emyeuanh123 iloveyou123 hanoi123456
    giaovien123 giaovien1234 hocsinh123 hocsinh1234 quantri123 quantri1234 vietnam123 vietnam1234
"""
COMMON = frozenset(_COMMON.split())
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash of a password. It takes tens of milliseconds: never inside a write transaction."""
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether a password belongs to a stored hash; takes as long when there is none (unknown login)."""
    try:
        _hasher.verify(stored or _hash_of_nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


@cache
def _hash_of_nobody() -> str:
    return hash_password(new_token())


def check_password(password: str, login: str, length: int = STAFF_LENGTH) -> None:
    """Check a new password against the rules.

    Raises:
        ServiceError: `password_short` (with `length`), `password_long`, `password_login` or `password_common`.
    """
    folded = password.casefold().strip()
    if len(password) < length:
        raise ServiceError("password_short", length=length)
    if len(password) > LONGEST:
        raise ServiceError("password_long", length=LONGEST)
    if folded == login.casefold() or folded == login.casefold() * 2:
        raise ServiceError("password_login")
    if folded in COMMON or len(set(folded)) == 1:
        raise ServiceError("password_common")


def change_password(database: Database, identity: Identity, old: str, new: str, *, keep_session: str = "") -> None:
    """Change the identity's own password and sign out everywhere else (`keep_session`: digest of this session).

    It uses its own short transactions, because hashing must not hold the write lock.

    Raises:
        ForbiddenError: `password_wrong`.
        ThrottledError: too many wrong old passwords, which have a count of their own.
        ServiceError: a rule of `check_password` is broken, or `password_same`: the new one is the old one.
    """
    check_password(new, identity.login)
    with database.read() as session:
        stored = session.get_one(Account, identity.account_id).password_hash
    throttle.take(database, {throttle.WRONG_OLD_PASSWORDS: identity.uid})
    if not verify_password(stored, old):
        raise ForbiddenError("password_wrong")
    if new == old:
        with database.write() as session:
            throttle.forget(session, throttle.WRONG_OLD_PASSWORDS, identity.uid)
        raise ServiceError("password_same")
    hashed = hash_password(new)
    with database.write() as session:
        throttle.forget(session, throttle.WRONG_OLD_PASSWORDS, identity.uid)
        account = session.get_one(Account, identity.account_id)
        account.password_hash, account.must_change_password = hashed, False
        sign_out_everywhere(session, account, keep=keep_session)
        audit.record(session, identity, "password.change", account)


def set_password(
    session: Session, identity: Identity, account: Account, password_hash: str, *, must_change: bool = True
) -> None:
    """Give another account a new password (its hash) and sign it out everywhere.

    Raises:
        ForbiddenError: the identity does not manage the account.
    """
    require(identity, Action.MANAGE_ACCOUNT, account)
    account.password_hash, account.must_change_password = password_hash, must_change
    sign_out_everywhere(session, account)
    audit.record(session, identity, "password.set", account)
