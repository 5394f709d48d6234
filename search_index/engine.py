"""The protocol every search engine answers; readers and the one writer share a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search_index.documents import SearchDocument, SearchQuery, SearchResult


class SearchEngine(Protocol):
    """An index in a folder. One process writes; any number read and see a batch once it is committed."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a query from the newest committed state; never raises because of what the query says.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[str]) -> None:
        """Commit one batch: put the changed documents, take out the removed uids."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the present one and swap it in; returns how many documents it holds."""

    def uids(self) -> Iterator[str]:
        """The uids of all documents, for checks against the database."""

    def fingerprint(self, uid: str) -> str | None:
        """A digest of the document as stored, to compare with `documents.fingerprint`; None when absent."""


class IndexUnavailableError(Exception):
    """The index is absent or damaged; the caller serves around it and asks for a rebuild."""
