"""The likely hits of a query as scoring and ranking see documents, so that both engines rank alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from sys import getsizeof
from typing import TYPE_CHECKING, Any

import numpy as np

from search_index.fields import TEXT_FIELDS
from search_index.hits import Readable
from search_index.postings import Postings
from search_index.tantivy_schema import clean, read_stored, unpack_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import tantivy
    from numpy.typing import NDArray

    from search_index.hits import Stored
    from search_index.scoring import Kind, TermScores
    from search_index.tantivy_index import TantivySnapshot

# So many counts of terms are remembered with a document, each in so many bytes.
_MOST_COUNTS = 24
_COUNT_BYTES = 200

_COLUMN = {field.name: number for number, field in enumerate(TEXT_FIELDS)}


class Candidate:
    """A document as it was read, in bytes, and what was counted in it; snapshots keep those that were likely last.

    `lengths` are the numbers of words of the text fields.
    """

    def __init__(self, document: tantivy.Document) -> None:
        self._words = unpack_words(document.get_first("words") or b"")
        self._stored: bytes = document.get_first("stored") or b""
        self._packed: bytes = document.get_first("packed") or b""
        self._counts: dict[tuple[bool, bytes], tuple[int, ...]] = {}
        self.lengths = tuple(text.count(b" ") / 2 for text in self._words[::2])

    @property
    def size(self) -> int:
        """Bytes it takes, about."""
        return sum(map(getsizeof, (*self._words, self._stored, self._packed))) + _COUNT_BYTES * _MOST_COUNTS

    def read(self) -> tuple[Stored, dict[str, list[str]]]:
        """Read what is stored, and the codes."""
        return read_stored(self._stored, self._packed)

    def counts(self, wanted: bytes, *, is_exact: bool) -> tuple[int, ...]:
        """Count a term in each text field."""
        found = self._counts.get((is_exact, wanted))
        if found is None:
            if len(self._counts) >= _MOST_COUNTS:
                self._counts.clear()
            texts = self._words[not is_exact :: 2]
            found = self._counts[is_exact, wanted] = tuple(text.count(wanted) for text in texts)
        return found


class Candidates:
    """A few documents with their words, as a `views.SegmentView` of which all count, and its `FilesView` in one."""

    def __init__(self, snapshot: TantivySnapshot, addresses: Sequence[tantivy.DocAddress]) -> None:
        self._snapshot = snapshot
        self._keys = [(address.segment_ord, address.doc) for address in addresses]
        self._read = [_read(snapshot, key, address) for key, address in zip(self._keys, addresses, strict=True)]
        self.size = len(self._read)
        self.live = np.ones(self.size, dtype=np.bool_)
        lengths = np.array([candidate.lengths for candidate in self._read], dtype=np.float32)
        lengths = lengths.reshape(self.size, len(TEXT_FIELDS))
        self.lengths = {field.name: lengths[:, at] for at, field in enumerate(TEXT_FIELDS)}
        self._counted: dict[tuple[str, str], NDArray[np.float32]] = {}

        def column(name: str) -> NDArray[np.int64]:
            return np.array(snapshot.searcher.fast_field_values(name, list(addresses)), dtype=np.int64)

        self.published, self.taught = column("published"), column("taught")
        self.scope, self.tiebreak = column("scope"), column("tiebreak")

    @property
    def files(self) -> Candidates:
        """Segments and their files are one."""
        return self

    def postings(self, field: str, term: str) -> Postings:
        """Count a term in a text field of each document."""
        name, kind = field.rsplit("_", 1)
        if (kind, term) not in self._counted:
            self._counted[kind, term] = self._count(kind, term)
        counts = self._counted[kind, term][:, _COLUMN[name]]
        documents = np.flatnonzero(counts)
        return Postings(documents, counts[documents])

    def _count(self, kind: str, term: str) -> NDArray[np.float32]:
        wanted = clean("".join(f" {word} " for word in term.split(" "))).encode()
        is_exact = kind == "exact"
        counts = [candidate.counts(wanted, is_exact=is_exact) for candidate in self._read]
        return np.array(counts, dtype=np.float32).reshape(self.size, len(TEXT_FIELDS))

    def having(self, field: str, terms: frozenset[str]) -> NDArray[np.bool_]:
        """Mark the documents with any of the codes of a facet."""
        codes = [candidate.read()[1][field] for candidate in self._read]
        return np.array([not terms.isdisjoint(given) for given in codes], dtype=np.bool_)

    def stored(self, document: int) -> tuple[Stored, dict[str, list[str]]]:
        """Give what is stored of a document, and its codes."""
        return self._read[document].read()

    def readable(self, document: int) -> Readable:
        """Give a document as hits are made of it."""
        return self._snapshot.shown.get(self._keys[document], lambda: Readable(self.stored(document)[0]))


def _read(snapshot: TantivySnapshot, key: tuple[int, int], address: tantivy.DocAddress) -> Candidate:
    return snapshot.likely.get(key, lambda: Candidate(snapshot.searcher.doc(address)))


@dataclass(frozen=True)
class CandidateSnapshot:
    """The likely hits as a `views.SnapshotView`, with the figures of the whole index."""

    whole: TantivySnapshot
    candidates: Candidates

    @property
    def segments(self) -> tuple[Candidates, ...]:
        """There is one segment."""
        return (self.candidates,)

    @property
    def documents(self) -> int:
        """Number of documents of the index."""
        return self.whole.documents

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """Mean length of each text field in the index."""
        return self.whole.average_lengths

    def remembered(self, _kind: Kind, _term: str, read: Callable[[], TermScores]) -> TermScores:
        """Other documents are likely for every question."""
        return read()

    def having(self, kind: Kind, term: str, _documents: Sequence[NDArray[Any]]) -> int:
        """Count the documents of the index with a term in any text field."""
        return self.whole.having(kind, term)
