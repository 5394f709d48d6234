"""The terms of a whole text at once: what `vietnamese` finds word by word, at half the cost.

Only the index needs them so: a question is short, and needs to know where its words stand.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress, pairwise
from typing import NamedTuple

from search_index.vietnamese import LONGEST_WORD, SENTENCE_END, WORD, forms, tokenise

# What stands between two words is nearly always a space or a comma; longer gaps are not remembered.
_LONG_GAP = 100


class Analysed(NamedTuple):
    """The words of a text in both forms; `joined[i]` tells whether the words i and i + 1 make a bigram."""

    exact: list[str]
    folded: list[str]
    joined: list[bool]

    def bigrams(self, between: str = " ") -> list[str]:
        """Pair the neighbours."""
        pairs = map(between.join, zip(self.folded, self.folded[1:], strict=False))
        return list(compress(pairs, self.joined))


def analyse(text: str) -> Analysed:
    """Cut an NFC text into the words of `tokenise` and the pairs of `bigrams_of`."""
    cut = WORD.split(text)
    words, gaps = cut[1::2], cut[2:-1:2]
    if not words:
        return Analysed([], [], [])
    if max(map(len, words)) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    exact, folded = map(list, zip(*map(forms, words), strict=True))
    if not all(folded):
        return _word_by_word(text)
    return Analysed(
        exact, folded, list(map(_joins if max(map(len, gaps), default=0) < _LONG_GAP else _joins_long, gaps))
    )


def _word_by_word(text: str) -> Analysed:
    """Analyse a text in which marks stand alone, which are no words."""
    tokens = list(tokenise(text))
    joined = [_joins_long(text[a.end : b.start]) for a, b in pairwise(tokens)]
    return Analysed([token.exact for token in tokens], [token.folded for token in tokens], joined)


def _joins_long(gap: str) -> bool:
    return SENTENCE_END.search(gap) is None


_joins = lru_cache(maxsize=1 << 12)(_joins_long)
