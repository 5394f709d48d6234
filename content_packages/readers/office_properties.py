"""The properties that Office Open XML and OpenDocument keep of a document: title, author, language, keywords."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from content_packages.readers.xml_walk import Leaves, Visitor, attribute, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.source import Source

_BYTES: Final = 1024 * 1024
_LARGEST_COUNT: Final = 100_000
# What programs call a document that nobody has given a title.
_NO_TITLES: Final = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel) - .*|PowerPoint Presentation|Bản trình bày PowerPoint|"
    r"Slide \d+|Untitled\s*\d*|Document\d*|Presentation\d*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself; its program wrote it and nobody checked it."""

    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    authors: tuple[str, ...] = ()
    tool: str = ""
    pages: int = 0

    def as_facts(self, otherwise: str) -> dict[str, Any]:
        """The properties as fields of `PackageFacts`; `otherwise` is the title where there is none."""
        return {
            "title": self.title or otherwise,
            "description": self.description,
            "keywords": self.keywords,
            "language": primary_language(self.language),
            "authors": self.authors,
            "tool": self.tool,
        }


def open_xml_properties(source: Source) -> Properties:
    """Read `docProps/core.xml` (ECMA-376 part 2, 11) and `docProps/app.xml` (part 1, 22.2)."""
    core = Leaves("title", "subject", "description", "keywords", "creator", "language")
    read_xml(source, "docProps/core.xml", core, _BYTES)
    app = Leaves("Application", "AppVersion", "Pages")
    read_xml(source, "docProps/app.xml", app, _BYTES)
    return Properties(
        title=_title(core.first("title")),
        description=core.first("description", "subject"),
        keywords=_words(core.found["keywords"]),
        language=core.first("language"),
        authors=tuple(filter(None, re.split(r"\s*;\s*", core.first("creator")))),
        tool=app.first("Application"),
        pages=_count(app.first("Pages")),
    )


class _Meta(Leaves):
    """The leaves of `meta.xml`, and the statistic, whose values are attributes."""

    pages = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note the number of pages."""
        super().start(name, attributes)
        if name == "document-statistic":
            self.pages = _count(attribute(attributes, "page-count"))


def open_document_properties(source: Source) -> Properties:
    """Read `meta.xml` (OpenDocument 1.3, part 3, 4)."""
    meta = _Meta("title", "description", "subject", "keyword", "creator", "initial-creator", "language", "generator")
    read_xml(source, "meta.xml", meta, _BYTES)
    return Properties(
        title=_title(meta.first("title")),
        description=meta.first("description", "subject"),
        keywords=_words(meta.found["keyword"]),
        language=meta.first("language"),
        authors=tuple(filter(None, [meta.first("initial-creator", "creator")])),
        tool=meta.first("generator").partition("$")[0].replace("/", " "),
        pages=meta.pages,
    )


class Languages(Visitor):
    """Finds the first language of a part of WordprocessingML: `w:lang` of the styles' defaults."""

    language = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the first one that is named."""
        if name == "lang" and not self.language:
            self.language = attribute(attributes, "val")


def primary_language(written: str) -> str:
    """Return "vi" of "vi-VN": the country says how Office corrects spelling and nothing about the reader."""
    return written.replace("_", "-").partition("-")[0].lower()


def _title(written: str) -> str:
    return "" if _NO_TITLES.fullmatch(written) else written


def _words(texts: list[str]) -> tuple[str, ...]:
    words = (word.strip() for text in texts for word in re.split("[,;]", text))
    return tuple(dict.fromkeys(word for word in words if word))


def _count(written: str) -> int:
    """Return a number that can be one of pages; a property may say anything."""
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(_LARGEST_COUNT))
    return min(int(written), _LARGEST_COUNT) if is_number else 0
