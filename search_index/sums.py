"""Checksums of the files of an index, so that damage is noticed which still reads like postings.

    sums        in the folder of a generation: the name of each file as it was committed -> its CRC-32

Files of both engines never change once they are committed; the few that do are small and guard themselves: they are
lists in JSON that name other files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "sums"
_UNSUMMED = frozenset({_NAME, f"{_NAME}.new", "meta.json", ".managed.json"})
_BLOCK = 1 << 20


def seal(generation: Path) -> None:
    """Note the sums of files that have come since the last time; what is noted stays, so damage is never blessed."""
    known = _read(generation)
    sums = {}
    for file in sorted(generation.iterdir()):
        if file.name not in _UNSUMMED and file.is_file() and file.stat().st_size:
            sums[file.name] = known[file.name] if file.name in known else _sum(file)
    if sums != known:
        new = generation / f"{_NAME}.new"
        new.write_text(json.dumps(sums))
        new.replace(generation / _NAME)


def damaged_files(generation: Path) -> list[str]:
    """Name the files that are not as they were committed; of those that are gone, opening the index tells.

    Raises:
        ValueError, TypeError: the list of sums itself is damaged.
    """
    return [name for name, expected in _read(generation).items() if _sum_of(generation / name) not in (None, expected)]


def _read(generation: Path) -> dict[str, int]:
    try:
        found = json.loads((generation / _NAME).read_text())
    except FileNotFoundError:
        return {}
    if not isinstance(found, dict):
        raise TypeError(f"no sums: {found!r}")
    return found


def _sum_of(file: Path) -> int | None:
    try:
        return _sum(file)
    except FileNotFoundError:
        return None


def _sum(file: Path) -> int:
    total = 0
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            total = crc32(block, total)
    return total
