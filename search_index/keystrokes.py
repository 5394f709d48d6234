"""Words typed while the input method was off: Telex letters ("toans") and VNI digits ("to1an") read as what was meant.

The keys may stand anywhere behind the letter they change, as both methods allow: "truowngf", "truongwf", "tru7o7ng2".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from search_index.vietnamese import canonical, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_KEYED: Final = 12  # letters and keys: "nghieengx" has 9

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_TELEX: Final = {"s": _ACUTE, "f": _GRAVE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_VNI: Final = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"u": "ư", "o": "ơ"}
_BREVE: Final = {"a": "ă"}

# The onset may be a "d" with its stroke key; "gi" and "qu" end in a vowel letter, which is read with the rest.
_PARTS = re.compile(r"(d9|[bcdghklmnpqrstvx]*?)([aeiouyw][a-z0-9]*)")
_RIME = re.compile(
    "(?:(?:[uo]?a|u?ă|oă|u?â|o?e|[uiy]?ê|i|u?y|o|oo|u?ô|u?ơ|ư?ơ|u|ư|uyê)(?:ch|ng|nh|[cmnpt])?"
    "|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|uya|uyu|ưa|ưi|ưu|iêu|yêu|oai|oao|oay|oeo|uai|uao|uau|uay|uây|uôi"
    "|ươi|ươu)"
)
_ONSET = re.compile("(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|qu|[bcdđghklmnpqrstvx])?")
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=1 << 12)
def decoded(word: str) -> str | None:
    """The word that was meant, spelled in the one way of the index; None where the keys make no syllable.

    Many other words make one too ("test" is "tét"): whoever asks must know that the word as typed is none.
    """
    typed = word.lower()
    if len(typed) > LONGEST_KEYED or not typed.isascii() or not typed.isalnum():
        return None
    parts = _PARTS.fullmatch(typed)
    if parts is None:
        return None
    read = _Syllable(parts[1])
    for key in parts[2]:
        if not read.take(key, vni=any(digit in typed for digit in "123456789")):
            return None
    meant = read.word()
    return meant if meant is not None and meant != typed else None


class _Syllable:
    """A syllable in the making."""

    def __init__(self, onset: str) -> None:
        self.onset = "đ" if onset in {"dd", "d9"} else onset
        self.letters: list[str] = []
        self.tone = ""

    def take(self, key: str, *, vni: bool) -> bool:
        """Take the next key; False when it can mean nothing here."""
        if vni:
            return self._take_digit(key) if key.isdigit() else self._take_letter(key)
        if key in _TELEX and self.letters:
            return self._set_tone(_TELEX[key])
        if key == "w":
            return self._set_horn() or self._change_last(_BREVE) or self._take_letter("ư")
        if key == "d" and self.letters:
            return self._stroke()
        if key in _HATS and self._change_last({key: _HATS[key]}):
            return True
        return self._take_letter(key)

    def _take_digit(self, key: str) -> bool:
        if key in _VNI:
            return bool(self.letters) and self._set_tone(_VNI[key])
        if key == "6":
            return self._change_last(_HATS)
        if key == "7":
            return self._set_horn()
        if key == "8":
            return self._change_last(_BREVE)
        return key == "9" and self._stroke()

    def _take_letter(self, letter: str) -> bool:
        self.letters.append(letter)
        return not letter.isdigit()

    def _set_tone(self, tone: str) -> bool:
        """The last key counts; the same key twice takes the tone back and types a letter, which no syllable has."""
        is_new = self.tone != tone
        self.tone = tone
        return is_new

    def _set_horn(self) -> bool:
        """Put horns on u and o: on both of "uo", else on the one that is there; in "ua" and "uu" on the first u."""
        text = "".join(self.letters)
        if self.onset == "q":  # its u is never a vowel
            return self._change(range(1, len(text)), _HORNS)
        at = text.find("uo")
        if at >= 0:
            self.letters[at : at + 2] = ["ư", "ơ"]
            return True
        if text[:2] == "oa":  # "hoawc" is hoặc
            return False
        return self._change(range(len(text)), _HORNS)

    def _change_last(self, changes: dict[str, str]) -> bool:
        return self._change(reversed(range(len(self.letters))), changes)

    def _change(self, places: Iterable[int], changes: dict[str, str]) -> bool:
        for at in places:
            if self.letters[at] in changes:
                self.letters[at] = changes[self.letters[at]]
                return True
        return False

    def _stroke(self) -> bool:
        is_open = self.onset == "d"
        self.onset = "đ" if is_open else self.onset
        return is_open

    def word(self) -> str | None:
        """The syllable, None when Vietnamese has none like it."""
        if self.letters == ["ư", "ơ"]:  # it ends in "uơ": thuở
            self.letters[0] = "u"
        bare = self.onset + "".join(self.letters)
        if not _is_syllable(bare) or (self.tone not in {"", _ACUTE, _DOT} and bare.endswith(_STOPS)):
            return None
        first, *others = self.letters
        return canonical(normalise(self.onset + first + self.tone + "".join(others)))


def _is_syllable(bare: str) -> bool:
    return any(
        _RIME.fullmatch(bare, onset.end())
        for onset in (_ONSET.match(bare), re.match("[gq]", bare), re.match("", bare))
        if onset is not None
    )
