"""What every storage does; services know this protocol and none of its implementations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class StorageError(Exception):
    """The storage cannot do what was asked: it is unreachable, read-only or damaged."""


class StorageFullError(StorageError):
    """There is no room for another blob; reading still works."""


class BlobMissingError(StorageError):
    """There is no blob of this digest."""


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """One blob: its digest, size in bytes, and when it was last put (UTC)."""

    sha256: str
    size: int
    modified: datetime


class Storage(Protocol):
    """Blobs by SHA-256 (64 lower-case hexadecimal digits; ValueError for anything else)."""

    def put(self, path: Path, sha256: str) -> bool:
        """Keep a copy of the file at `path`, durable on return; False when the blob was there already.

        The digest is believed: `receive` made it while the bytes came in.

        Raises:
            StorageFullError: no room; nothing is left behind.
        """

    def open(self, sha256: str) -> BinaryIO:
        """Open the blob as a seekable binary file; BlobMissingError when there is none."""

    def size(self, sha256: str) -> int:
        """Return the blob's size in bytes; BlobMissingError when there is none."""

    def exists(self, sha256: str) -> bool:
        """Whether the blob is there."""

    def delete(self, sha256: str) -> None:
        """Remove the blob; nothing happens when there is none."""

    def collect(self, sha256: str, before: datetime) -> bool:
        """Remove the blob unless it was put at `before` or later; whether it was removed.

        A put of the same bytes at this very moment either is seen and spares the blob, or finds it gone and
        keeps it anew: when both have returned and the put came last or at the same time, the blob is there.
        """

    def blobs(self) -> Iterator[StoredBlob]:
        """Yield everything that is kept, in no particular order."""

    def sweep(self, before: datetime) -> int:
        """Remove what a put that broke off before that moment has left behind; returns how many files."""

    def free_space(self) -> int | None:
        """Return the bytes that still fit, or None where that cannot be known."""


def checked(sha256: str) -> str:
    """Return the digest; ValueError when it is not one, so that no other string becomes a path."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256 digest in lower-case hexadecimal")
    return sha256
