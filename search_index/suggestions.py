"""Titles that go on from what has been typed, of materials the asker may see."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from search_index.fields import TEXT_FIELDS
from search_index.vietnamese import spellings, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from search_index.segment import Segment
    from search_index.snapshot import Snapshot

# One letter begins too many words to say anything.
SHORTEST_PREFIX = 2

_MOST_WORDS = 8
_MOST_COMPLETIONS = 200
_TITLE = TEXT_FIELDS[0].folded


def suggest(snapshot: Snapshot, typed: str, tokens: frozenset[str], limit: int) -> tuple[str, ...]:
    """Give titles with all the typed words, the last one being only begun; the newest first, each once."""
    words = [token.folded for token in islice(tokenise(typed), _MOST_WORDS)]
    if len("".join(words)) < SHORTEST_PREFIX or limit <= 0:
        return ()
    found: list[tuple[int, int, str]] = []
    for segment in snapshot.segments:
        mask = segment.live & segment.having("allow", tokens) & _begun(segment, words)
        found.extend(_newest(segment, mask, limit))
    titles = (title for _published, _tiebreak, title in sorted(found, key=lambda one: (-one[0], one[1])))
    return tuple(islice(dict.fromkeys(titles), limit))


def _begun(segment: Segment, words: list[str]) -> NDArray[np.bool_]:
    begun = spellings(words[-1])
    completions = (term for prefix in begun for term in segment.files.completions(_TITLE, prefix, _MOST_COMPLETIONS))
    mask = segment.having(_TITLE, frozenset(completions))
    for word in words[:-1]:
        mask &= segment.having(_TITLE, frozenset({word}))
    return mask


def _newest(segment: Segment, mask: NDArray[np.bool_], limit: int) -> Iterator[tuple[int, int, str]]:
    """Give the newest with different titles; of many equal titles not all are looked at."""
    files = segment.files
    documents = np.flatnonzero(mask)
    order = np.lexsort((files.tiebreak[documents], -files.published[documents]))
    seen: set[str] = set()
    for document in documents[order][: 5 * limit]:
        title = files.stored(int(document))["title"]
        if title not in seen and len(seen) < limit:
            seen.add(title)
            yield int(files.published[document]), int(files.tiebreak[document]), title
