"""Access tokens of platforms: asked for with a signed assertion, kept by each process until shortly before the end."""

from __future__ import annotations

import time
from collections import defaultdict
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from elearn.clock import now
from elearn.identifiers import new_uid
from elearn.lti.errors import LtiError
from elearn.lti.tokens import AccessToken, access_token, token_request
from elearn.lti.values import read_json
from elearn.services.lti.events import note
from elearn.services.lti.keys import ensure_key
from elearn.services.outside import OutsideError, fetch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elearn.house import House
    from elearn.models.lti import LtiPlatform
    from elearn.services.outside import Answer

EVENT: Final = "token"
_FORM: Final = "application/x-www-form-urlencoded"
_EARLY: Final = 15.0  # seconds before its end at which a token is not used any more
_LONGEST_REASON: Final = 200

_kept: dict[tuple[str, ...], AccessToken] = {}
# Of the threads that find no token, one asks and the others wait for it; a platform that is down stops only its own,
# and what it answered to the one it has answered to all that were waiting.
_turns: defaultdict[str, Lock] = defaultdict(Lock)
_failed: dict[tuple[str, ...], tuple[float, OutsideError]] = {}


def bearer(house: House, platform: LtiPlatform, scopes: Iterable[str], *, refused: str = "") -> str:
    """The access token for some scopes at a platform; it may ask over the network, so no transaction may be open.

    `refused` is one that the platform has just answered 401 to: it is given no second time.

    Raises:
        OutsideError: the token endpoint cannot be asked (its codes); it answers that it is busy or broken
            (`access_later`); it cannot read our keyset (`access_keyset`: `host`, `port`; `access_keyset_somewhere`
            while nobody has set our public address); it says no (`access_refused`: `status`, `reason`), or something
            that cannot be read (`access_malformed`). All of these are noted.
    """
    wanted = tuple(sorted(scopes))
    key = (platform.uid, platform.client_id, platform.token_endpoint, *wanted)
    began = time.monotonic()
    with _turns[platform.uid]:
        failed_at, failure = _failed.get(key, (0.0, None))
        if failure is not None and failed_at > began:
            raise failure
        held = _kept.get(key)
        if held is not None and held.value != refused and held.ends - _EARLY > time.time():
            return held.value
        _kept.pop(key, None)
        try:
            held = _kept[key] = _asked(house, platform, wanted)
        except OutsideError as error:
            _failed[key] = (time.monotonic(), OutsideError(error.code, **error.params))
            note(house.database, EVENT, platform_id=platform.id, code=error.code, params=error.params)
            raise
    return held.value


def _asked(house: House, platform: LtiPlatform, scopes: tuple[str, ...]) -> AccessToken:
    form = token_request(
        ensure_key(house.database),
        client_id=platform.client_id,
        audience=platform.token_audience or platform.token_endpoint,
        scopes=scopes,
        unique=new_uid(),
        now=now().timestamp(),
    )
    headers = {"Content-Type": _FORM, "Accept": "application/json"}
    address = platform.token_endpoint
    answer = fetch(house.guard, address, method="POST", body=urlencode(form).encode(), headers=headers)
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        raise _refusal(house, answer)
    try:
        return access_token(_json(answer), now=time.time())
    except LtiError as error:
        raise OutsideError("access_malformed") from error


def _refusal(house: House, answer: Answer) -> OutsideError:
    busy = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in busy:
        return OutsideError("access_later", status=answer.status)
    if answer.status == HTTPStatus.NOT_FOUND and _is_page(answer):
        return _unreadable(house.settings.public_url)
    return OutsideError("access_refused", status=answer.status, reason=_reason(answer))


def _is_page(answer: Answer) -> bool:
    """Whether the answer is a page for people: Moodle shows one, with 404, when it could not fetch our keyset."""
    told = answer.headers.get("content-type", "")
    return "html" in told.lower() or answer.body[:200].lstrip()[:1] == b"<"


def _unreadable(public_url: str) -> OutsideError:
    """Names our host and port, as an administrator of Moodle must let them through, where the operator has set them."""
    parts = urlsplit(public_url)
    if not parts.hostname:
        return OutsideError("access_keyset_somewhere")
    port = parts.port or (80 if parts.scheme == "http" else 443)
    return OutsideError("access_keyset", host=parts.hostname, port=port)


def _reason(answer: Answer) -> str:
    """The platform's own word for it (RFC 6749, 5.2), "" without one."""
    told = _json(answer)
    if not isinstance(told, dict):
        return ""
    words = (told.get("error"), told.get("error_description"))
    return ": ".join(word for word in words if isinstance(word, str))[:_LONGEST_REASON]


def _json(answer: Answer) -> object:
    try:
        return read_json(answer.body)
    except ValueError:
        return None
