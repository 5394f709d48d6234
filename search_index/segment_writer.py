"""Writes segments in Whoosh's form, many postings at a time; beside `postings` it alone knows private names of Whoosh.

Whoosh's own writer makes, sorts and checks a tuple for every posting. Here three numbers of each are kept in arrays
until the segment is written, and blocks are slices of these. Whole segments are merged term by term.
"""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from operator import itemgetter, sub
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from search_index.postings import read_postings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray
    from whoosh.index import FileIndex

    # A term, the documents that have it, in ascending order, and its weight in each.
    Listed = tuple[bytes, array[int], array[float]]

_BLOCK = 1024


class _Pool:
    """The postings of one field as they come: the number of the term, the document, the weight."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms, self._documents, self._weights = array("I"), array("I"), array("f")

    def take(self, document: int, weights: Mapping[str, float]) -> None:
        """Take the terms of a document; documents come in ascending order."""
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in weights])
        self._documents.extend(array("I", [document]) * len(weights))
        self._weights.extend(weights.values())

    def take_term(self, term: str, documents: NDArray[Any], weights: NDArray[Any]) -> None:
        """Take the documents of a term, which are beyond those taken before."""
        number = self._numbers.setdefault(term, len(self._numbers))
        self._terms.extend(array("I", [number]) * len(documents))
        self._documents.frombytes(documents.astype(np.uint32).tobytes())
        self._weights.frombytes(weights.astype(np.float32).tobytes())

    def listed(self) -> Iterator[Listed]:
        """List the postings by term."""
        terms = np.frombuffer(self._terms, dtype=np.uint32)
        order = np.argsort(terms, kind="stable")
        documents = array("I", np.frombuffer(self._documents, dtype=np.uint32)[order].tobytes())
        weights = array("f", np.frombuffer(self._weights, dtype=np.float32)[order].tobytes())
        ends = np.cumsum(np.bincount(terms, minlength=len(self._numbers))).tolist()
        starts = [0, *ends]
        for term, number in sorted(self._numbers.items()):
            start, end = starts[number], ends[number]
            yield term.encode(errors="surrogatepass"), documents[start:end], weights[start:end]


class _PostingsWriter(W3PostingsWriter):
    """Writes the blocks of a term out of arrays; that weights are all alike is seen at once."""

    def put(self, documents: array[int], weights: array[float]) -> None:
        """Write all blocks but the last, which `finish_postings` writes."""
        for at in range(0, len(documents), _BLOCK):
            if at:
                self._write_block()  # type: ignore[no-untyped-call]  # Whoosh is half typed
            self._ids, self._weights = documents[at : at + _BLOCK], weights[at : at + _BLOCK]
            self._maxweight = max(self._weights)

    def _mini_ids(self) -> tuple[int, ...]:
        return (self._ids[0], *map(sub, self._ids[1:], self._ids))

    def _mini_weights(self) -> tuple[float, ...] | float | None:
        first: float = self._weights[0]
        if self._weights.count(first) < len(self._weights):
            return tuple(self._weights)
        return None if first == 1.0 else first


class BulkWriter(SegmentWriter):
    """Writes one segment, of rows and of the documents of small segments, or else of whole segments as they are."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=W3Codec(blocklimit=_BLOCK))  # type: ignore[no-untyped-call]  # Whoosh is half typed
        self._pools: dict[str, _Pool] = {}
        self._merged: list[tuple[Any, NDArray[np.int64]]] = []

    def add_row(self, values: Mapping[str, Any]) -> None:
        """Add a document by the values of its fields; those of indexed fields are mappings of term -> frequency."""
        document, kept = self.docnum, self.perdocwriter
        kept.start_doc(document)
        for name, value in values.items():
            field = self.schema[name]
            if field.indexed:
                self._pool(name).take(document, value)
            length = sum(value.values()) if field.scorable else 0
            kept.add_field(name, field, value if field.stored else None, length)
            if field.column_type:
                kept.add_column_value(name, field.column_type, field.to_column_value(value))
        kept.finish_doc()
        self._added = True
        self.docnum += 1

    def take_segment(self, segment: Any) -> None:
        """Take the documents of a small segment together with the rows."""
        reader = SegmentReader(self.storage, self.schema, segment)
        try:
            numbers = self._take_documents(reader)
            for name, term in reader.all_terms():
                documents, weights = _renumbered(reader, numbers, name, term)
                if len(documents):
                    self._pool(name).take_term(term.decode(errors="surrogatepass"), documents, weights)
        finally:
            reader.close()

    def merge_segments(self, segments: Iterable[Any]) -> None:
        """Merge whole segments, of whatever size; there are no rows beside them."""
        for segment in segments:
            reader = SegmentReader(self.storage, self.schema, segment)
            self._merged.append((reader, np.zeros(0, dtype=np.int64)))
            self._merged[-1] = (reader, self._take_documents(reader))

    def _take_documents(self, reader: Any) -> NDArray[np.int64]:
        """Copy what is kept of each document; gives the new numbers, -1 for what was deleted."""
        first = self.docnum
        numbers = self.write_per_doc(set(self.schema.names()), reader)  # type: ignore[no-untyped-call]  # Whoosh is half typed
        self._added = True
        if numbers is None:
            return np.arange(first, self.docnum)
        return np.array([numbers.get(document, -1) for document in range(reader.doc_count_all())], dtype=np.int64)

    def _pool(self, name: str) -> _Pool:
        if name not in self._pools:
            self._pools[name] = _Pool()
        return self._pools[name]

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for name in sorted(name for name, field in self.schema.items() if field.indexed):
            if name in self._pools:
                self._write_field(name, self._pools.pop(name).listed())
            elif self._merged:
                self._write_field(name, self._merged_postings(name))
        self.fieldwriter.close()

    def _write_field(self, name: str, postings: Iterable[Listed]) -> None:
        fields = self.fieldwriter
        fields.start_field(name, self.schema[name])
        writer = _PostingsWriter(fields._postfile, _BLOCK)  # type: ignore[no-untyped-call]  # noqa: SLF001  # see the module
        fields._postwriter = writer  # noqa: SLF001  # see the module
        for term, documents, weights in postings:
            fields.start_term(term)
            writer.put(documents, weights)
            fields.finish_term()
        fields.finish_field()

    def _merged_postings(self, name: str) -> Iterator[Listed]:
        lexicons = ([(term, at) for term in reader.lexicon(name)] for at, (reader, _numbers) in enumerate(self._merged))
        for term, holders in groupby(merge(*lexicons), key=itemgetter(0)):
            found = [_renumbered(*self._merged[at], name, term) for _term, at in holders]
            documents, weights = (np.concatenate(column) for column in zip(*found, strict=True))
            if len(documents):
                yield term, array("I", documents.astype(np.uint32).tobytes()), array("f", weights.tobytes())

    def _finish(self) -> None:
        with ExitStack() as stack:
            for reader, _numbers in self._merged:
                stack.callback(reader.close)
        super()._finish()  # type: ignore[no-untyped-call]  # Whoosh is half typed


def _renumbered(
    reader: Any, numbers: NDArray[np.int64], name: str, term: bytes
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    documents, weights = read_postings(reader, name, term)
    new = numbers[documents]
    return new[new >= 0], weights[new >= 0]
