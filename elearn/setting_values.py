"""The values of settings, read from text: each function raises ValueError with what must be written instead."""

from __future__ import annotations

import ipaddress
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from content_packages.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Callable

MEBIBYTE = 1024 * 1024
SHORTEST_GRACE = 2  # hours; an S3 storage puts the same bytes again only when they are an hour old
LONGEST_GRACE = 24 * 365
# The last label of a name is no number, so that a mistyped address is not taken for one.
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*(?=[a-z0-9-]*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?")
LONGEST_SEARCH_LOG = 365  # days


def text(value: str) -> str:
    """Words as they are."""
    return value.strip()


def node(value: str) -> str:
    """The name of a machine."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]{0,64}", value.strip()):
        raise ValueError("it must be a name of at most 64 letters, digits, dots and dashes")
    return value.strip()


def whole_number(value: str) -> int:
    """A number from 0."""
    if not re.fullmatch(r"\d{1,15}", value.strip()):
        raise ValueError("it must be a whole number, 0 or more")
    return int(value)


def mebibytes(value: str) -> int:
    """MiB, given as bytes."""
    return whole_number(value) * MEBIBYTE


def at_least_one(value: str) -> int:
    """A number from 1."""
    number = whole_number(value)
    if number < 1:
        raise ValueError("it must be a whole number, 1 or more")
    return number


def hours(value: str) -> timedelta:
    """Hours within the bounds of a grace."""
    hours = whole_number(value)
    if not SHORTEST_GRACE <= hours <= LONGEST_GRACE:
        raise ValueError(f"it must be a number of hours from {SHORTEST_GRACE} to {LONGEST_GRACE}")
    return timedelta(hours=hours)


def days_of_searches(value: str) -> int:
    """Days from 0 to `LONGEST_SEARCH_LOG`."""
    days = whole_number(value)
    if days > LONGEST_SEARCH_LOG:
        raise ValueError(f"it must be a number of days from 0 to {LONGEST_SEARCH_LOG}")
    return days


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader that takes only these words."""

    def parse(value: str) -> str:
        if value.strip() not in allowed:
            raise ValueError(f"it must be one of: {', '.join(allowed)}")
        return value.strip()

    return parse


def timezone(value: str) -> ZoneInfo:
    """A time zone by its name of the IANA database."""
    try:
        return ZoneInfo(value.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("it must be a time zone such as Asia/Ho_Chi_Minh") from None


def origin(value: str) -> str:
    """Scheme, host and port, without a slash at the end."""
    value = value.strip().rstrip("/")
    if value and not re.fullmatch(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:]+\](:\d{1,5})?", value):
        raise ValueError("it must be an address without a path, such as https://hoclieu.example.vn")
    return value


def content_origin(value: str) -> str:
    """An origin, one with `{package}` in its name, or a port of this machine."""
    value = value.strip().rstrip("/")
    forms = r"https?://(\{package\}\.)?[A-Za-z0-9.\-]+(:\d{1,5})?|port:\d{1,5}"
    if value and not re.fullmatch(forms, value):
        raise ValueError(
            "it must be https://{package}.content.example.vn, https://content.example.vn or port:8001",
        )
    return value


def storage_url(value: str) -> str:
    """A folder or an S3 bucket."""
    value = value.strip()
    if value and not value.startswith(("s3://", "file://", "/")):
        raise ValueError("it must be a folder (/srv/elearn/files, file:///...) or s3://bucket/prefix")
    return value


def database_url(value: str) -> str:
    """The database of SQLAlchemy: SQLite or PostgreSQL."""
    value = value.strip()
    if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("it must start with sqlite:/// or postgresql+psycopg://")
    return value


def smtp_url(value: str) -> str:
    """A mail server."""
    value = value.strip()
    if value and (not value.startswith(("smtp://", "smtps://")) or not urlsplit(value).hostname):
        raise ValueError("it must be smtp://host, smtp://user:password@host:587 or smtps://user:password@host")
    return value


def mail_address(value: str) -> str:
    """An e-mail address."""
    value = value.strip()
    if value and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", value):
        raise ValueError("it must be an e-mail address such as hoclieu@example.vn")
    return value


def hosts(value: str) -> tuple[str, ...]:
    """Names, addresses and networks, apart by spaces or commas."""
    names = tuple(value.replace(",", " ").lower().split())
    if not all(_is_network(name) or _HOST.fullmatch(name) for name in names):
        raise ValueError("it must be names, addresses or networks such as moodle.truong.lan 10.1.0.0/16")
    return names


def scanner(value: str) -> Scanner | None:
    """Where clamd listens; nothing where it is not used."""
    return Scanner.at(value.strip()) if value.strip() else None


def switch(value: str) -> bool:
    """On or off."""
    return one_of("off", "on")(value) == "on"


def _is_network(value: str) -> bool:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return True
