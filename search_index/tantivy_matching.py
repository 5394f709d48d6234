"""Which documents answer a query, as tantivy queries; the same rules as `matching`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil, log
from typing import TYPE_CHECKING

from tantivy import Occur, Query

from search_index.fields import FILTERS, name_code
from search_index.matching import ENOUGH_MATCHES, PART_OF_ALL, PART_OF_BEST
from search_index.tantivy_index import both, either, unscored
from search_index.tantivy_looking import look, ways_to_say
from search_index.tantivy_schema import within_term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from search_index.documents import SearchQuery
    from search_index.question import Question
    from search_index.tantivy_index import TantivySnapshot
    from search_index.tantivy_looking import Looked

# tantivy counts in single precision.
_ROUNDING = 1e-4

# For so many words every combination that says enough is asked for; for more, words are weighed in units.
_COMBINED_WORDS = 6
_UNITS = 64


@dataclass(frozen=True, slots=True)
class Answering:
    """`found` is what answers before the filters; `filters` by name.

    `complete` is how many of what is found have all words, or where there are enough, at least so many; `best` how much
    the best has of the question, as in `matching`. `looked` are the likely hits where they are known already.
    """

    found: Query
    filters: dict[str, Query]
    complete: int = 0
    best: float = 0.0
    looked: Looked | None = None

    def narrowed(self, without: Collection[str] = ()) -> Query:
        """Ask for what passes all filters but some."""
        return both(self.found, *(query for name, query in self.filters.items() if name not in without))


def answering(snapshot: TantivySnapshot, query: SearchQuery, question: Question) -> Answering:
    """Tell which documents answer, among those the asker may see."""
    allowed = both(snapshot.any_of("allow", query.tokens))
    kept = Query.boolean_query([(Occur.Must, allowed), *_conditions(snapshot, query, question)])
    filters = dict(_filters(snapshot, query))
    if question.browses:
        return Answering(unscored(kept), filters)
    words = _words(snapshot, question)
    if not words:
        return Answering(Query.empty_query(), filters)
    complete = Answering(unscored(both(kept, *words)), filters)
    # Nearly always there are enough, and then their hits and their number are all that has to be found.
    looked = look(snapshot, question, query, Answering(unscored(kept), filters).narrowed(), complete=True)
    count = looked.total if looked.total >= ENOUGH_MATCHES or not filters else snapshot.count(complete.found)
    if count >= ENOUGH_MATCHES:
        return replace(complete, complete=count, looked=looked)
    found, best = _saying_enough(snapshot, kept, words)
    return Answering(unscored(found), filters, count, best)


def _conditions(snapshot: TantivySnapshot, query: SearchQuery, question: Question) -> Iterator[tuple[Occur, Query]]:
    for bigram in question.phrases:
        yield Occur.Must, snapshot.term("bigrams", bigram)
    for name, term in question.within:
        yield Occur.Must, snapshot.term("within", within_term(name, term))
    for placed in question.without_within:
        yield Occur.MustNot, both(*(snapshot.term("within", within_term(name, term)) for name, term in placed))
    for word in question.without_words:
        kind, term = ("exact", word.exact) if word.accented else ("folded", word.folded)
        yield Occur.MustNot, snapshot.term(kind, term)
    for bigrams in question.without_phrases:
        yield Occur.MustNot, both(*(snapshot.term("bigrams", bigram) for bigram in bigrams))
    for name, codes in query.without.items():
        if name in FILTERS:
            yield Occur.MustNot, _any_code(snapshot, name, codes)


def _saying_enough(snapshot: TantivySnapshot, kept: Query, words: Sequence[Query]) -> tuple[Query, float]:
    """Ask for what has enough of the words, and tell how much the best has."""
    documents = snapshot.count(kept)
    having = [snapshot.count(both(kept, word)) for word in words]
    rarity = [log(1 + (documents - number + 0.5) / (number + 0.5)) for number in having]
    weights = [weight / sum(rarity) for weight in rarity]
    best = _best(snapshot, kept, words, weights)
    needed = max(PART_OF_BEST * best, PART_OF_ALL) - _ROUNDING
    return both(kept, _covering(words, weights, needed)), best * sum(rarity)


def _words(snapshot: TantivySnapshot, question: Question) -> list[Query]:
    """Ask for each word, or for other names that stand for it."""
    return [either(way) for way in ways_to_say(snapshot, question)]


def _best(snapshot: TantivySnapshot, kept: Query, words: Sequence[Query], weights: Sequence[float]) -> float:
    said = [(Occur.Should, Query.const_score_query(word, weight)) for word, weight in zip(words, weights, strict=True)]
    hits = snapshot.searcher.search(Query.boolean_query([(Occur.Must, unscored(kept)), *said]), 1).hits
    return float(hits[0][0]) if hits else 0.0


def _covering(words: Sequence[Query], weights: Sequence[float], needed: float) -> Query:
    """Ask for documents with words whose weights come to what is needed."""
    if len(words) <= _COMBINED_WORDS:
        return either(both(*(words[number] for number in chosen)) for chosen in _sufficient(weights, needed))
    units = [round(weight * _UNITS) for weight in weights]
    said = [(Occur.Should, word) for word, count in zip(words, units, strict=True) for _ in range(count)]
    return Query.boolean_query(said, minimum_number_should_match=max(ceil(needed * _UNITS - 0.5), 1))


def _sufficient(weights: Sequence[float], needed: float) -> list[tuple[int, ...]]:
    """List the smallest sets of weights that come to what is needed."""
    found: list[tuple[int, ...]] = []
    for size in range(1, len(weights) + 1):
        for chosen in combinations(range(len(weights)), size):
            is_smallest = not any(set(one) <= set(chosen) for one in found)
            if is_smallest and sum(weights[number] for number in chosen) >= needed:
                found.append(chosen)
    return found


def _filters(snapshot: TantivySnapshot, query: SearchQuery) -> Iterator[tuple[str, Query]]:
    """Give for each filter what has any of its codes; a filter nobody knows lets nothing pass."""
    for name, codes in query.filters.items():
        if codes and name in FILTERS:
            yield name, unscored(_any_code(snapshot, name, codes))
        elif codes:
            yield name, Query.empty_query()


def _any_code(snapshot: TantivySnapshot, name: str, codes: frozenset[str]) -> Query:
    return snapshot.any_of(name, map(name_code, codes) if name == "author" else codes)
