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
    used_as_folder = _folders_of([*seen, *map(str.casefold, folders)])
    for path, entry in seen.items():
        if path in used_as_folder:
            yield finding("name_file_and_folder", printable(entry.path))


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that the paths imply; a path that ends in a slash implies itself."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        # From the deepest upwards, up to one whose parents are known.
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders
