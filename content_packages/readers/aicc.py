"""AICC courses: the course file, the assignable units and their descriptions (CMI001, 5 and appendix A)."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.page_text import collapse, decode_page
from content_packages.readers.descriptions import folder_of
from content_packages.readers.units import Unit, unit_facts

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

_BYTES: Final = 2 * 1024 * 1024
_ROWS: Final = 5_000
_STANDARD: Final = "AICC"
_FIELD: Final = re.compile(r"^[ \t]*([A-Za-z_]{1,40})[ \t]*=[ \t]*(.*)$", re.MULTILINE)
_DESCRIPTION: Final = re.compile(r"^\[Course_Description\]\s*(.*?)(?=^\[|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the three files; they share a name that is free, so they are found by their endings."""
    course = _path(source, "crs")
    text = decode_page(source.read(course, _BYTES))
    fields = {name.lower(): collapse(value) for name, value in _FIELD.findall(text)}
    described = {row.get("system_id", ""): row for row in _rows(source, _path(source, "des"))}
    units = []
    for row in _rows(source, _path(source, "au")):
        about = described.get(row.get("system_id", ""), {})
        units.append(
            Unit(
                row.get("system_id", ""), about.get("title", ""), row.get("file_name", ""), about.get("description", "")
            )
        )
    description = _DESCRIPTION.search(text)
    author = fields.get("course_creator", "")
    return PackageFacts(
        Kind.AICC,
        identity.media_type,
        _STANDARD,
        edition=fields.get("version", "")[:20],
        title=fields.get("course_title") or source.stem,
        description=description[1] if description else "",
        authors=(author,) if author else (),
        **unit_facts(source, course, folder_of(course), units),
    )


def _path(source: Source, extension: str) -> str:
    found = (entry.path for entry in source.entries if entry.path.lower().endswith(f".{extension}"))
    return min(found, key=lambda path: (path.count("/"), path), default="")


def _rows(source: Source, path: str) -> list[dict[str, str]]:
    """Return the rows of a table with its names in lower case; rows behind a fault are left out."""
    lines = decode_page(source.read(path, _BYTES)).replace("\0", "").splitlines() if path else []
    rows: list[dict[str, str]] = []
    try:
        table = csv.reader(lines)
        names = [name.strip().lower() for name in next(table, [])]
        for values in table:
            if len(rows) >= _ROWS:
                break
            if any(values):
                rows.append(dict(zip(names, map(str.strip, values), strict=False)))
    except csv.Error:
        return rows
    return rows
