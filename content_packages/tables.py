"""A table that people send as a file: XLSX read in a limited child, anything else as CSV; nothing is ever computed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Final

from content_packages.page_text import decode_page
from content_packages.sandbox import Allowance, run_limited

LARGEST: Final = 4 * 1024 * 1024  # bytes of the file
MOST_ROWS: Final = 1_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 20_000  # characters
_CHILD: Final = Path(__file__).with_name("table_child.py")
_ALLOWANCE: Final = Allowance(memory=512 * 1024 * 1024, cpu_seconds=10, seconds=20.0, output=24 * 1024 * 1024)
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


class TableError(ValueError):
    """The file is no table that can be read; `code` says why: `table_unreadable`, `table_old_excel`, `table_large`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_table(path: Path, most_rows: int = MOST_ROWS) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet that have a cell with text, numbered from 1; formulas give their last value.

    Raises:
        TableError: it cannot be read, or is larger than anybody could look through.
    """
    if path.stat().st_size > LARGEST:
        raise TableError("table_large")
    with path.open("rb") as file:
        head = file.read(len(_ZIP))
    if head == _OLD_EXCEL:
        raise TableError("table_old_excel")
    rows = _workbook(path, most_rows) if head == _ZIP else _text(path.read_bytes(), most_rows)
    if len(rows) > most_rows:
        raise TableError("table_large")
    return [(number, _without_tail(row)) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]


def _without_tail(row: list[str]) -> list[str]:
    """A row up to its last cell with text."""
    return row[: max(place for place, cell in enumerate(row, 1) if cell.strip())]


def _workbook(path: Path, most_rows: int) -> list[list[str]]:
    outcome = run_limited(_CHILD, path, _ALLOWANCE, str(most_rows + 1), str(MOST_COLUMNS), str(LONGEST_CELL))
    try:
        rows = json.loads(outcome.output) if outcome.succeeded else None
    except ValueError:
        rows = None
    if not isinstance(rows, list):
        raise TableError("table_unreadable")
    return [[str(cell) for cell in row] for row in rows]


def _text(data: bytes, most_rows: int) -> list[list[str]]:
    text = decode_page(data).removeprefix("\ufeff")
    if "\0" in text:
        raise TableError("table_unreadable")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((mark for mark in "\t;," if mark in first), ",")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]])
            if len(rows) > most_rows:
                break
    except csv.Error:
        raise TableError("table_unreadable") from None
    return rows
