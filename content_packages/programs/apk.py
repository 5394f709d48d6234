"""Android programs: package, version and signer from the manifest, which is XML in a binary form (AXML)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from content_packages.programs.certificates import MOST_BYTES, signer_of
from content_packages.programs.told import DAMAGE, Told

if TYPE_CHECKING:
    from content_packages.source import Source

_MANIFEST: Final = "AndroidManifest.xml"
_READ: Final = 4 * 1024 * 1024
_STRINGS, _ELEMENT = 0x0001, 0x0102  # chunk types of ResourceTypes.h
_UTF8: Final = 1 << 8
_MOST_STRINGS: Final = 65_536
_MOST_CHUNKS: Final = 10_000
_STRING_VALUE: Final = 0x03
_NO_STRING: Final = 0xFFFFFFFF
_ARCHITECTURES: Final = {
    "arm64-v8a": "arm64", "armeabi-v7a": "arm", "armeabi": "arm", "x86_64": "x86-64", "x86": "x86",
}  # fmt: skip


def read(source: Source) -> Told:
    """Read the attributes of `manifest`, the folders of machine code, and who signed by the first scheme."""
    said = _attributes(source.read(_MANIFEST, _READ))
    return Told(
        product=said.get("package", ""),
        release=said.get("versionName", ""),
        platform="android",
        architecture=_architecture(source),
        signer=_signer(source),
    )


def _attributes(data: bytes) -> dict[str, str]:
    """The attributes of the first element, `manifest`: name -> value, of those that are strings."""
    strings: list[str] = []
    place = 8
    for _ in range(_MOST_CHUNKS):
        if place + 8 > len(data):
            break
        kind, _head, size = struct.unpack_from("<2HL", data, place)
        if size < 8:  # noqa: PLR2004 - a chunk has a header
            break
        if kind == _STRINGS:
            strings = _strings(data[place : place + size])
        elif kind == _ELEMENT:
            return _element(data[place : place + size], strings)
        place += size
    return {}


def _strings(chunk: bytes) -> list[str]:
    count, _styles, flags, start = struct.unpack_from("<4L", chunk, 8)
    read = _utf8 if flags & _UTF8 else _utf16
    offsets = struct.unpack_from(f"<{min(count, _MOST_STRINGS)}L", chunk, 28)
    return [read(chunk, start + offset) for offset in offsets]


def _utf16(chunk: bytes, place: int) -> str:
    (length,) = struct.unpack_from("<H", chunk, place)
    place += 2
    if length & 0x8000:
        (low,) = struct.unpack_from("<H", chunk, place)
        length, place = (length & 0x7FFF) << 16 | low, place + 2
    return chunk[place : place + 2 * length].decode("utf-16-le", "replace")


def _utf8(chunk: bytes, place: int) -> str:
    """Two lengths, in characters and in bytes, each of one or two bytes; then the text."""
    place += 2 if chunk[place] & 0x80 else 1
    length = chunk[place]
    place += 1
    if length & 0x80:
        length, place = (length & 0x7F) << 8 | chunk[place], place + 1
    return chunk[place : place + length].decode("utf-8", "replace")


def _element(chunk: bytes, strings: list[str]) -> dict[str, str]:
    start, size, count = struct.unpack_from("<3H", chunk, 24)
    found: dict[str, str] = {}
    for index in range(count):
        place = 16 + start + index * size
        _space, name, raw, _size, _zero, kind, value = struct.unpack_from("<3LH2BL", chunk, place)
        text = raw if raw != _NO_STRING else value if kind == _STRING_VALUE else _NO_STRING
        if name < len(strings) and text < len(strings):
            found.setdefault(strings[name], strings[text])
    return found


def _architecture(source: Source) -> str:
    """The machine, if there is code for exactly one; most programs for Android run on all."""
    folders = {path.split("/")[1] for path in (e.path for e in source.entries) if path.startswith("lib/")}
    known = {_ARCHITECTURES[folder] for folder in folders if folder in _ARCHITECTURES}
    return known.pop() if len(known) == 1 else ""


def _signer(source: Source) -> str:
    """Who signed by the scheme of JAR files; the newer schemes stand between the entries and are not read."""
    try:
        for entry in source.entries:
            folder, _, name = entry.path.rpartition("/")
            if folder == "META-INF" and name.upper().endswith((".RSA", ".DSA", ".EC")):
                return signer_of(source.read(entry.path, MOST_BYTES))
    except DAMAGE:
        return ""
    return ""
