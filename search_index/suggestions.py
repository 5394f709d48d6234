"""Titles and authors that go on from what has been typed, of materials the asker may see."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from search_index.documents import Suggestions
from search_index.fields import TEXT_FIELDS
from search_index.vietnamese import spellings, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from search_index.segment import Segment
    from search_index.snapshot import Snapshot

    Mask = NDArray[np.bool_]

# One letter begins too many words to say anything.
SHORTEST_PREFIX = 2

_MOST_WORDS = 8
_MOST_COMPLETIONS = 200
_TITLE = TEXT_FIELDS[0].folded


def suggest(snapshot: Snapshot, typed: str, tokens: frozenset[str], limit: int) -> Suggestions:
    """Give titles and authors with all the typed words, the last one being only begun, each once."""
    words = typed_words(typed)
    if len("".join(words)) < SHORTEST_PREFIX or limit <= 0:
        return Suggestions()
    allowed = list(snapshot.allowed(tokens))
    return Suggestions(_titles(snapshot, words, allowed, limit), _authors(snapshot, words, allowed, limit))


def typed_words(typed: str) -> list[str]:
    """Read the folded words of what has been typed so far, the last of which may be only begun."""
    return [token.folded for token in islice(tokenise(typed), _MOST_WORDS)]


def _titles(snapshot: Snapshot, words: list[str], allowed: Sequence[Mask], limit: int) -> tuple[str, ...]:
    found: list[tuple[int, int, str]] = []
    for segment, seen in zip(snapshot.segments, allowed, strict=True):
        found.extend(_newest(segment, seen & _begun(segment, words), limit))
    titles = (title for _published, _tiebreak, title in sorted(found, key=lambda one: (-one[0], one[1])))
    return tuple(islice(dict.fromkeys(titles), limit))


def _authors(snapshot: Snapshot, words: list[str], allowed: Sequence[Mask], limit: int) -> tuple[str, ...]:
    """Give the authors with the most materials; a name is shown as one of those materials has it."""
    counts: Counter[str] = Counter()
    shown: dict[str, tuple[Segment, int]] = {}
    for segment, seen in zip(snapshot.segments, allowed, strict=True):
        column = segment.files.facet("author")
        for number in (at for at, code in enumerate(column.codes) if is_begun_by(code, words)):
            documents = column.documents[column.numbers == number]
            mine = documents[seen[documents]]
            if len(mine):
                counts[column.codes[number]] += len(mine)
                shown.setdefault(column.codes[number], (segment, int(mine[0])))
    best = sorted(counts, key=lambda code: (-counts[code], code))[:limit]
    return tuple(shown[code][0].files.stored(shown[code][1]).author for code in best)


def is_begun_by(name: str, words: list[str]) -> bool:
    """Tell whether a name has all the words, the last one being only begun."""
    padded = f" {name} "
    *whole, last = words
    return f" {last}" in padded and all(f" {word} " in padded for word in whole)


def _begun(segment: Segment, words: list[str]) -> Mask:
    begun = spellings(words[-1])
    completions = (term for prefix in begun for term in segment.files.completions(_TITLE, prefix, _MOST_COMPLETIONS))
    mask = segment.having(_TITLE, frozenset(completions))
    for word in words[:-1]:
        mask &= segment.having(_TITLE, frozenset({word}))
    return mask


def _newest(segment: Segment, mask: Mask, limit: int) -> Iterator[tuple[int, int, str]]:
    """Give the newest with different titles; of many equal titles not all are looked at."""
    files = segment.files
    documents = np.flatnonzero(mask)
    order = np.lexsort((files.tiebreak[documents], -files.published[documents]))
    seen: set[str] = set()
    for document in documents[order][: 5 * limit]:
        title = files.stored(int(document)).title
        if title not in seen and len(seen) < limit:
            seen.add(title)
            yield int(files.published[document]), int(files.tiebreak[document]), title
