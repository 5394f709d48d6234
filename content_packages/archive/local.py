"""The second opinion about each entry: local headers, data descriptors, and that no two entries share bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from content_packages.archive.directory import FULL32
from content_packages.archive.extra import ZIP64, extra_fields
from content_packages.archive.refusal import ArchiveRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_packages.archive.directory import Header

_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
_ENCRYPTED = 0x0001
_DESCRIPTOR_FOLLOWS = 0x0008
_LONGEST_DESCRIPTOR = 24


@dataclass(frozen=True, slots=True)
class Extent:
    """The bytes of the archive that belong to one entry: header, data, end after the descriptor."""

    start: int
    data: int
    end: int


def read_extent(file: BinaryIO, header: Header, place: str) -> Extent:
    """Read the local header of `header` and demand that it tells the same story.

    Readers differ in which of the two they believe; an archive with two stories is two archives.
    """
    file.seek(header.header_offset)
    fixed = file.read(_LOCAL.size)
    if len(fixed) < _LOCAL.size or not fixed.startswith(_LOCAL_SIGNATURE):
        raise ArchiveRefusedError("zip_header_mismatch", place)
    _, _, flags, method, _, _, crc32, compressed_size, size, name_length, extra_length = _LOCAL.unpack(fixed)
    same_name = file.read(name_length) == header.raw_name
    said = (crc32, *_widen(file.read(extra_length), compressed_size, size))
    streamed = bool(flags & _DESCRIPTOR_FOLLOWS)
    if not (
        same_name
        and method == header.method
        and flags & _ENCRYPTED == header.flags & _ENCRYPTED
        and _agrees(said, _sums(header), zero_is_unknown=streamed)
    ):
        raise ArchiveRefusedError("zip_header_mismatch", place)
    data = header.header_offset + _LOCAL.size + name_length + extra_length
    end = data + header.compressed_size
    if streamed:
        descriptor = _descriptor_length(file, end, header)
        # Some writers set the bit, yet tell everything in the header and leave the descriptor out.
        if not descriptor and said != _sums(header):
            raise ArchiveRefusedError("zip_header_mismatch", place)
        end += descriptor
    return Extent(header.header_offset, data, end)


def refuse_overlap(extents: Iterable[tuple[Extent, str]], directory_offset: int) -> None:
    """Demand that every entry owns its bytes and that all of them lie before the central directory."""
    reached = 0
    for extent, place in sorted(extents, key=lambda pair: pair[0].start):
        if extent.start < reached or extent.end > directory_offset:
            raise ArchiveRefusedError("zip_overlap", place)
        reached = extent.end


def _widen(extra: bytes, compressed_size: int, size: int) -> tuple[int, int]:
    """Take the 64-bit sizes where the local header says that it has them (APPNOTE 4.5.3: both, size first)."""
    if FULL32 not in (compressed_size, size):
        return compressed_size, size
    body = next((body for tag, body in extra_fields(extra) if tag == ZIP64), b"")
    wide = list(struct.unpack_from(f"<{len(body) // 8}Q", body))
    if size == FULL32 and wide:
        size = wide.pop(0)
    if compressed_size == FULL32 and wide:
        compressed_size = wide.pop(0)
    return compressed_size, size


def _sums(header: Header) -> tuple[int, int, int]:
    """Return what is said twice about an entry: checksum, compressed size, size."""
    return header.crc32, header.compressed_size, header.size


def _agrees(said: tuple[int, ...], promised: tuple[int, ...], *, zero_is_unknown: bool) -> bool:
    """Whether the two stories are one; a streaming writer knew nothing yet when it wrote the first."""
    return all(mine == its or (zero_is_unknown and mine == 0) for mine, its in zip(said, promised, strict=True))


def _descriptor_length(file: BinaryIO, position: int, header: Header) -> int:
    """Return the length of the data descriptor (with or without signature, 32 or 64 bits), 0 when it is absent."""
    file.seek(position)
    found = file.read(_LONGEST_DESCRIPTOR)
    wide = struct.pack("<L2Q", *_sums(header))
    narrow = struct.pack("<3L", *(value & FULL32 for value in _sums(header)))
    for form in (_DESCRIPTOR_SIGNATURE + wide, _DESCRIPTOR_SIGNATURE + narrow, wide, narrow):
        if found.startswith(form):
            return len(form)
    return 0
