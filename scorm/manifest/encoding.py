"""The character encoding of XML that arrives in packages, where the declaration is often wrong."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

# UTF-32 before UTF-16, because its mark FF FE 00 00 begins like that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK: Final = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARATION: Final = re.compile(r"^<\?xml\s[^>]*?\?>")
_DECLARED: Final = re.compile(rb"""^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# One byte a character: such text is hardly ever valid UTF-8 by accident.
_SINGLE_BYTE: Final = re.compile(r"iso8859-\d+|cp125\d|koi8-[ru]|tis-620|mac-roman")
# Python also knows utf-7, punycode, unicode_escape..., which hide markup from every other reader. A
# declaration of UTF-16 that can be read as ASCII is false.
_MULTI_BYTE: Final = re.compile(r"utf-8|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|cp932")
# What calls itself Latin-1 is windows-1252 in practice (WHATWG Encoding Standard, labels).
_MEANT: Final = {"ascii": "cp1252", "iso8859-1": "cp1252"}
_VIETNAMESE_LETTER: Final = re.compile("[đĐưƯơƠ]")
_VIETNAMESE_TONE: Final = re.compile("[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][\u0300\u0301\u0303\u0309\u0323]")


@dataclass(frozen=True, slots=True)
class DecodedXml:
    """XML as text without its declaration; `declared` and `guessed` are "" where there is nothing to say."""

    text: str
    encoding: str
    declared: str = ""  # the declaration that was overruled, because the bytes are UTF-8
    guessed: bool = False  # neither the declaration nor UTF-8 fits the bytes


def decode_xml(data: bytes) -> DecodedXml:
    """Decode by byte order mark, then UTF-8, then the declaration, then the Windows code pages.

    Vietnamese exporters wrote windows-1258 and Western ones windows-1252, both often under a
    declaration of UTF-8. Bytes that fit nothing become U+FFFD; nothing is raised.
    """
    decoded = _decode(data)
    text = decoded.text.lstrip("\ufeff\x00 \t\r\n").rstrip("\x00\x1a \t\r\n")
    return DecodedXml(_DECLARATION.sub("", text, count=1), decoded.encoding, decoded.declared, decoded.guessed)


def _decode(data: bytes) -> DecodedXml:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _certain(data.removeprefix(mark), encoding)
    for start, encoding in _WITHOUT_MARK:
        if data.lstrip(b" \t\r\n").startswith(start):
            return _certain(data, encoding)
    return _decode_by_declaration(data)


def _certain(data: bytes, encoding: str) -> DecodedXml:
    """Decode by an encoding the first bytes prove; what does not fit is a fault of single characters."""
    try:
        return DecodedXml(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return DecodedXml(data.decode(encoding, errors="replace"), encoding, guessed=True)


def _decode_by_declaration(data: bytes) -> DecodedXml:
    declared = _declared_encoding(data)
    overruled = declared if _SINGLE_BYTE.fullmatch(declared) and not data.isascii() else ""
    candidates = [declared, "utf-8"] if _MULTI_BYTE.fullmatch(declared) else ["utf-8", declared]
    for encoding in filter(None, candidates):
        try:
            return DecodedXml(data.decode(encoding), encoding, overruled if encoding == "utf-8" else "")
        except UnicodeDecodeError:
            continue
    return _decode_by_code_page(data)


def _declared_encoding(data: bytes) -> str:
    match = _DECLARED.match(data[:400])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    name = _MEANT.get(name, name)
    return name if _SINGLE_BYTE.fullmatch(name) or _MULTI_BYTE.fullmatch(name) else ""


def _decode_by_code_page(data: bytes) -> DecodedXml:
    """Windows-1258 where its letters and its combining tones both make sense, else windows-1252."""
    vietnamese = data.decode("cp1258", errors="replace")
    if _VIETNAMESE_LETTER.search(vietnamese) and _VIETNAMESE_TONE.search(vietnamese):
        return DecodedXml(unicodedata.normalize("NFC", vietnamese), "windows-1258", guessed=True)
    return DecodedXml(data.decode("cp1252", errors="replace"), "windows-1252", guessed=True)
