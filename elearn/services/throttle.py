"""Limits on how often something may happen, in rows that outlive the refusal they lead to."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.models.account import ThrottleEvent
from elearn.services.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.database import Database


class ThrottledError(ServiceError):
    """Too often; `params["seconds"]` tells after how many seconds it may be tried again."""

    status = 429


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many events within a window; then nothing until the oldest of them has left it."""

    name: str
    events: int
    window: timedelta


# Why there are four counts of wrong passwords stands in docs/decisions, "Wrong passwords are counted by where they come
# from".
WRONG_PASSWORDS_OF_DEVICE = Limit("device", 10, timedelta(minutes=15))  # a browser that the account has used before
WRONG_PASSWORDS_OF_PAIR = Limit("login and network", 10, timedelta(minutes=15))
# A whole school often stands behind one address.
WRONG_PASSWORDS_OF_NETWORK = Limit("network", 300, timedelta(minutes=15))
WRONG_PASSWORDS_OF_LOGIN = Limit("login", 30, timedelta(minutes=30))
WRONG_OLD_PASSWORDS = Limit("old password", 10, timedelta(minutes=15))
LONGEST_WINDOW = timedelta(days=1)  # of all limits, these and those to come


def take(database: Database, limits: Mapping[Limit, str]) -> list[int]:
    """Count one event towards each limit of its key, in a short transaction of its own.

    Counting comes before the work, so that many tries at once cannot slip past. Returns the ids of the
    events for `give_back`. A refused try is not counted, so the wait really ends.

    Raises:
        ThrottledError: code `too_often` with `seconds`; nothing was counted.
    """
    moment = now()
    with database.write() as session:
        _one_at_a_time(session, limits)
        wait = max(_wait(session, limit, key, moment) for limit, key in limits.items())
        if wait > 0:
            raise ThrottledError("too_often", seconds=wait)
        events = [ThrottleEvent(key=_digest(limit, key), at=moment) for limit, key in limits.items()]
        session.add_all(events)
        session.flush()
        return [event.id for event in events]


def give_back(session: Session, event_ids: list[int]) -> None:
    """Uncount events whose try turned out to be in order."""
    session.execute(delete(ThrottleEvent).where(ThrottleEvent.id.in_(event_ids)))


def forget(session: Session, limit: Limit, key: str) -> None:
    """Uncount everything of a key."""
    session.execute(delete(ThrottleEvent).where(ThrottleEvent.key == _digest(limit, key)))


def purge(session: Session) -> int:
    """Drop events that no limit counts any more; returns how many."""
    return session.execute(delete(ThrottleEvent).where(ThrottleEvent.at < now() - LONGEST_WINDOW)).rowcount


def network_of(address: str) -> str:
    """The network that an address stands for: an IPv4 address itself, the /64 of an IPv6 one, which one line has whole.

    What is no address stands for itself.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 6:  # noqa: PLR2004 - the version of the protocol
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _wait(session: Session, limit: Limit, key: str, moment: datetime) -> int:
    """After how many whole seconds the key is free; 0 when it is."""
    of_key = select(ThrottleEvent.at).where(
        ThrottleEvent.key == _digest(limit, key), ThrottleEvent.at > moment - limit.window
    )
    newest = session.scalars(of_key.order_by(ThrottleEvent.at.desc()).limit(limit.events)).all()
    if len(newest) < limit.events:
        return 0
    return max(1, ceil((newest[-1] + limit.window - moment).total_seconds()))


def _one_at_a_time(session: Session, limits: Mapping[Limit, str]) -> None:
    # SQLite has one writer anyway; PostgreSQL takes a lock per key until the end of the transaction.
    if session.get_bind().dialect.name == "postgresql":
        for digest in sorted(_digest(limit, key) for limit, key in limits.items()):
            session.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))


def _digest(limit: Limit, key: str) -> str:
    # Logins and addresses of people are not kept in clear.
    return token_digest(f"{limit.name}\0{key}")
