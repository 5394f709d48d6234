"""Careful reading of what a platform says: the right type, a sane length, or an error that names the claim."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from elearn.lti.errors import LtiError

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_ID = 255  # characters: LTI Core 1.3, 5.3.3 and 5.3.6
LONGEST_TEXT = 2000
LONGEST_URL = 2048
DEEPEST = 64  # levels of a document: no message needs ten
_UNFIT = re.compile("[\0\ud800-\udfff]")  # what no database and no page can hold
_HOST = re.compile(r"[a-z0-9]([a-z0-9.\-]*[a-z0-9])?|[0-9a-f:.]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def read_json(body: bytes | str) -> object:
    """What a document of a platform says.

    Raises:
        ValueError: it is no JSON, or none that can be kept (`is_sound`).
    """
    try:
        told: object = json.loads(body)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not is_sound(told):
        raise ValueError("text that cannot be kept, or too deep")
    return told


def is_sound(told: object) -> bool:
    """Whether a document can be kept and shown: JSON can spell NUL and halves of a character, and nest without end."""
    level = [told]
    for _ in range(DEEPEST):
        if any(isinstance(each, str) and _UNFIT.search(each) for each in level):
            return False
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return True
    return False


def _inside(told: object) -> list[object]:
    if isinstance(told, dict):
        return [*told, *told.values()]
    return told if isinstance(told, list) else []


def text(claims: Mapping[str, Any], name: str, *, code: str = "claim_malformed", longest: int = LONGEST_TEXT) -> str:
    """A claim that is a string; "" when it is absent. A longer one is cut: it is a title or a name.

    Raises:
        LtiError: it is not a string.
    """
    value = claims.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise LtiError(code, field=name)
    return value.replace("\0", "")[:longest]


def identifier(claims: Mapping[str, Any], name: str, *, code: str = "claim_malformed") -> str:
    """A claim that names something; it is never cut, because two names must not become one.

    Raises:
        LtiError: it is absent, empty, too long or not a string.
    """
    value = claims.get(name)
    if not isinstance(value, str) or not value or len(value) > LONGEST_ID or "\0" in value:
        raise LtiError(code, field=name)
    return value


def number(claims: Mapping[str, Any], name: str, *, code: str = "claim_malformed") -> float:
    """A claim that is a finite number.

    Raises:
        LtiError: it is absent or is none.
    """
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LtiError(code, field=name)
    try:
        told = float(value)
    except OverflowError as error:  # JSON knows no largest whole number
        raise LtiError(code, field=name) from error
    if not math.isfinite(told):
        raise LtiError(code, field=name)
    return told


def web_address(claims: Mapping[str, Any], name: str, *, code: str = "claim_malformed") -> str:
    """A claim that is an absolute address of the web; "" when it is absent.

    Raises:
        LtiError: it is something else.
    """
    value = claims.get(name)
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_URL or not is_web_address(value):
        raise LtiError(code, field=name)
    return value


def is_web_address(value: str) -> bool:
    """Whether a string is an absolute http or https address without credentials, spaces or control characters."""
    if not value.isprintable() or " " in value or "\\" in value:
        return False
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc


def origin_of(address: str) -> str:
    """The origin of an absolute web address as browsers write it, fit for a policy; "" when it has none."""
    if not is_web_address(address):
        return ""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if not _HOST.fullmatch(host):
        return ""
    name = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{name}{port}"


def record(claims: Mapping[str, Any], name: str, *, code: str = "claim_malformed") -> Mapping[str, Any]:
    """A claim that is an object; empty when it is absent.

    Raises:
        LtiError: it is something else.
    """
    value = claims.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise LtiError(code, field=name)
    return value


def texts(claims: Mapping[str, Any], name: str, *, code: str = "claim_malformed") -> tuple[str, ...]:
    """A claim that is a list of strings; empty when it is absent. One string stands for a list of one.

    Raises:
        LtiError: it is something else.
    """
    value = claims.get(name)
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise LtiError(code, field=name)
    return tuple(values)
