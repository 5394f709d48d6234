"""Materials like a given one: those that share its rarest frequent pairs of words, its subjects and its grades."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from search_index.matching import Matches
from search_index.ranking import rank
from search_index.scoring import idf, term_scores
from search_index.vietnamese import folded_bigrams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from search_index.hits import Stored
    from search_index.ranking import Ranked
    from search_index.segment import Segment
    from search_index.snapshot import Snapshot
    from search_index.views import Rarity, SnapshotView

# So much of a text is read for what it is about, and so many of its pairs are looked up and compared.
_READ_CHARACTERS = 20_000
_LOOKED_UP = 48
_COMPARED = 16
# A pair in the title says as much as so many in the text.
_TITLE_COUNTS = 4
# What another subject or grade leaves of a score.
ELSEWHERE = {"subject": 0.5, "grade": 0.7}


def characteristic_pairs(stored: Stored) -> Counter[str]:
    """Count the folded pairs of neighbouring words, those of the title several times."""
    text = "\n\n".join([stored.text, *(part.text for part in stored.parts)])
    counts = Counter(folded_bigrams(text[:_READ_CHARACTERS]))
    for pair in folded_bigrams(stored.title):
        counts[pair] += _TITLE_COUNTS
    return Counter(dict(counts.most_common(_LOOKED_UP)))


def similar(snapshot: Snapshot, uid: str, tokens: frozenset[str], limit: int) -> list[Ranked]:
    """Rank the other materials the tokens allow by what they share; none when they do not allow this one."""
    allowed = list(snapshot.allowed(tokens))
    for at, segment in enumerate(snapshot.segments):
        for document in segment.files.postings("uid", uid).documents:
            if allowed[at][document]:
                return _like(snapshot, segment, int(document), allowed, limit)
    return []


def _like(
    snapshot: Snapshot, segment: Segment, document: int, allowed: Sequence[NDArray[np.bool_]], limit: int
) -> list[Ranked]:
    codes = {facet: segment.files.facet(facet).codes_of(document) for facet in ELSEWHERE}
    scores = likeness(snapshot, characteristic_pairs(segment.files.stored(document)), codes)
    masks = [mask & (score > 0) for mask, score in zip(allowed, scores, strict=True)]
    masks[snapshot.segments.index(segment)][document] = False
    return rank(snapshot, Matches(masks, scores, {}), 0, limit)


def rarest(snapshot: Rarity, pairs: Mapping[str, int]) -> dict[str, int]:
    """Choose the pairs that tell most of what a text is about: frequent there, rare in the index."""

    def weight(pair: str) -> float:
        return pairs[pair] * idf(snapshot.documents, snapshot.having("bigrams", pair, ()))

    return {pair: pairs[pair] for pair in sorted(pairs, key=weight, reverse=True)[:_COMPARED]}


def likeness(
    snapshot: SnapshotView, pairs: Mapping[str, int], codes: Mapping[str, frozenset[str]]
) -> tuple[NDArray[np.float64], ...]:
    """Score the documents of each segment by the pairs they have, less where they have none of the codes."""
    terms = [(count, term_scores(snapshot, "bigrams", pair)) for pair, count in pairs.items()]
    terms = sorted(terms, key=lambda term: -term[0] * term[1].idf)[:_COMPARED]
    scores = []
    for at, segment in enumerate(snapshot.segments):
        total = np.zeros(segment.files.size)
        for _count, term in terms:
            term.impacts[at].add_to(total, term.idf)
        for facet, rest in ELSEWHERE.items():
            if codes[facet]:
                total *= np.where(segment.having(facet, codes[facet]), 1.0, rest)
        scores.append(total)
    return tuple(scores)
