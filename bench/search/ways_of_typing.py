"""The ways in which people type the same Vietnamese question; the same question and seed give the same typing."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
TELEX_TONES = {ACUTE: "s", GRAVE: "f", HOOK: "r", TILDE: "x", DOT: "j"}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {row[at]: row[at + 1] if at + 1 < len(row) else row[at - 1] for row in KEYBOARD for at in range(len(row))}
CONFUSED = (("n", "l"), ("s", "x"), ("ch", "tr"), ("d", "gi"), ("r", "d"), ("gi", "r"), ("ng", "ngh"), ("c", "k"))
# "hoà", "khoẻ", "thuý" end in a pair of vowels with the tone on the second; "quý" has one vowel.
OPEN_PAIR = re.compile(
    "(?P<first>o(?=[ae])|(?<!q)u(?=y))(?P<second>[aey])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])$", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+")
WORDS_PER_TYPO = 5


def with_accents(text: str) -> str:
    """As it should be: composed, as modern input methods do."""
    return unicodedata.normalize("NFC", text)


def without_accents(text: str) -> str:
    """As people type in a hurry."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def decomposed(text: str) -> str:
    """As a Mac or an old input method does: tone marks on the first vowel (hòa, thúy), letters apart from marks."""
    return unicodedata.normalize("NFD", WORD.sub(lambda match: _old_placement(match[0]), with_accents(text)))


def _old_placement(word: str) -> str:
    return OPEN_PAIR.sub(r"\g<first>\g<tone>\g<second>", unicodedata.normalize("NFD", word))


def with_typos(text: str) -> str:
    """One slip in about five words: what fingers do, what is heard alike, and tones."""
    chance = random.Random(f"typos {text}")
    text = with_accents(text)
    words = [match for match in WORD.finditer(text) if len(match[0]) > 2] or list(WORD.finditer(text))
    chosen = chance.sample(words, min(len(words), max(1, round(len(text.split()) / WORDS_PER_TYPO))))
    for match in sorted(chosen, key=lambda match: -match.start()):
        text = text[: match.start()] + _slip(match[0], chance) + text[match.end() :]
    return text


def _slip(word: str, chance: random.Random) -> str:
    slips = (_lose_tone, _change_tone, _lose_mark, _swap, _drop, _double, _neighbour, _confuse, _confuse)
    for slip in chance.sample(slips, len(slips)):
        slipped = with_accents(slip(word, chance))
        if slipped != with_accents(word):
            return slipped
    return word


def _lose_tone(word: str, _chance: random.Random) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if c not in TELEX_TONES)


def _change_tone(word: str, chance: random.Random) -> str:
    other = chance.choice(list(TELEX_TONES))
    return "".join(other if c in TELEX_TONES else c for c in unicodedata.normalize("NFD", word))


def _lose_mark(word: str, _chance: random.Random) -> str:
    return "".join(
        c if c in TELEX_TONES or not unicodedata.combining(c) else "" for c in unicodedata.normalize("NFD", word)
    )


def _swap(word: str, chance: random.Random) -> str:
    at = chance.randrange(max(len(word) - 1, 1))
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _drop(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return (word[:at] + word[at + 1 :]) or word


def _double(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _neighbour(word: str, chance: random.Random) -> str:
    places = [at for at, letter in enumerate(word) if letter in NEIGHBOURS]
    if not places:
        return word
    at = chance.choice(places)
    return word[:at] + NEIGHBOURS[word[at]] + word[at + 1 :]


def _confuse(word: str, chance: random.Random) -> str:
    pairs = [(a, b) for pair in CONFUSED for a, b in (pair, pair[::-1]) if word.startswith(a)]
    if not pairs:
        return word
    heard, written = chance.choice([pair for pair in pairs if len(pair[0]) == max(len(a) for a, _ in pairs)])
    return written + word[len(heard) :]


def with_telex_keys(text: str) -> str:
    """As it arrives when the input method is off: the keys of marks and tones, anywhere behind their letter."""
    chance = random.Random(f"telex {text}")
    return WORD.sub(lambda match: _keyed(match[0], chance), with_accents(text))


def _keyed(word: str, chance: random.Random) -> str:
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(TELEX_TONES[c] for c in letters if c in TELEX_TONES)
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TELEX_TONES))
    late_marks, late_tone = chance.random() < 0.3, chance.random() < 0.75
    keys, late, has_tone = "", "", tone and _toned_letter(word)
    for at, letter in enumerate(bare):
        typed = TELEX_LETTERS.get(letter.lower(), letter)
        keys += typed[0].upper() if letter.isupper() else typed[0]
        if len(typed) == 2:
            if late_marks:
                late += typed[1]
            elif not (letter.lower() == "ư" and bare[at + 1 : at + 2].lower() == "ơ"):
                keys += typed[1]
        if has_tone and at == has_tone[0] and not late_tone and not late:
            keys, tone = keys + tone, ""
    # One horn key serves both letters of "ươ".
    late = late.replace("ww", "w")
    return keys + (late + tone if chance.random() < 0.5 else tone + late)


def _toned_letter(word: str) -> tuple[int]:
    letters = unicodedata.normalize("NFC", word)
    return (next(i for i, c in enumerate(letters) if set(unicodedata.normalize("NFD", c)) & set(TELEX_TONES)),)


WAYS: dict[str, Callable[[str], str]] = {
    "accents": with_accents,
    "none": without_accents,
    "decomposed": decomposed,
    "typos": with_typos,
    "telex": with_telex_keys,
}
