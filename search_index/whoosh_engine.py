"""The embedded search engine: Whoosh keeps the index, numpy arrays answer from it."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from search_index import whoosh_writer
from search_index.damage import damage_reported
from search_index.documents import MOST_HITS, SearchResult
from search_index.engine import CACHE_BYTES
from search_index.folder import IndexFolder
from search_index.hits import HitMaker
from search_index.matching import match
from search_index.newest import Newest
from search_index.question import LONGEST_QUERY, Question
from search_index.ranking import order_of, rank
from search_index.reading import read
from search_index.similar import similar
from search_index.snapshot import SnapshotOpener
from search_index.suggestions import suggest
from search_index.synonyms import school_synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from search_index.documents import SearchDocument, SearchHit, SearchQuery, Suggestions
    from search_index.ranking import Ranked
    from search_index.snapshot import Snapshot
    from search_index.synonyms import Synonyms


class WhooshEngine:
    """A `SearchEngine`. One object serves all threads of a process; its reading side costs open files and a cache."""

    def __init__(self, path: Path, cache_bytes: int = CACHE_BYTES, synonyms: Synonyms | None = None) -> None:
        self._folder = IndexFolder(path)
        self._opener = SnapshotOpener(self._folder, cache_bytes)
        self._snapshots = Newest(self._folder, self._opener.open)
        self._synonyms = school_synonyms() if synonyms is None else synonyms

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a query from the newest committed state; never raises because of what the query says.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        started = perf_counter()
        with damage_reported(self._folder):
            snapshot = self._snapshots.get()
            reading, matches = read(snapshot, query, self._synonyms, lambda question: match(snapshot, query, question))
            order = order_of(query, reading.question)
            page = rank(snapshot, matches, max(query.offset, 0), min(query.limit, MOST_HITS), order)
            hits = _hits(snapshot, page, reading.question)
        took_ms = (perf_counter() - started) * 1000
        return SearchResult(matches.total, hits, matches.facets, took_ms, reading.read_as, reading.did_you_mean)

    def suggest(self, typed: str, tokens: frozenset[str], limit: int = 8) -> Suggestions:
        """Give titles and authors that go on from what has been typed, with or without diacritics.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        with damage_reported(self._folder):
            return suggest(self._snapshots.get(), typed[:LONGEST_QUERY], tokens, limit)

    def similar(self, uid: str, tokens: frozenset[str], limit: int = 6) -> tuple[SearchHit, ...]:
        """Give the materials most like one, best first, when the permission tokens allow that one, too.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        with damage_reported(self._folder):
            snapshot = self._snapshots.get()
            return _hits(snapshot, similar(snapshot, uid, tokens, min(limit, MOST_HITS)), Question())

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Commit one batch: put the changed documents, take out the removed uids (a uid in both is taken out).

        Raises:
            IndexUnavailableError: there is no index yet, or it is damaged: rebuild.
            IndexBusyError: another writer holds the index.
        """
        with self._folder.writing():
            snapshot = self._snapshots.reopened()
            generation = self._folder.generation(snapshot.pointer.generation)
            whoosh_writer.commit(generation, snapshot, changed, removed)
            self._folder.seal(generation)
            self._folder.point_to(generation)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the present one and swap it in; returns how many documents it holds.

        Readers go on with the old one until the swap; writers are busy meanwhile.

        Raises:
            IndexBusyError: another writer holds the index.
        """
        with self._folder.writing():
            with self._folder.new_generation() as generation:
                count = whoosh_writer.build(generation, documents)
            self._folder.remove_others(generation)
        return count

    def optimize(self) -> None:
        """Merge all segments into one; worth its time once a night.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
            IndexBusyError: another writer holds the index.
        """
        with self._folder.writing():
            generation = self._folder.generation(self._snapshots.reopened().pointer.generation)
            whoosh_writer.optimize(generation)
            self._folder.seal(generation)
            self._folder.point_to(generation)

    def is_sound(self) -> bool:
        """Tell whether the index is there and no reader, of whichever process, has stumbled over damage in it."""
        return self._folder.is_sound()

    def verify(self) -> None:
        """Look for damage that no reader would notice.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        with damage_reported(self._folder):
            self._snapshots.get()
            self._folder.verify()

    def uids(self) -> Iterator[str]:
        """List the uids of all documents, for checks against the database."""
        for segment in self._snapshots.get().segments:
            yield from (uid for uid, document in segment.files.uids() if segment.live[document])

    def fingerprint(self, uid: str) -> str | None:
        """Give the digest of the document as stored, to compare with `documents.fingerprint`; None when absent."""
        snapshot = self._snapshots.get()
        for segment, document in snapshot.find(uid):
            return segment.files.stored(document).fingerprint
        return None

    def close(self) -> None:
        """Let go of open files and caches; the engine opens them again when it is asked."""
        self._snapshots.close()
        self._opener.forget()


def _hits(snapshot: Snapshot, page: list[Ranked], question: Question) -> tuple[SearchHit, ...]:
    maker = HitMaker(question)
    files = [segment.files for segment in snapshot.segments]
    return tuple(maker.hit(one.score, files[one.segment].readable(one.document)) for one in page)
