"""PowerPoint presentations (.pptx): title, words and speaker's notes slide by slide."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.readers.office_findings import office_findings
from content_packages.readers.office_properties import open_xml_properties
from content_packages.readers.part_list import PARTS, PartList
from content_packages.readers.xml_walk import Relationships, Visitor, attribute, qualified, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.containers import Identity
    from content_packages.source import Source

_MAIN: Final = "ppt/presentation.xml"
_SLIDE_BYTES: Final = 1024 * 1024
_TITLES: Final = frozenset({"title", "ctrTitle"})


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read every slide in the order in which it is shown."""
    order = SlideOrder()
    is_whole = read_xml(source, _MAIN, order)
    related = relationships(source, _MAIN)
    slides = PartList("slide")
    for target in order.ids[:PARTS]:
        path = resolved(_MAIN, related.targets.get(target, ""))
        slide = SlideText()
        is_whole &= read_xml(source, path, slide, _SLIDE_BYTES)
        slides.add(slide.title, f"{slide.text} {_notes(source, path)}")
    properties = open_xml_properties(source)
    return PackageFacts(
        Kind.PRESENTATION,
        identity.media_type,
        "Office Open XML",
        **properties.as_facts(source.stem),
        parts=slides.parts,
        findings=(*slides.findings(), *office_findings(source, is_whole=is_whole)),
        properties={"pages": len(order.ids)} if order.ids else {},
    )


def relationships(source: Source, path: str) -> Relationships:
    """Return the relationships of a part, whose file lies beside it in `_rels`."""
    folder, _, name = path.rpartition("/")
    related = Relationships()
    read_xml(source, f"{folder}/_rels/{name}.rels", related, _SLIDE_BYTES)
    return related


def resolved(path: str, target: str) -> str:
    """Return the path in the archive that a relationship of the part at `path` means."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else ""


def _notes(source: Source, path: str) -> str:
    notes = relationships(source, path).by_type.get("notesSlide", [])
    if not path or not notes:
        return ""
    said = SlideText()
    read_xml(source, resolved(path, notes[0]), said, _SLIDE_BYTES)
    return said.text


class SlideOrder(Visitor):
    """The relationship ids of `p:sldIdLst` (ECMA-376 part 1, 19.2.1.34)."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a slide; its own `id` is a number without meaning."""
        if name == "sldId":
            self.ids.append(qualified(attributes, "id"))


class SlideText(Visitor):
    """The paragraphs of a slide, and those of the placeholder for its title (19.3.1.36)."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._title: list[str] = []
        self._is_title = False
        self._is_number = False
        self._is_text = False
        self._unread = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow shapes, placeholders and runs."""
        if self._unread or name == "Fallback":
            self._unread += 1
        elif name == "sp":
            self._is_title = False
        elif name == "ph":
            self._is_title = attribute(attributes, "type") in _TITLES
        elif name == "fld":
            self._is_number = attribute(attributes, "type") == "slidenum"
        elif name == "t":
            self._is_text = not self._is_number
        elif name in {"br", "tab"}:
            self._keep(" ")

    def data(self, text: str) -> None:
        """Keep text of runs."""
        if self._is_text and not self._unread:
            self._keep(text)

    def end(self, name: str) -> None:
        """Close what was opened."""
        if self._unread:
            self._unread -= 1
        elif name == "t":
            self._is_text = False
        elif name == "fld":
            self._is_number = False
        elif name == "p":
            self._keep("\n")
        elif name == "sp":
            self._is_title = False

    @property
    def title(self) -> str:
        """The title, "" for a slide without one."""
        return "".join(self._title)

    @property
    def text(self) -> str:
        """All words, the title among them."""
        return "".join(self._words)

    def _keep(self, text: str) -> None:
        self._words.append(text)
        if self._is_title:
            self._title.append(text)
