"""A Whoosh index at one moment, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.index import TOC

from search_index.cache import Cache
from search_index.damage import damage_noticed, opening
from search_index.fields import TEXT_FIELDS
from search_index.segment import Caches, Segment, SegmentFiles, live_mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from search_index.folder import IndexFolder, Pointer
    from search_index.scoring import Kind, TermScores

INDEX_NAME = "materials"

# So many askers' permissions are remembered; each costs a byte for every document.
_MOST_ALLOWED = 16


@dataclass(frozen=True)
class Snapshot:
    """All segments at one moment."""

    pointer: Pointer
    segments: tuple[Segment, ...]
    terms: Cache[TermScores]

    @cached_property
    def documents(self) -> int:
        """Number of documents."""
        return sum(int(segment.live.sum()) for segment in self.segments)

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """Mean length in words of each text field over the documents that have it (1 when none has)."""
        return {field.name: self._average_length(field.name) for field in TEXT_FIELDS}

    def _average_length(self, name: str) -> float:
        lengths = [segment.files.lengths[name][segment.live] for segment in self.segments]
        present = np.concatenate([np.zeros(0), *lengths])
        present = present[present > 0]
        return float(present.mean()) if len(present) else 1.0

    def having(self, _kind: Kind, _term: str, documents: Sequence[NDArray[Any]]) -> int:
        """Count the living documents with a term in any text field; `documents` are those of each segment."""
        return sum(
            int(np.count_nonzero(segment.live[found])) for found, segment in zip(documents, self.segments, strict=True)
        )

    def remembered(self, kind: Kind, term: str, read: Callable[[], TermScores]) -> TermScores:
        """Give what was read of a term; it holds until the next commit, which changes how rare terms are."""
        return self.terms.get((kind, term), read)

    @cached_property
    def _allowed(self) -> dict[frozenset[str], tuple[NDArray[np.bool_], ...]]:
        return {}

    def allowed(self, tokens: frozenset[str]) -> tuple[NDArray[np.bool_], ...]:
        """Mark the living documents that the permission tokens allow, one mask for each segment; not to be changed."""
        found = self._allowed.get(tokens)
        if found is None:
            found = tuple(segment.live & segment.having("allow", tokens) for segment in self.segments)
            if len(self._allowed) >= _MOST_ALLOWED:
                self._allowed.clear()
            self._allowed[tokens] = found
        return found

    def frequency(self, kind: Kind, term: str, tokens: frozenset[str]) -> int:
        """Count the documents that the permission tokens allow with a term in a text field."""
        count = 0
        for segment, allowed in zip(self.segments, self.allowed(tokens), strict=True):
            read = [segment.files.postings(getattr(field, kind), term).documents for field in TEXT_FIELDS]
            having = [documents for documents in read if len(documents)]
            if len(having) > 1:
                having = [np.unique(np.concatenate(having))]
            count += sum(int(np.count_nonzero(allowed[documents])) for documents in having)
        return count

    def begun(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Give folded words of titles that begin so, at most so many."""
        title = TEXT_FIELDS[0].folded
        found = (word for segment in self.segments for word in segment.files.completions(title, prefix, limit))
        return tuple(islice(dict.fromkeys(found), limit))

    def known(self, words: Iterable[str]) -> tuple[str, ...]:
        """Give those of some folded words that stand in any text; each letter with which one begins is read once."""
        asked = tuple(words)
        letters = {
            letter: [segment.files.vocabulary(letter) for segment in self.segments]
            for letter in {word[:1] for word in asked}
        }
        return tuple(word for word in asked if any(word in known for known in letters[word[:1]]))

    def find(self, uid: str) -> Iterator[tuple[Segment, int]]:
        """Find a document by its uid."""
        for segment in self.segments:
            for document in segment.files.postings("uid", uid).documents:
                if segment.live[document]:
                    yield segment, int(document)


class SnapshotOpener:
    """Opens snapshots; unchanged segments are carried over, so a small commit costs little."""

    def __init__(self, folder: IndexFolder, cache_bytes: int) -> None:
        self._folder = folder
        self._cache_bytes = cache_bytes
        self._caches = self._empty()

    def forget(self) -> None:
        """Let go of what was read."""
        self._caches = self._empty()

    def _empty(self) -> Caches:
        quarter = self._cache_bytes // 4
        return Caches(Cache(quarter), Cache(quarter), Cache(quarter // 4))

    def open(self, pointer: Pointer, before: Snapshot | None) -> Snapshot:
        """Open what a pointer names.

        Raises:
            FileNotFoundError: a writer has just replaced it.
            IndexUnavailableError: it is damaged.
        """
        path = self._folder.generation(pointer.generation)
        known = {segment.files.identifier: segment.files for segment in before.segments} if before else {}
        with opening(path) as storage:
            with damage_noticed(passing=FileNotFoundError):
                contents = TOC.read(storage, INDEX_NAME)
            segments = [
                Segment(
                    known.get(part.segment_id()) or SegmentFiles(storage, contents.schema, part, self._caches),
                    live_mask(part),
                )
                for part in contents.segments
            ]
        return Snapshot(pointer, tuple(segments), Cache(self._cache_bytes))
