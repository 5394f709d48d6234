"""Windows Installer packages (MSI): the table `Property`, and the summary of the compound file ([MS-OLEPS])."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

import olefile

from content_packages.programs.certificates import MOST_BYTES, signer_of
from content_packages.programs.told import DAMAGE, Told

if TYPE_CHECKING:
    from content_packages.source import Source

_LARGEST: Final = 64 * 1024 * 1024  # of a table
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
_PAIRS, _SINGLES, _TABLE = 0x3800, 0x4800, 0x4840  # names of streams hold two characters, one, or mark a table
_SIGNATURE: Final = "\x05DigitalSignature"
_ARCHITECTURES: Final = {"intel": "x86", "x64": "x86-64", "amd64": "x86-64", "intel64": "ia64", "arm64": "arm64"}
_LONG_STRINGS: Final = 0x80000000  # indices of strings take three bytes


def read(source: Source) -> Told:
    """Read product, version and maker from `Property`, the machine from the summary, and who signed."""
    source.file.seek(0)
    with olefile.OleFileIO(source.file) as file:
        said, summary = _properties(file), vars(file.get_metadata())
        template = _text(summary.get("template")).partition(";")[0].strip().lower()
        return Told(
            product=said.get("ProductName", "") or _text(summary.get("subject")),
            release=said.get("ProductVersion", ""),
            vendor=said.get("Manufacturer", "") or _text(summary.get("author")),
            platform="windows",
            architecture=_ARCHITECTURES.get(template, ""),
            signer=_signer(file),
        )


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _properties(file: olefile.OleFileIO[Any]) -> dict[str, str]:
    """The rows of the table `Property`: two columns of indices into the string pool, first all names, then values."""
    streams = {_plain(path[0]): path for path in file.listdir() if len(path) == 1}
    try:
        pool, data, rows = (_stream(file, streams[name]) for name in ("!_StringPool", "!_StringData", "!Property"))
    except KeyError:
        return {}
    strings, width = _pool(pool, data)
    count = len(rows) // (2 * width)
    numbers = [int.from_bytes(rows[i * width : (i + 1) * width], "little") for i in range(2 * count)]
    pairs = zip(numbers[:count], numbers[count:], strict=True)
    return {strings[name]: strings[value] for name, value in pairs if name in strings and value in strings}


def _pool(pool: bytes, data: bytes) -> tuple[dict[int, str], int]:
    """Index -> string, and the bytes an index takes; a length of 0 with uses means that the next entry has it."""
    (head,) = struct.unpack_from("<L", pool)
    encoding = "utf-8" if head & 0x7FFFFFFF == 65001 else "cp1258" if head & 0x7FFFFFFF == 1258 else "cp1252"  # noqa: PLR2004 - code pages
    strings: dict[int, str] = {}
    place, start, index = 4, 0, 1
    while place + 4 <= len(pool):
        length, uses = struct.unpack_from("<2H", pool, place)
        place += 4
        if length == 0 and uses:
            length = struct.unpack_from("<L", pool, place)[0] if place + 4 <= len(pool) else 0
            place += 4
        strings[index] = data[start : start + length].decode(encoding, "replace")
        start, index = start + length, index + 1
    return strings, 3 if head & _LONG_STRINGS else 2


def _plain(name: str) -> str:
    """The name of a stream, which packs two characters of a small alphabet into one; "!" marks a table."""
    plain = ""
    for character in name:
        code = ord(character)
        if code == _TABLE:
            plain += "!"
        elif _PAIRS <= code < _SINGLES:
            plain += _DIGITS[(code - _PAIRS) & 0x3F] + _DIGITS[(code - _PAIRS) >> 6]
        elif _SINGLES <= code < _TABLE:
            plain += _DIGITS[code - _SINGLES]
        else:
            plain += character
    return plain


def _stream(file: olefile.OleFileIO[Any], path: list[str]) -> bytes:
    with file.openstream(path) as stream:
        return bytes(stream.read(_LARGEST))


def _signer(file: olefile.OleFileIO[Any]) -> str:
    try:
        if not file.exists(_SIGNATURE):
            return ""
        with file.openstream(_SIGNATURE) as stream:
            return signer_of(stream.read(MOST_BYTES))
    except DAMAGE:
        return ""
