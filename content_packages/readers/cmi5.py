"""cmi5 courses: blocks and assignable units of the course structure (cmi5 specification, 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.readers.descriptions import folder_of, in_best_language, nearest, read_element
from content_packages.readers.units import Unit, unit_facts
from scorm.manifest.elements import attribute, child

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

_DESCRIPTION: Final = "cmi5.xml"
_STANDARD: Final = "cmi5"


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the course; the units of all blocks make one list in the order of the course."""
    path = nearest(source, _DESCRIPTION)
    root = read_element(source, path)
    if root is None:
        broken = finding("description_unreadable", name=_DESCRIPTION)
        return PackageFacts(Kind.CMI5, identity.media_type, _STANDARD, title=source.stem, findings=(broken,))
    course = child(root, "course")
    units = [
        Unit(
            attribute(unit, "id") or "",
            in_best_language(child(unit, "title")),
            in_best_language(child(unit, "url")),
            in_best_language(child(unit, "description")),
        )
        for unit in root.iter("{*}au")
    ]
    return PackageFacts(
        Kind.CMI5,
        identity.media_type,
        _STANDARD,
        title=in_best_language(child(course, "title")) or source.stem,
        description=in_best_language(child(course, "description")),
        **unit_facts(source, path, folder_of(path), units),
    )
