"""What a person typed, cut into words, "phrases" and -exclusions; no input is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from search_index.vietnamese import bigrams_of, normalise, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_index.vietnamese import Token

T = TypeVar("T")

# What is longer is cut: nobody types it, and work per query stays bounded.
LONGEST_QUERY = 2_000
MOST_WORDS = 24
MOST_EXCLUSIONS = 8

_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(r'(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Word:
    """A word in both forms; `accented` when the writer typed diacritics in it."""

    exact: str
    folded: str

    @property
    def accented(self) -> bool:
        """Tell whether the exact form says more than the folded one."""
        return self.exact != self.folded


@dataclass(frozen=True, slots=True)
class Question:
    """A read query.

    `words` are wanted, `bigrams` (neighbours among them) add score, `phrases` are folded bigrams that must all be
    there, `without` the excluded words and phrases. `blank` tells that nothing was typed at all.
    """

    words: tuple[Word, ...] = ()
    bigrams: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without_words: tuple[Word, ...] = ()
    without_phrases: tuple[tuple[str, ...], ...] = ()
    blank: bool = False

    @property
    def accented(self) -> bool:
        """Tell whether exact words add score."""
        return any(word.accented for word in self.words)

    @property
    def browses(self) -> bool:
        """Tell whether nothing is searched for, so that all documents answer, newest first."""
        return self.blank or (not self.words and bool(self.without_words or self.without_phrases))


def read_question(text: str) -> Question:
    """Read what was typed; what goes beyond the bounds above is left out."""
    text = normalise(text[:LONGEST_QUERY]).translate(_QUOTES)
    wanted: list[str] = []
    phrases: list[str] = []
    without_words: list[Word] = []
    without_phrases: list[tuple[str, ...]] = []
    for part in _PART.finditer(text):
        content = part["phrase"] if part["phrase"] is not None else part["plain"]
        tokens = list(tokenise(content))
        pairs = _pairs(tokens)
        if part["minus"] is None:
            wanted.append(content)
            phrases.extend(pairs if part["phrase"] is not None else ())
        elif pairs:
            without_phrases.append(pairs[:MOST_EXCLUSIONS])
        else:
            without_words.extend(_words(tokens))
    positive = " ".join(wanted)
    tokens = list(tokenise(positive))[:MOST_WORDS]
    return Question(
        words=_words(tokens),
        bigrams=_unique(bigrams_of(positive, tokens)),
        phrases=_unique(phrases)[:MOST_WORDS],
        without_words=tuple(without_words[:MOST_EXCLUSIONS]),
        without_phrases=tuple(without_phrases[:MOST_EXCLUSIONS]),
        blank=not text.strip(),
    )


def _pairs(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(f"{a.folded} {b.folded}" for a, b in pairwise(tokens))


def _words(tokens: list[Token]) -> tuple[Word, ...]:
    return _unique(Word(token.exact, token.folded) for token in tokens)


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
