"""Signing in with a login and a password, throttled, without telling which of the two was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.models.account import Account
from elearn.services import audit, throttle
from elearn.services.access import ANONYMOUS, load_identity
from elearn.services.account.accounts import account_by_login, fold_login
from elearn.services.account.passwords import LONGEST, hash_password, needs_rehash, verify_password
from elearn.services.errors import ForbiddenError

if TYPE_CHECKING:
    from elearn.database import Database
    from elearn.services.access import Identity
    from elearn.services.account.known_devices import KnownDevice


def authenticate(
    database: Database,
    login: str,
    password: str,
    *,
    address: str = "",
    device: KnownDevice | None = None,
    request_id: str = "",
) -> Identity:
    """The identity that belongs to a login and a password; `device` is what the browser presents.

    It uses its own short transactions, so the caller must not hold one that has written.

    Raises:
        ThrottledError: 429 with `seconds`; even the right password is refused until then.
        ForbiddenError: `wrong_login_or_password`, the same whether the login or the password was wrong.
    """
    folded = fold_login(login)[:64]
    with database.read() as session:
        account = account_by_login(session, folded)
    known = account if account is not None and account.disabled_at is None else None
    stored = known.password_hash if known else None
    limits = _limits(folded, address, device.key_for(account.uid) if device and account else "")
    taken = throttle.take(database, limits)
    if not verify_password(stored, password) or known is None or stored is None:
        _record_refusal(database, account, address, request_id)
        raise ForbiddenError("wrong_login_or_password")
    better = hash_password(password[:LONGEST]) if needs_rehash(stored) else None
    mended = {limit: key for limit, key in limits.items() if limit in _FORGIVEN}
    return _welcome(database, known.id, (taken, mended), better, address=address, request_id=request_id)


# The others are shared with strangers, whose tries a right password must not forgive.
_FORGIVEN = frozenset({throttle.WRONG_PASSWORDS_OF_DEVICE, throttle.WRONG_PASSWORDS_OF_PAIR})


def _limits(login: str, address: str, device_key: str) -> dict[throttle.Limit, str]:
    """What a try counts towards: a browser the account has used before only towards its own limit."""
    if device_key:
        return {throttle.WRONG_PASSWORDS_OF_DEVICE: device_key}
    network = throttle.network_of(address)
    limits = {throttle.WRONG_PASSWORDS_OF_PAIR: f"{login}\0{network}", throttle.WRONG_PASSWORDS_OF_LOGIN: login}
    if network:
        limits[throttle.WRONG_PASSWORDS_OF_NETWORK] = network
    return limits


def _record_refusal(database: Database, account: Account | None, address: str, request_id: str) -> None:
    with database.write() as session:
        audit.record(session, ANONYMOUS, "signin", account, allowed=False, address=address, request_id=request_id)


def _welcome(
    database: Database,
    account_id: int,
    counted: tuple[list[int], dict[throttle.Limit, str]],
    better: str | None,
    *,
    address: str,
    request_id: str,
) -> Identity:
    """Forgive what was counted (this try, and earlier ones by limit and key) and record the sign-in."""
    taken, mended = counted
    with database.write() as session:
        account = session.get_one(Account, account_id)
        throttle.give_back(session, taken)
        for limit, key in mended.items():
            throttle.forget(session, limit, key)
        if better is not None:
            account.password_hash = better
        identity = load_identity(session, account_id)
        audit.record(session, identity, "signin", account, address=address, request_id=request_id)
        return identity
