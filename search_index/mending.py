"""Words of a query that nobody wrote, read as what the keys or the fingers meant, where the index knows that word.

Only documents that the asker may see decide, and the number of look-ups is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from math import log1p
from typing import TYPE_CHECKING, Final

from search_index.keystrokes import decoded
from search_index.question import LONGEST_QUERY, MOST_WORDS
from search_index.slips import accented_forms, respelt, slipped, syllables
from search_index.vietnamese import normalise, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from search_index.scoring import Kind
    from search_index.synonyms import Synonyms
    from search_index.vietnamese import Token
    from search_index.views import Vocabulary

MOST_LOOKUPS: Final = 400
_MOST_CANDIDATES: Final = 24

# Shorter words have too many neighbours, and shorter words that are no syllables are too often names.
_SHORTEST: Final = 2
_SHORTEST_FOREIGN: Final = 4
_SHORTEST_ALONE: Final = 5

# How much an unlikely slip counts against a common word.
COST_WEIGHT: Final = 2.0

# How much it counts that a word stands beside many others, too.
COMMON_WEIGHT: Final = 0.25

# A word that is used is only doubted for slips that are common.
_DOUBT_LIMIT: Final = 1.6


def mended(vocabulary: Vocabulary, text: str, tokens: frozenset[str], synonyms: Synonyms) -> str | None:
    """The text with words that no visible document has read as what was meant; None when nothing had to be.

    Keys of Telex and VNI are read first ("toans"), then slips of the fingers, where a neighbour in the question stands
    beside the word in a document, too.
    """
    return _Text(vocabulary, text, tokens, synonyms).mended()


def reconsidered(vocabulary: Vocabulary, text: str, tokens: frozenset[str], synonyms: Synonyms) -> str | None:
    """The text with words changed that are used, but by no visible document beside their neighbours here.

    It is a guess ("chi vi" may be "chu vi"): somebody has to look at what the other text finds, or to be asked.
    """
    return _Text(vocabulary, text, tokens, synonyms).reconsidered()


@dataclass(slots=True)
class _Lexicon:
    """Counts visible documents with a term; beyond the bound it knows nothing more."""

    vocabulary: Vocabulary
    tokens: frozenset[str]
    left: int = MOST_LOOKUPS
    known: dict[tuple[Kind, str], int] = field(default_factory=dict)

    def count(self, kind: Kind, term: str) -> int:
        if (kind, term) not in self.known:
            self.left -= 1
            self.known[kind, term] = self.vocabulary.frequency(kind, term, self.tokens) if self.left >= 0 else 0
        return self.known[kind, term]

    def respelt(self, word: str) -> dict[str, float]:
        """Words of some text, Vietnamese or not, that may have become this one by one slip."""
        possible = respelt(word)
        return {known: possible[known] for known in self.vocabulary.known(possible)}


class _Text:
    """A question as tokens that may be changed."""

    def __init__(self, vocabulary: Vocabulary, text: str, tokens: frozenset[str], synonyms: Synonyms) -> None:
        self._text = normalise(text[:LONGEST_QUERY])
        self._tokens = list(islice(tokenise(self._text), MOST_WORDS))
        self._lexicon = _Lexicon(vocabulary, tokens)
        self._folded = [token.folded for token in self._tokens]
        self._is_accented = any(token.exact != token.folded for token in self._tokens)
        self._named = {
            number for meaning in synonyms.meanings(self._tokens) for number in range(meaning.start, meaning.end)
        }
        self._changes: dict[int, str] = {}

    def mended(self) -> str | None:
        for number, token in enumerate(self._tokens):
            if not self._lexicon.count("folded", token.folded) or self._is_misspelt(number):
                meant = self._keys_read(token) or self._unslipped(number)
                if meant is not None:
                    self._change(number, meant)
        return self._result()

    def reconsidered(self) -> str | None:
        for number, token in enumerate(self._tokens):
            if self._is_doubtful(number):
                candidates = {word: cost for word, cost in slipped(token.folded).items() if cost <= _DOUBT_LIMIT}
                beside = {word: cost for word, cost in candidates.items() if all(self._pairs(number, word))}
                meant = self._best(number, beside)
                if meant is not None:
                    self._change(number, self._dressed(meant, token))
        return self._result()

    def _change(self, number: int, word: str) -> None:
        self._changes[number] = word
        self._folded[number] = next(tokenise(word)).folded

    def _result(self) -> str | None:
        parts, end = [], 0
        for number, word in sorted(self._changes.items()):
            token = self._tokens[number]
            parts += [self._text[end : token.start], word]
            end = token.end
        return "".join([*parts, self._text[end:]]) if parts else None

    def _keys_read(self, token: Token) -> str | None:
        meant = decoded(token.folded) if token.folded == token.exact else None
        return meant if meant is not None and self._lexicon.count("exact", meant) else None

    def _unslipped(self, number: int) -> str | None:
        token = self._tokens[number]
        if not self._may_slip(number):
            return None
        syllables = slipped(token.folded)
        others = self._lexicon.respelt(token.folded) if len(token.folded) >= _SHORTEST_FOREIGN else {}
        foreign = {word: cost for word, cost in others.items() if word not in syllables}
        meant = self._best(number, syllables | foreign)
        if meant is None and len(token.folded) >= _SHORTEST_ALONE:
            meant = self._likeliest(foreign)
        return None if meant is None else self._dressed(meant, token)

    def _likeliest(self, words: Mapping[str, float]) -> str | None:
        """The word of the likeliest slip that a visible document has, whatever stands beside it."""
        ordered = sorted(words, key=lambda word: (words[word], word))[:_MOST_CANDIDATES]
        return next((word for word in ordered if self._lexicon.count("folded", word)), None)

    def _is_misspelt(self, number: int) -> bool:
        """Nobody writes the word with these diacritics, and without them it does not stand beside its neighbours."""
        token = self._tokens[number]
        if token.exact == token.folded or self._lexicon.count("exact", token.exact):
            return False
        pairs = list(self._pairs(number, token.folded))
        return bool(pairs) and not any(pairs)

    def _may_slip(self, number: int) -> bool:
        word = self._folded[number]
        return number not in self._named and len(word) >= _SHORTEST and word.isalpha()

    def _is_doubtful(self, number: int) -> bool:
        word = self._folded[number]
        if (
            number in self._named
            or len(word) < _SHORTEST
            or word not in syllables()
            or not self._lexicon.count("folded", word)
        ):
            return False
        pairs = list(self._pairs(number, word))
        return bool(pairs) and not any(pairs)

    def _best(self, number: int, candidates: Mapping[str, float]) -> str | None:
        """The candidate that stands most often beside the neighbours; alone the most common one."""
        likely = sorted(candidates, key=lambda word: (candidates[word], word))[:_MOST_CANDIDATES]
        has_neighbours = any(True for _ in self._pairs(number, self._folded[number]))
        found = {}
        for word in likely:
            count = sum(self._pairs(number, word)) if has_neighbours else self._lexicon.count("folded", word)
            if count:
                common = COMMON_WEIGHT * log1p(self._lexicon.count("folded", word))
                found[word] = log1p(count) - common - COST_WEIGHT * candidates[word]
        return max(found, key=lambda word: (found[word], word), default=None)

    def _pairs(self, number: int, word: str) -> Iterator[int]:
        """How many documents have the word beside each neighbour that is known itself."""
        before = self._folded[number - 1] if number else ""
        after = self._folded[number + 1] if number + 1 < len(self._folded) else ""
        if before and self._lexicon.count("folded", before):
            yield self._lexicon.count("bigrams", f"{before} {word}")
        if after and self._lexicon.count("folded", after):
            yield self._lexicon.count("bigrams", f"{word} {after}")

    def _dressed(self, word: str, typed: Token) -> str:
        """The word with diacritics like those that were typed, when some were."""
        if not self._is_accented:
            return word
        forms = accented_forms(word, typed.exact)
        return next((form for form in forms if self._lexicon.count("exact", form)), word)
