"""Entries whose names cannot live side by side: duplicates, case and folder collisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.archive.paths import printable
from content_packages.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from content_packages.archive.table import Entry
    from scorm.findings import Finding


def collisions(files: Sequence[Entry], folders: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for every entry that another one hides on some computer.

    Two names that differ only in case are harmless when their contents are the same: whichever file wins,
    the lesson looks the same.
    """
    seen: dict[str, Entry] = {}
    for entry in files:
        other = seen.setdefault(entry.path.casefold(), entry)
        if other is entry:
            continue
        place = printable(entry.path)
        if other.path == entry.path:
            yield finding("name_duplicate", place)
        elif (other.size, other.crc32) == (entry.size, entry.crc32):
            yield finding("name_collision_identical", place, other=printable(other.path))
        else:
            yield finding("name_collision", place, other=printable(other.path))
    used_as_folder = {parent for path in (*seen, *map(str.casefold, folders)) for parent in _parents(path)}
    for path, entry in seen.items():
        if path in used_as_folder:
            yield finding("name_file_and_folder", printable(entry.path))


def _parents(path: str) -> Iterator[str]:
    """Yield every folder that `path` implies; a folder's own path ends in a slash and implies itself."""
    position = path.find("/")
    while position >= 0:
        yield path[:position]
        position = path.find("/", position + 1)
