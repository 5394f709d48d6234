"""Whether platforms and the frames of their pages can reach us: what an operator can set right here."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from elearn.lti import keys
from elearn.services.errors import ServiceError
from elearn.services.health import Finding, State
from elearn.services.lti.keys import ensure_key, keyset
from elearn.services.outside import Guard, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.house import House
    from elearn.lti.registration import ToolFacts
    from elearn.services.outside import Answer

MOODLE_PORTS = frozenset({80, 443})  # those that a Moodle asks unless its settings say otherwise


def examine_reach(house: House, tool: ToolFacts, *, is_secure: bool, content: str | None) -> list[Finding]:
    """Look at addresses and settings, and ask our own keyset where platforms ask for it.

    `is_secure` says how this very request reached us, `content` from where lessons play. It goes over the network, so
    no transaction may be open.
    """
    looks = (
        _address(house, tool),
        _encryption(tool, is_secure=is_secure),
        _blocklist(tool),
        _content(tool, content),
        _keyset(house, tool),
    )
    return [finding for look in looks for finding in look]


def _address(house: House, tool: ToolFacts) -> Iterator[Finding]:
    state = State.GOOD if house.settings.public_url else State.BAD
    yield Finding("reach_address" if house.settings.public_url else "reach_address_unset", state, {"url": tool.address})


def _encryption(tool: ToolFacts, *, is_secure: bool) -> Iterator[Finding]:
    parts = urlsplit(tool.address)
    if parts.scheme == "https":
        yield Finding("reach_https" if is_secure else "reach_proxy", State.GOOD if is_secure else State.BAD, {})
    elif parts.hostname == "localhost":
        yield Finding("reach_localhost", State.NOTE, {})
    else:
        yield Finding("reach_plain", State.BAD, {"url": tool.address})


def _blocklist(tool: ToolFacts) -> Iterator[Finding]:
    """What a Moodle refuses to ask before anybody has changed its settings."""
    parts = urlsplit(tool.address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if port not in MOODLE_PORTS:
        yield Finding("reach_port", State.NOTE, {"port": str(port)})
    if is_inner(host):
        yield Finding("reach_inner", State.NOTE, {"host": host})


def is_inner(host: str) -> bool:
    """Whether a host is by its name alone one of this machine or of an inner network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _content(tool: ToolFacts, content: str | None) -> Iterator[Finding]:
    if content is None:
        yield Finding("reach_content_unset", State.BAD, {})
    elif tool.address.startswith("https:") and not content.startswith("https:"):
        yield Finding("reach_content_plain", State.BAD, {"url": content})
    else:
        yield Finding("reach_content", State.GOOD, {"url": content})


def _keyset(house: House, tool: ToolFacts) -> Iterator[Finding]:
    ensure_key(house.database)
    guard = Guard(frozenset({(urlsplit(tool.address).hostname or "").lower()}))  # our own address may be an inner one
    try:
        answer = fetch(guard, tool.keyset_url, seconds=5)
    except ServiceError as error:
        yield Finding("reach_keyset_silent", State.BAD, {"url": tool.keyset_url, "error": error})
        return
    with house.database.read() as session:
        ours = {key["kid"] for key in keyset(session)["keys"]}
    if _kids(answer) == ours:
        yield Finding("reach_keyset", State.GOOD, {"url": tool.keyset_url, "count": len(ours)})
    else:
        yield Finding("reach_keyset_other", State.BAD, {"url": tool.keyset_url, "status": answer.status})


def _kids(answer: Answer) -> set[str]:
    try:
        return {key["kid"] for key in keys.keys_of(json.loads(answer.body))}
    except Exception:  # noqa: BLE001 - whatever stands there, it is not our keyset
        return set()
