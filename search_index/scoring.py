"""BM25F (Robertson, Zaragoza and Taylor, CIKM 2004) over the text fields, as arrays.

The frequency of a term is summed over the fields, each times its weight and normalised by its length, and saturates
only then: f = sum(weight * tf / (1 - b + b * length / average)), score = idf * f * (K1 + 1) / (f + K1).
Folded words decide what matches. Exact words (when the writer typed diacritics) and folded bigrams only add score.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np

from search_index.fields import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from search_index.question import Question
    from search_index.views import SegmentView, SnapshotView

# Chosen by the figures of bench/search (docs/search.md): a word said twice is hardly more than a word said once.
K1 = 0.9

Kind = Literal["exact", "folded", "bigrams"]

# How much the score of each kind of term counts. An exact word says more than its folded form, which many words share.
# Without diacritics the neighbours have to tell the homographs apart.
ACCENTED_WEIGHTS: dict[Kind, float] = {"exact": 1.0, "folded": 0.25, "bigrams": 0.3}
UNACCENTED_WEIGHTS: dict[Kind, float] = {"folded": 1.0, "bigrams": 0.6}


@dataclass(frozen=True, slots=True)
class TermFrequencies:
    """A term's normalised frequency in each document, one array per segment, and its idf."""

    frequencies: tuple[NDArray[np.float64], ...]
    idf: float

    def score(self, at: int) -> NDArray[np.float64]:
        """Score the documents of the segment number `at`."""
        frequency = self.frequencies[at]
        return self.idf * frequency * (K1 + 1) / (frequency + K1)


@dataclass(frozen=True, slots=True)
class Scores:
    """Per segment: the score of each document, and which of the question's words it has (words x documents)."""

    scores: tuple[NDArray[np.float64], ...]
    words: tuple[NDArray[np.bool_], ...]


def score(snapshot: SnapshotView, question: Question) -> Scores:
    """Score every document of the index, whoever may see it."""
    folded = [term_frequencies(snapshot, "folded", word.folded) for word in question.words]
    kinds: dict[Kind, list[TermFrequencies]] = {
        "folded": folded,
        "bigrams": [term_frequencies(snapshot, "bigrams", bigram) for bigram in question.bigrams],
    }
    if question.accented:
        kinds["exact"] = [term_frequencies(snapshot, "exact", word.exact) for word in question.words]
    weights = ACCENTED_WEIGHTS if question.accented else UNACCENTED_WEIGHTS
    scores, words = [], []
    for at, segment in enumerate(snapshot.segments):
        total = np.zeros(segment.files.size)
        for kind, terms in kinds.items():
            for term in terms:
                total += weights[kind] * term.score(at)
        scores.append(total)
        words.append(_words_found(segment, folded, at))
    return Scores(tuple(scores), tuple(words))


def _words_found(segment: SegmentView, folded: Sequence[TermFrequencies], at: int) -> NDArray[np.bool_]:
    none = np.zeros((0, segment.files.size), dtype=np.bool_)
    return np.vstack([none, *(term.frequencies[at] > 0 for term in folded)])


def term_frequencies(snapshot: SnapshotView, kind: Kind, term: str) -> TermFrequencies:
    """Sum a term over the text fields; idf counts the living documents that have it in any field."""
    averages = snapshot.average_lengths
    frequencies = tuple(_frequency(segment, averages, kind, term) for segment in snapshot.segments)
    having = snapshot.having(kind, term, frequencies)
    return TermFrequencies(frequencies, log(1 + (snapshot.documents - having + 0.5) / (having + 0.5)))


def _frequency(segment: SegmentView, averages: Mapping[str, float], kind: Kind, term: str) -> NDArray[np.float64]:
    total = np.zeros(segment.files.size)
    for field in TEXT_FIELDS:
        documents, weights = segment.files.postings(getattr(field, kind), term)
        if len(documents):
            lengths = segment.files.lengths[field.name][documents]
            norm = 1 - field.b + field.b * lengths / averages[field.name]
            total[documents] += field.weight * weights / norm
    return total
