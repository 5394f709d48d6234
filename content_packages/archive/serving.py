"""Handing out verified entries: as they lie in the archive, as gzip around them, or inflated from any byte."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from content_packages.archive.inflate import DamagedEntryError, identity_chunks, raw_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_packages.archive.table import Entry

# RFC 1952: magic, deflate, no flags, no time, no hint of effort, unknown system.
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP_TRAILER = struct.Struct("<2L")
_SIZE_MODULUS = 1 << 32


def gzip_header() -> bytes:
    """Return the ten bytes that turn a raw deflate stream into gzip (with `gzip_trailer` after it)."""
    return _GZIP_HEADER


def gzip_trailer(entry: Entry) -> bytes:
    """Return checksum and size of the inflated contents, which the verified table knows already."""
    return _GZIP_TRAILER.pack(entry.crc32, entry.size % _SIZE_MODULUS)


def gzip_size(entry: Entry) -> int:
    """Return the length of the whole gzip form in bytes."""
    return len(_GZIP_HEADER) + entry.compressed_size + _GZIP_TRAILER.size


def open_raw(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield the entry's bytes as the archive holds them: deflated, or the contents of a stored entry."""
    return raw_chunks(file, entry.offset, entry.compressed_size)


def iter_gzip(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield a deflated entry as gzip without inflating it."""
    yield gzip_header()
    yield from open_raw(file, entry)
    yield gzip_trailer(entry)


def iter_identity(file: BinaryIO, entry: Entry, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """Yield bytes `start` to `stop` (exclusive; None: the end) of the entry's contents.

    A stored entry is read from where the range starts; a deflated one has to be inflated up to there.
    """
    stop = entry.size if stop is None else min(stop, entry.size)
    if stop <= start:
        return
    if not entry.is_deflated:
        yield from raw_chunks(file, entry.offset + start, stop - start)
        return
    position = 0
    for chunk in identity_chunks(file, entry):
        wanted = chunk[max(0, start - position) : stop - position]
        if wanted:
            yield wanted
        position += len(chunk)
        if position >= stop:
            return


def read_contents(file: BinaryIO, entry: Entry, limit: int) -> bytes:
    """Return the first `limit` bytes of the entry at most; b"" when even its beginning is damaged."""
    pieces: list[bytes] = []
    with suppress(DamagedEntryError):
        for chunk in iter_identity(file, entry, 0, limit):
            pieces.append(chunk)  # noqa: PERF402 - what came before the damage is kept
    return b"".join(pieces)
