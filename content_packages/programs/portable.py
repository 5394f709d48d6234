"""Windows programs ([PE format]): version strings, machine, and the signature at the end of the file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from content_packages.programs.certificates import MOST_BYTES, signer_of
from content_packages.programs.told import DAMAGE, Told

if TYPE_CHECKING:
    from content_packages.source import Source

_RESOURCES_READ: Final = 16 * 1024 * 1024
_MOST_SECTIONS: Final = 96
_HEAD: Final = 64 * 1024
_MACHINES: Final = {0x14C: "x86", 0x8664: "x86-64", 0xAA64: "arm64", 0x1C0: "arm", 0x1C4: "arm"}
_PE32_PLUS: Final = 0x20B
_CERTIFICATES: Final = 4  # the entry of the data directories
_PKCS7: Final = 2  # WIN_CERT_TYPE_PKCS_SIGNED_DATA
_LONGEST_VALUE: Final = 200


def read(source: Source) -> Told:
    """Read the headers, the version strings of `.rsrc`, and who signed."""
    head = source.head(_HEAD)
    (start,) = struct.unpack_from("<L", head, 0x3C)
    if head[start : start + 4] != b"PE\0\0":
        return Told(platform="windows")
    machine, sections, optional = struct.unpack_from("<2H12xH", head, start + 4)
    resources = _resources(source, head, start + 24 + optional, sections)
    return Told(
        product=text_after(resources, "ProductName"),
        release=text_after(resources, "ProductVersion"),
        vendor=text_after(resources, "CompanyName"),
        platform="windows",
        architecture=_MACHINES.get(machine, ""),
        signer=_signer(source, head, start + 24, optional),
    )


def _resources(source: Source, head: bytes, table: int, sections: int) -> bytes:
    """The beginning of `.rsrc`, b"" when there is none or the table is cut short."""
    for index in range(min(sections, _MOST_SECTIONS)):
        row = head[table + index * 40 : table + (index + 1) * 40]
        if len(row) < 24:  # noqa: PLR2004 - name, sizes and offset of a section
            return b""
        name, _, _, size, offset = struct.unpack_from("<8s4L", row)
        if name.startswith(b".rsrc"):
            source.file.seek(offset)
            return source.file.read(min(size, _RESOURCES_READ))
    return b""


def text_after(resources: bytes, field: str) -> str:
    """The text that follows the key `field` of a version resource: both are UTF-16, padded to four bytes."""
    key = (field + "\0").encode("utf-16-le")
    position = resources.find(key)
    if position < 0:
        return ""
    raw = resources[position + len(key) : position + len(key) + 2 * _LONGEST_VALUE]
    text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").lstrip("\0")
    return text.partition("\0")[0]


def _signer(source: Source, head: bytes, optional: int, length: int) -> str:
    """Who signed: the attribute certificate table, which the data directory names by its place in the file."""
    try:
        (magic,) = struct.unpack_from("<H", head, optional)
        directories = optional + (112 if magic == _PE32_PLUS else 96)
        place = directories + _CERTIFICATES * 8
        if place + 8 > optional + length:
            return ""
        offset, size = struct.unpack_from("<2L", head, place)
        if not offset or not 8 < size <= MOST_BYTES:  # noqa: PLR2004 - the header of a certificate
            return ""
        source.file.seek(offset)
        table = source.file.read(size)
        entry, _revision, kind = struct.unpack_from("<L2H", table)
        return signer_of(table[8:entry]) if kind == _PKCS7 else ""
    except DAMAGE:
        return ""
