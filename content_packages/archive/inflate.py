"""Reading the bytes of an entry: as they are in the archive, or inflated without ever trusting their length."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_packages.archive.table import Entry

CHUNK = 256 * 1024
RAW_DEFLATE = -zlib.MAX_WBITS


class DamagedEntryError(Exception):
    """The compressed bytes end early, go on too long, or are no deflate stream."""


def raw_chunks(file: BinaryIO, offset: int, length: int, chunk: int = CHUNK) -> Iterator[bytes]:
    """Yield `length` bytes of `file` from `offset`; DamagedEntryError when the file ends before."""
    file.seek(offset)
    while length:
        data = file.read(min(chunk, length))
        if not data:
            raise DamagedEntryError
        length -= len(data)
        yield data


def identity_chunks(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield the entry's contents in pieces of at most CHUNK bytes; DamagedEntryError when they are damaged.

    The caller counts: nothing here stops at the size that the archive claims.
    """
    raw = raw_chunks(file, entry.offset, entry.compressed_size)
    if not entry.is_deflated:
        yield from raw
        return
    inflater = zlib.decompressobj(RAW_DEFLATE)
    try:
        for data in raw:
            pending = data
            while pending and not inflater.eof:
                yield inflater.decompress(pending, CHUNK)
                pending = inflater.unconsumed_tail
            if inflater.unused_data:
                raise DamagedEntryError
        while not inflater.eof and (rest := inflater.decompress(b"", CHUNK)):
            yield rest
    except zlib.error as error:
        raise DamagedEntryError from error
    if not inflater.eof:
        raise DamagedEntryError
