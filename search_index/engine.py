"""The protocol every search engine answers; readers and the one writer share a folder."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from search_index.documents import SearchDocument, SearchHit, SearchQuery, SearchResult, Suggestions
    from search_index.synonyms import Synonyms


class SearchEngine(Protocol):
    """An index in a folder. One process writes; any number read and see a batch once it is committed."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a query from the newest committed state; never raises because of what the query says.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """

    def suggest(self, typed: str, tokens: frozenset[str], limit: int = 8) -> Suggestions:
        """Give titles and authors that go on from what has been typed, of materials the permission tokens allow.

        At most `limit` of each: titles the newest first, authors those with the most materials first.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """

    def similar(self, uid: str, tokens: frozenset[str], limit: int = 6) -> tuple[SearchHit, ...]:
        """Give the materials most like one, best first; none when the permission tokens do not allow that one.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[str]) -> None:
        """Commit one batch: put the changed documents, take out the removed uids (a uid in both is taken out).

        Raises:
            IndexUnavailableError: there is no index yet, or it is damaged: rebuild.
            IndexBusyError: another writer holds the index.
        """

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the present one and swap it in; returns how many documents it holds.

        Raises:
            IndexBusyError: another writer holds the index.
        """

    def optimize(self) -> None:
        """Tidy up what many small batches left; worth its time once a night.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
            IndexBusyError: another writer holds the index.
        """

    def is_sound(self) -> bool:
        """Tell whether the index is there and no reader, of whichever process, has stumbled over damage in it.

        Costs next to nothing; when it is not, rebuild.
        """

    def verify(self) -> None:
        """Look for damage that no reader would notice; costs about a second for each gigabyte, so it is for the night.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """

    def uids(self) -> Iterator[str]:
        """The uids of all documents, for checks against the database."""

    def fingerprint(self, uid: str) -> str | None:
        """A digest of the document as stored, to compare with `documents.fingerprint`; None when absent."""

    def close(self) -> None:
        """Let go of open files and caches; the engine opens them again when it is asked."""


class IndexUnavailableError(Exception):
    """The index is absent or damaged; the caller serves around it and asks for a rebuild."""


class IndexBusyError(Exception):
    """Another writer holds the index; the caller tries the batch again later."""


class UnknownEngineError(ValueError):
    """`ELEARN_SEARCH_ENGINE` names no engine that is here; the arguments are the name and the known names."""


# Of the largest store; at 100,000 materials it holds some 1,000 words of questions.
CACHE_BYTES = 256 * 1024 * 1024

# name -> module and class; imported only when chosen, so that an engine's libraries may be absent.
ENGINES = {
    "whoosh": ("search_index.whoosh_engine", "WhooshEngine"),
    "tantivy": ("search_index.tantivy_engine", "TantivyEngine"),
}


def open_engine(
    name: str, path: Path, synonyms: Synonyms | None = None, cache_bytes: int = CACHE_BYTES
) -> SearchEngine:
    """Open the engine of a name ("whoosh" when empty) on its folder, which need not exist yet.

    Without synonyms those of the school world are used that come with the software. `cache_bytes` bounds the largest
    store of what was read of the index, the others have half of it or less; with 0 nothing is kept.

    Raises:
        UnknownEngineError: no engine has the name.
        ImportError: its library is not installed.
    """
    known = ENGINES.get(name.strip().lower() or "whoosh")
    if known is None:
        raise UnknownEngineError(name, tuple(ENGINES))
    module, engine = known
    opened: SearchEngine = getattr(import_module(module), engine)(path, cache_bytes, synonyms)
    return opened
