"""Receiving an upload: bytes go to a staging file and are hashed on the way, so they are read only once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from content_packages.storage.folder import storage_errors

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_CHUNK: Final = 1024 * 1024


class Readable(Protocol):
    """Anything that gives bytes: a request's body, a file of a form, an open file."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, b"" at the end."""


class UploadTooLargeError(Exception):
    """More bytes came than are allowed; `limit` says how many are."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Staged:
    """A received file; used with `with`, it is removed at the end."""

    path: Path
    sha256: str
    size: int

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def discard(self) -> None:
        """Remove the staging file, if it is still there."""
        self.path.unlink(missing_ok=True)


def receive(stream: Readable, folder: Path, limit: int) -> Staged:
    """Write all of `stream` to a new file in `folder` (made if absent), hashing it; at most `limit` bytes.

    Whatever goes wrong (the limit, the disk, the sender), no file is left behind.

    Raises:
        UploadTooLargeError: more than `limit` bytes came.
        StorageFullError: the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with storage_errors():
        handle, name = tempfile.mkstemp(dir=folder, suffix=".upload")
    path = Path(name)
    try:
        sha256, size = _copy(stream, handle, limit)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Staged(path, sha256, size)


def _copy(stream: Readable, handle: int, limit: int) -> tuple[str, int]:
    """Copy to the open file `handle` and close it; returns digest and size."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb", buffering=0) as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise UploadTooLargeError(limit)
            digest.update(chunk)
            with storage_errors():
                file.write(chunk)
    return digest.hexdigest(), size
