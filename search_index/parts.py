"""The parts of one material as they are stored, and which of them answers a question best."""

from __future__ import annotations

import json
import string
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from search_index.vietnamese import fold, normalise, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search_index.documents import SearchPart
    from search_index.question import Question

# So much of a part is stored, and of all parts of a material: ten thick textbooks.
STORED_OF_A_PART = 20_000
STORED_OF_ALL = 1_000_000

_K1 = 1.2
_B = 0.75
_BIGRAM_WEIGHT = 0.8
_END = "\0"
_SPACES = str.maketrans(dict.fromkeys(f"{string.punctuation}{string.whitespace}…–—“”‘’«»•", " "))


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part as stored, in NFC."""

    key: str
    title: str
    text: str


def pack(parts: Iterable[SearchPart]) -> bytes:
    """Store parts; nothing when there are none. Engines compress what they store."""
    packed, room = [], STORED_OF_ALL
    for part in parts:
        text = normalise(part.text[: min(max(room, 0), STORED_OF_A_PART)])
        room -= len(text)
        packed.append((part.key, normalise(part.title), text))
    return json.dumps(packed, ensure_ascii=False).encode(errors="surrogatepass") if packed else b""


def unpack(packed: bytes) -> tuple[StoredPart, ...]:
    """Read what `pack` stored.

    Raises:
        ValueError: the bytes are damaged.
    """
    return tuple(StoredPart(*part) for part in json.loads(packed.decode(errors="surrogatepass"))) if packed else ()


def words_of(parts: Sequence[StoredPart]) -> list[str]:
    """Give the folded words of each part, those of the title too, with spaces instead of all signs."""
    return _joined(parts).split(_END)


def _joined(parts: Sequence[StoredPart]) -> str:
    # Folding costs more for many short texts than for one long one.
    joined = _END.join(f" {part.title} {part.text} ".replace(_END, " ") for part in parts)
    return fold(joined).translate(_SPACES)


def best_part(parts: Sequence[StoredPart], question: Question) -> int | None:
    """Tell which part answers best, the first of equals; None when no part has any of the words.

    BM25 with the parts as the collection: a word that stands in every part does not tell them apart.
    """
    if not question.words:
        return None
    terms = [(f" {form} ", 1.0) for word in question.words for form in spellings(word.folded)]
    terms += [(f" {bigram} ", _BIGRAM_WEIGHT) for bigram in question.bigrams]
    terms += [(f" {name} ", 1.0) for alternative in question.alternatives for name in alternative.names]
    joined = _joined(parts)
    terms = [term for term in terms if term[0] in joined]
    texts = joined.split(_END)
    lengths = [text.count(" ") for text in texts]
    average = max(sum(lengths) / max(len(parts), 1), 1)
    scores = [0.0] * len(parts)
    for term, weight in terms:
        counts = [text.count(term) for text in texts]
        having = len(counts) - counts.count(0)
        idf = weight * log(1 + (len(parts) - having + 0.5) / (having + 0.5))
        for at, count in enumerate(counts):
            scores[at] += idf * count / (count + _K1 * (1 - _B + _B * lengths[at] / average))
    best = max(scores, default=0.0)
    return scores.index(best) if best > 0 else None
