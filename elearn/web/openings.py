"""How a material opens in the browser without being tracked: its file as it is, or a page inside its archive."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from elearn.services.player.attempts import PLAYABLE

if TYPE_CHECKING:
    from elearn.models.material import Material, Version

# What a browser shows by itself. SVG is a document with scripts, and other types are not shown by every browser.
SHOWN_KINDS = frozenset({"pdf", "image", "audio", "video"})
NOT_SHOWN_TYPES = frozenset({"image/svg+xml"})


def opens(material: Material, version: Version | None = None) -> bool:
    """Whether a version of the material, by default the one it offers, opens in another way than in the player."""
    version = version or material.current_version
    if version is None or material.kind in PLAYABLE:
        return False
    return _is_shown(material.kind, version) or bool(_entry(version))


def path_of(material: Material, version: Version, capability: str, route: str) -> str:
    """The path on the content host under which a file is opened (`o`) or downloaded (`d`)."""
    if route == "o" and not _is_shown(material.kind, version) and (entry := _entry(version)):
        return f"/f/{capability}/{quote(entry)}"
    return f"/{route}/{capability}/{quote(version.file_name.replace('/', '_'), safe='')}"


def _is_shown(kind: str, version: Version) -> bool:
    return kind in SHOWN_KINDS and version.media_type not in NOT_SHOWN_TYPES


def _entry(version: Version) -> str:
    """The page that intake found to be the first one, "" where there is none."""
    return str(version.properties.get("entry", ""))
