"""Tables for spreadsheets, as XLSX and CSV: numbers stay numbers, and no text ever becomes a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import IO

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Cell = str | float | bool | date | datetime | None

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

# What Excel, LibreOffice or Google Sheets takes for the beginning of a formula (OWASP, CSV injection); East Asian
# input methods type the wide forms, which Excel reads like the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767  # characters; Excel's limit
LONGEST_SHEET_NAME = 31
SHEET_NAME_BARRED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
NARROWEST, WIDEST, USUAL = 6, 60, 14  # widths of columns, in characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a row of headings, rows of as many cells, and widths of columns in characters (none: by heading)."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()


class Days(NamedTuple):
    """How a workbook shows days and moments."""

    day: Format
    moment: Format


def safe_cell(value: Cell) -> Cell:
    """A value as a CSV cell may hold it: text that a spreadsheet would run as a formula gets an apostrophe before it.

    Numbers and dates are returned as they are, so that -3 stays a number; only text can carry a formula.
    """
    if not isinstance(value, str):
        return value
    # Spreadsheets pass over blanks and control characters before the sign.
    meant = value.lstrip(" \u00a0\u200b\ufeff\0\x0b\x0c")
    return f"'{value}" if meant.startswith(FORMULA_STARTS) else value


def write_csv(file: IO[bytes], sheet: Sheet, *, bom: bool = True) -> None:
    """Write a table as CSV in UTF-8 with CRLF (RFC 4180); Excel needs the byte order mark to see that it is UTF-8."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if bom else "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([safe_cell(heading) for heading in sheet.header])
    for row in sheet.rows:
        writer.writerow([_as_text(cell) for cell in row])
    text.flush()
    text.detach()  # the file belongs to the caller


def _as_text(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else safe_cell(cell)


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write tables as the sheets of a workbook, row by row in constant memory.

    Text is always written as text: never as a formula, never as a link, never turned into a number.
    Moments with a time zone are written as the wall clock of that zone.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as book:
        heading = book.add_format(
            {"bold": True, "bg_color": "#E3EFEE", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        days = Days(
            day=book.add_format({"num_format": "dd/mm/yyyy"}),
            moment=book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        )
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, used))
            _write_sheet(page, sheet, heading, days)


def _write_sheet(page: Worksheet, sheet: Sheet, heading: Format, days: Days) -> None:
    for column, text in enumerate(sheet.header):
        page.set_column(column, column, _width(sheet, column))
        page.write_string(0, column, text[:LONGEST_CELL], heading)
    page.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(page, (number, column), cell, days)


def _write_cell(page: Worksheet, place: tuple[int, int], cell: Cell, days: Days) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(*place, cell)
    elif isinstance(cell, str):
        page.write_string(*place, cell[:LONGEST_CELL])
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, days.moment if isinstance(cell, datetime) else days.day)
    else:
        page.write_number(*place, cell)


def _width(sheet: Sheet, column: int) -> float:
    if column < len(sheet.widths):
        return sheet.widths[column]
    return min(max(len(sheet.header[column]) + 2, NARROWEST, USUAL), WIDEST)


def _sheet_name(wanted: str, used: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of those barred, no apostrophe at an end, each once."""
    base = wanted.translate(SHEET_NAME_BARRED).strip(" '")[:LONGEST_SHEET_NAME].strip(" '") or "Sheet"
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        name = f"{base[: LONGEST_SHEET_NAME - 4]} {number}"
    used.add(name.casefold())
    return name
