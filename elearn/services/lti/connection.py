"""Whether one platform can be asked and lets us in, looked at on demand."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from elearn.clock import now
from elearn.lti.errors import LtiError
from elearn.lti.grades import SCORE_SCOPE
from elearn.lti.id_token import LEEWAY
from elearn.lti.keys import keys_of
from elearn.lti.values import read_json
from elearn.services.errors import ServiceError
from elearn.services.health import Finding, State
from elearn.services.lti.keys import ensure_key
from elearn.services.lti.tokens import bearer
from elearn.services.outside import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.house import House
    from elearn.models.lti import LtiPlatform
    from elearn.services.outside import Answer

LARGEST = 256 * 1024  # bytes
SECONDS = 5.0


def examine_platform(house: House, platform: LtiPlatform) -> list[Finding]:
    """Ask a platform for its keyset, and for an access token, which it gives only after it has read ours.

    No transaction may be open.
    """
    return [*_keyset(house, platform), _access(house, platform)]


def _access(house: House, platform: LtiPlatform) -> Finding:
    ensure_key(house.database)
    try:
        kept = bearer(house, platform, {SCORE_SCOPE})
        # One that is kept proves nothing of today.
        bearer(house, platform, {SCORE_SCOPE}, refused=kept)
    except ServiceError as error:
        return Finding("platform_access_failed", State.BAD, {"error": error})
    return Finding("platform_access", State.GOOD, {})


def _keyset(house: House, platform: LtiPlatform) -> Iterator[Finding]:
    try:
        answer = fetch(house.guard, platform.keyset_url, largest=LARGEST, seconds=SECONDS)
        count = len(_keys(answer, platform.keyset_url))
    except (LtiError, ServiceError) as error:
        yield Finding("platform_keyset_failed", State.BAD, {"error": error})
        return
    yield Finding("platform_keyset", State.GOOD, {"count": count})
    yield from _clock(answer)


def _keys(answer: Answer, url: str) -> list[object]:
    if answer.status != HTTPStatus.OK:
        raise ServiceError("lti_keyset_status", status=answer.status, url=url)
    try:
        return list(keys_of(read_json(answer.body)))
    except ValueError as error:
        raise LtiError("keyset_malformed") from error


def _clock(answer: Answer) -> Iterator[Finding]:
    """How far the platform's clock is from ours, by the time in its answer (whole seconds)."""
    try:
        theirs = parsedate_to_datetime(answer.headers["date"])
        ahead = (theirs - now()).total_seconds()
    except (KeyError, ValueError, TypeError):
        return
    if abs(ahead) <= LEEWAY / 2:
        yield Finding("platform_clock", State.GOOD, {})
    else:
        code = "platform_clock_ahead" if ahead > 0 else "platform_clock_behind"
        yield Finding(code, State.BAD if abs(ahead) > LEEWAY else State.NOTE, {"seconds": abs(ahead)})
