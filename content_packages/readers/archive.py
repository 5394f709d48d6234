"""Archives of anything: kept for download; of a ZIP the names of its files are found by search."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from content_packages.archive.paths import printable
from content_packages.containers import manifest_location
from content_packages.facts import PackageFacts
from content_packages.findings import finding
from content_packages.readers.part_list import PartList

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source
    from scorm.findings import Finding

_NAMES: Final = 5_000


def read(source: Source, identity: Identity) -> PackageFacts:
    """Return the names; a course whose manifest lies where nobody looks for it is refused, because it can be mended."""
    names = PartList("file")
    listed = " ".join(printable(entry.path) for entry in islice(source.entries, _NAMES))
    if listed:
        names.add("", listed.replace("/", " ").replace("_", " "))
    return PackageFacts(
        identity.kind,
        identity.media_type,
        title=source.stem,
        parts=names.parts,
        findings=(*deep_manifest(source), finding("kept_as_download")),
        properties={"files": len(source.entries)} if len(source.entries) else {},
    )


def deep_manifest(source: Source) -> tuple[Finding, ...]:
    """Point out a manifest that lies too deep, or beside another one, to be that of the package."""
    if manifest_location(source):
        return ()
    deep = next((entry.path for entry in source.entries if entry.path.lower().endswith("/imsmanifest.xml")), "")
    return (finding("manifest_too_deep", printable(deep)),) if deep else ()
