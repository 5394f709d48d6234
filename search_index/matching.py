"""Which documents answer a query: permissions, filters, words, phrases and exclusions as masks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search_index.documents import FACETS, MOST_CODES
from search_index.fields import FILTERS, TEXT_FIELDS, name_code
from search_index.scoring import Scores, score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from search_index.documents import SearchQuery
    from search_index.question import Placed, Question, Word
    from search_index.segment import Segment
    from search_index.snapshot import Snapshot

    Mask = NDArray[np.bool_]
    Masks = list[Mask]

# So many documents with all words fill a page; when there are fewer, others are taken that say nearly as much.
ENOUGH_MATCHES = 20

# What they must have of the question: so much of what the best has of it, and so much of the whole.
PART_OF_BEST = 0.4
PART_OF_ALL = 0.25

# Sums of the same numbers differ by less.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Matches:
    """Per segment: the mask of all matches, and the scores. `facets` counts over the whole index.

    `complete` is the number of documents with all words of the question, before the filters; `best` how much the best
    one has of them, as the sum of their rarities (0 when documents enough have all).
    """

    masks: Masks
    scores: tuple[NDArray[np.float64], ...]
    facets: Mapping[str, Mapping[str, int]]
    complete: int = 0
    best: float = 0.0

    @property
    def total(self) -> int:
        """Number of matches."""
        return sum(int(mask.sum()) for mask in self.masks)


def match(snapshot: Snapshot, query: SearchQuery, question: Question) -> Matches:
    """Find all documents that answer, among those the asker may see.

    Permissions come first, so that nothing beyond them, not even how many words are required, depends on a document
    the asker may not see. Filters come last: they only narrow, and each facet is counted without its own filter.
    """
    allowed = list(snapshot.allowed(query.tokens))
    scored = score(snapshot, question)
    kept = [
        mask & _conditions(segment, query, question) for mask, segment in zip(allowed, snapshot.segments, strict=True)
    ]
    found, complete, best = _found(question, scored, kept)
    filters = [_filter_masks(segment, query) for segment in snapshot.segments]
    masks = [_narrow(mask, filtered, None) for mask, filtered in zip(found, filters, strict=True)]
    facets = {
        facet: _count(snapshot, facet, found, filters, query.filters.get(facet, frozenset()))
        for facet in query.facets
        if facet in FACETS
    }
    return Matches(masks, scored.scores, facets, complete, best)


def _found(question: Question, scored: Scores, kept: Masks) -> tuple[Masks, int, float]:
    if question.browses:
        return kept, 0, 0.0
    having_all = [
        mask & words.all(axis=0) & bool(question.words) for mask, words in zip(kept, scored.words, strict=True)
    ]
    complete = sum(int(mask.sum()) for mask in having_all)
    if not question.words or complete >= ENOUGH_MATCHES:
        return having_all, complete, 0.0
    covered, whole = _coverage(scored.words, kept)
    best = max((float(part[mask].max(initial=0)) for part, mask in zip(covered, kept, strict=True)), default=0)
    needed = max(PART_OF_BEST * best, PART_OF_ALL) - ROUNDING
    return [mask & (part >= needed) for mask, part in zip(kept, covered, strict=True)], complete, best * whole


def _coverage(found: tuple[NDArray[np.bool_], ...], masks: Masks) -> tuple[list[NDArray[np.float64]], float]:
    """Give the part of the question that each document has, from 0 to 1, and how rare all of it is together.

    A rare word is more of the question than a common one.

    How rare a word is depends only on the documents of the masks, those that the asker may see.
    """
    documents = sum(int(mask.sum()) for mask in masks)
    having = sum((words & mask).sum(axis=1) for words, mask in zip(found, masks, strict=True))
    weights = np.log(1 + (documents - having + 0.5) / (having + 0.5))
    whole = float(weights.sum())
    return [weights / whole @ words for words in found], whole


def _conditions(segment: Segment, query: SearchQuery, question: Question) -> Mask:
    """Mark the documents with all phrases, what must stand in one field there, and nothing of what is excluded."""
    mask = np.ones(segment.files.size, dtype=np.bool_)
    for bigram in question.phrases:
        mask &= _having_bigram(segment, bigram)
    for placed in question.within:
        mask &= _having_there(segment, placed)
    for several in question.without_within:
        mask &= ~_all([_having_there(segment, placed) for placed in several])
    for word in question.without_words:
        mask &= ~_having_word(segment, word)
    for bigrams in question.without_phrases:
        mask &= ~_all([_having_bigram(segment, bigram) for bigram in bigrams])
    for name, codes in query.without.items():
        mask &= ~segment.having(name, _known(name, codes))
    return mask


def _having_there(segment: Segment, placed: Placed) -> Mask:
    name, term = placed
    return segment.having(f"{name}_{'bigrams' if ' ' in term else 'folded'}", frozenset({term}))


def _having_bigram(segment: Segment, bigram: str) -> Mask:
    return _any([segment.having(field.bigrams, frozenset({bigram})) for field in TEXT_FIELDS])


def _having_word(segment: Segment, word: Word) -> Mask:
    """Mark a word as it was typed: one with diacritics excludes only itself, not its homographs."""
    kind, term = ("exact", word.exact) if word.accented else ("folded", word.folded)
    return _any([segment.having(getattr(field, kind), frozenset({term})) for field in TEXT_FIELDS])


def _filter_masks(segment: Segment, query: SearchQuery) -> dict[str, Mask]:
    """Mark for each filter the documents with any of its codes; a filter nobody knows marks none."""
    return {name: segment.having(name, _known(name, codes)) for name, codes in query.filters.items() if codes}


def _known(name: str, codes: frozenset[str]) -> frozenset[str]:
    if name == "author":
        return frozenset(map(name_code, codes))
    return codes if name in FILTERS else frozenset()


def _narrow(mask: Mask, filters: Mapping[str, Mask], without: str | None) -> Mask:
    return _all([mask, *(kept for name, kept in filters.items() if name != without)])


def _count(
    snapshot: Snapshot, facet: str, found: Masks, filters: list[dict[str, Mask]], asked: frozenset[str]
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for segment, mask, filtered in zip(snapshot.segments, found, filters, strict=True):
        for code, count in segment.files.facet(facet).count(_narrow(mask, filtered, facet)).items():
            counts[code] = counts.get(code, 0) + count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    beyond = ((code, count) for code, count in ordered[MOST_CODES:] if code in asked)
    return dict([*ordered[:MOST_CODES], *beyond])


def _any(masks: Sequence[Mask]) -> Mask:
    return np.asarray(np.logical_or.reduce(masks), dtype=np.bool_)


def _all(masks: Sequence[Mask]) -> Mask:
    return np.asarray(np.logical_and.reduce(masks), dtype=np.bool_)
