"""Public identifiers and secrets: time-ordered uids for rows, random tokens, keyed digests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

import uuid6

_UID = re.compile(r"[0-9a-f]{32}")


def new_uid() -> str:
    """A UUIDv7 as 32 hexadecimal digits: unique anywhere, ordered by time, fit for a URL."""
    return uuid6.uuid7().hex


def is_uid(text: str) -> bool:
    """Whether a text from outside has the form of a uid."""
    return _UID.fullmatch(text) is not None


def new_token() -> str:
    """256 random bits for a bearer, a session or a one-time code; only its digest is ever stored."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """The form in which a token is stored and looked up: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_label(secret: str, purpose: str, *parts: str, length: int = 20) -> str:
    """A short lower-case label that only the holder of the secret can make (base32 of an HMAC).

    It is safe in a host name and in a path; `length` of 20 characters are 100 bits.
    """
    message = "\0".join((purpose, *parts)).encode()
    digest = hmac.digest(secret.encode(), message, "sha256")
    return base64.b32encode(digest).decode().lower()[:length]
