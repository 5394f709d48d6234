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


def fold_each(texts: Iterable[str]) -> list[str]:
    """Fold NFC texts at once, which costs less than one by one; there is at least one in the answer."""
    return fold(_END.join(text.replace(_END, " ") for text in texts)).split(_END)


def words_of(folded_parts: Iterable[str]) -> list[str]:
    """Give the words of each folded part, with spaces instead of all signs; parts begin and end with a space."""
    return _END.join(folded_parts).translate(_SPACES).split(_END)


class PartWords:
    """The words of the parts of one material, counted once for all questions."""

    def __init__(self, words: Sequence[str]) -> None:
        self.texts = words
        self.joined = _END.join(words)
        lengths = [text.count(" ") for text in words]
        average = max(sum(lengths) / max(len(words), 1), 1)
        self.norms = [_K1 * (1 - _B + _B * length / average) for length in lengths]


def part_terms(question: Question) -> list[tuple[str, float]]:
    """List what tells the parts of a material apart, with weights; nothing where no words are asked for."""
    if not question.words:
        return []
    terms = [(f" {form} ", 1.0) for word in question.words for form in spellings(word.folded)]
    terms += [(f" {bigram} ", _BIGRAM_WEIGHT) for bigram in question.bigrams]
    terms += [(f" {name} ", 1.0) for alternative in question.alternatives for name in alternative.names]
    return terms


def best_part(words: PartWords, terms: Sequence[tuple[str, float]]) -> int | None:
    """Tell by the words of its parts which of them answers best, the first of equals; None when none has any word.

    BM25 with the parts as the collection: a word that stands in every part does not tell them apart.
    """
    scores = [0.0] * len(words.texts)
    for term, weight in terms:
        if term not in words.joined:
            continue
        counts = [text.count(term) for text in words.texts]
        having = len(counts) - counts.count(0)
        idf = weight * log(1 + (len(counts) - having + 0.5) / (having + 0.5))
        for at, count in enumerate(counts):
            if count:
                scores[at] += idf * count / (count + words.norms[at])
    best = max(scores, default=0.0)
    return scores.index(best) if best > 0 else None
