"""Reads the first sheet of a workbook and writes its cells as JSON; runs only inside the sandbox."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any


def text_of(value: Any, longest: int) -> str:
    """A cell as a person would type it: whole numbers without a point, days as in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ", "minutes")
    return (value.isoformat() if isinstance(value, date) else str(value))[:longest]


def main(path: str, most_rows: int, most_columns: int, longest: int) -> None:
    """Write the rows; values only, never formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415 - after the limits are set

    # By the open file: by its path it would ask for an extension.
    with Path(path).open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        json.dump([[text_of(value, longest) for value in row] for row in rows], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
