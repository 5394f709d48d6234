"""Judging an id_token: signature, time, and whom it is from and for (LTI Security Framework 1.0, 5.1.3).

A state and a nonce are used once by whoever stores them; here is only compared.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, JoseError

from elearn.lti.errors import LtiError
from elearn.lti.keys import ALGORITHM, find
from elearn.lti.values import identifier, is_sound, number, read_json, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEEWAY = 60  # seconds that two clocks may differ
LONGEST_TOKEN = 65_536  # characters


@dataclass(frozen=True, slots=True)
class Expected:
    """Whom a token must be from (`issuer`) and for (`client_id`), and the nonce of the login that asked for it.

    Without a nonce it is a notice, which nobody asked for; whoever reads it sees to it that it counts once.
    """

    issuer: str
    client_id: str
    nonce: str | None


def issuer_of(token: str) -> tuple[str, tuple[str, ...]]:
    """Whom a token claims to be from and for, before anything is proven: enough to find its platform, and no more.

    Raises:
        LtiError: it cannot be read.
    """
    claims = _unproven(token)
    return identifier(claims, "iss", code="token_claim"), texts(claims, "aud", code="token_claim")


def verify(token: str, keys: Iterable[Mapping[str, Any]], expected: Expected, *, now: float) -> dict[str, Any]:
    """The claims of a token that is what it must be; `now` in seconds since 1970.

    Raises:
        LtiError: it is not, with the first reason found. After `token_key_unknown` the keyset may be fetched again.
    """
    kid = _signed_by(token)
    key = find(keys, kid)
    try:
        claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
    except BadSignatureError as error:
        raise LtiError("token_signature") from error
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise LtiError("token_malformed") from error
    if not is_sound(claims):
        raise LtiError("token_malformed")
    _check_parties(claims, expected)
    _check_time(claims, now)
    if expected.nonce is None:
        return claims
    nonce = identifier(claims, "nonce", code="token_claim")
    if not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise LtiError("token_nonce")
    return claims


def _signed_by(token: str) -> str:
    """The id of the key in the header, after the one algorithm that is allowed was found there."""
    header = _parts(token).headers()
    if not is_sound(header):
        raise LtiError("token_malformed")
    algorithm = header.get("alg")
    if algorithm != ALGORITHM:
        raise LtiError("token_algorithm", algorithm=str(algorithm)[:20])
    if "crit" in header:
        raise LtiError("token_malformed")
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise LtiError("token_key_unknown", kid="")
    return kid


def _parts(token: str) -> jws.CompactSignature:
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise LtiError("token_malformed")
    try:
        return jws.extract_compact(token.encode())
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise LtiError("token_malformed") from error


def _unproven(token: str) -> dict[str, Any]:
    try:
        claims = read_json(_parts(token).payload)
    except ValueError as error:
        raise LtiError("token_malformed") from error
    if not isinstance(claims, dict):
        raise LtiError("token_malformed")
    return claims


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    issuer = identifier(claims, "iss", code="token_claim")
    if issuer != expected.issuer:
        raise LtiError("token_issuer", issuer=issuer)
    audience = texts(claims, "aud", code="token_claim")
    if expected.client_id not in audience:
        raise LtiError("token_audience", audience=", ".join(audience)[:200])
    party = claims.get("azp")
    # Several audiences need an authorized party; one that is named must be us (OpenID Connect Core 3.1.3.7, 4-5).
    if (party is None and len(audience) > 1) or (party is not None and party != expected.client_id):
        raise LtiError("token_party", party=str(party)[:200])


def _check_time(claims: Mapping[str, Any], now: float) -> None:
    ends, made = number(claims, "exp", code="token_claim"), number(claims, "iat", code="token_claim")
    if made > now + LEEWAY:
        raise LtiError("token_from_future", seconds=round(made - now))
    begins = number(claims, "nbf", code="token_claim") if "nbf" in claims else made
    if begins > now + LEEWAY:
        raise LtiError("token_from_future", seconds=round(begins - now))
    if ends < now - LEEWAY:
        raise LtiError("token_late", seconds=round(now - ends))
