"""BM25F (Robertson, Zaragoza and Taylor, CIKM 2004) over the text fields, as arrays.

The frequency of a term is summed over the fields, each times its weight and normalised by its length, and saturates
only then: f = sum(weight * tf / (1 - b + b * length / average)), score = idf * f * (K1 + 1) / (f + K1).
Folded words decide what matches. Exact words (when the writer typed diacritics) and folded bigrams only add score.
Other names for the same (`synonyms`) stand for the words where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np

from search_index.fields import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from search_index.question import Alternative, Question, Word
    from search_index.views import SegmentView, SnapshotView

# Chosen by the figures of bench/search (docs/search.md): a word said twice is hardly more than a word said once.
K1 = 0.9

Kind = Literal["exact", "folded", "bigrams"]

# How much the score of each kind of term counts. An exact word says more than its folded form, which many words share.
# Without diacritics the neighbours have to tell the homographs apart.
ACCENTED_WEIGHTS: dict[Kind, float] = {"exact": 1.0, "folded": 0.25, "bigrams": 0.3}
UNACCENTED_WEIGHTS: dict[Kind, float] = {"folded": 1.0, "bigrams": 0.6}

# A term that more of the documents have is kept for all: whole arrays are added five times as fast as listed documents.
LISTED_AT_MOST = 0.25

# Other names for the same count less than what was typed.
ALTERNATIVE_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Impact:
    """What a term says in the documents of one segment, before its rarity counts: in those listed, or in all."""

    documents: NDArray[np.int32] | None
    saturated: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return self.saturated.nbytes + (0 if self.documents is None else self.documents.nbytes)

    def add_to(self, total: NDArray[np.float64], weight: float) -> None:
        """Add it, times a weight, to the scores of the documents."""
        if self.documents is None:
            total += weight * self.saturated
        elif len(self.documents):
            total[self.documents] += weight * self.saturated

    def mark(self, mask: NDArray[np.bool_]) -> None:
        """Mark the documents that have the term."""
        if self.documents is None:
            mask |= self.saturated > 0
        else:
            mask[self.documents] = True

    def dense(self, size: int) -> NDArray[np.float64]:
        """Give it for each document of the segment."""
        total = np.zeros(size)
        self.add_to(total, 1.0)
        return total


@dataclass(frozen=True, slots=True)
class TermScores:
    """A term in the documents of each segment, how many documents have it, and its idf."""

    impacts: tuple[Impact, ...]
    having: int
    idf: float

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(impact.size for impact in self.impacts)


@dataclass(frozen=True, slots=True)
class Scores:
    """Per segment: the score of each document, and which of the question's words it has (words x documents)."""

    scores: tuple[NDArray[np.float64], ...]
    words: tuple[NDArray[np.bool_], ...]


class _Scorer:
    """The terms of one question, each read once."""

    def __init__(self, snapshot: SnapshotView, question: Question) -> None:
        self._snapshot = snapshot
        self.segments = snapshot.segments
        self._question = question
        self._weights = ACCENTED_WEIGHTS if question.accented else UNACCENTED_WEIGHTS
        self._read: dict[tuple[Kind, str], TermScores] = {}

    def term(self, kind: Kind, term: str) -> TermScores:
        if (kind, term) not in self._read:
            self._read[kind, term] = term_scores(self._snapshot, kind, term)
        return self._read[kind, term]

    def typed(self, words: Sequence[Word], bigrams: Sequence[str]) -> list[tuple[float, TermScores]]:
        """The terms of words and bigrams with the weights of their kinds.

        An exact word that nobody writes so has a wrong tone mark; its folded form then counts in its place.
        """
        terms = [(self._weights["bigrams"], self.term("bigrams", bigram)) for bigram in bigrams]
        for word in words:
            folded = self._weights["folded"]
            if self._question.accented:
                exact = self.term("exact", word.exact)
                terms.append((self._weights["exact"], exact))
                folded = folded if exact.having else UNACCENTED_WEIGHTS["folded"]
            terms.append((folded, self.term("folded", word.folded)))
        return terms

    def named(self, alternative: Alternative) -> list[TermScores]:
        """The terms of the other names."""
        return [self.term("bigrams" if is_bigram else "folded", term) for term, is_bigram in alternative.terms]


def score(snapshot: SnapshotView, question: Question) -> Scores:
    """Score every document of the index, whoever may see it."""
    scorer = _Scorer(snapshot, question)
    terms = scorer.typed(question.words, question.bigrams)
    folded = [scorer.term("folded", word.folded) for word in question.words]
    named = [_Named(scorer, question, alternative) for alternative in question.alternatives]
    scores, words = [], []
    for at, segment in enumerate(snapshot.segments):
        total = _sum(terms, at, segment.files.size)
        found = _words_found(segment, folded, at)
        gains: dict[int, NDArray[np.float64]] = {}
        for one in named:
            named_so = one.score(at, segment.files.size)
            gain = np.maximum(named_so - _sum(one.typed, at, segment.files.size), 0)
            gains[one.cluster] = np.maximum(gains.get(one.cluster, 0), gain)
            found[list(one.words)] |= named_so > 0
        scores.append(sum(gains.values(), total))
        words.append(found)
    return Scores(tuple(scores), tuple(words))


def _sum(terms: Iterable[tuple[float, TermScores]], at: int, size: int) -> NDArray[np.float64]:
    total = np.zeros(size)
    for weight, term in terms:
        term.impacts[at].add_to(total, weight * term.idf)
    return total


class _Named:
    """Other names for some words, scored as if these words stood there as often, only a little less.

    No word counts as rarer than what is used more of the words and the other names: GDCD may stand nowhere.
    """

    def __init__(self, scorer: _Scorer, question: Question, alternative: Alternative) -> None:
        words = [question.words[number] for number in alternative.words]
        self.words = alternative.words
        self.cluster = alternative.cluster
        self.typed = scorer.typed(words, [bigram for bigram in alternative.bigrams if bigram in question.bigrams])
        self._named = scorer.named(alternative)
        rarity = min(max(term.idf for _weight, term in self.typed), max(term.idf for term in self._named))
        self._weight = ALTERNATIVE_WEIGHT * sum(weight * min(term.idf, rarity) for weight, term in self.typed)

    def score(self, at: int, size: int) -> NDArray[np.float64]:
        """Score the documents of the segment number `at`: the names are there as often as the rarest of them."""
        rarest: NDArray[np.float64] = np.minimum.reduce([term.impacts[at].dense(size) for term in self._named])
        return self._weight * rarest


def _words_found(segment: SegmentView, folded: Sequence[TermScores], at: int) -> NDArray[np.bool_]:
    found = np.zeros((len(folded), segment.files.size), dtype=np.bool_)
    for mask, term in zip(found, folded, strict=True):
        term.impacts[at].mark(mask)
    return found


def term_scores(snapshot: SnapshotView, kind: Kind, term: str) -> TermScores:
    """Sum a term over the text fields; idf counts the living documents that have it in any field."""
    return snapshot.remembered(kind, term, lambda: _read(snapshot, kind, term))


def _read(snapshot: SnapshotView, kind: Kind, term: str) -> TermScores:
    averages = snapshot.average_lengths
    frequencies = [_frequency(segment, averages, kind, term) for segment in snapshot.segments]
    documents = [np.flatnonzero(frequency) for frequency in frequencies]
    having = snapshot.having(kind, term, documents)
    impacts = (_impact(*one) for one in zip(documents, frequencies, strict=True))
    return TermScores(tuple(impacts), having, idf(snapshot.documents, having))


def _impact(documents: NDArray[np.int64], frequency: NDArray[np.float64]) -> Impact:
    if len(documents) > len(frequency) * LISTED_AT_MOST:
        return Impact(None, saturated(frequency).astype(np.float32))
    return Impact(documents.astype(np.int32), saturated(frequency[documents]).astype(np.float32))


def idf(documents: int, having: int) -> float:
    """Tell how rare a term is."""
    return log(1 + (documents - having + 0.5) / (having + 0.5))


def saturated(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let more of the same count less and less, up to K1 + 1."""
    return frequency * (K1 + 1) / (frequency + K1)


def _frequency(segment: SegmentView, averages: Mapping[str, float], kind: Kind, term: str) -> NDArray[np.float64]:
    total = np.zeros(segment.files.size)
    for field in TEXT_FIELDS:
        documents, weights = segment.files.postings(getattr(field, kind), term)
        if len(documents):
            lengths = segment.files.lengths[field.name][documents]
            norm = 1 - field.b + field.b * lengths / averages[field.name]
            total[documents] += field.weight * weights / norm
    return total
