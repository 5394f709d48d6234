"""One segment of the index, ready for scoring: postings, lengths, facet codes and dates as arrays."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from search_index.damage import damage_noticed
from search_index.documents import EVERYDAY_FACETS
from search_index.fields import TEXT_FIELDS
from search_index.hits import Readable, Stored
from search_index.postings import open_reader, read_column, read_lengths, read_postings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from whoosh.filedb.filestore import FileStorage

    from search_index.cache import Cache
    from search_index.postings import Postings


# Texts without end (base64, tables) have words without end.
_MOST_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The codes of a facet in a segment: document `documents[i]` has the code `codes[numbers[i]]`."""

    codes: tuple[str, ...]
    documents: NDArray[np.int64]
    numbers: NDArray[np.int64]

    def count(self, mask: NDArray[np.bool_]) -> dict[str, int]:
        """Count the documents of the mask under every code; codes without one are left out."""
        counts = np.bincount(self.numbers[mask[self.documents]], minlength=len(self.codes))
        return {self.codes[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    def codes_of(self, document: int) -> frozenset[str]:
        """Give the codes of one document."""
        return frozenset(self.codes[number] for number in self.numbers[self.documents == document])


@dataclass(frozen=True)
class Caches:
    """What all segments share. Their files never change, and no two have one identifier."""

    postings: Cache[Postings]
    documents: Cache[Readable]
    vocabularies: Cache[Words]


class Words(frozenset[str]):
    """Words that begin with one letter."""

    __slots__ = ()

    @property
    def size(self) -> int:
        """Bytes in memory, about: a short text and its place in the set."""
        return 120 * len(self)


class SegmentFiles:
    """What never changes in a segment. Whoosh's files know no threads, so one lock guards them."""

    def __init__(self, storage: FileStorage, schema: Any, segment: Any, caches: Caches) -> None:
        self.identifier: str = segment.segment_id()
        self._caches = caches
        self._lock = Lock()
        # A segment may be gone because a writer has just merged it; that is no damage.
        with damage_noticed(passing=FileNotFoundError):
            self._reader = open_reader(storage, schema, segment)
            weakref.finalize(self, _close, self._reader)
            self.size: int = self._reader.doc_count_all()
            self.published = read_column(self._reader, "published")
            self.taught = read_column(self._reader, "taught")
            self.scope = read_column(self._reader, "scope")
            self.tiebreak = read_column(self._reader, "tiebreak")
            self.lengths = {field.name: read_lengths(self._reader, field.folded) for field in TEXT_FIELDS}
        self._facets = {facet: self._facet(facet) for facet in EVERYDAY_FACETS}

    def postings(self, field: str, term: str) -> Postings:
        """Read the postings of a term, deleted documents included; empty when the segment has none."""
        return self._caches.postings.get((self.identifier, field, term), lambda: self._read(field, term))

    def _read(self, field: str, term: str) -> Postings:
        with self._lock, damage_noticed():
            return read_postings(self._reader, field, term)

    def stored(self, document: int) -> Stored:
        """Give what is stored of a document."""
        with self._lock, damage_noticed():
            return Stored(**self._reader.stored_fields(document)["stored"])

    def readable(self, document: int) -> Readable:
        """Give a document as hits are made of it; the permission to see it was asked before."""
        return self._caches.documents.get((self.identifier, document), lambda: Readable(self.stored(document)))

    def facet(self, name: str) -> FacetColumn:
        """Give the codes of a facet; those beyond the everyday ones are read when somebody asks for them."""
        found = self._facets.get(name)
        if found is None:
            found = self._facets[name] = self._facet(name)
        return found

    def uids(self) -> Iterator[tuple[str, int]]:
        """List (uid, document) of all documents, deleted ones included."""
        for uid in self._terms("uid"):
            for document in self._read("uid", uid).documents:
                yield uid, int(document)

    def completions(self, field: str, prefix: str, limit: int) -> tuple[str, ...]:
        """List the first terms of a field that begin with a prefix."""
        with self._lock, damage_noticed():
            return tuple(term.decode() for term in islice(self._reader.expand_prefix(field, prefix), limit))

    def vocabulary(self, letter: str) -> Words:
        """Give the folded words of all texts that begin with a letter, deleted documents included."""
        return self._caches.vocabularies.get((self.identifier, letter), lambda: self._words(letter))

    def _words(self, letter: str) -> Words:
        fields = (field.folded for field in TEXT_FIELDS)
        return Words(word for field in fields for word in self.completions(field, letter, _MOST_WORDS))

    def _terms(self, field: str) -> tuple[str, ...]:
        with self._lock, damage_noticed():
            return tuple(term.decode(errors="surrogatepass") for term in self._reader.lexicon(field))

    def _facet(self, facet: str) -> FacetColumn:
        codes = self._terms(facet)
        postings = [self._read(facet, code).documents for code in codes]
        sizes = [len(documents) for documents in postings]
        documents = np.concatenate([np.zeros(0, dtype=np.int64), *postings])
        return FacetColumn(codes, documents, np.repeat(np.arange(len(codes)), sizes))


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment at one moment: its files, and which of its documents are not deleted."""

    files: SegmentFiles
    live: NDArray[np.bool_]

    def having(self, field: str, terms: frozenset[str]) -> NDArray[np.bool_]:
        """Mark the documents with any of the terms in a field."""
        mask = np.zeros(self.files.size, dtype=np.bool_)
        for term in terms:
            mask[self.files.postings(field, term).documents] = True
        return mask


def live_mask(segment: Any) -> NDArray[np.bool_]:
    """Mark the documents of a Whoosh segment that are not deleted."""
    mask = np.ones(segment.doc_count_all(), dtype=np.bool_)
    mask[list(segment.deleted_docs())] = False
    return mask


def _close(reader: Any) -> None:
    reader.close()
