"""Whoosh's posting lists and columns as numpy arrays; beside `segment_writer` it alone knows private names of Whoosh.

Whoosh's own matchers cost microseconds of Python for every posting. Its blocks hold whole arrays, so they are taken
as such. Blocks are `(deltas of document numbers, weights, payloads)`; weights are None when all are 1.0 and a single
float when all are equal (whoosh3 3.54, codec `W3`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from whoosh.filedb.filestore import FileStorage

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float32)


class Postings(NamedTuple):
    """Ascending document numbers of a term in one segment, and the weight in each."""

    documents: NDArray[np.int64]
    weights: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return self.documents.nbytes + self.weights.nbytes


NO_POSTINGS = Postings(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def open_reader(storage: FileStorage, schema: Any, segment: Any) -> Any:
    """Open the files of one segment."""
    return SegmentReader(storage, schema, segment)


def read_postings(reader: Any, field: str, term: str | bytes) -> Postings:
    """Read all postings of a term, deleted documents included."""
    written = term.encode(errors="surrogatepass") if isinstance(term, str) else term
    try:
        matcher = reader._terms.matcher(field, written, reader.schema[field].format)  # noqa: SLF001  # see the module
    except TermNotFound:
        return NO_POSTINGS
    documents, weights = zip(*_blocks(matcher), strict=True)
    postings = Postings(np.concatenate(documents), np.concatenate(weights))
    if postings.documents.max(initial=0) >= reader.doc_count_all():
        raise ValueError(f"a posting of {field}:{term!r} beyond the segment")
    return postings


def _blocks(matcher: Any) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    while matcher.is_active():
        matcher._read_data()  # noqa: SLF001  # see the module
        deltas, weights, _payloads = matcher._data  # noqa: SLF001  # see the module
        documents = np.cumsum(np.asarray(deltas, dtype=np.int64))
        if weights is None or isinstance(weights, float):
            yield documents, np.full(len(documents), 1.0 if weights is None else weights, dtype=np.float32)
        else:
            yield documents, np.asarray(weights, dtype=np.float32)
        matcher._next_block()  # noqa: SLF001  # see the module


def read_lengths(reader: Any, field: str) -> NDArray[np.float32]:
    """Read the length in words of every document of a segment in a field (in Whoosh's 256 steps)."""
    lengths: NDArray[np.float32] = _LENGTHS[_read_column(reader, f"_{field}_len", "B")]
    return lengths


def read_column(reader: Any, field: str) -> NDArray[Any]:
    """Read a numeric column, one value for each document of a segment."""
    return _read_column(reader, field, reader.schema[field].column_type._typecode)  # noqa: SLF001  # see the module


def _read_column(reader: Any, name: str, typecode: str) -> NDArray[Any]:
    kind = np.dtype(typecode).newbyteorder(">")
    values = np.zeros(reader.doc_count_all(), dtype=kind.newbyteorder("="))
    columns = reader._perdoc  # noqa: SLF001  # see the module
    if columns._storage.file_exists(columns._segment.make_filename(f".{name}.col")):  # noqa: SLF001  # see the module
        file, offset, length = columns._get_column_file(name)  # noqa: SLF001  # see the module
        # Whoosh leaves out trailing default values.
        read = np.frombuffer(file.get(offset, length), dtype=kind)
        values[: len(read)] = read
        file.close()
    return values
