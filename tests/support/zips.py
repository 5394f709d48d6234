"""ZIP archives written by hand, header by header, so that a test can lie in any of them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

STORED = 0
DEFLATED = 8
UTF8 = 0x0800
STREAMED = 0x0008
UNIX = 3
FULL32 = 0xFFFFFFFF


def deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(data) + compressor.flush()


def extra(tag: int, body: bytes) -> bytes:
    return struct.pack("<2H", tag, len(body)) + body


def unicode_path(name: str, raw_name: bytes) -> bytes:
    return extra(0x7075, struct.pack("<BL", 1, zlib.crc32(raw_name)) + name.encode())


@dataclass
class ZipEntry:
    """One entry; what is None is told truthfully. `local` overrides fields of the local header only."""

    name: str | bytes
    data: bytes = b""
    method: int = DEFLATED
    flags: int | None = None
    mode: int = 0
    raw: bytes | None = None  # the bytes in the archive, when they are not the data deflated
    crc32: int | None = None
    size: int | None = None
    compressed_size: int | None = None
    extra: bytes = b""
    offset: int | None = None
    descriptor: bytes | None = None
    local: dict[str, Any] = field(default_factory=dict)

    @property
    def raw_name(self) -> bytes:
        return self.name if isinstance(self.name, bytes) else self.name.encode()

    def fields(self) -> dict[str, Any]:
        packed = self.packed()
        non_ascii = isinstance(self.name, str) and not self.name.isascii()
        return {
            "flags": (UTF8 if non_ascii else 0) if self.flags is None else self.flags,
            "method": self.method,
            "crc32": zlib.crc32(self.data) if self.crc32 is None else self.crc32,
            "compressed_size": len(packed) if self.compressed_size is None else self.compressed_size,
            "size": len(self.data) if self.size is None else self.size,
            "name": self.raw_name,
            "extra": self.extra,
        }

    def packed(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return deflate(self.data) if self.method == DEFLATED else self.data


def build_zip(
    *entries: ZipEntry,
    comment: bytes = b"",
    gap: bytes = b"",
    count: int | None = None,
    zip64: bool = False,
    disk: int = 0,
) -> bytes:
    """Lay the entries out one after the other (`gap` between them), then the directory and its end."""
    body, directory = b"", b""
    for entry in entries:
        fields = entry.fields()
        offset = len(body) if entry.offset is None else entry.offset
        body += _local(**{**fields, **entry.local}) + entry.packed() + (entry.descriptor or b"") + gap
        directory += _central(**fields, mode=entry.mode, offset=offset)
    total = len(entries) if count is None else count
    return body + directory + _end(total, len(directory), len(body), comment, zip64=zip64, disk=disk)


def simple_zip(files: dict[str, bytes | str]) -> bytes:
    """An honest archive."""
    return build_zip(
        *(ZipEntry(name, data.encode() if isinstance(data, str) else data) for name, data in files.items())
    )


def _local(*, flags: int, method: int, crc32: int, compressed_size: int, size: int, name: bytes, extra: bytes) -> bytes:
    sums = (crc32, compressed_size, size)
    header = struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, method, 0, 33, *sums, len(name), len(extra))
    return header + name + extra


def _central(
    *,
    flags: int,
    method: int,
    crc32: int,
    compressed_size: int,
    size: int,
    name: bytes,
    extra: bytes,
    mode: int,
    offset: int,
) -> bytes:
    kind = struct.pack("<4s6H", b"PK\1\2", UNIX << 8 | 20, 20, flags, method, 0, 33)
    sums = struct.pack("<3L", crc32, compressed_size, size)
    place = struct.pack("<5H2L", len(name), len(extra), 0, 0, 0, mode << 16, offset)
    return kind + sums + place + name + extra


def _end(count: int, size: int, offset: int, comment: bytes, *, zip64: bool, disk: int) -> bytes:
    if not zip64:
        return struct.pack("<4s4H2LH", b"PK\5\6", disk, disk, count, count, size, offset, len(comment)) + comment
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, disk, disk, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, offset + size, 1)
    full = struct.pack("<4s4H2LH", b"PK\5\6", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, FULL32, FULL32, len(comment))
    return record + locator + full + comment
