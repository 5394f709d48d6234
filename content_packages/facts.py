"""What intake learns about one file: the frozen facts that every reader returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from scorm.manifest.model import Lom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.archive.table import EntryTable
    from scorm.findings import Finding
    from scorm.manifest.model import Manifest


class Kind(StrEnum):
    """The kinds of file a teacher brings; the names are part of the public interface."""

    SCORM = "scorm"
    AICC = "aicc"
    CMI5 = "cmi5"
    XAPI = "xapi"
    H5P = "h5p"
    COMMON_CARTRIDGE = "common_cartridge"
    CONTENT_PACKAGE = "content_package"
    ELP = "elp"
    HTML5 = "html5"
    EPUB = "epub"
    PDF = "pdf"
    DOCUMENT = "document"
    PRESENTATION = "presentation"
    SPREADSHEET = "spreadsheet"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    ARCHIVE = "archive"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A part of a material that search can open: a SCO, a page, a slide. `key` is stable within its version.

    `kind` is "sco", "page", "slide", "sheet", "section", "chapter", "unit" or "file"; in an outline also "heading" (it
    opens nothing), "link" (`href` is an address elsewhere), "topic" (a discussion) "quiz" (questions that no player
    here asks) and "tool" (of another site). `depth` is its place in the outline, 0 at the top.
    """

    key: str
    title: str
    text: str
    kind: str
    href: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """All that was learnt from one file.

    `standard` is "SCORM", "H5P", ...; `edition` "1.2", "2004 3rd", ...; `tool` the authoring tool as "name version";
    empty strings where it cannot be told.
    """

    kind: Kind
    media_type: str
    standard: str = ""
    edition: str = ""
    tool: str = ""
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    authors: tuple[str, ...] = ()
    rights: str = ""
    lom: Lom = field(default_factory=Lom)  # all that a LOM in the file says, also what stands above
    parts: tuple[PartFacts, ...] = ()
    findings: tuple[Finding, ...] = ()
    manifest: Manifest | None = None
    table: EntryTable | None = None  # the verified entries, for archives that are served
    properties: Mapping[str, str | int] = field(default_factory=dict)  # e.g. pages of a PDF, vendor of an installer
    thumbnail: bytes = b""  # a WebP picture of the first page, where a reader can draw one

    @property
    def accepted(self) -> bool:
        """Whether no finding refuses the file."""
        return not any(finding.refuses for finding in self.findings)
