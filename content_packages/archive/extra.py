"""The extra fields of ZIP headers that matter here: zip64 sizes and Info-ZIP Unicode paths (APPNOTE 4.5, 4.6.9)."""

from __future__ import annotations

import struct
import zlib

ZIP64 = 0x0001
UNICODE_PATH = 0x7075

_FIELD = struct.Struct("<2H")
_UNICODE_PATH_HEAD = struct.Struct("<BL")
_UNICODE_PATH_VERSION = 1


def extra_fields(data: bytes) -> list[tuple[int, bytes]]:
    """Split an extra block into (tag, body); a last field that does not fit is padding and is left out."""
    fields, position = [], 0
    while position + _FIELD.size <= len(data):
        tag, length = _FIELD.unpack_from(data, position)
        position += _FIELD.size
        if position + length > len(data):
            break
        fields.append((tag, data[position : position + length]))
        position += length
    return fields


def unicode_path(bodies: list[bytes], raw_name: bytes) -> str:
    """Return the Unicode path that was written for exactly this name, else "".

    The field carries a checksum of the name it translates: a tool that renamed the entry and did not know
    the field left it behind with a wrong one.
    """
    for body in reversed(bodies):
        if len(body) <= _UNICODE_PATH_HEAD.size:
            continue
        version, checksum = _UNICODE_PATH_HEAD.unpack_from(body)
        if version == _UNICODE_PATH_VERSION and checksum == zlib.crc32(raw_name):
            try:
                return body[_UNICODE_PATH_HEAD.size :].decode()
            except UnicodeDecodeError:
                continue
    return ""
