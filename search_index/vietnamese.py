"""Vietnamese text as search terms: one spelling for each word, and the folded form without diacritics.

A word has two forms. The *exact* form is NFC, lower case, with the tone mark in one place (hòa = hoà) and one of the
two letters where i and y write the same word (vật lí = vật lý). The *folded* form drops every diacritic (đ -> d).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

# Longer runs of letters are no words (base64, joined text); a prefix is enough to find them again.
LONGEST_WORD = 64

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
QUALITY_VOWELS = frozenset("ăâêôơư")
# Soft hyphens and zero-width characters stand inside words of extracted PDF text and are never seen.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARK = f"[\u0300-\u036f{_INVISIBLE}]"
_INVISIBLE_CHARACTERS = re.compile(f"[{_INVISIBLE}]")
# "lớp5" and "toan10" are two words, "H2O", "mp3" and "5A" one.
# The first way is what nearly all words are, and quickly found.
WORD = re.compile(rf"([^\W\d_]++(?!\d|{_MARK})|(?:[^\W\d_]|{_MARK}){{3,}}(?=\d{{1,2}}(?![^\W_]))|(?:[^\W_]|{_MARK})+)")
# A bigram does not reach over the end of a sentence; a single line break is only how a PDF wraps.
SENTENCE_END = re.compile(r"[.!?;…]\s|\n\s*\n|[;]")

_VOWEL = "[aăâeêioôơuưy]"
_SYLLABLE = re.compile(
    rf"(?P<onset>qu(?={_VOWEL})|gi(?={_VOWEL})|ngh|ng|nh|gh|ch|kh|ph|th|tr|[bcdđghklmnpqrstvx])?"
    rf"(?P<vowels>{_VOWEL}{{1,3}})(?P<coda>ch|ng|nh|[cmnpt])?"
)


# Falling pairs carry the tone on the first vowel (mái, mùa, chìa), rising ones (oa, oe, uy) and triples on the second.
_TONE_ON_FIRST = frozenset(["ai", "ao", "au", "ay", "eo", "ia", "iu", "oi", "ua", "ui"])


class Token(NamedTuple):
    """A word with its two forms and its range [start, end) in the NFC text."""

    exact: str
    folded: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Give the text in NFC, the form that is stored and that all offsets refer to."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Drop diacritics and case; the result is as long as `normalise(text)`, so offsets stay valid."""
    # An array is ten times as fast as str.translate, and snippets fold whole texts.
    codes = np.frombuffer(normalise(text).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: NDArray[np.uint32]
    if codes.max(initial=0) < len(_FOLDING):
        folded = _FOLDING[codes]
    else:
        folded = np.where(codes < len(_FOLDING), _FOLDING[np.minimum(codes, len(_FOLDING) - 1)], codes)
    return folded.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def tokenise(text: str) -> Iterator[Token]:
    """Cut the text into words, numbers and letter-digit names, in their order."""
    for match in WORD.finditer(normalise(text)):
        exact, folded = forms(match[0][:LONGEST_WORD])
        if folded:
            yield Token(exact, folded, match.start(), match.end())


def exact_terms(text: str) -> tuple[str, ...]:
    """List the words with their diacritics, spelled in one way."""
    return tuple(token.exact for token in tokenise(text))


def folded_terms(text: str) -> tuple[str, ...]:
    """List the words without diacritics."""
    return tuple(token.folded for token in tokenise(text))


def folded_bigrams(text: str) -> tuple[str, ...]:
    """List the pairs of neighbouring folded words ("lop 5"), none across the end of a sentence."""
    return tuple(bigrams_of(normalise(text), tokenise(text)))


def bigrams_of(text: str, tokens: Iterable[Token]) -> Iterator[str]:
    """Pair the neighbours among the tokens of an NFC text."""
    before: Token | None = None
    for token in tokens:
        if before is not None and not SENTENCE_END.search(text, before.end, token.start):
            yield f"{before.folded} {token.folded}"
        before = token


def spellings(folded: str) -> tuple[str, ...]:
    """List the folded ways in which texts write a folded term: "li" also stands for "ly", "quy" for "qui"."""
    if re.fullmatch("[hklmst]i", folded):
        return (folded, folded[:-1] + "y")
    if folded.startswith("quy"):
        return (folded, "qui" + folded[3:])
    return (folded,)


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, str]:
    """Give the exact and the folded form of a word; the latter is empty when it is none."""
    exact = canonical(word)
    bare = "".join(c for c in unicodedata.normalize("NFD", exact) if not unicodedata.combining(c))
    return exact, bare.replace("đ", "d")


def canonical(word: str) -> str:
    """Spell one word in the one way that the index knows.

    The modern placement of tones is taken (hoà, thuý, khoẻ); it is applied to any syllable, so that slips such as
    "tóan" are mended too. Words that are no Vietnamese syllables keep their marks where they are.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE_CHARACTERS.sub("", word)).lower().replace("ð", "đ")
    letters = unicodedata.normalize("NFD", plain)
    tones = [c for c in letters if c in TONES]
    bare = normalise("".join(c for c in letters if c not in TONES))
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None or len(tones) > 1:
        return plain
    onset, vowels, coda = (syllable[name] or "" for name in ("onset", "vowels", "coda"))
    vowels = _one_letter_for_i_and_y(onset, vowels, coda)
    if tones:
        at = _tone_position(vowels, coda) + 1
        vowels = vowels[:at] + tones[0] + vowels[at:]
    return normalise(onset + vowels + coda)


def _one_letter_for_i_and_y(onset: str, vowels: str, coda: str) -> str:
    """Write "lí, kĩ, mĩ, sĩ, tỉ, hi" with i and "quý, quýt" with y, as the school books and most people do."""
    if onset == "qu" and vowels == "i":
        return "y"
    if onset in set("hklmst") and vowels == "y" and not coda:
        return "i"
    return vowels


def _tone_position(vowels: str, coda: str) -> int:
    """Find which vowel of a cluster carries the tone mark."""
    marked = [i for i, vowel in enumerate(vowels) if vowel in QUALITY_VOWELS]
    if marked:
        return marked[-1]
    if coda:
        return len(vowels) - 1
    return 0 if vowels in _TONE_ON_FIRST or len(vowels) == 1 else 1


def _folding_table() -> NDArray[np.uint32]:
    """Map the code of each letter of the Latin blocks to the code of its bare lower-case letter.

    The table reaches beyond them, so that texts with dashes, quotes and signs of mathematics need no other way.
    """
    table = np.arange(0x1_0000, dtype=np.uint32)
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(bare) == 1 and bare.isalpha():
            table[code] = ord(bare)
    for letter in "đĐðÐ":
        table[ord(letter)] = ord("d")
    return table


_FOLDING = _folding_table()
