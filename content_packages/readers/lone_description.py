"""The description of a package that came without its package: named, with its title, and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.facts import PackageFacts
from content_packages.findings import finding
from content_packages.kinds import STANDARDS
from content_packages.readers.descriptions import in_best_language, parse_element
from scorm.manifest.xml_document import MAX_BYTES

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source


def read(source: Source, identity: Identity) -> PackageFacts:
    """Return kind and title: the first title or name that is written."""
    root = parse_element(source.head(MAX_BYTES))
    titles = () if root is None else (in_best_language(found) for found in root.iter("{*}title", "{*}name"))
    return PackageFacts(
        identity.kind,
        identity.media_type,
        STANDARDS.get(identity.kind, ""),
        title=next(filter(None, titles), "") or source.stem,
        findings=(finding("manifest_without_package", kind=identity.kind.value),),
    )
