"""What scoring and ranking need to see of documents, whether they are a whole index or only the likely ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from search_index.postings import Postings
    from search_index.scoring import Kind, TermScores


class FilesView(Protocol):
    """Numbered documents: `lengths` in words by text field, and the columns that decide between equals."""

    @property
    def size(self) -> int: ...  # noqa: D102
    @property
    def lengths(self) -> Mapping[str, NDArray[Any]]: ...  # noqa: D102
    @property
    def published(self) -> NDArray[Any]: ...  # noqa: D102
    @property
    def taught(self) -> NDArray[Any]: ...  # noqa: D102
    @property
    def scope(self) -> NDArray[Any]: ...  # noqa: D102
    @property
    def tiebreak(self) -> NDArray[Any]: ...  # noqa: D102

    def postings(self, field: str, term: str) -> Postings:
        """Give the documents with a term in a field, and how often it is there."""


class SegmentView(Protocol):
    """Documents, and which of them count."""

    @property
    def files(self) -> FilesView: ...  # noqa: D102
    @property
    def live(self) -> NDArray[Any]: ...  # noqa: D102

    def having(self, field: str, terms: frozenset[str]) -> NDArray[Any]:
        """Mark the documents with any of the codes of a facet."""


class Rarity(Protocol):
    """Tells how rare terms are in an index."""

    @property
    def documents(self) -> int: ...  # noqa: D102

    def having(self, kind: Kind, term: str, documents: Sequence[NDArray[Any]]) -> int:
        """Count the documents of the index with a term in any text field; `documents` are those of each segment."""


class SnapshotView(Rarity, Protocol):
    """Documents in segments, with the figures of the whole index."""

    @property
    def segments(self) -> Sequence[SegmentView]: ...  # noqa: D102
    @property
    def average_lengths(self) -> Mapping[str, float]: ...  # noqa: D102

    def remembered(self, kind: Kind, term: str, read: Callable[[], TermScores]) -> TermScores:
        """Give what was read of a term, if that still holds, or read it."""


class Vocabulary(Protocol):
    """Tells which words are used."""

    def frequency(self, kind: Kind, term: str, tokens: frozenset[str]) -> int:
        """Count the documents that the permission tokens allow with a term in a text field."""

    def begun(self, prefix: str, limit: int) -> Sequence[str]:
        """Give folded words of titles that begin so, at most so many."""

    def known(self, words: Iterable[str]) -> Sequence[str]:
        """Give those of some folded words that stand in any text, whoever may see it; they begin with few letters."""
