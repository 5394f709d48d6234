"""Kinds that are recognised and named, with their title, but not yet taken in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from content_packages.archive.paths import printable
from content_packages.containers import manifest_location
from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.page_text import collapse, decode_page, read_page
from content_packages.readers.authoring_tools import detect_tool
from scorm.manifest.xml_document import parse_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_packages.detection import Detection
    from content_packages.source import Source
    from scorm.findings import Finding

_READ: Final = 2 * 1024 * 1024
_LONGEST_TITLE: Final = 300
# A broken file of one of these may become one that is taken in, once it is mended.
_OPEN: Final = frozenset({Kind.SCORM, Kind.ARCHIVE})


def read_named(detection: Detection, standard: str) -> PackageFacts:
    """Return kind, edition, tool and title of a file that is refused for now."""
    source, kind = detection.source, detection.identity.kind
    description = _TITLES.get(kind, _no_title)
    title = collapse(description(source))[:_LONGEST_TITLE]
    location = manifest_location(source)
    manifest = source.read(location.entry, _READ) if location else b""
    return PackageFacts(
        kind,
        detection.identity.media_type,
        standard=standard,
        edition=detection.identity.edition,
        tool=detect_tool(source, manifest or source.read("course.crs", _READ), "index.html") if source.entries else "",
        title=title or source.stem,
        findings=_causes(detection),
    )


def _causes(detection: Detection) -> tuple[Finding, ...]:
    """Return why the file is not taken in; its kind is a cause only where that of a whole file would be one."""
    source, kind = detection.source, detection.identity.kind
    causes = []
    if not detection.is_archive and detection.identity.media_type == "application/xml":
        causes.append(finding("manifest_without_package", kind=kind.value))
    if deep := _deep_manifest(source):
        causes.append(finding("manifest_too_deep", printable(deep)))
    if kind is Kind.H5P and not any(entry.path.rpartition("/")[2] == "h5p.json" for entry in source.entries):
        causes.append(finding("h5p_without_h5p_json"))
    if causes and kind in _OPEN:
        return tuple(causes)
    return (*causes, finding("kind_not_yet_supported", kind=kind.value))


def _deep_manifest(source: Source) -> str:
    """Return a manifest that lies too deep, or beside another one, to be that of the package."""
    if manifest_location(source):
        return ""
    return next((entry.path for entry in source.entries if entry.path.lower().endswith("/imsmanifest.xml")), "")


def _read_anywhere(source: Source, name: str) -> bytes:
    """Return a file by its last name, at the top or nearest to it."""
    found = [entry.path for entry in source.entries if entry.path.rpartition("/")[2].lower() == name]
    return source.read(min(found, key=lambda path: path.count("/")), _READ) if found else b""


def _xml_title(data: bytes, *elements: str) -> str:
    """Return the text of the first element with one of these local names, in the order of the names."""
    root, _ = parse_document(re.sub(rb"<!DOCTYPE[^>\[]*>", b"", data, count=1))
    if root is None:
        return ""
    for name in elements:
        found = next(root.iter(f"{{*}}{name}"), None)
        text = collapse("".join(map(str, found.itertext()))) if found is not None else ""
        if text:
            return text
    return ""


def _no_title(_source: Source) -> str:
    return ""


def _h5p(source: Source) -> str:
    try:
        described = json.loads(decode_page(_read_anywhere(source, "h5p.json")))
    except (ValueError, RecursionError):
        return ""
    title = described.get("title") if isinstance(described, dict) else None
    return title if isinstance(title, str) else ""


def _cmi5(source: Source) -> str:
    return _xml_title(_read_anywhere(source, "cmi5.xml") or source.head(_READ), "title")


def _xapi(source: Source) -> str:
    return _xml_title(_read_anywhere(source, "tincan.xml") or source.head(_READ), "name")


def _manifest(source: Source) -> str:
    """Prefer the metadata's title: an organization of a cartridge is mostly called nothing."""
    location = manifest_location(source)
    return _xml_title(source.read(location.entry, _READ) if location else source.head(_READ), "title")


def _elp(source: Source) -> str:
    """Read the property of eXeLearning 3, or the pickled one of its predecessor."""
    project = decode_page(_read_anywhere(source, "content.xml"))
    if match := re.search(r"<key>pp_title</key>\s*<value>([^<]*)</value>", project):
        return match[1]
    project = decode_page(_read_anywhere(source, "contentv3.xml"))
    match = re.search(r'role="key" value="_title"></string>\s*<unicode value="([^"]*)"', project)
    return match[1] if match else ""


def _aicc(source: Source) -> str:
    course = next((entry.path for entry in source.entries if entry.path.lower().endswith(".crs")), "")
    match = re.search(
        r"^\s*Course_Title\s*=(.*)$", decode_page(source.read(course, _READ)), re.IGNORECASE | re.MULTILINE
    )
    return match[1] if match else ""


def _html5(source: Source) -> str:
    page = _read_anywhere(source, "index.html") or _read_anywhere(source, "index.htm")
    return read_page(page or (b"" if source.entries else source.head(_READ))).title


def _epub(source: Source) -> str:
    package = next((entry.path for entry in source.entries if entry.path.endswith(".opf")), "")
    return _xml_title(source.read(package, _READ), "title")


def _office(source: Source) -> str:
    return _xml_title(source.read("docProps/core.xml", _READ) or source.read("meta.xml", _READ), "title")


_TITLES: Final[dict[Kind, Callable[[Source], str]]] = {
    Kind.H5P: _h5p,
    Kind.CMI5: _cmi5,
    Kind.XAPI: _xapi,
    Kind.COMMON_CARTRIDGE: _manifest,
    Kind.CONTENT_PACKAGE: _manifest,
    Kind.SCORM: _manifest,
    Kind.ELP: _elp,
    Kind.AICC: _aicc,
    Kind.HTML5: _html5,
    Kind.EPUB: _epub,
    Kind.DOCUMENT: _office,
    Kind.PRESENTATION: _office,
    Kind.SPREADSHEET: _office,
}
