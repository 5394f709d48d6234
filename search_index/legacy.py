"""Vietnamese text of the years before Unicode: TCVN3 (ABC, the .VnTime fonts) and VNI Windows, detected and converted.

Both put Vietnamese letters where others have those of Western Europe, so "Toán" came as "To¸n" or "Toaùn". TCVN3 has
one character for each letter, VNI writes the marks as characters behind the vowel.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from search_index.slips import syllables
from search_index.vietnamese import fold, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TCVN3_CODES: Final = "¸µ¶·¹ ¨¾»¼½Æ ©ÊÇÈÉË ® ÐÌÎÏÑ ªÕÒÓÔÖ Ý×ØÜÞ ãßáâä «èåæçé ¬íêëìî óïñòô \u00adøõö÷ù ýúûüþ ¡¢§£¤¥¦"
_TCVN3_LETTERS: Final = "áàảãạ ăắằẳẵặ âấầẩẫậ đ éèẻẽẹ êếềểễệ íìỉĩị óòỏõọ ôốồổỗộ ơớờởỡợ úùủũụ ưứừửữự ýỳỷỹỵ ĂÂĐÊÔƠƯ"
_TCVN3: Final = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))

_TONES: Final = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HAT: Final = {"â": "\u0302"} | {
    key: f"\u0302{mark}" for key, mark in zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True)
}
_BREVE: Final = {"ê": "\u0306"} | {
    key: f"\u0306{mark}" for key, mark in zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True)
}
_VNI_MARKS: Final = {"a": _TONES | _HAT | _BREVE, "e": _TONES | _HAT, "o": _TONES | _HAT, "u": _TONES, "y": _TONES}
_VNI_MARKS_OF_LETTERS: Final = {"ô": _TONES, "ö": _TONES}
_VNI_LETTERS: Final = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}

# A line without modern letters is read by itself when it has so many words that tell; others follow the whole text.
_ENOUGH_WORDS: Final = 3
# So many of the words that tell must become syllables, and so few may be some already.
_MEANT, _ALREADY = 0.8, 0.67

_SIGN = "\u00a1-\u00bf\u00ad\u00d7\u00f7"
_WORD = re.compile(rf"[^\W\d_][\w{_SIGN}]*|[{_SIGN}][\w{_SIGN}]*")
_LEGACY = re.compile("[\u00a1-\u00ff]")
_MODERN = re.compile("[\u0100-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")


def readable(text: str) -> str:
    """The text in Unicode, whatever parts of it were in TCVN3 or VNI; other text stays as it is."""
    if not _LEGACY.search(text):
        return text
    usual = encoding_of(text)
    return "".join(_line(line, usual) for line in text.splitlines(keepends=True))


def encoding_of(text: str) -> str | None:
    """Tell the encoding of a text: "tcvn3", "vni" or None for Unicode or another language."""
    words = [word for word in _WORD.findall(text[:20_000]) if _LEGACY.search(word)]
    if not words or sum(map(_is_vietnamese, words)) > _ALREADY * len(words):
        return None
    parts = {
        name: sum(_is_vietnamese(convert(word)) for word in words) / len(words) for name, convert in ENCODINGS.items()
    }
    best = max(parts, key=lambda name: parts[name])
    return best if parts[best] >= _MEANT else None


def _line(line: str, usual: str | None) -> str:
    if _MODERN.search(line) or not _LEGACY.search(line):
        return line
    telling = sum(1 for word in _WORD.findall(line) if _LEGACY.search(word))
    encoding = encoding_of(line) if telling >= _ENOUGH_WORDS else None
    encoding = encoding or usual
    return ENCODINGS[encoding](line) if encoding else line


def from_tcvn3(text: str) -> str:
    """Convert TCVN3; capitals with tones have no codes of their own and come as small letters."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def from_vni(text: str) -> str:
    """Convert VNI Windows."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        letter, mark = text[at], text[at + 1 : at + 2].lower()
        marks = _VNI_MARKS.get(letter.lower()) or _VNI_MARKS_OF_LETTERS.get(letter.lower(), {})
        plain = _VNI_LETTERS.get(letter.lower(), letter.lower())
        plain = plain.upper() if letter.isupper() else plain if letter.islower() else letter
        has_mark = bool(mark) and mark in marks
        parts.append(plain + (marks[mark] if has_mark else ""))
        at += 1 + has_mark
    return normalise("".join(parts))


ENCODINGS: Final[Mapping[str, Callable[[str], str]]] = {"tcvn3": from_tcvn3, "vni": from_vni}

_VIETNAMESE: Final = frozenset(chain(_TCVN3_LETTERS.lower(), "abcdeghiklmnopqrstuvxy"))


@lru_cache(maxsize=1 << 12)
def _is_vietnamese(word: str) -> bool:
    """Tell whether a word is a syllable in Vietnamese letters."""
    lower = normalise(word).lower()
    return _VIETNAMESE.issuperset(lower) and fold(lower) in syllables()
