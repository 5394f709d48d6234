"""A tantivy index at one moment, asked in our words."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Occur, Query

from search_index.cache import Cache
from search_index.damage import damage_noticed
from search_index.engine import IndexUnavailableError
from search_index.fields import TEXT_FIELDS
from search_index.tantivy_schema import bigram_term, clean, length_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from search_index.folder import IndexFolder, Pointer
    from search_index.hits import Readable
    from search_index.scoring import Kind
    from search_index.tantivy_candidates import Candidate

# In a larger index those deleted and not yet dropped are too few to change how rare a word is, and counting takes time.
FEW_DOCUMENTS = 20_000


@dataclass(frozen=True)
class TantivySnapshot:
    """A searcher keeps its state whatever is written meanwhile."""

    pointer: Pointer
    index: tantivy.Index
    searcher: tantivy.Searcher
    likely: Cache[Candidate]
    shown: Cache[Readable]

    @property
    def documents(self) -> int:
        """Number of documents."""
        return int(self.searcher.num_docs)

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """Mean length in words of each text field over the documents that have it (1 when none has)."""
        asked = {field.name: {"avg": {"field": length_of(field.name)}} for field in TEXT_FIELDS}
        answer = self.searcher.aggregate(Query.all_query(), asked)
        return {field.name: float(answer[field.name]["value"] or 1.0) for field in TEXT_FIELDS}

    def term(self, field: str, value: str) -> Query:
        """Ask for a term: a word or pair of "exact", "folded" or "bigrams", or a code."""
        value = clean(bigram_term(value) if field == "bigrams" else value)
        option = "freq" if field in {"exact", "folded", "bigrams"} else "basic"
        return Query.term_query(self.index.schema, field, value, option)

    def any_of(self, field: str, values: Iterable[str]) -> Query:
        """Ask for any of several codes."""
        return Query.term_set_query(self.index.schema, field, [clean(value) for value in values])

    def beginning(self, field: str, prefixes: Iterable[str]) -> Query:
        """Ask for a word that begins in one of some ways; these are letters and digits."""
        return either(Query.regex_query(self.index.schema, field, f"{clean(prefix)}.*") for prefix in prefixes)

    def count(self, query: Query) -> int:
        """Count the documents that answer."""
        found: Any = self.searcher.search(query, 1)  # whose stub lacks the count
        return int(found.count)

    def having(self, kind: Kind, term: str, _documents: Sequence[NDArray[Any]] = ()) -> int:
        """Count the documents with a term in any text field."""
        if self.documents < FEW_DOCUMENTS:
            return self.count(self.term(kind, term))
        return int(self.searcher.doc_freq(kind, clean(bigram_term(term) if kind == "bigrams" else term)))

    def frequency(self, kind: Kind, term: str, tokens: frozenset[str]) -> int:
        """Count the documents that the permission tokens allow with a term in a text field."""
        return self.count(both(self.any_of("allow", tokens), self.term(kind, term)))

    def begun(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Give folded words of titles that begin so, at most so many."""
        found = self.searcher.terms_with_prefix("title_words", clean(prefix), None, limit)
        return tuple(word for word, _count in found)

    def known(self, words: Iterable[str]) -> tuple[str, ...]:
        """Give those of some folded words that stand in any text."""
        return tuple(word for word in words if self.searcher.doc_freq("folded", clean(word)))


def both(*queries: Query) -> Query:
    """Ask for all of some queries; there is at least one."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def either(queries: Iterable[Query]) -> Query:
    """Ask for any of some queries; nothing answers none."""
    given = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(given) if given else Query.empty_query()


def unscored(query: Query) -> Query:
    """Let a query only decide."""
    return Query.const_score_query(query, 0.0)


@contextmanager
def panic_noticed() -> Iterator[None]:
    """Turn what tantivy says of damaged files into IndexUnavailableError; some of it comes as a panic."""
    try:
        with damage_noticed():
            yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailableError(f"damaged index: {error}") from error


class TantivyOpener:
    """Opens snapshots; after a small commit it only reloads."""

    def __init__(self, folder: IndexFolder, cache_bytes: int) -> None:
        self._folder = folder
        self._cache_bytes = cache_bytes

    def open(self, pointer: Pointer, before: TantivySnapshot | None) -> TantivySnapshot:
        """Open what a pointer names.

        Raises:
            IndexUnavailableError: it is damaged, or a writer has just replaced it.
        """
        with panic_noticed():
            if before is not None and before.pointer.generation == pointer.generation:
                index = before.index
            else:
                index = tantivy.Index.open(str(self._folder.generation(pointer.generation)))
                index.config_reader("manual")
            index.reload()
            allowed = self._cache_bytes
            return TantivySnapshot(pointer, index, index.searcher(), Cache(allowed // 2), Cache(allowed // 4))
