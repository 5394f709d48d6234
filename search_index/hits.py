"""What is stored of a document, and the hit made of it: where its words stand, and in which part most of them do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_index.damage import damage_noticed
from search_index.documents import PartHit, SearchHit, fingerprint
from search_index.parts import best_part, pack, unpack
from search_index.vietnamese import normalise

if TYPE_CHECKING:
    from search_index.documents import SearchDocument
    from search_index.parts import StoredPart
    from search_index.question import Question
    from search_index.snippets import Marker

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


def hit_of(score: float, stored: Stored, question: Question, marker: Marker) -> SearchHit:
    """Make the hit of a stored document."""
    parts = stored.parts
    best = best_part(parts, question)
    text = stored.text if best is None else parts[best].text
    if not text and parts:
        text = parts[0].text
    snippet, marks = marker.snippet(text)
    return SearchHit(
        uid=stored.uid,
        score=score,
        title=stored.title,
        snippet=snippet,
        marks=marks,
        title_marks=marker.marks(stored.title),
        part=None if best is None else PartHit(parts[best].key, parts[best].title, best + 1, len(parts)),
    )
