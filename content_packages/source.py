"""The file a reader reads: where it lies, what detection said, and its verified entries if it is an archive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from content_packages.archive.limits import Limits
from content_packages.archive.serving import read_contents
from content_packages.archive.table import EntryTable

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One uploaded file, open for reading; `name` is what its owner calls it."""

    path: Path
    name: str
    file: BinaryIO
    size: int
    limits: Limits = field(default_factory=Limits)
    entries: EntryTable = field(default_factory=lambda: EntryTable({}))

    @property
    def extension(self) -> str:
        """The part of the name after the last dot, in lower case."""
        stem, dot, extension = self.name.rpartition(".")
        return extension.lower() if dot and stem else ""

    @property
    def stem(self) -> str:
        """The name without its extension: the last resort for a title."""
        stem, dot, _ = self.name.rpartition(".")
        return stem if dot and stem else self.name

    def head(self, length: int = 4096) -> bytes:
        """Return the first `length` bytes of the file."""
        self.file.seek(0)
        return self.file.read(length)

    def read(self, path: str, limit: int) -> bytes:
        """Return the first `limit` bytes of the archive's file `path` (looked up leniently), b"" if absent."""
        entry = self.entries.lookup(path)
        return read_contents(self.file, entry, limit) if entry else b""
