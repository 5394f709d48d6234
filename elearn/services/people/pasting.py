"""Lists pasted from a spreadsheet: cut into lines and cells, headings recognised, values read or told as problems.

It knows no rows of the database: staff lists (`staff_list`) and class lists read their own columns with it.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from elearn.services.errors import ServiceError
from elearn.services.spans import FIRST_DAY, LAST_DAY
from scorm.plain_text import one_line
from search_index.vietnamese import folded_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_LINES = 5000
HEADINGS_NEEDED = 2  # one word may stand in a list by chance
LONGEST_CODE = 32
LONGEST_NAME = 300

# Not \d, which takes the digits of every script.
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its key, the headings people write over it, and whether every line must fill it."""

    key: str
    headings: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell: the key of its column and a code that the pages turn into a sentence."""

    column: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class CellError(Exception):
    """A cell cannot be read; `problem_code` says why."""

    def __init__(self, problem_code: str, **params: Any) -> None:
        super().__init__(problem_code)
        self.code = problem_code
        self.params = params


@dataclass(slots=True)
class Line:
    """A line of the list: its number as pasted (from 1), its tidy cells by column and what is wrong with them."""

    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def read(self, key: str, reader: Any, default: Any = None) -> Any:
        """The value of a cell; an empty one gives the default, an unreadable one adds a problem."""
        text = self.cells.get(key, "")
        if not text:
            return default
        try:
            return reader(text)
        except CellError as error:
            self.problems.append(Problem(key, error.code, {"value": text[:60], **error.params}))
            return default


def read_table(text: str, columns: Sequence[Column]) -> list[Line]:
    """Cut pasted text into lines with cells by column; empty lines are passed over.

    Tabs, semicolons or commas part the cells (whichever the first line has, in this order), quoted as spreadsheets
    do. A first line with at least two known headings tells the order of the columns; without one they stand in
    the order of `columns`. Missing required cells are problems of their lines.

    Raises:
        ServiceError: `paste_empty`, `paste_too_long`, `paste_unreadable`, or `paste_heading_missing` (`column`).
    """
    return lines_of(rows_of(text), columns)


def lines_of(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Sequence[Column], most: int = MOST_LINES
) -> list[Line]:
    """The same for rows that are cut already: (number, tidy cells)."""
    if not rows:
        raise ServiceError("paste_empty")
    order = _order(rows[0][1], columns)
    if order is None:
        order = [column.key for column in columns]
    else:
        rows = rows[1:]
    missing = [column for column in columns if column.required and column.key not in order]
    if missing:
        raise ServiceError("paste_heading_missing", column=missing[0].headings[0])
    if not rows:
        raise ServiceError("paste_empty")
    if len(rows) > most:
        raise ServiceError("paste_too_long", lines=len(rows), most=most)
    return [_line(number, cells, order, columns) for number, cells in rows]


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows of pasted text that have a cell with text, by line.

    Raises:
        ServiceError: `paste_unreadable`.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = next((mark for mark in "\t;," if mark in first), "\t")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [tidy(cell) for cell in row]) for row in reader]
    except csv.Error as error:
        raise ServiceError("paste_unreadable", line=reader.line_num) from error
    return [(number, cells) for number, cells in rows if any(cells)]


def _order(cells: Sequence[str], columns: Iterable[Column]) -> list[str] | None:
    known = {plain(heading): column.key for column in columns for heading in (column.key, *column.headings)}
    found = [known.get(plain(cell), "") for cell in cells]
    return found if sum(map(bool, found)) >= HEADINGS_NEEDED else None


def _line(number: int, cells: Sequence[str], order: Sequence[str], columns: Iterable[Column]) -> Line:
    line = Line(number, {key: cell for key, cell in zip(order, cells, strict=False) if key})
    empty = [column.key for column in columns if column.required and not line.cells.get(column.key)]
    line.problems.extend(Problem(key, "cell_needed") for key in empty)
    return line


def tidy(text: str) -> str:
    """A cell in NFC with single spaces and nothing unseen, without the apostrophe by which spreadsheets mark text."""
    return one_line(text).removeprefix("'")


def plain(text: str) -> str:
    """Words without diacritics, case and punctuation, by which headings and names of things are compared."""
    return " ".join(folded_terms(text))


def read_code(text: str) -> str:
    """A personal or other code: letters, digits and a few signs.

    Raises:
        CellError: `code_scientific` (the spreadsheet wrote 1,08E+11), `code_long` or `code_form`.
    """
    if _SCIENTIFIC.fullmatch(text):
        raise CellError("code_scientific")
    if len(text) > LONGEST_CODE:
        raise CellError("code_long", most=LONGEST_CODE)
    if not _CODE.fullmatch(text):
        raise CellError("code_form")
    return text


def read_name(text: str) -> str:
    """The name of a person: at least one letter, of a length that fits.

    Raises:
        CellError: `name_long` or `name_form`.
    """
    if len(text) > LONGEST_NAME:
        raise CellError("name_long", most=LONGEST_NAME)
    if not any(character.isalpha() for character in text):
        raise CellError("name_form")
    return text


def read_day(text: str) -> date:
    """A day as dd/mm/yyyy (also with dots or hyphens) or yyyy-mm-dd.

    Raises:
        CellError: `day_form`, `day_unknown` (31/2) or `day_range`.
    """
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _VIETNAMESE_DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise CellError("day_form")
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise CellError("day_unknown") from error
    if not FIRST_DAY <= found <= LAST_DAY:
        raise CellError("day_range")
    return found


def read_share(text: str) -> float:
    """A share of a full post, above 0 and at most 1; "0,5", "0.5" and "50%" are the same.

    Raises:
        CellError: `share_form`.
    """
    percent = text.endswith("%")
    if not text.isascii():  # `float` reads the digits of every script
        raise CellError("share_form")
    try:
        share = float(text.rstrip("% ").replace(",", ".")) / (100 if percent else 1)
    except ValueError as error:
        raise CellError("share_form") from error
    if not 0 < share <= 1:  # a NaN is refused too
        raise CellError("share_form")
    return round(share, 3)


def read_one_of(words: Mapping[str, Any], code: str) -> Any:
    """A reader that finds a thing by its name or code, without regard to accents and case.

    `words` maps names and codes to things; `code` is the problem of a name that nobody knows.
    """
    known = {plain(word): thing for word, thing in words.items()}

    def read(text: str) -> Any:
        found = known.get(plain(text))
        if found is None:
            raise CellError(code)
        return found

    return read
