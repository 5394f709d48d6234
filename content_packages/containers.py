"""What a ZIP archive is, by the files that only its kind has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind
from scorm.manifest.classification import ManifestClass, ManifestKind, classify_manifest
from scorm.manifest.entries import ManifestLocation, locate_manifest
from scorm.manifest.xml_document import MAX_BYTES, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_packages.source import Source

ZIP: Final = "application/zip"
_OPENXML: Final = "application/vnd.openxmlformats-officedocument."
_OPENDOCUMENT: Final = "application/vnd.oasis.opendocument."
_MIMETYPE_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is; `edition` only where the container itself tells it."""

    kind: Kind
    media_type: str = ZIP
    edition: str = ""


_MANIFEST_KINDS: Final = {
    ManifestKind.SCORM: Kind.SCORM,
    ManifestKind.COMMON_CARTRIDGE: Kind.COMMON_CARTRIDGE,
    ManifestKind.CONTENT_PACKAGE: Kind.CONTENT_PACKAGE,
}
_OFFICE: Final = {
    "word/": Identity(Kind.DOCUMENT, f"{_OPENXML}wordprocessingml.document"),
    "ppt/": Identity(Kind.PRESENTATION, f"{_OPENXML}presentationml.presentation"),
    "xl/": Identity(Kind.SPREADSHEET, f"{_OPENXML}spreadsheetml.sheet"),
    "documents/": Identity(Kind.DOCUMENT, "application/vnd.ms-xpsdocument"),
}
_MIMETYPES: Final = {
    "application/epub+zip": Kind.EPUB,
    f"{_OPENDOCUMENT}text": Kind.DOCUMENT,
    f"{_OPENDOCUMENT}presentation": Kind.PRESENTATION,
    f"{_OPENDOCUMENT}spreadsheet": Kind.SPREADSHEET,
    f"{_OPENDOCUMENT}graphics": Kind.IMAGE,
}
# One marker file each; the first that the package has decides.
_MARKERS: Final = (
    ("cmi5.xml", Identity(Kind.CMI5)),
    ("tincan.xml", Identity(Kind.XAPI)),
    ("h5p.json", Identity(Kind.H5P, "application/zip")),
    ("contentv3.xml", Identity(Kind.ELP)),
    ("contentv2.xml", Identity(Kind.ELP)),
    ("content.data", Identity(Kind.ELP)),
)
_H5P_LIBRARY: Final = re.compile(r"[\w.]+-\d+\.\d+/library\.json", re.IGNORECASE)
_PROGRAM: Final = re.compile(r"[^/]+\.(?:exe|msi|dll|com|bat|jar|apk|appimage|dmg)", re.IGNORECASE)
# What authoring tools and people call the page that comes first, the surest name first.
HOME_PAGES: Final = (
    *("index", "index_lms", "story", "default", "start", "main", "home"),
    *("story_html5", "presentation", "multiscreen"),
)
_HOME_PAGE: Final = re.compile(rf"(?:{'|'.join(HOME_PAGES)})\.x?html?", re.IGNORECASE)
_PAGE: Final = re.compile(r"[^/]+\.x?html?", re.IGNORECASE)


@dataclass(frozen=True)
class Contents:
    """The entries of a package seen from its own folder: `base` is "" or the one folder that holds all."""

    source: Source
    base: str = ""

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All paths in the package, in lower case, relative to its folder."""
        length = len(self.base)
        return tuple(entry.path[length:].lower() for entry in self.source.entries if entry.path.startswith(self.base))

    @cached_property
    def at_top(self) -> frozenset[str]:
        """The files that are in no folder."""
        return frozenset(path for path in self.paths if "/" not in path)

    def read(self, path: str, limit: int) -> bytes:
        """Return the beginning of a file of the package."""
        return self.source.read(self.base + path, limit)


def classify_container(source: Source) -> Identity:
    """Name the kind of an archive; a folder around everything does not hide it."""
    if location := manifest_location(source):
        return _by_manifest(source, location)
    views = [Contents(source)]
    if folder := _only_folder(source):
        views.append(Contents(source, folder))
    for rule in _RULES:
        for view in views:
            if identity := rule(view):
                return identity
    return Identity(Kind.ARCHIVE)


def manifest_location(source: Source) -> ManifestLocation | None:
    """Return where `imsmanifest.xml` is, at the top or in one folder below it."""
    return locate_manifest(entry.path for entry in source.entries)


def _by_manifest(source: Source, location: ManifestLocation) -> Identity:
    """Let the manifest decide; one that cannot be parsed is most likely a broken SCORM package."""
    root, _ = parse_document(source.read(location.entry, MAX_BYTES + 1))
    if root is None:
        return Identity(Kind.SCORM)
    found: ManifestClass = classify_manifest(root)
    return Identity(_MANIFEST_KINDS.get(found.kind, Kind.SCORM), edition=found.version)


def _by_mimetype(view: Contents) -> Identity | None:
    """Read the file `mimetype` of EPUB (OCF 3.3) and OpenDocument (part 2, 3.3)."""
    if "mimetype" not in view.at_top:
        return None
    media_type = view.read("mimetype", _MIMETYPE_LENGTH).decode("ascii", "replace").strip()
    kind = _MIMETYPES.get(media_type)
    return Identity(kind, media_type) if kind else None


def _by_office(view: Contents) -> Identity | None:
    """Tell Office Open XML apart by its main folder (ECMA-376 part 2)."""
    if "[content_types].xml" not in view.at_top:
        return None
    for folder, identity in _OFFICE.items():
        if any(path.startswith(folder) for path in view.paths):
            return identity
    return None


def _by_marker(view: Contents) -> Identity | None:
    """Look for the one file that defines a kind."""
    return next((identity for name, identity in _MARKERS if name in view.at_top), None)


def _by_ode(view: Contents) -> Identity | None:
    """Recognise eXeLearning 3, whose project is a `content.xml` with the root `ode`."""
    if "content.xml" not in view.at_top:
        return None
    return Identity(Kind.ELP) if re.search(rb"<ode[\s>]", view.read("content.xml", 4096)) else None


def _by_aicc(view: Contents) -> Identity | None:
    """Recognise AICC by its course and assignable-unit files (CMI001, 5.1); the base name is free."""
    extensions = {path.rpartition(".")[2] for path in view.at_top}
    return Identity(Kind.AICC) if "crs" in extensions and extensions & {"au", "des", "cst"} else None


def _by_h5p_parts(view: Contents) -> Identity | None:
    """Recognise an H5P file that has lost its h5p.json."""
    libraries = any(_H5P_LIBRARY.fullmatch(path) for path in view.paths)
    return Identity(Kind.H5P) if libraries and "content/content.json" in view.paths else None


def _by_program(view: Contents) -> Identity | None:
    """Recognise software: an Android or Java program, or a Windows program at the top."""
    if {"androidmanifest.xml", "classes.dex"} <= view.at_top:
        return Identity(Kind.SOFTWARE, "application/vnd.android.package-archive")
    if "meta-inf/manifest.mf" in view.paths and any(path.endswith(".class") for path in view.paths):
        return Identity(Kind.SOFTWARE, "application/java-archive")
    return Identity(Kind.SOFTWARE) if any(map(_PROGRAM.fullmatch, view.at_top)) else None


def _by_page(view: Contents) -> Identity | None:
    """Recognise a web site: a home page at the top, or the only page there."""
    pages = [path for path in view.at_top if _PAGE.fullmatch(path)]
    return Identity(Kind.HTML5) if len(pages) == 1 or any(map(_HOME_PAGE.fullmatch, pages)) else None


def _by_program_below(view: Contents) -> Identity | None:
    """Recognise software whose programs lie in folders (`setup/`, `bin/`)."""
    names = (path.rpartition("/")[2] for path in view.paths)
    return Identity(Kind.SOFTWARE) if any(map(_PROGRAM.fullmatch, names)) else None


_RULES: Final[tuple[Callable[[Contents], Identity | None], ...]] = (
    _by_mimetype,
    _by_office,
    _by_marker,
    _by_ode,
    _by_aicc,
    _by_h5p_parts,
    _by_program,
    _by_page,
    _by_program_below,
)


def _only_folder(source: Source) -> str:
    """Return the first step that all paths share."""
    tops = {entry.path.partition("/")[0] for entry in source.entries}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in entry.path for entry in source.entries) else ""
