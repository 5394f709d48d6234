"""A ZIP that is written while it is sent: no file on the disk, and of every file a piece at a time in memory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from elearn.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from content_packages.storage.contract import Storage

CHUNK = 256 * 1024  # bytes
LEVEL = 6

# A path, and either its bytes or the digest of a stored file.
Piece = tuple[str, bytes | str]


class _Sink(io.RawIOBase):
    """What zipfile writes to: it cannot seek, so that sizes and checksums come after the bytes (APPNOTE 4.3.9)."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] - zipfile gives bytes only
        """Keep a piece until it is sent."""
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        data, self._pieces = b"".join(self._pieces), []
        return data


def zipped(storage: Storage, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Yield a ZIP of texts, which are deflated, and stored files, which mostly are compressed already.

    Raises:
        BlobMissingError: a stored file is gone; what was sent until then is no whole archive.
    """
    sink, made = _Sink(), now().timetuple()[:6]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for path, content in pieces:
            entry = zipfile.ZipInfo(path, made)
            entry.external_attr = 0o644 << 16
            if isinstance(content, bytes):
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, LEVEL)
            else:
                with storage.open(content) as file, archive.open(entry, "w", force_zip64=True) as target:
                    while data := file.read(CHUNK):
                        target.write(data)
                        yield sink.taken()
            yield sink.taken()
    yield sink.taken()
