"""Our own signing keys, and the keysets of platforms (LTI Security Framework 1.0, 6: RS256, RSA from 2048 bits)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from elearn.lti.errors import LtiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ALGORITHM = "RS256"
LEAST_BITS = 2048
MOST_KEYS = 100  # of a keyset: more than any platform has, few enough to walk through


def new_key() -> str:
    """A new private key as PEM."""
    return RSAKey.generate_key(LEAST_BITS).as_pem(private=True).decode()


def public_pem(private: str) -> str:
    """The public half as PEM, to be pasted where a platform cannot fetch our keyset."""
    return _own(private).as_pem(private=False).decode()


def key_id(private: str) -> str:
    """The `kid` of a key: its thumbprint (RFC 7638), so that it needs no column of its own."""
    return _own(private).thumbprint()


def keyset(privates: Iterable[str]) -> dict[str, Any]:
    """Our public keyset as platforms fetch it: every key that may still have signed something under way."""
    return {"keys": [_public(each) for each in privates]}


def sign(private: str, claims: Mapping[str, Any]) -> str:
    """A JWT of ours."""
    key = _own(private)
    return jwt.encode({"alg": ALGORITHM, "typ": "JWT", "kid": key.thumbprint()}, dict(claims), key)


def keys_of(document: object) -> Sequence[Mapping[str, Any]]:
    """The keys of a platform's keyset; what is not an RSA key for signatures is left out.

    Raises:
        LtiError: it is no keyset (`keyset_malformed`).
    """
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        raise LtiError("keyset_malformed")
    return [key for key in keys[:MOST_KEYS] if _may_sign(key)]


def find(keys: Iterable[Mapping[str, Any]], kid: str) -> RSAKey:
    """The key with an id.

    Raises:
        LtiError: there is none (`token_key_unknown`: fetch the keyset again), or it is unfit (`token_key_unfit`).
    """
    found = next((key for key in keys if key["kid"] == kid), None)
    if found is None:
        raise LtiError("token_key_unknown", kid=kid[:80])
    try:
        # The library only warns of a short one.
        if _bits(found["n"]) >= LEAST_BITS:
            return RSAKey.import_key({name: found[name] for name in ("kty", "n", "e", "kid")})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise LtiError("token_key_unfit", kid=kid[:80]) from error
    raise LtiError("token_key_unfit", kid=kid[:80])


def _bits(modulus: str) -> int:
    """The length of a modulus in base64 for addresses."""
    raw = base64.urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))
    return int.from_bytes(raw, "big").bit_length()


def _may_sign(key: object) -> bool:
    if not isinstance(key, dict) or key.get("kty") != "RSA" or not isinstance(key.get("kid"), str):
        return False
    return bool(key.get("use", "sig") == "sig" and key.get("alg", ALGORITHM) == ALGORITHM)


def _own(private: str) -> RSAKey:
    return RSAKey.import_key(private)


def _public(private: str) -> dict[str, Any]:
    key = _own(private)
    return {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}
