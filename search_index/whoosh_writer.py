"""The writing side of the Whoosh engine: batches, whole new generations, merging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from search_index.damage import damage_noticed
from search_index.fields import row, schema
from search_index.segment_writer import BulkWriter
from search_index.snapshot import INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from search_index.documents import SearchDocument
    from search_index.snapshot import Snapshot

# A segment of a new generation holds so many characters of text: with their postings they fit into 300 MB of memory.
_BUILD_CHARACTERS = 32_000_000

# Segments of single saves are merged when there are so many of them; greater ones wait for `optimize` at night.
_SMALL_SEGMENT = 32
_MANY_SEGMENTS = 12


def create(generation: Path) -> None:
    """Create an empty index in a folder."""
    FileIndex.create(FileStorage(str(generation)), schema(), INDEX_NAME)


def build(generation: Path, documents: Iterable[SearchDocument]) -> int:
    """Create an index with these documents; of two with the same uid the last stays. Returns how many it holds."""
    create(generation)
    seen: set[str] = set()
    for batch in _batches(documents):
        writer = _writer(generation)
        again = frozenset(seen & batch.keys())
        if again:
            _delete_by_uid(writer, again)
        _add(writer, batch.values())
        writer.commit(merge=False)
        seen |= batch.keys()
    return len(seen)


def _batches(documents: Iterable[SearchDocument]) -> Iterator[dict[str, SearchDocument]]:
    batch: dict[str, SearchDocument] = {}
    characters = 0
    for document in documents:
        batch[document.uid] = document
        characters += len(document.title) + len(document.description) + len(document.body)
        characters += sum(len(part.text) for part in document.parts)
        if characters >= _BUILD_CHARACTERS:
            yield batch
            batch, characters = {}, 0
    if batch:
        yield batch


def commit(generation: Path, snapshot: Snapshot, changed: Iterable[SearchDocument], removed: Iterable[str]) -> None:
    """Commit one batch to the index that the snapshot shows."""
    gone = frozenset(removed)
    documents = {document.uid: document for document in changed if document.uid not in gone}
    with damage_noticed(passing=OSError):
        writer = _writer(generation)
    try:
        _delete(writer, snapshot, gone | documents.keys())
        _add(writer, documents.values())
    except BaseException:
        writer.cancel()
        raise
    # A full disk is not a damaged index: the last commit still stands.
    with damage_noticed(passing=OSError):
        writer.commit(mergetype=merge_small)


def optimize(generation: Path) -> None:
    """Merge all segments into one and drop what was deleted; for the night."""
    with damage_noticed(passing=OSError):
        writer = _writer(generation)
        try:
            writer.commit(mergetype=_merge_all)
        except BaseException:
            writer.cancel()
            raise


def _merge_all(writer: BulkWriter, segments: list[Any]) -> list[Any]:
    writer.merge_segments(segments)
    return []


def merge_small(writer: BulkWriter, segments: list[Any]) -> list[Any]:
    """Merge the small segments when they have become many, in the shape of Whoosh's merge policies.

    Whoosh's own policy rewrites much at every fifth commit, and no merging at all makes searches slow by evening.
    """
    small = [segment for segment in segments if segment.doc_count_all() < _SMALL_SEGMENT]
    if len(small) < _MANY_SEGMENTS:
        return segments
    for segment in small:
        writer.take_segment(segment)
    return [segment for segment in segments if segment not in small]


def _writer(generation: Path) -> Any:
    return BulkWriter(FileIndex(FileStorage(str(generation)), indexname=INDEX_NAME))


def _add(writer: BulkWriter, documents: Iterable[SearchDocument]) -> None:
    for document in documents:
        writer.add_row(row(document))


def _delete(writer: BulkWriter, snapshot: Snapshot, uids: frozenset[str]) -> None:
    segments = {segment.segment_id(): segment for segment in writer.segments}
    for uid in uids:
        for segment, document in snapshot.find(uid):
            segments[segment.files.identifier].delete_document(document)


def _delete_by_uid(writer: BulkWriter, uids: Iterable[str]) -> None:
    for uid in uids:
        writer.delete_by_term("uid", uid)
