"""Single pages of a document at a link: the part of a PDF is the number of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.facts import Kind

if TYPE_CHECKING:
    from elearn.models.material import Material

MOST_DIGITS = 6


def pages_of(material: Material) -> int:
    """How many pages a PDF has of which one can be picked; 0 of everything else, and of a PDF with a single page."""
    version = material.current_version
    if version is None or material.kind != Kind.PDF:
        return 0
    pages = version.properties.get("pages")
    return pages if isinstance(pages, int) and pages > 1 else 0


def page_of(material: Material, part: str) -> int | None:
    """The page that a part names; None where there is none, as in a newer version that is shorter."""
    if not (part.isascii() and part.isdecimal()) or len(part) > MOST_DIGITS:
        return None
    number = int(part)
    return number if 0 < number <= pages_of(material) else None
