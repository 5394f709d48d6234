"""Asking a platform for an access token: a signed assertion instead of a secret (LTI Security Framework 1.0, 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elearn.lti.errors import LtiError
from elearn.lti.keys import sign
from elearn.lti.values import identifier, number

if TYPE_CHECKING:
    from collections.abc import Iterable

LIFETIME = 60  # seconds of an assertion
SHORTEST, LONGEST = 30.0, 3600.0  # seconds that a token is kept at least and at most
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A bearer for the services of a platform, until `ends` (seconds since 1970)."""

    value: str
    ends: float


def token_request(
    private: str, *, client_id: str, audience: str, scopes: Iterable[str], unique: str, now: float
) -> dict[str, str]:
    """The form fields of a request for a token; `unique` is a value that was never used before (`jti`)."""
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": int(now),
        "exp": int(now) + LIFETIME,
        "jti": unique,
    }
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION,
        "client_assertion": sign(private, claims),
        "scope": " ".join(sorted(scopes)),
    }


def access_token(answer: object, *, now: float) -> AccessToken:
    """The token of an answer.

    Raises:
        LtiError: there is none in it (`service_malformed`).
    """
    if not isinstance(answer, dict):
        raise LtiError("service_malformed", service="token", field="")
    try:
        value = answer["access_token"]
        lasts = number(answer, "expires_in") if "expires_in" in answer else LONGEST
        identifier(answer, "token_type")
    except (KeyError, LtiError) as error:
        raise LtiError("service_malformed", service="token", field="access_token") from error
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value:
        raise LtiError("service_malformed", service="token", field="access_token")
    return AccessToken(value, now + min(max(lasts, SHORTEST), LONGEST))
