"""The faster search engine for large libraries: tantivy keeps the index and finds, our own scoring orders the hits.

It needs the extra `fast`. Answers are those of the embedded engine, within what its tests and bench/search say.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import tantivy

from search_index.damage import damage_reported
from search_index.documents import MOST_HITS, SearchResult
from search_index.engine import CACHE_BYTES
from search_index.folder import IndexFolder
from search_index.hits import HitMaker
from search_index.newest import Newest
from search_index.question import LONGEST_QUERY, Question
from search_index.reading import read
from search_index.synonyms import school_synonyms
from search_index.tantivy_counting import counts
from search_index.tantivy_index import TantivyOpener, panic_noticed
from search_index.tantivy_matching import answering
from search_index.tantivy_ranking import page_of, similar
from search_index.tantivy_schema import clean, convert, schema, stored_of
from search_index.tantivy_suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from search_index.documents import SearchDocument, SearchHit, SearchQuery, Suggestions
    from search_index.synonyms import Synonyms

_HEAP_BYTES = 50_000_000
_REBUILD_HEAP_BYTES = 200_000_000


class TantivyEngine:
    """A `SearchEngine`. One object serves all threads of a process; files are mapped into memory by the system."""

    def __init__(self, path: Path, cache_bytes: int = CACHE_BYTES, synonyms: Synonyms | None = None) -> None:
        self._folder = IndexFolder(path, "tantivy")
        self._snapshots = Newest(self._folder, TantivyOpener(self._folder, cache_bytes).open)
        self._synonyms = school_synonyms() if synonyms is None else synonyms

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a query from the newest committed state; never raises because of what the query says.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        started = perf_counter()
        with damage_reported(self._folder), panic_noticed():
            snapshot = self._snapshots.get()
            reading, answer = read(snapshot, query, self._synonyms, lambda asked: answering(snapshot, query, asked))
            question = reading.question
            total, page = page_of(snapshot, question, answer, query)
            facets = counts(snapshot, answer, query)
            maker = HitMaker(question)
            hits = tuple(maker.hit(score, document) for score, document in page)
        took_ms = (perf_counter() - started) * 1000
        return SearchResult(total, hits, facets, took_ms, reading.read_as, reading.did_you_mean)

    def suggest(self, typed: str, tokens: frozenset[str], limit: int = 8) -> Suggestions:
        """Give titles and authors that go on from what has been typed, with or without diacritics.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        with damage_reported(self._folder), panic_noticed():
            return suggest(self._snapshots.get(), typed[:LONGEST_QUERY], tokens, limit)

    def similar(self, uid: str, tokens: frozenset[str], limit: int = 6) -> tuple[SearchHit, ...]:
        """Give the materials most like one, best first, when the permission tokens allow that one, too.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        with damage_reported(self._folder), panic_noticed():
            found = similar(self._snapshots.get(), uid, tokens, min(limit, MOST_HITS))
            maker = HitMaker(Question())
            return tuple(maker.hit(score, document) for score, document in found)

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Commit one batch: put the changed documents, take out the removed uids (a uid in both is taken out).

        Raises:
            IndexUnavailableError: there is no index yet, or it is damaged: rebuild.
            IndexBusyError: another writer holds the index.
        """
        with self._folder.writing():
            generation = self._folder.generation(self._folder.pointer().generation)
            gone = frozenset(removed)
            documents = [convert(document) for document in changed if document.uid not in gone]
            with panic_noticed():
                index = tantivy.Index.open(str(generation))
                index.reload()  # looks at all files, which a writer would not
                writer = index.writer(_HEAP_BYTES, 1)
                _put(writer, documents, gone)
                self._folder.point_to(generation)
                writer.wait_merging_threads()
                self._folder.seal(generation)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the present one and swap it in; returns how many documents it holds.

        Raises:
            IndexBusyError: another writer holds the index.
        """
        with self._folder.writing():
            with self._folder.new_generation() as generation:
                count = _build(tantivy.Index(schema(), str(generation)), documents)
            self._folder.remove_others(generation)
        return count

    def optimize(self) -> None:
        """Let tantivy finish its merges and drop what nobody needs.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
            IndexBusyError: another writer holds the index.
        """
        self.apply([], [])

    def is_sound(self) -> bool:
        """Tell whether the index is there and no reader, of whichever process, has stumbled over damage in it."""
        return self._folder.is_sound()

    def verify(self) -> None:
        """Look for damage that no reader would notice.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        with damage_reported(self._folder), panic_noticed():
            self._snapshots.get()
            self._folder.verify()

    def uids(self) -> Iterator[str]:
        """List the uids of all documents, for checks against the database."""
        with panic_noticed():
            searcher = self._snapshots.get().searcher
            found = searcher.terms_with_prefix("uid", "", tantivy.Query.all_query(), max(searcher.num_docs, 1))
        yield from (uid for uid, _count in found)

    def fingerprint(self, uid: str) -> str | None:
        """Give the digest of the document as stored, to compare with `documents.fingerprint`; None when absent."""
        with panic_noticed():
            snapshot = self._snapshots.get()
            for _score, address in snapshot.searcher.search(snapshot.term("uid", uid), 1).hits:
                return stored_of(snapshot.searcher.doc(address)).fingerprint
        return None

    def close(self) -> None:
        """Let go of open files; the engine opens them again when it is asked."""
        self._snapshots.close()


def _build(index: tantivy.Index, documents: Iterable[SearchDocument]) -> int:
    """Fill a new index; of two documents with the same uid the last stays. Returns how many it holds."""
    writer = index.writer(_REBUILD_HEAP_BYTES, 1)
    uids: set[str] = set()
    try:
        for document in documents:
            if document.uid in uids:
                writer.delete_documents_by_term("uid", clean(document.uid))
            writer.add_document(convert(document))
            uids.add(document.uid)
        writer.commit()
    finally:
        writer.wait_merging_threads()  # whatever happens, nobody writes into the folder afterwards
    return len(uids)


def _put(writer: tantivy.IndexWriter, documents: Iterable[tantivy.Document], gone: Iterable[str]) -> None:
    for uid in gone:
        writer.delete_documents_by_term("uid", clean(uid))
    for document in documents:
        writer.delete_documents_by_term("uid", document.get_first("uid"))
        writer.add_document(document)
    writer.commit()
