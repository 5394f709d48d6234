"""The wanted page of the matches: best score first, then newest, then in a fixed order of the uids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from search_index.matching import Matches
    from search_index.snapshot import Snapshot


class Ranked(NamedTuple):
    """A match: number of its segment, its document there, its score."""

    segment: int
    document: int
    score: float


def rank(snapshot: Snapshot, matches: Matches, offset: int, limit: int) -> list[Ranked]:
    """Give the matches from `offset` on, at most `limit`.

    Scores are compared in steps of a millionth, so that the order of additions in differently cut segments does not
    decide between equals.
    """
    if limit <= 0 or not snapshot.segments:
        return []
    documents = [np.flatnonzero(mask) for mask in matches.masks]
    segments = np.repeat(np.arange(len(documents)), [len(found) for found in documents])
    scores = np.round(_gather(matches.scores, documents), 6)
    best = _contenders(scores, offset + limit)
    files = [segment.files for segment in snapshot.segments]
    published = _gather([part.published for part in files], documents)[best]
    tiebreak = _gather([part.tiebreak for part in files], documents)[best]
    order = best[np.lexsort((tiebreak, -published, -scores[best]))][offset : offset + limit]
    flat = np.concatenate(documents)
    return [Ranked(int(segments[i]), int(flat[i]), float(scores[i])) for i in order]


def _gather(columns: Sequence[NDArray[Any]], documents: list[NDArray[np.int64]]) -> NDArray[Any]:
    return np.concatenate([column[found] for column, found in zip(columns, documents, strict=True)])


def _contenders(scores: NDArray[np.float64], wanted: int) -> NDArray[np.int64]:
    """Drop what cannot come among the first `wanted`, ties with the last of them kept."""
    if wanted >= len(scores):
        return np.arange(len(scores))
    threshold = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    return np.flatnonzero(scores >= threshold)
