"""What a Vietnamese typist may have meant by a word that nobody uses: fingers that slip, sounds that are alike.

Words are folded here: a wrong or missing tone is no slip, because folded words are found anyway.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from search_index.vietnamese import TONES, canonical, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ONSETS: Final = " b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES: Final = (
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et enh ech eu i ia ich iec iem ien ieng iep iet ieu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oat oay oc oe oen oeo oet oi om on ong ooc oong op ot u ua "
    "uan uang uat uay uc ue uech uen uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen "
    "uyet uynh uyt uyu y yem yen yet yeu"
)

# How unlikely a slip is: sounds that are alike and fingers in the wrong order are the most common.
_ALIKE, _ORDER, _DOUBLED, _MISSED, _NEIGHBOUR, _EXTRA, _OTHER = 1.0, 1.0, 0.8, 1.3, 1.3, 1.6, 2.2
SLIP_LIMIT: Final = _OTHER

# Shorter words have too many neighbours that are names.
SHORTEST_FOREIGN: Final = 3

_ONSETS_ALIKE: Final = (
    ("n", "l"), ("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("d", "v"), ("ng", "ngh"), ("g", "gh"),
    ("c", "k"), ("k", "q"), ("i", "y"),
)  # fmt: skip
_ENDS_ALIKE: Final = (("n", "ng"), ("t", "c"), ("i", "y"), ("n", "nh"), ("au", "ao"), ("iu", "ieu"), ("ai", "ay"))
_MARKS: Final = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """All folded syllables that Vietnamese may have."""
    usual = (f"{onset}{rime}" for onset, rime in product(_ONSETS.split(" "), _RIMES.split(" ")))
    return frozenset([*usual, "gi", "gin", "gieng"])


@lru_cache(maxsize=1 << 12)
def slipped(word: str) -> dict[str, float]:
    """The syllables that may have become a folded word by one slip, each with how unlikely that is."""
    found: dict[str, float] = {}
    for meant, cost in _undone(word):
        if meant != word and meant in syllables():
            found[meant] = min(cost, found.get(meant, cost))
    return found


def respelt(word: str) -> dict[str, float]:
    """What may have become a word by one slip, Vietnamese or not, each with how unlikely that is.

    The first letter is that of the word or its second one, so that few parts of a vocabulary are needed.
    """
    found: dict[str, float] = {}
    for meant, cost in _undone(word):
        if len(meant) >= SHORTEST_FOREIGN and meant != word and meant[0] in word[:2]:
            found[meant] = min(cost, found.get(meant, cost))
    return found


def _undone(word: str) -> Iterator[tuple[str, float]]:
    for at in range(len(word)):
        doubled = word[at : at + 1] == word[at + 1 : at + 2] or word[at - 1 : at] == word[at : at + 1]
        yield word[:at] + word[at + 1 :], _DOUBLED if doubled else _EXTRA
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :], _ORDER
        for letter in _LETTERS:
            near = letter in _neighbours().get(word[at], "")
            yield word[:at] + letter + word[at + 1 :], _NEIGHBOUR if near else _OTHER
    for at, letter in product(range(len(word) + 1), _LETTERS):
        yield word[:at] + letter + word[at:], _MISSED
    for one, other in _ONSETS_ALIKE:
        for written, meant in ((one, other), (other, one)):
            if word.startswith(written):
                yield meant + word[len(written) :], _ALIKE
    for one, other in _ENDS_ALIKE:
        for written, meant in ((one, other), (other, one)):
            if word.endswith(written):
                yield word[: -len(written)] + meant, _ALIKE


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    """The keys around each key, those of the rows above and below shifted by half a key."""
    around: dict[str, str] = {}
    for row, keys in enumerate(_ROWS):
        for at, key in enumerate(keys):
            near = keys[max(at - 1, 0) : at] + keys[at + 1 : at + 2]
            near += "".join(_ROWS[row - 1][at : at + 2]) if row else ""
            near += "".join(_ROWS[row + 1][max(at - 1, 0) : at + 1]) if row + 1 < len(_ROWS) else ""
            around[key] = near
    return around


def accented_forms(folded: str, like: str) -> tuple[str, ...]:
    """The ways in which a folded syllable may be written with the tone of an exact word, most alike first."""
    tone = next((mark for mark in unicodedata.normalize("NFD", like) if mark in TONES), "")
    forms = {canonical(_toned("".join(letters), tone)) for letters in product(*(_MARKS.get(c, c) for c in folded[:8]))}
    marks = set(like) - set(folded)
    return tuple(sorted(forms, key=lambda form: (-len(set(form) & marks), len(set(form) - set(folded)), form)))


def _toned(letters: str, tone: str) -> str:
    vowel = re.search("[aăâeêioôơuưy](?=[^aăâeêioôơuưy]*$)", letters)
    if vowel is None or not tone:
        return letters
    return normalise(letters[: vowel.end()] + tone + letters[vowel.end() :])
