"""Vietnamese names in the order of a Vietnamese list: by given name, then family name, then middle names."""

from __future__ import annotations

import unicodedata

# The alphabet with the foreign letters at their places; each letter with a mark is a letter of its own.
ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tones decide only between equal syllables: ngang, huyền, hỏi, ngã, sắc, nặng.
TONES = "\u0300\u0309\u0303\u0301\u0323"
LETTER_MARKS = "\u0306\u0302\u031b"  # breve, circumflex, horn
LONGEST = 300

_PLACE = {letter: f"{place + 10}" for place, letter in enumerate(ALPHABET)}
_UNKNOWN = "99"


def sort_key(full_name: str) -> str:
    """The key by which a full name sorts, of digits only, so that every database collates it alike.

    Each letter is two digits from 10 on; a syllable ends with 0 and the number of its tone, which is less than
    any letter, so that "An" stands before "Anh".
    """
    words = unicodedata.normalize("NFC", full_name).casefold().split()
    ordered = [*words[-1:], *words[:1], *words[1:-1]] if len(words) > 1 else words
    return "".join(_syllable(word) for word in ordered)[:LONGEST]


def _syllable(word: str) -> str:
    letters, tone = [], 0
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = TONES.index(character) + 1
        elif unicodedata.combining(character):
            letters[-1:] = [_with_mark(letters[-1], character)] if letters else []
        else:
            letters.append(character)
    return "".join(_PLACE.get(letter, _UNKNOWN) for letter in letters) + f"0{tone}"


def _with_mark(letter: str, mark: str) -> str:
    # Foreign marks, such as a diaeresis, are passed over.
    return unicodedata.normalize("NFC", letter + mark) if mark in LETTER_MARKS else letter
