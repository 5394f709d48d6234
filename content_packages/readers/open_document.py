"""OpenDocument texts, presentations and spreadsheets (.odt, .odp, .ods): the text by heading, slide and sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.page_text import collapse
from content_packages.readers.office_findings import office_findings
from content_packages.readers.office_properties import open_document_properties
from content_packages.readers.part_list import PartList
from content_packages.readers.xml_walk import Visitor, attribute, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.containers import Identity
    from content_packages.source import Source

_PARTS: Final = {Kind.DOCUMENT: "section", Kind.PRESENTATION: "slide", Kind.SPREADSHEET: "sheet"}
_DEEPEST: Final = 2  # headings below it do not begin a part of their own
_PARAGRAPHS: Final = frozenset({"p", "h"})
_SPACES: Final = frozenset({"s", "tab", "line-break"})
_UNREAD: Final = frozenset({"tracked-changes", "annotation", "forms"})
_ENCRYPTED: Final = b"encryption-data"
_MANIFEST_BYTES: Final = 1024 * 1024


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read `content.xml`; one that is encrypted refuses the document, because nobody could open it."""
    kind = identity.kind
    properties = open_document_properties(source)
    if _ENCRYPTED in source.read("META-INF/manifest.xml", _MANIFEST_BYTES):
        return PackageFacts(
            kind, identity.media_type, "OpenDocument", title=source.stem, findings=(finding("office_encrypted"),)
        )
    content = ContentText(_PARTS[kind])
    is_whole = read_xml(source, "content.xml", content)
    content.close()
    parts = content.list.parts
    pages = len(parts) if kind is Kind.PRESENTATION else properties.pages
    counted = {"sheets": len(parts)} if kind is Kind.SPREADSHEET else {"pages": pages}
    return PackageFacts(
        kind,
        identity.media_type,
        "OpenDocument",
        **properties.as_facts(source.stem),
        parts=parts,
        findings=(*content.list.findings(), *office_findings(source, is_whole=is_whole)),
        properties={name: count for name, count in counted.items() if count},
    )


class ContentText(Visitor):
    """The paragraphs of `content.xml` (OpenDocument 1.3, part 3, 5.1); `kind` says what divides them."""

    def __init__(self, kind: str) -> None:
        self.list = PartList(kind)
        self._divided_by = {"slide": "page", "sheet": "table", "section": ""}[kind]
        self._title = ""
        self._words: list[str] = []
        self._paragraph = 0
        self._depth = 0  # of paragraphs: a frame in one holds others
        self._tables = 0  # a table inside another belongs to it
        self._level = 0
        self._unread = 0
        self._heading_from = -1  # where in the words the title of a slide begins

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow paragraphs, pages and tables."""
        if self._unread or name in _UNREAD:
            self._unread += 1
        elif name == self._divided_by and not self._tables:
            self._tables = name == "table"
            self._title = attribute(attributes, "name")
            self._words = []
        elif name in _PARAGRAPHS:
            if not self._depth:
                self._paragraph = len(self._words)
                written = attribute(attributes, "outline-level") if name == "h" else ""
                self._level = int(written) if written in {"1", "2", "3"} else 0
            self._depth += 1
        elif name in _SPACES:
            self._words.append(" ")
        elif name == "table":
            self._tables += bool(self._tables)
        elif name == "frame" and attribute(attributes, "class") == "title":
            self._heading_from = len(self._words)

    def data(self, text: str) -> None:
        """Keep text that stands in a paragraph; outside of them there is only white space."""
        if self._depth and not self._unread:
            self._words.append(text)

    def end(self, name: str) -> None:
        """Close a paragraph, a slide or a sheet."""
        if self._unread:
            self._unread -= 1
        elif name in _PARAGRAPHS:
            self._depth -= 1
            if not self._divided_by and not self._depth and 0 < self._level <= _DEEPEST:
                self._begin()
            self._words.append("\n")
        elif name == "frame" and self._heading_from >= 0:
            self._title = collapse("".join(self._words[self._heading_from :])) or self._title
            self._heading_from = -1
        elif name == "table" and self._tables > 1:
            self._tables -= 1
        elif name == self._divided_by:
            self._tables = 0
            self._close()

    def close(self) -> None:
        """Keep what follows the last division."""
        if "".join(self._words).strip():
            self._close()

    def _begin(self) -> None:
        """Let a heading begin a part of its own."""
        heading = self._words[self._paragraph :]
        del self._words[self._paragraph :]
        self.close()
        self._title, self._words = "".join(heading), heading

    def _close(self) -> None:
        self.list.add(self._title, "".join(self._words))
        self._title, self._words = "", []
