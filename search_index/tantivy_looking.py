"""The likely hits of what answers, found by tantivy: by the same terms as `scoring`, only more roughly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tantivy import Occur, Query

from search_index.documents import MOST_HITS, Sort
from search_index.ranking import order_of
from search_index.scoring import ACCENTED_WEIGHTS, UNACCENTED_WEIGHTS
from search_index.tantivy_index import both, either, unscored

if TYPE_CHECKING:
    import tantivy

    from search_index.documents import SearchQuery
    from search_index.question import Alternative, Question
    from search_index.scoring import Kind
    from search_index.tantivy_index import TantivySnapshot

# So many likely hits are scored exactly; of hits that all look alike, such as a class's drafts of one lesson, more.
SCORED = 60
MOST_SCORED = 1_000

_COLUMNS = {Sort.NEWEST: "published", Sort.MOST_TAUGHT: "taught"}


class Looked(NamedTuple):
    """The likely hits, the likeliest first, and how many documents answer in all."""

    addresses: list[tantivy.DocAddress]
    total: int


def wanted(query: SearchQuery) -> int:
    """Tell how many hits there must be for the page that is asked for."""
    return max(query.offset, 0) + max(min(query.limit, MOST_HITS), 0)


def look(
    snapshot: TantivySnapshot, question: Question, query: SearchQuery, answer: Query, *, complete: bool = False
) -> Looked:
    """Find the likely hits of what answers: those wanted, some to choose from, and all like the last; count all.

    They are found and counted in one go, which is most of what a search costs in a large index. `complete` demands
    that they have all words, too.
    """
    asked = _likely(snapshot, question, answer, complete=complete)
    column = _COLUMNS.get(order_of(query, question))
    last = max(wanted(query), 1)
    many = max(SCORED, last + SCORED // 2)
    found = snapshot.searcher.search(asked, many, order_by_field=column)
    hits = found.hits
    while len(hits) == many and many < MOST_SCORED + last and hits[last - 1][0] == hits[-1][0]:
        many *= 4
        hits = snapshot.searcher.search(asked, many, count=False, order_by_field=column).hits
    return Looked([address for _value, address in hits], int(getattr(found, "count", 0)))


def _likely(snapshot: TantivySnapshot, question: Question, answer: Query, *, complete: bool) -> Query:
    weights = ACCENTED_WEIGHTS if question.accented else UNACCENTED_WEIGHTS
    # Where words are demanded they score as they are found; those that are not are gone through from end to end.
    words = Occur.Must if complete else Occur.Should
    folded = [either(way) for way in ways_to_say(snapshot, question, weights["folded"])]
    terms: list[tuple[Kind, str]] = [("bigrams", bigram) for bigram in question.bigrams]
    if question.accented:
        terms += [("exact", word.exact) for word in question.words]
    said = [(Occur.Should, Query.boost_query(snapshot.term(kind, term), weights[kind])) for kind, term in terms]
    said += [
        (Occur.Should, Query.boost_query(named(snapshot, one), weights["bigrams"])) for one in question.alternatives
    ]
    return Query.boolean_query([(Occur.Must, unscored(answer)), *((words, one) for one in folded), *said])


def ways_to_say(snapshot: TantivySnapshot, question: Question, weight: float = 1.0) -> list[list[Query]]:
    """Ask for each word, which scores with a weight, and for other names that stand for it."""
    ways = [[Query.boost_query(snapshot.term("folded", word.folded), weight)] for word in question.words]
    for alternative in question.alternatives:
        other = unscored(named(snapshot, alternative))
        for number in alternative.words:
            ways[number].append(other)
    return ways


def named(snapshot: TantivySnapshot, alternative: Alternative) -> Query:
    """Ask for all words and pairs of other names."""
    terms = alternative.terms
    return both(*(snapshot.term("bigrams" if is_bigram else "folded", term) for term, is_bigram in terms))
