"""Files and addresses: names that break on some systems, and files the manifest does not speak of (CAM 3.3, 3.4.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scorm.manifest.addresses import Outcome
from scorm.manifest.elements import attribute, children, xml_base
from scorm.manifest.entries import MANIFEST_NAME
from scorm.validation.subject import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from scorm.validation.subject import Subject

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_UNESCAPED: Final = re.compile(r"[\s\\<>\"{}|^`]")
# In an address these begin the query, the fragment and an escape.
_FRAGILE: Final = re.compile(r"[?#%]")
_DESCRIPTIONS: Final = (".xsd", ".dtd")  # schema files travel with the manifest and belong to no resource


def check(subject: Subject) -> None:
    """Report on addresses as written and on the files of the package."""
    for element in _based(subject):
        _check_base(subject, element)
    for element in _referring(subject):
        _check_address(subject, element)
    for name in sorted(subject.names):
        if _FRAGILE.search(name):
            subject.note("cam_file_names_fragile", name)
    _check_unlisted(subject)


def _based(subject: Subject) -> Iterator[Element]:
    yield subject.root
    yield from children(subject.root, "resources")
    yield from subject.resources


def _referring(subject: Subject) -> Iterator[Element]:
    for resource in subject.resources:
        yield resource
        yield from children(resource, "file")


def _check_base(subject: Subject, element: Element) -> None:
    """`xml:base` is a relative folder that ends in "/" (CAM 3.4.3.1)."""
    base = xml_base(element)
    if base and (not base.endswith("/") or base.startswith("/") or _SCHEME.match(base)):
        subject.note("cam_bases_malformed", f"{named(element)}: {base}", element)


def _check_address(subject: Subject, element: Element) -> None:
    """`href` is a relative address with its odd characters escaped (CAM 3.4.3; RFC 3986, 2.1)."""
    href = attribute(element, "href") or ""
    if href.startswith("/") and not href.startswith("//"):
        subject.note("cam_addresses_absolute", href, element)
    if _UNESCAPED.search(href):
        subject.note("cam_addresses_unescaped", href, element)


def _check_unlisted(subject: Subject) -> None:
    """Files of the package that no resource lists (CAM 3.4.2.3); other systems may leave them out."""
    listed = {name for found in subject.manifest.resources.values() for name in (found.href, *found.files)}
    listed |= set(_metadata_files(subject))
    manifest = subject.base + MANIFEST_NAME
    for name in sorted(subject.names - listed):
        if name.lower() != manifest.lower() and not name.lower().endswith(_DESCRIPTIONS):
            subject.note("cam_files_unlisted", name)


def _metadata_files(subject: Subject) -> Iterator[str]:
    for location in subject.root.iter("{*}location"):
        address = subject.metadata_file(location)
        if address.outcome in {Outcome.FOUND, Outcome.DIFFERS}:
            yield address.path
