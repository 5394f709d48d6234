"""The verified entries of an archive: the only thing from which its files are served."""

from __future__ import annotations

import json
import unicodedata
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STORED = 0
DEFLATED = 8

# The first bytes name the form; a reader of another form must take the package in again.
_FORM = b"ELT1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive; `offset` is where its (compressed) bytes start in the archive, in bytes."""

    path: str
    method: int  # STORED or DEFLATED
    offset: int
    compressed_size: int
    size: int
    crc32: int

    @property
    def is_deflated(self) -> bool:
        """Whether the bytes in the archive are a raw deflate stream."""
        return self.method == DEFLATED


@dataclass(frozen=True)
class EntryTable:
    """All files of one archive by path (NFC, forward slashes, no leading slash); folders are implied."""

    entries: dict[str, Entry]
    _folded: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Make a table of entries whose paths are known to be distinct."""
        return cls({entry.path: entry for entry in entries})

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __contains__(self, path: object) -> bool:
        return path in self.entries

    @property
    def size(self) -> int:
        """All files together, inflated, in bytes."""
        return sum(entry.size for entry in self)

    def lookup(self, path: str) -> Entry | None:
        """Find `path` as written, then URL-decoded, then regardless of case.

        Sloppy packages say `My%20Page.htm` for `my page.htm` and work on their author's machine.
        """
        written = unicodedata.normalize("NFC", path)
        decoded = unicodedata.normalize("NFC", unquote(written))
        for candidate in (written, decoded):
            if candidate in self.entries:
                return self.entries[candidate]
        folded = self._folded_paths()
        actual = folded.get(written.casefold()) or folded.get(decoded.casefold())
        return self.entries[actual] if actual else None

    def to_bytes(self) -> bytes:
        """Serialise compactly, for the database; `from_bytes` reads it."""
        rows = [
            [entry.path, entry.method, entry.offset, entry.compressed_size, entry.size, entry.crc32] for entry in self
        ]
        packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        return _FORM + zlib.compress(packed, 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; ValueError when the form is another one or the bytes are damaged."""
        if data[: len(_FORM)] != _FORM:
            raise ValueError("not an entry table of this form")
        try:
            rows = json.loads(zlib.decompress(data[len(_FORM) :]))
            return cls.of(Entry(*row) for row in rows)
        except (zlib.error, TypeError) as error:
            raise ValueError("damaged entry table") from error

    def _folded_paths(self) -> dict[str, str]:
        """Return the paths by their case-folded form, made at the first need; the first of two wins."""
        if not self._folded:
            for path in self.entries:
                self._folded.setdefault(path.casefold(), path)
        return self._folded
