"""The wanted page of the matches: in the order asked for, and what stands equal then in a fixed order of the uids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from search_index.documents import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from search_index.documents import SearchQuery
    from search_index.matching import Matches
    from search_index.question import Question
    from search_index.views import SnapshotView


class Ranked(NamedTuple):
    """A match: number of its segment, its document there, its score."""

    segment: int
    document: int
    score: float


# The columns that decide, each in falling order; what stands equal in all of them is ordered by uid.
_ORDERS = {
    Sort.RELEVANCE: ("scores", "scope", "taught", "published"),
    Sort.NEWEST: ("published", "scores"),
    Sort.MOST_TAUGHT: ("taught", "scores", "published"),
}


def order_of(query: SearchQuery, question: Question) -> Sort:
    """Tell in which order hits come: where nothing is searched for, no score is better, and the newest come first."""
    return Sort.NEWEST if question.browses and query.sort is Sort.RELEVANCE else query.sort


def rank(
    snapshot: SnapshotView, matches: Matches, offset: int, limit: int, sort: Sort = Sort.RELEVANCE
) -> list[Ranked]:
    """Give the matches from `offset` on, at most `limit`.

    Scores are compared in steps of a millionth, so that the order of additions in differently cut segments does not
    decide between equals.
    """
    if limit <= 0 or not snapshot.segments:
        return []
    documents = [np.flatnonzero(mask) for mask in matches.masks]
    segments = np.repeat(np.arange(len(documents)), [len(found) for found in documents])
    files = [segment.files for segment in snapshot.segments]

    def column(name: str) -> NDArray[Any]:
        return _gather([getattr(part, name) for part in files], documents)

    scores = np.round(_gather(matches.scores, documents), 6)
    first, *others = (scores if name == "scores" else column(name) for name in _ORDERS[sort])
    best = _contenders(first, offset + limit)
    # `lexsort` takes the deciding key last; a column is turned round as a number with a sign.
    keys = [column("tiebreak")[best], *(-other[best].astype(np.float64) for other in (*reversed(others), first))]
    order = best[np.lexsort(keys)][offset : offset + limit]
    flat = np.concatenate(documents)
    return [Ranked(int(segments[i]), int(flat[i]), float(scores[i])) for i in order]


def _gather(columns: Sequence[NDArray[Any]], documents: list[NDArray[np.int64]]) -> NDArray[Any]:
    return np.concatenate([column[found] for column, found in zip(columns, documents, strict=True)])


def _contenders(scores: NDArray[Any], wanted: int) -> NDArray[np.int64]:
    """Drop what cannot come among the first `wanted`, ties with the last of them kept."""
    if wanted >= len(scores):
        return np.arange(len(scores))
    threshold = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    return np.flatnonzero(scores >= threshold)
