"""xAPI packages with a tincan.xml: its activities, of which those with an address are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.readers.descriptions import folder_of, in_best_language, nearest, read_element
from content_packages.readers.units import Unit, unit_facts
from scorm.manifest.elements import attribute, child, label_of

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

_DESCRIPTION: Final = "tincan.xml"
_STANDARD: Final = "xAPI"


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the activities; the first one gives the title."""
    path = nearest(source, _DESCRIPTION)
    root = read_element(source, path)
    if root is None:
        broken = finding("description_unreadable", name=_DESCRIPTION)
        return PackageFacts(Kind.XAPI, identity.media_type, _STANDARD, title=source.stem, findings=(broken,))
    activities = list(root.iter("{*}activity"))
    first = activities[0] if activities else None
    units = [
        Unit(
            attribute(activity, "id") or "",
            in_best_language(child(activity, "name")),
            label_of(child(activity, "launch")),
            in_best_language(child(activity, "description")),
        )
        for activity in activities
        if child(activity, "launch") is not None
    ]
    return PackageFacts(
        Kind.XAPI,
        identity.media_type,
        _STANDARD,
        title=in_best_language(child(first, "name")) or source.stem,
        description=in_best_language(child(first, "description")),
        **unit_facts(source, path, folder_of(path), units),
    )
