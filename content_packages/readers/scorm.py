"""SCORM 1.2 and SCORM 2004 packages: what the manifest says, and the words of every page of every item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.containers import manifest_location
from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.readers.authoring_tools import detect_tool, named_generator
from content_packages.readers.pages import PageReader
from content_packages.readers.sco_texts import parts_of
from scorm.manifest.reader import read_manifest_element
from scorm.manifest.xml_document import MAX_BYTES, parse_document
from scorm.validation import validate

if TYPE_CHECKING:
    from content_packages.source import Source
    from scorm.findings import Finding
    from scorm.manifest.model import Manifest

_STANDARD: Final = "SCORM"


def read(source: Source) -> PackageFacts:
    """Read the package; a manifest that cannot be read refuses it with the manifest's own finding."""
    location = manifest_location(source)
    entry, base = (location.entry, location.base) if location else ("imsmanifest.xml", "")
    data = source.read(entry, MAX_BYTES + 1)
    manifest, findings = _read_manifest(source, data, base)
    if manifest is None:
        return PackageFacts(
            Kind.SCORM,
            "application/zip",
            standard=_STANDARD,
            tool=detect_tool(source, data),
            title=source.stem,
            findings=findings,
        )
    pages = PageReader(source)
    parts = parts_of(manifest, pages)
    is_invented = any(found.code == "manifest_organization_missing" for found in findings)
    launch = next((part.href for part in parts if part.href), "")
    return PackageFacts(
        Kind.SCORM,
        "application/zip",
        standard=_STANDARD,
        edition=manifest.edition.value,
        tool=detect_tool(source, data, launch) or named_generator([pages.read(launch).generator]),
        title=_title(manifest, pages, launch, is_invented=is_invented) or source.stem,
        description=manifest.lom.description,
        keywords=manifest.lom.keywords,
        language=manifest.lom.language,
        authors=manifest.lom.authors,
        rights=manifest.lom.rights,
        lom=manifest.lom,
        parts=parts,
        findings=(*findings, *pages.findings(), *_flash(source)),
        manifest=manifest,
        table=source.entries,
    )


def _read_manifest(source: Source, data: bytes, base: str) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Return the manifest, and what its reader and then the rules of the standard say of it."""
    root, findings = parse_document(data)
    if root is None:
        return None, findings
    names = [entry.path for entry in source.entries]

    def read_entry(path: str) -> bytes | None:
        return source.read(path, MAX_BYTES) or None

    manifest, further = read_manifest_element(root, names, base=base, read_entry=read_entry)
    findings = (*findings, *further)
    # Of a refused package the reason counts, not its style.
    if manifest is None or any(found.refuses for found in findings):
        return manifest, findings
    return manifest, (*findings, *validate(root, manifest, names, base=base, read_entry=read_entry))


def _flash(source: Source) -> list[Finding]:
    """Say when a lesson is films for Flash. Tools that published both kinds have `html5` in their paths."""
    paths = [entry.path.lower() for entry in source.entries]
    films = sum(path.endswith(".swf") for path in paths)
    return [finding("flash_needed", count=films)] if films and not any("html5" in path for path in paths) else []


def _title(manifest: Manifest, pages: PageReader, launch: str, *, is_invented: bool) -> str:
    """Return the first title that says something: organization, metadata, only item, launch page.

    Without an organization the manifest's title was made from a file's name, and the page knows better.
    """
    items = [item.title for organization in manifest.organizations for item in organization.walk()]
    candidates = [manifest.title, manifest.lom.title, *(items if len(items) == 1 else [])]
    page = pages.read(launch).title
    ordered = [manifest.lom.title, page, *candidates] if is_invented else [*candidates, page]
    return next((title for title in ordered if title.strip()), "")
