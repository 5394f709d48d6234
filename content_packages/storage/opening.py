"""Choosing the storage by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from content_packages.storage.folder import FolderStorage

if TYPE_CHECKING:
    from content_packages.storage.contract import Storage


def open_storage(url: str) -> Storage:
    """Open `file:///path` or a plain path as a folder, `s3://bucket/prefix?endpoint=…&region=…` as S3.

    Raises:
        ValueError: the URL is of another scheme or lacks its bucket or path.
        ImportError: S3 is asked for and the extra `s3` is not installed.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3":
        from content_packages.storage.s3 import S3Storage  # noqa: PLC0415 - obstore is an extra

        return S3Storage.from_url(url)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return FolderStorage(Path(unquote(parts.path)))
    if not parts.scheme and url:
        return FolderStorage(Path(url))
    raise ValueError("a storage is file:///path, a path, or s3://bucket/prefix")
