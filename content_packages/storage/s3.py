"""Blobs as objects of an S3-compatible store: `prefix/ab/ab12…`, put only if absent, read by ranges."""

from __future__ import annotations

import io
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, Final, Self
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from content_packages.storage.contract import (
    BlobMissingError,
    StorageError,
    StorageFullError,
    StoredBlob,
    checked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from obstore import ObjectMeta
    from typing_extensions import Buffer

_READ_AHEAD: Final = 1024 * 1024
_PART: Final = 8 * 1024 * 1024
_FRESH: Final = timedelta(hours=1)
_COLLECTING: Final = ".collecting"
_ABANDONED: Final = timedelta(minutes=3)  # no request of ours is under way for so long
_PAUSE: Final = 0.1  # seconds between two looks at whether a collection is over
_FULL: Final = ("InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "507")


class S3Storage:
    """A `Storage` in one bucket; keys come from the environment (`AWS_ACCESS_KEY_ID` and so on)."""

    def __init__(self, store: S3Store) -> None:
        self.store = store

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Open `s3://bucket/prefix?endpoint=https://…&region=…`; ValueError without a bucket."""
        parts = urlsplit(url)
        if not parts.netloc:
            raise ValueError("s3 needs a bucket: s3://bucket/prefix")
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        endpoint = options.get("endpoint")
        store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config={
                "region": options.get("region", "us-east-1"),
                **({"endpoint": endpoint} if endpoint else {}),
            },
            # Encryption is the operator's choice by the scheme of the endpoint.
            client_options={
                "allow_http": bool(endpoint and endpoint.startswith("http:")),
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(seconds=60),
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
        )
        return cls(store)

    def put(self, path: Path, sha256: str) -> bool:
        """Upload unless the blob is there; an old one is uploaded again.

        Collection spares what was put lately, and S3 has no other way to say "still wanted". Writing the
        same bytes twice is harmless, so large files may go up in parts, which know no "only if absent".
        """
        created = self._put(path, sha256)
        # Whoever collects leaves a mark before looking at the time. So it has seen this put, or its mark is seen
        # here and its removal waited for.
        while self._await_collection(sha256) and not self.exists(sha256):
            created = self._put(path, sha256)
        return created

    def _put(self, path: Path, sha256: str) -> bool:
        found = self._find(sha256)
        if found is not None and datetime.now(UTC) - found["last_modified"] < _FRESH:
            return False
        is_small = path.stat().st_size <= _PART
        with _storage_errors(sha256):
            try:
                obstore.put(
                    self.store,
                    _key(sha256),
                    path,
                    mode="create" if is_small and found is None else "overwrite",
                    use_multipart=not is_small,
                    chunk_size=_PART,
                    max_concurrency=4,
                )
            except AlreadyExistsError:
                return False
        return found is None

    def open(self, sha256: str) -> BinaryIO:
        """Open the blob for reading by ranges of about a megabyte."""
        return io.BufferedReader(_RangeReader(self.store, sha256, self.size(sha256)), _READ_AHEAD)

    def size(self, sha256: str) -> int:
        """Ask for the object's head."""
        found = self._find(sha256)
        if found is None:
            raise BlobMissingError(sha256)
        return found["size"]

    def exists(self, sha256: str) -> bool:
        """Ask for the object's head."""
        return self._find(sha256) is not None

    def delete(self, sha256: str) -> None:
        """Delete the object; S3 does not mind when there is none."""
        with _storage_errors(sha256):
            obstore.delete(self.store, _key(sha256))

    def collect(self, sha256: str, before: datetime) -> bool:
        """Leave a mark, look at the time, delete; S3 deletes under no condition, so puts look for the mark.

        The mark stays when the store did not answer: the deletion may still be under way.
        """
        mark = f"{_COLLECTING}/{checked(sha256)}/{uuid4().hex}"
        with _storage_errors(sha256):
            obstore.put(self.store, mark, b"")
        found = self._find(sha256)
        is_old = found is not None and found["last_modified"] < before
        if is_old:
            self.delete(sha256)
        with _storage_errors(sha256):
            obstore.delete(self.store, mark)
        return is_old

    def blobs(self) -> Iterator[StoredBlob]:
        """List the bucket page by page; what is not named like a blob is not ours and is left out."""
        with _storage_errors(""):
            for page in obstore.list(self.store):
                for found in page:
                    name = found["path"].rpartition("/")[2]
                    try:
                        yield StoredBlob(checked(name), found["size"], found["last_modified"])
                    except ValueError:
                        continue

    def sweep(self, before: datetime) -> int:
        """Delete the marks of collections that died; parts of broken-off uploads expire by a rule of the bucket."""
        swept = 0
        with _storage_errors(""):
            for page in obstore.list(self.store, prefix=_COLLECTING):
                for mark in page:
                    if mark["last_modified"] < before:
                        obstore.delete(self.store, mark["path"])
                        swept += 1
        return swept

    def free_space(self) -> int | None:
        """Return None: S3 does not tell."""
        return None

    def _await_collection(self, sha256: str) -> bool:
        """Wait while somebody collects the blob; whether anybody did."""
        waited = False
        while self._marks(sha256):
            waited = True
            time.sleep(_PAUSE)
        return waited

    def _marks(self, sha256: str) -> int:
        """How many collections of the blob are under way; marks of those that died are left out."""
        oldest = datetime.now(UTC) - _ABANDONED
        with _storage_errors(sha256):
            pages = obstore.list(self.store, prefix=f"{_COLLECTING}/{checked(sha256)}")
            return sum(mark["last_modified"] > oldest for page in pages for mark in page)

    def _find(self, sha256: str) -> ObjectMeta | None:
        """Return size and time of the object, None when there is none."""
        key = _key(sha256)
        try:
            with _storage_errors(sha256):
                return obstore.head(self.store, key)
        except BlobMissingError:
            return None


class _RangeReader(io.RawIOBase):
    """A seekable file over ranged reads; wrapped in a buffer, so that small reads do not become requests."""

    def __init__(self, store: S3Store, sha256: str, size: int) -> None:
        self._store = store
        self._sha256 = sha256
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move without asking the store anything; ValueError before the start."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if origin + offset < 0:
            raise ValueError("negative seek position")
        self._position = origin + offset
        return self._position

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill `buffer` from one range; 0 at the end."""
        view = memoryview(buffer).cast("B")
        stop = min(self._position + len(view), self._size)
        if stop <= self._position:
            return 0
        with _storage_errors(self._sha256):
            data = obstore.get_range(self._store, _key(self._sha256), start=self._position, end=stop)
        view[: len(data)] = memoryview(data)
        self._position += len(data)
        return len(data)


def _key(sha256: str) -> str:
    return f"{checked(sha256)[:2]}/{sha256}"


@contextmanager
def _storage_errors(sha256: str) -> Iterator[None]:
    """Turn what obstore says into what a service can act upon."""
    try:
        yield
    except FileNotFoundError as error:
        raise BlobMissingError(sha256) from error
    except BaseError as error:
        if isinstance(error, AlreadyExistsError):
            raise
        kind = StorageFullError if any(sign in str(error) for sign in _FULL) else StorageError
        raise kind(str(error)) from error
