"""Metadata files of items and resources: present and well formed (CAM 3.4.1.2, 4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.manifest.addresses import Outcome
from scorm.manifest.elements import children
from scorm.manifest.xml_document import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from scorm.validation.subject import Subject

_READ: Final = 2 * 1024 * 1024  # bytes of all metadata files together; what lies beyond goes unread
_OPENING: Final = 2048  # what opening a file costs, as if it were bytes


def check(subject: Subject) -> None:
    """Report on the files which `adlcp:location` of items and resources names.

    Those of the manifest and its first organization are read, and reported, by `scorm.manifest`.
    """
    left = _READ
    seen: set[str] = set()
    for location in _locations(subject):
        address = subject.metadata_file(location)
        if address.outcome not in {Outcome.FOUND, Outcome.DIFFERS}:
            subject.note("cam_metadata_files_missing", address.written or "…", location)
        elif address.path not in seen and left > 0:
            seen.add(address.path)
            data = subject.read_entry(address.path)
            left -= len(data or b"") + _OPENING
            if data is not None and parse_document(data)[0] is None:
                subject.note("cam_metadata_files_unreadable", address.written, location)


def _locations(subject: Subject) -> Iterator[Element]:
    found = [metadata for item in subject.items for metadata in item.parts.get("metadata", ())]
    for resource in subject.resources:
        for owner in (resource, *children(resource, "file")):
            found += children(owner, "metadata")
    for metadata in found:
        yield from children(metadata, "location")
