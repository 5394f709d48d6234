"""Blobs in a folder: `ab/ab12…`, written beside, synced, then given their name at once."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from content_packages.storage.contract import (
    BlobMissingError,
    StorageError,
    StorageFullError,
    StoredBlob,
    checked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LINKS: Final = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
_UNFINISHED: Final = ".incoming"
_COLLECTING: Final = ".collecting"
_COPY_CHUNK: Final = 1024 * 1024


class FolderStorage:
    """A `Storage` in one folder of one file system, for one machine or a shared mount."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / _UNFINISHED).mkdir(parents=True, exist_ok=True)

    def put(self, path: Path, sha256: str) -> bool:
        """Copy, sync the file, name it, sync the folders; a half-written blob never has a name."""
        target = self._path(sha256)
        with storage_errors():
            target.parent.mkdir(exist_ok=True)
            created = False
            # It may be collected between two looks; a name that was just given is too young for that.
            while not (created or self._refresh(target)):
                created = self._place(path, target)
            # Also when someone else put it: his name for it may not have reached the disk yet.
            sync_folder(target.parent)
            sync_folder(self.root)
        return created

    def open(self, sha256: str) -> BinaryIO:
        """Open the blob's file."""
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error

    def size(self, sha256: str) -> int:
        """Ask the file system."""
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error

    def exists(self, sha256: str) -> bool:
        """Ask the file system."""
        return self._path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        """Unlink the blob's file; whoever reads it now reads on."""
        with storage_errors():
            self._path(sha256).unlink(missing_ok=True)

    def collect(self, sha256: str, before: datetime) -> bool:
        """Look at the time and unlink while no put can refresh it."""
        path = self._path(sha256)
        with storage_errors(), self._locked(fcntl.LOCK_EX), suppress(FileNotFoundError):
            if _modified(path.stat()) < before:
                self.delete(sha256)
                return True
        return False

    def blobs(self) -> Iterator[StoredBlob]:
        """Walk the folders; what is not named like a blob is not ours and is left out."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for path in folder.iterdir():
                with suppress(ValueError, FileNotFoundError):
                    status = path.stat()
                    yield StoredBlob(checked(path.name), status.st_size, _modified(status))

    def sweep(self, before: datetime) -> int:
        """Unlink copies that were never named: whoever made them is gone."""
        swept = 0
        for path in (self.root / _UNFINISHED).iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    swept += 1
        return swept

    def free_space(self) -> int | None:
        """Return what the file system has left."""
        return shutil.disk_usage(self.root).free

    def _path(self, sha256: str) -> Path:
        return self.root / checked(sha256)[:2] / sha256

    def _refresh(self, target: Path) -> bool:
        """Make a blob young again; False when there is none.

        Collection spares what was put lately: the row that will name this blob comes only now.
        """
        with self._locked(fcntl.LOCK_SH), suppress(FileNotFoundError):
            os.utime(target)
            return True
        return False

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        """Hold the lock between puts (shared) and collection (exclusive); a killed process lets go of it."""
        handle = os.open(self.root / _COLLECTING, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)

    def _place(self, path: Path, target: Path) -> bool:
        """Copy `path` and name it `target`; False when someone else was faster with the same bytes."""
        handle, name = tempfile.mkstemp(dir=self.root / _UNFINISHED)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as copy, path.open("rb") as original:
                shutil.copyfileobj(original, copy, _COPY_CHUNK)
                copy.flush()
                os.fsync(copy.fileno())
            return _name(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)


def _modified(status: os.stat_result) -> datetime:
    return datetime.fromtimestamp(status.st_mtime, UTC)


def _name(unfinished: Path, target: Path) -> bool:
    """Give the finished file its name, unless another has it; where there are no links, by renaming."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        unfinished.rename(target)
    return True


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn what the file system says into what a service can act upon."""
    try:
        yield
    except OSError as error:
        kind = StorageFullError if error.errno in _FULL else StorageError
        raise kind(os.strerror(error.errno or 0)) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable: syncing the file alone does not."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
