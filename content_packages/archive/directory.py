"""Where a ZIP archive keeps its central directory, and what that directory says (APPNOTE 4.3.12 to 4.3.16)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from content_packages.archive.extra import UNICODE_PATH, ZIP64, extra_fields, unicode_path
from content_packages.archive.refusal import ArchiveRefusedError

if TYPE_CHECKING:
    from content_packages.archive.limits import Limits

_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGNATURE = b"PK\x06\x06"
_LOCATOR64 = struct.Struct("<4sLQL")
_LOCATOR64_SIGNATURE = b"PK\x06\x07"
_HEADER = struct.Struct("<4s6H3L5H2L")
_HEADER_SIGNATURE = b"PK\x01\x02"
_FULL16 = 0xFFFF
FULL32 = 0xFFFFFFFF
# The end record before its comment, counted back to the start of the zip64 end record's fixed "size" field.
_END64_LEAD = 12


@dataclass(frozen=True, slots=True)
class Directory:
    """Place and promise of the central directory: bytes, bytes, and a number of entries."""

    offset: int
    size: int
    entries: int


@dataclass(frozen=True, slots=True)
class Header:
    """One central header; sizes and offset are the 64-bit ones where the archive has them."""

    raw_name: bytes
    unicode_name: str  # from the Info-ZIP extra field, "" when there is none that fits
    flags: int
    method: int
    crc32: int
    compressed_size: int
    size: int
    header_offset: int
    mode: int  # Unix file mode, 0 when the maker knows none


def locate_directory(file: BinaryIO, file_size: int, limits: Limits) -> Directory:
    """Find the central directory from the archive's end; ArchiveRefusedError when it is not there."""
    position, end = _find_end(file, file_size)
    _, disk, directory_disk, here, entries, size, offset, _ = end
    if FULL32 in (size, offset) or _FULL16 in (here, entries, disk, directory_disk):
        position, disk, directory_disk, here, entries, size, offset = _read_end64(file, position, end)
    if disk or directory_disk or here != entries:
        raise ArchiveRefusedError("zip_multi_volume")
    if entries > limits.entries:
        raise ArchiveRefusedError("zip_too_many_entries", entries=entries, limit=limits.entries)
    if size > limits.directory_size:
        raise ArchiveRefusedError("zip_too_many_entries", entries=entries, limit=limits.entries)
    if offset + size != position:
        # Bytes before the archive or a lost piece of it: every offset would be a guess.
        raise ArchiveRefusedError("zip_truncated" if offset + size > position else "zip_damaged")
    return Directory(offset, size, entries)


def read_headers(file: BinaryIO, directory: Directory) -> list[Header]:
    """Read all central headers; ArchiveRefusedError when they are fewer, more or other than promised."""
    file.seek(directory.offset)
    data = file.read(directory.size)
    headers, position = [], 0
    while position < len(data):
        header, position = _read_header(data, position)
        if header.header_offset + header.compressed_size > directory.offset:
            raise ArchiveRefusedError("zip_damaged", header.raw_name.decode("utf-8", "replace"))
        headers.append(header)
        if len(headers) > directory.entries:
            break
    if len(headers) != directory.entries or position != directory.size:
        raise ArchiveRefusedError("zip_damaged")
    return headers


def _find_end(file: BinaryIO, file_size: int) -> tuple[int, tuple[int, ...]]:
    """Return the place and fields of the last end record whose comment fits into the file."""
    start = max(0, file_size - _END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(file_size - start)
    found = tail.rfind(_END_SIGNATURE)
    while found >= 0:
        if found + _END.size <= len(tail):
            fields = _END.unpack_from(tail, found)
            if found + _END.size + fields[-1] <= len(tail):
                return start + found, fields
        found = tail.rfind(_END_SIGNATURE, 0, found)
    raise ArchiveRefusedError("zip_truncated")


def _read_end64(file: BinaryIO, end_position: int, end: tuple[int, ...]) -> tuple[int, ...]:
    """Read the zip64 end record that stands before the end record, if the archive has one.

    An archive of exactly 65,535 entries or volumes may do without; then its own fields count.
    """
    locator_position = end_position - _LOCATOR64.size
    file.seek(max(0, locator_position))
    locator = file.read(_LOCATOR64.size) if locator_position >= 0 else b""
    if not locator.startswith(_LOCATOR64_SIGNATURE):
        return (end_position, *end[1:7])
    _, _, position, _ = _LOCATOR64.unpack(locator)
    if position > locator_position - _END64.size:
        raise ArchiveRefusedError("zip_damaged")
    file.seek(position)
    signature, size, _, _, *fields = _END64.unpack(file.read(_END64.size))
    if signature != _END64_SIGNATURE or position + _END64_LEAD + size != locator_position:
        raise ArchiveRefusedError("zip_damaged")
    return (position, *fields)


def _read_header(data: bytes, position: int) -> tuple[Header, int]:
    """Read the central header at `position`; returns it and where the next one starts."""
    if position + _HEADER.size > len(data):
        raise ArchiveRefusedError("zip_damaged")
    fields = _HEADER.unpack_from(data, position)
    signature, _, _, flags, method, _, _, crc32, compressed_size, size = fields[:10]
    name_length, extra_length, comment_length, _, _, attributes, offset = fields[10:]
    name_end = position + _HEADER.size + name_length
    extra_end = name_end + extra_length
    if signature != _HEADER_SIGNATURE or extra_end + comment_length > len(data):
        raise ArchiveRefusedError("zip_damaged")
    raw_name = data[name_end - name_length : name_end]
    extras = extra_fields(data[name_end:extra_end])
    size, compressed_size, offset = _widen(extras, size, compressed_size, offset)
    unicode_name = unicode_path([body for tag, body in extras if tag == UNICODE_PATH], raw_name)
    header = Header(raw_name, unicode_name, flags, method, crc32, compressed_size, size, offset, attributes >> 16)
    return header, extra_end + comment_length


def _widen(extras: list[tuple[int, bytes]], *values: int) -> list[int]:
    """Replace each value that is all ones by the next of the zip64 extra field (APPNOTE 4.5.3)."""
    if FULL32 not in values:
        return list(values)
    body = next((body for tag, body in extras if tag == ZIP64), b"")
    wide = iter(struct.unpack_from(f"<{len(body) // 8}Q", body))
    widened = [next(wide, None) if value == FULL32 else value for value in values]
    if None in widened:
        raise ArchiveRefusedError("zip_damaged")
    return [value for value in widened if value is not None]
