"""Word documents (.docx): the text section by section, as the headings divide it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.readers.office_findings import office_findings
from content_packages.readers.office_properties import Languages, open_xml_properties, primary_language
from content_packages.readers.part_list import PartList
from content_packages.readers.xml_walk import Visitor, attribute, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.containers import Identity
    from content_packages.source import Source

_DEEPEST: Final = 2  # headings below it do not begin a part of their own
_HEADING: Final = re.compile(r"heading ([1-9])|title", re.IGNORECASE)
_SPACES: Final = frozenset({"tab", "br", "cr", "noBreakHyphen"})


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read properties, headings and text; the number of pages is what Word last counted."""
    styles = Styles()
    is_read = read_xml(source, "word/styles.xml", styles)
    document = SectionText(styles.headings)
    is_whole = read_xml(source, "word/document.xml", document)
    document.close()
    properties = open_xml_properties(source)
    facts = properties.as_facts(source.stem)
    if not properties.language and is_read:
        facts["language"] = primary_language(styles.language)
    return PackageFacts(
        Kind.DOCUMENT,
        identity.media_type,
        "Office Open XML",
        **facts,
        parts=document.sections.parts,
        findings=(*document.sections.findings(), *office_findings(source, is_whole=is_whole)),
        properties={"pages": properties.pages} if properties.pages else {},
    )


class Styles(Languages):
    """Which styles are headings: their names are English in every language, their ids are not."""

    def __init__(self) -> None:
        self.headings: dict[str, int] = {}
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a style by its name."""
        super().start(name, attributes)
        if name == "style":
            self._style = attribute(attributes, "styleId")
        elif name == "name" and self._style and (match := _HEADING.fullmatch(attribute(attributes, "val"))):
            self.headings[self._style] = int(match[1] or 1)


class SectionText(Visitor):
    """Gathers the words of `word/document.xml` (ECMA-376 part 1, 17.3.3), a new part at every larger heading."""

    def __init__(self, headings: Mapping[str, int]) -> None:
        self.sections = PartList("section")
        self._headings = headings
        self._title = ""
        self._words: list[str] = []
        self._paragraph = 0  # where in the words the paragraph begins
        self._is_heading = False
        self._is_text = False
        self._unread = 0  # how deep inside what repeats something for older programs

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow paragraphs and their styles."""
        if self._unread or name == "Fallback":
            self._unread += 1
        elif name == "p":
            self._paragraph, self._is_heading = len(self._words), False
        elif name == "pStyle":
            self._is_heading = self._headings.get(attribute(attributes, "val"), _DEEPEST + 1) <= _DEEPEST
        elif name == "t":
            self._is_text = True
        elif name in _SPACES:
            self._words.append(" ")

    def data(self, text: str) -> None:
        """Keep text of runs."""
        if self._is_text:
            self._words.append(text)

    def end(self, name: str) -> None:
        """Close a paragraph; a heading closes the section before it."""
        if self._unread:
            self._unread -= 1
        elif name == "t":
            self._is_text = False
        elif name == "p":
            if self._is_heading:
                self._begin("".join(self._words[self._paragraph :]).strip())
            self._words.append("\n")
            self._paragraph, self._is_heading = len(self._words), False

    def close(self) -> None:
        """Keep the last section."""
        text = "".join(self._words)
        if self._title or text.strip():
            self.sections.add(self._title, text)

    def _begin(self, title: str) -> None:
        if not title:
            return
        heading = self._words[self._paragraph :]
        del self._words[self._paragraph :]
        self.close()
        self._title, self._words = title, heading
