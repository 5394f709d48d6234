"""Which picture stands on the card of a version that is no PDF, drawn anew whatever it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_packages.archive.serving import read_contents
from content_packages.facts import Kind
from content_packages.pictures.cards import draw_card
from content_packages.pictures.covers import LARGEST, cover_of, office_thumbnail
from content_packages.pictures.film import draw_still

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from content_packages.archive.table import Entry
    from content_packages.pictures.drawn import Drawn
    from content_packages.source import Source

SVG = "image/svg+xml"
OFFICE = frozenset({Kind.DOCUMENT, Kind.PRESENTATION, Kind.SPREADSHEET})


def card_of(source: Source, kind: Kind, media_type: str, properties: Mapping[str, Any], folder: Path) -> Drawn | None:
    """The picture itself, the cover in the tags or a still of a film, the cover of a package; None: a drawn cover."""
    if kind is Kind.IMAGE:
        return draw_card(source.path, "drawing" if media_type == SVG else "picture")
    if kind in {Kind.AUDIO, Kind.VIDEO}:
        card = draw_card(source.path, "tags")
        if card is not None or kind is Kind.AUDIO:
            return card
        still = draw_still(source.path, int(properties.get("seconds", 0)), folder)
        return draw_card(still, "picture") if still else None
    entry = office_thumbnail(source) if kind in OFFICE else cover_of(source, kind)
    return _draw_entry(source, entry, folder) if entry else None


def _draw_entry(source: Source, entry: Entry, folder: Path) -> Drawn | None:
    path = folder / "cover"
    path.write_bytes(read_contents(source.file, entry, LARGEST))
    return draw_card(path, "drawing" if entry.path.lower().endswith(".svg") else "picture")
