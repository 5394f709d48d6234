"""Titles and authors that go on from what has been typed, out of a tantivy index; the same rules as `suggestions`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from search_index.documents import Suggestions
from search_index.suggestions import SHORTEST_PREFIX, typed_words
from search_index.tantivy_index import both, unscored
from search_index.tantivy_schema import stored_of
from search_index.vietnamese import spellings

if TYPE_CHECKING:
    from tantivy import Query

    from search_index.tantivy_index import TantivySnapshot

# Of many equal titles not all are looked at.
_LOOKED_AT = 5


def suggest(snapshot: TantivySnapshot, typed: str, tokens: frozenset[str], limit: int) -> Suggestions:
    """Give titles and authors with all the typed words, the last one being only begun, each once."""
    words = typed_words(typed)
    if len("".join(words)) < SHORTEST_PREFIX or limit <= 0:
        return Suggestions()
    allowed = unscored(snapshot.any_of("allow", tokens))
    titles = both(allowed, _begun(snapshot, "title_words", words))
    authors = both(allowed, _begun(snapshot, "author_words", words))
    return Suggestions(_titles(snapshot, titles, limit), _authors(snapshot, authors, limit))


def _begun(snapshot: TantivySnapshot, field: str, words: list[str]) -> Query:
    *whole, last = words
    return both(*(snapshot.term(field, word) for word in whole), snapshot.beginning(field, spellings(last)))


def _titles(snapshot: TantivySnapshot, query: Query, limit: int) -> tuple[str, ...]:
    hits = snapshot.searcher.search(query, _LOOKED_AT * limit, order_by_field="published").hits
    titles = (stored_of(snapshot.searcher.doc(address)).title for _published, address in hits)
    return tuple(islice(dict.fromkeys(titles), limit))


def _authors(snapshot: TantivySnapshot, query: Query, limit: int) -> tuple[str, ...]:
    asked = {"authors": {"terms": {"field": "author", "size": _LOOKED_AT * limit}}}
    found = snapshot.searcher.aggregate(query, asked)["authors"]["buckets"]
    best = sorted(found, key=lambda one: (-one["doc_count"], one["key"]))[:limit]
    return tuple(_name(snapshot, both(query, snapshot.term("author", one["key"]))) for one in best)


def _name(snapshot: TantivySnapshot, query: Query) -> str:
    ((_score, address),) = snapshot.searcher.search(query, 1).hits
    return stored_of(snapshot.searcher.doc(address)).author
