"""The keysets of platforms: kept in their rows, asked for again when a key is unknown, once a minute at most."""

from __future__ import annotations

import time
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from elearn.clock import now
from elearn.lti.errors import LtiError
from elearn.lti.id_token import Expected, verify
from elearn.lti.keys import keys_of
from elearn.lti.values import read_json
from elearn.models.lti import LtiPlatform
from elearn.services.errors import ServiceError
from elearn.services.outside import fetch

if TYPE_CHECKING:
    from datetime import datetime

    from elearn.house import House

    Keys = list[dict[str, Any]]

EVERY = timedelta(minutes=1)
LARGEST = 256 * 1024  # bytes
SECONDS = 5.0
PAUSE = 0.1  # seconds between two looks at whether another process has the answer


def judge(house: House, platform: LtiPlatform, token: str, nonce: str | None) -> dict[str, Any]:
    """The claims of a token of a platform; its keyset is fetched when there is none, or it lacks the key.

    `nonce` is that of a login, None of a notice.

    No transaction may be open: it may ask the platform.

    Raises:
        LtiError: as `elearn.lti.id_token.verify`, and `keyset_malformed`.
        OutsideError: the platform could not be asked.
        ServiceError: it gave no keyset (`lti_keyset_status`).
    """
    expected = Expected(platform.issuer, platform.client_id, nonce)
    try:
        return verify(token, platform.keyset or [], expected, now=now().timestamp())
    except LtiError as error:
        if error.code != "token_key_unknown":
            raise
    keys = refreshed(house, platform)
    return verify(token, keys, expected, now=now().timestamp())


def refreshed(house: House, platform: LtiPlatform) -> Keys:
    """The keys of a platform as new as they may be.

    Whoever comes first asks the platform; others, such as the rest of a class, wait for that answer.

    Raises:
        LtiError, OutsideError, ServiceError: as `judge`.
    """
    moment = now()
    if not platform.keyset_url or not _may_ask(house, platform.id, moment):
        return _awaited(house, platform)
    told: dict[str, Any] = {}
    try:
        told["keyset"] = keys = ask(house, platform.keyset_url)
        return keys
    finally:
        mine = update(LtiPlatform).where(LtiPlatform.id == platform.id)
        with house.database.write() as session:
            session.execute(mine.values(keyset_at=moment, **told))


def ask(house: House, url: str) -> Keys:
    """The keys at an address.

    Raises:
        LtiError, OutsideError, ServiceError: as `judge`.
    """
    answer = fetch(house.guard, url, headers={"Accept": "application/json"}, largest=LARGEST, seconds=SECONDS)
    if answer.status != HTTPStatus.OK:
        raise ServiceError("lti_keyset_status", status=answer.status, url=url)
    try:
        document = read_json(answer.body)
    except ValueError as error:
        raise LtiError("keyset_malformed") from error
    return [dict(key) for key in keys_of(document)]


def _may_ask(house: House, platform_id: int, moment: datetime) -> bool:
    """Whether this is the one that asks now; others see until when they wait at most, as long as it has no answer."""
    due = or_(LtiPlatform.keyset_at.is_(None), LtiPlatform.keyset_at <= moment - EVERY)
    mine = update(LtiPlatform).where(LtiPlatform.id == platform_id, due)
    with house.database.write() as session:
        return session.execute(mine.values(keyset_at=moment + timedelta(seconds=SECONDS))).rowcount == 1


def _awaited(house: House, platform: LtiPlatform) -> Keys:
    """The keys in the row as they are, once nobody is asking for them any more: invented keys make nobody wait."""
    ends = time.monotonic() + SECONDS
    while True:
        with house.database.read() as session:
            row = session.execute(
                select(LtiPlatform.keyset, LtiPlatform.keyset_at).where(LtiPlatform.id == platform.id)
            ).one()
        if row.keyset_at is None or row.keyset_at <= now() or time.monotonic() > ends:
            return row.keyset or []
        time.sleep(PAUSE)
