"""A file that arrives in parts: what is said to have arrived is on the disk, and one sender writes at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
from typing import TYPE_CHECKING, Final, Protocol

from content_packages.storage.folder import storage_errors, sync_folder
from content_packages.storage.receiving import Staged

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from content_packages.storage.receiving import Readable

_CHUNK: Final = 1024 * 1024


class FileBusyError(Exception):
    """Somebody else writes to the file, or reads it, at this moment."""


class Digest(Protocol):
    """A checksum in the making."""

    def update(self, data: bytes, /) -> None:
        """Take further bytes into it."""


def begin(path: Path) -> None:
    """Make an empty file, whose name is on the disk on return.

    Raises:
        StorageFullError: no room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with storage_errors():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        sync_folder(path.parent)


class GrowingFile:
    """An unfinished file that nobody else may touch until it is closed; a killed process lets go of it.

    Raises:
        FileNotFoundError: there is no such file.
        FileBusyError: somebody else holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("r+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise FileBusyError(path.name) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others have it."""
        self._file.close()

    @property
    def size(self) -> int:
        """How many bytes are there."""
        return os.fstat(self._file.fileno()).st_size

    def discard(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)

    def append(self, stream: Readable, start: int, most: int, digest: Digest | None = None) -> int:
        """Write up to `most` bytes of a stream from `start` on, and sync; returns how many came.

        What stood behind `start` was never acknowledged and goes. When the disk is full the file ends at `start`.

        Raises:
            StorageFullError: no room.
        """
        self.cut(start)
        try:
            with storage_errors():
                came = self._copy(stream, most, digest)
                os.fsync(self._file.fileno())
        except BaseException:
            self.cut(start)
            raise
        return came

    def _copy(self, stream: Readable, most: int, digest: Digest | None) -> int:
        came = 0
        while came < most and (chunk := stream.read(min(_CHUNK, most - came))):
            view = memoryview(chunk)
            while view:
                view = view[self._file.write(view) :]
            came += len(chunk)
            if digest is not None:
                digest.update(chunk)
        return came

    def cut(self, size: int) -> None:
        """Throw away what stands behind so many bytes, and go there."""
        self._file.truncate(size)
        self._file.seek(size)

    def staged(self) -> Staged:
        """The whole file as one that was received at once; it is read for its digest."""
        self._file.seek(0)
        digest = hashlib.file_digest(self._file, "sha256").hexdigest()
        return Staged(self.path, digest, self._file.tell())
