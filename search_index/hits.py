"""What is stored of a document, and the hit made of it: where its words stand, and in which part most of them do."""

from __future__ import annotations

from dataclasses import dataclass
from sys import getsizeof
from typing import TYPE_CHECKING

from search_index.damage import damage_noticed
from search_index.documents import PartHit, SearchHit, fingerprint
from search_index.parts import PartWords, best_part, fold_each, pack, part_terms, unpack, words_of
from search_index.snippets import Marker
from search_index.vietnamese import normalise

if TYPE_CHECKING:
    from search_index.documents import SearchDocument
    from search_index.parts import StoredPart
    from search_index.question import Question

# So much of a text outside of parts is stored for snippets.
STORED_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What an index stores of a document: `text` is what stands outside of its parts, `packed` are the parts."""

    uid: str
    title: str
    author: str
    text: str
    packed: bytes
    fingerprint: str

    @property
    def parts(self) -> tuple[StoredPart, ...]:
        """Unpack the parts.

        Raises:
            IndexUnavailableError: they are damaged.
        """
        with damage_noticed():
            return unpack(self.packed)


def store(document: SearchDocument) -> Stored:
    """Choose what is stored of a document."""
    return Stored(
        uid=document.uid,
        title=normalise(document.title),
        author=normalise(document.author).strip(),
        text=_outside_of_parts(document),
        packed=pack(document.parts),
        fingerprint=fingerprint(document),
    )


def _outside_of_parts(document: SearchDocument) -> str:
    # Cut before and after: composing a long text costs time, and composed it is shorter.
    text = f"{document.description}\n\n{document.body[: 2 * STORED_CHARACTERS]}".strip()
    return normalise(text)[:STORED_CHARACTERS]


class Readable:
    """A stored document unpacked and folded. Whoever keeps it saves most of what its next hit costs."""

    def __init__(self, stored: Stored) -> None:
        self.uid, self.title, self.text, self.parts = stored.uid, stored.title, stored.text, stored.parts
        whole = (f" {part.title} {part.text} " for part in self.parts)
        self.folded_title, self.folded_text, *folded = fold_each((self.title, self.text, *whole))
        self.words = PartWords(words_of(folded) if folded else [])
        self.folded = [text[len(part.title) + 2 : -1] for text, part in zip(folded, self.parts, strict=True)]

    @property
    def size(self) -> int:
        """Bytes it takes, about."""
        kept = (
            self.title,
            self.text,
            self.folded_title,
            self.folded_text,
            self.words.joined,
            *self.words.texts,
            *self.folded,
        )
        parts = (text for part in self.parts for text in (part, part.key, part.title, part.text))
        return sum(map(getsizeof, (*kept, *parts)))


class HitMaker:
    """Makes the hits of one question."""

    def __init__(self, question: Question) -> None:
        self._marker = Marker(question)
        self._terms = part_terms(question)

    def hit(self, score: float, document: Readable) -> SearchHit:
        """Make the hit of a document."""
        parts, marker = document.parts, self._marker
        best = best_part(document.words, self._terms)
        text, folded = document.text, document.folded_text
        if parts and (best is not None or not text):
            text, folded = parts[best or 0].text, document.folded[best or 0]
        snippet, marks = marker.snippet(text, folded)
        return SearchHit(
            uid=document.uid,
            score=score,
            title=document.title,
            snippet=snippet,
            marks=marks,
            title_marks=marker.marks(document.folded_title),
            part=None if best is None else PartHit(parts[best].key, parts[best].title, best + 1, len(parts)),
        )
