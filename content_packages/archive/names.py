"""Entry names as readable text: UTF-8, Info-ZIP Unicode paths, or a guess at the code page of an old tool."""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from content_packages.archive.vietnamese import decode_tcvn, vietnamese_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from content_packages.archive.directory import Header

_UTF8_FLAG = 0x0800
_VIETNAMESE_ENOUGH = 0.8
_NAMES_SAMPLED = 500
_BYTES_SAMPLED = 20_000
# cp437 is what the standard prescribes (APPNOTE appendix D); the rest is what Windows and Mac tools of
# Central Europe, East Asia and Russia wrote instead. The first of equals wins.
_CODE_PAGES = ("cp437", "cp850", "cp852", "cp1252", "cp1250", "gb18030", "cp932", "cp866", "cp949")
_TCVN = "tcvn"


def decode_names(headers: Sequence[Header]) -> tuple[list[str], str]:
    """Return the names in the order of `headers` and the code page that had to be guessed ("" if none).

    All unmarked names are judged together: one tool wrote them, and a single short name says too little.
    """
    unmarked = [header.raw_name for header in headers if not _is_certain(header)]
    encoding = guess_encoding(unmarked) if unmarked else ""
    return [_certain_name(header) or _decode(header.raw_name, encoding) for header in headers], encoding


def guess_encoding(names: Iterable[bytes]) -> str:
    """Choose the code page that makes the most readable names."""
    sample = b"\n".join(islice(names, _NAMES_SAMPLED))[:_BYTES_SAMPLED]
    for encoding in ("cp1258", _TCVN):
        text = _try(sample, encoding)
        if text and vietnamese_share(text) >= _VIETNAMESE_ENOUGH:
            return encoding
    readings = [(encoding, _try(sample, encoding)) for encoding in _CODE_PAGES]
    return max(readings, key=lambda reading: _readability(reading[1]))[0]


def is_undecodable(header: Header, name: str) -> bool:
    """Whether nobody can know the name: it claims to be UTF-8 and is not, or its code page lacks a byte."""
    return name != header.unicode_name and (
        "\N{REPLACEMENT CHARACTER}" in name or (bool(header.flags & _UTF8_FLAG) and not _certain_name(header))
    )


def _is_certain(header: Header) -> bool:
    """Whether no guess is needed."""
    return bool(_certain_name(header)) or header.raw_name.isascii()


def _certain_name(header: Header) -> str:
    """Return the name where its encoding is known, else "".

    UTF-8 is recognised without its flag too: text in another code page is practically never valid UTF-8.
    """
    if header.unicode_name:
        return header.unicode_name
    try:
        return header.raw_name.decode()
    except UnicodeDecodeError:
        return ""


def _decode(raw_name: bytes, encoding: str) -> str:
    """Decode one name; what the code page does not know becomes U+FFFD."""
    if raw_name.isascii():
        return raw_name.decode("ascii")
    if encoding == _TCVN:
        return decode_tcvn(raw_name)
    return unicodedata.normalize("NFC", raw_name.decode(encoding, "replace"))


def _try(sample: bytes, encoding: str) -> str:
    """Decode strictly; "" when the code page has no such byte."""
    try:
        text = decode_tcvn(sample) if encoding == _TCVN else sample.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return unicodedata.normalize("NFC", text)


def _readability(text: str) -> float:
    """Score a reading: letters are good, signs and drawings are bad, capitals inside small words are odd."""
    if not text:
        return float("-inf")
    score = 0.0
    for before, character in zip("\n" + text, text, strict=False):
        if character.isascii():
            continue
        if character.isalpha():
            score += 1.0 - (character.isupper() and before.islower())
        elif not unicodedata.combining(character):
            score -= 2.0
    # One character of two bytes counts as much as two of one byte, or East Asian readings never win.
    return score / len([character for character in text if not character.isascii()] or [0])
