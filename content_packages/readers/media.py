"""Sound, film and pictures: duration and size, told by a limited child."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.page_text import collapse
from content_packages.sandbox import Allowance, run_limited

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

_CHILD: Final = Path(__file__).with_name("media_child.py")
_ALLOWANCE: Final = Allowance(cpu_seconds=4, seconds=6.0, output=64 * 1024)
_LARGEST: Final = {"seconds": 30 * 24 * 3600, "width": 100_000, "height": 100_000}
SHOWN_TYPES: Final = frozenset(
    {
        *("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"),
        *("audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg", "audio/x-wav", "audio/wav", "audio/flac"),
        *("video/mp4", "video/webm", "video/ogg", "video/x-m4v", "application/ogg"),
    }
)


def read(source: Source, identity: Identity, allowance: Allowance = _ALLOWANCE) -> PackageFacts:
    """Return what the child told before it ended, as far as it can be true; a form no browser plays is remarked."""
    told = _told(source, identity, allowance)
    numbers = {name: told.get(name) for name in _LARGEST}
    properties: dict[str, str | int] = {
        name: int(value)
        for name, value in numbers.items()
        if isinstance(value, int | float) and 0 < value <= _LARGEST[name] and int(value)
    }
    artist = _text(told.get("artist"))
    is_played = identity.media_type in SHOWN_TYPES
    return PackageFacts(
        identity.kind,
        identity.media_type,
        title=_text(told.get("title")) or source.stem,
        description=_text(told.get("comment")),
        authors=(artist,) if artist else (),
        findings=() if is_played else (finding("kept_as_download"),),
        properties=properties,
    )


def _told(source: Source, identity: Identity, allowance: Allowance) -> dict[str, Any]:
    form = "picture" if identity.kind is Kind.IMAGE else "stream"
    outcome = run_limited(_CHILD, source.path, allowance, form)
    try:
        told = json.loads(outcome.output)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _text(value: Any) -> str:
    return collapse(value)[:300] if isinstance(value, str) else ""
