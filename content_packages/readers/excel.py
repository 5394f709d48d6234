"""Excel workbooks (.xlsx): the words of the cells sheet by sheet; bare numbers say nothing to a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.readers.office_findings import office_findings
from content_packages.readers.office_properties import open_xml_properties
from content_packages.readers.part_list import PART_CHARACTERS, PartList
from content_packages.readers.powerpoint import relationships, resolved
from content_packages.readers.xml_walk import Visitor, attribute, qualified, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from content_packages.containers import Identity
    from content_packages.source import Source

_MAIN: Final = "xl/workbook.xml"
_SHEETS: Final = 200


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the sheets in the order of the workbook."""
    book, shared = SheetNames(), SharedStrings()
    is_whole = read_xml(source, _MAIN, book)
    read_xml(source, "xl/sharedStrings.xml", shared)
    related = relationships(source, _MAIN)
    sheets = PartList("sheet")
    for name, target in book.sheets[:_SHEETS]:
        sheet = SheetText(shared.strings)
        is_whole &= read_xml(source, resolved(_MAIN, related.targets.get(target, "")), sheet)
        sheets.add(name, " ".join(sheet.words))
    properties = open_xml_properties(source)
    return PackageFacts(
        Kind.SPREADSHEET,
        identity.media_type,
        "Office Open XML",
        **properties.as_facts(source.stem),
        parts=sheets.parts,
        findings=(*sheets.findings(), *office_findings(source, is_whole=is_whole)),
        properties={"sheets": len(book.sheets)} if book.sheets else {},
    )


class SheetNames(Visitor):
    """Name and relationship id of every sheet (ECMA-376 part 1, 18.2.19)."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a sheet."""
        if name == "sheet":
            self.sheets.append((attribute(attributes, "name"), qualified(attributes, "id")))


class SharedStrings(Visitor):
    """The table of strings (18.4.9); each may be of several runs, and phonetic hints are no part of it."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._run: list[str] = []
        self._is_text = False
        self._is_hint = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow items and runs."""
        del attributes
        self._is_hint |= name == "rPh"
        self._is_text = name == "t" and not self._is_hint

    def data(self, text: str) -> None:
        """Keep text of runs."""
        if self._is_text:
            self._run.append(text)

    def end(self, name: str) -> None:
        """Close an item."""
        self._is_text = False
        self._is_hint &= name != "rPh"
        if name == "si":
            self.strings.append("".join(self._run))
            self._run = []


class SheetText(Visitor):
    """The words of the cells (18.3.1.4): shared strings, strings in place, results of formulas that are text."""

    def __init__(self, shared: Sequence[str]) -> None:
        self.words: list[str] = []
        self._shared = shared
        self._left = PART_CHARACTERS
        self._type = ""
        self._is_read = False
        self._value: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow cells and their values."""
        if name == "c":
            self._type, self._value = attribute(attributes, "t"), []
        self._is_read = (name == "v" and self._type in {"s", "str"}) or (name == "t" and self._type == "inlineStr")

    def data(self, text: str) -> None:
        """Keep a value that is text or names one."""
        if self._is_read:
            self._value.append(text)

    def end(self, name: str) -> None:
        """Close a cell."""
        self._is_read = False
        if name != "c" or not self._value or self._left <= 0:
            return
        text = "".join(self._value)
        if self._type == "s":
            text = self._shared[int(text)] if text.isascii() and text.isdigit() and self._is_known(text) else ""
        self._left -= len(text)
        self.words.append(text)
        self._value = []

    def _is_known(self, number: str) -> bool:
        return len(number) <= len(str(len(self._shared))) and int(number) < len(self._shared)
