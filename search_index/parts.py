"""The parts of one material as they are stored, and which of them answers a question best."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from search_index.vietnamese import folded_terms, normalise, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search_index.documents import SearchPart
    from search_index.question import Question

# So much of a part is stored for snippets, and of the words of all parts for telling which one is meant.
STORED_OF_A_PART = 6_000
STORED_OF_ALL = 1_000_000

_K1 = 1.2
_B = 0.75
_BIGRAM_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part as stored: `words` are its folded words, those of the title too, each between two spaces."""

    key: str
    title: str
    words: str
    text: str


def pack(parts: Iterable[SearchPart]) -> bytes:
    """Store parts in few bytes; nothing when there are none."""
    packed, room = [], STORED_OF_ALL
    for part in parts:
        text = part.text[: max(room, 0)]
        room -= len(text)
        words = f" {' '.join(folded_terms(f'{part.title} {text}'))} "
        packed.append((part.key, normalise(part.title), words, normalise(text[:STORED_OF_A_PART])))
    return zlib.compress(json.dumps(packed, ensure_ascii=False).encode(errors="surrogatepass")) if packed else b""


def unpack(packed: bytes) -> tuple[StoredPart, ...]:
    """Read what `pack` stored.

    Raises:
        ValueError, zlib.error: the bytes are damaged.
    """
    if not packed:
        return ()
    return tuple(StoredPart(*part) for part in json.loads(zlib.decompress(packed).decode(errors="surrogatepass")))


def best_part(parts: Sequence[StoredPart], question: Question) -> int | None:
    """Tell which part answers best, the first of equals; None when no part has any of the words.

    BM25 with the parts as the collection: a word that stands in every part does not tell them apart.
    """
    terms = [(tuple(f" {form} " for form in spellings(word.folded)), 1.0) for word in question.words]
    terms += [((f" {bigram} ",), _BIGRAM_WEIGHT) for bigram in question.bigrams]
    lengths = [part.words.count(" ") for part in parts]
    average = max(sum(lengths) / max(len(parts), 1), 1)
    scores = [0.0] * len(parts)
    for forms, weight in terms:
        counts = [sum(part.words.count(form) for form in forms) for part in parts]
        having = sum(count > 0 for count in counts)
        if having:
            idf = weight * log(1 + (len(parts) - having + 0.5) / (having + 0.5))
            for at, count in enumerate(counts):
                scores[at] += idf * count / (count + _K1 * (1 - _B + _B * lengths[at] / average))
    best = max(scores, default=0.0)
    return scores.index(best) if best > 0 else None
