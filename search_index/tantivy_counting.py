"""How many documents answer, by facet, each facet counted without its own filter.

A filter that is counted, too, would need the answers once more without it, and finding them is what costs. So all that
answers before such filters is gone through once, and what passes them is counted in buckets within buckets. A document
may have several of the wanted codes: what has any of two is what has the one, and the other, less what has both.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from search_index.documents import FACETS, MOST_CODES
from search_index.tantivy_schema import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tantivy import Query

    from search_index.documents import SearchQuery
    from search_index.tantivy_index import TantivySnapshot
    from search_index.tantivy_matching import Answering

    Counts = dict[str, dict[str, int]]
    Wanted = Mapping[str, frozenset[str]]
    Aggregations = dict[str, Any]

# More buckets than a facet has codes: what a segment leaves out would be missing in the sum.
_BUCKETS = 20_000

# For more ways to pass the filters the answers are found again for each filter.
_MOST_WAYS = 24


class _Way(NamedTuple):
    """Codes that a document has all of, as (facet, code), and whether what has them is added (1) or taken off (-1)."""

    codes: tuple[tuple[str, str], ...]
    sign: int


def counts(snapshot: TantivySnapshot, answer: Answering, query: SearchQuery) -> Counts:
    """Count what answers by each facet, without the facet's own filter."""
    asked = [facet for facet in dict.fromkeys(query.facets) if facet in FACETS]
    wanted = {facet: query.filters[facet] for facet in asked if query.filters.get(facet)}
    if not asked:
        return {}
    found = _at_once(snapshot, answer, asked, wanted) or _one_by_one(snapshot, answer, asked, wanted)
    return {facet: _largest(found[facet], wanted.get(facet, frozenset())) for facet in asked}


def _number_of_ways(wanted: Wanted) -> int:
    return sum(prod(2 ** len(codes) - 1 for name, codes in wanted.items() if name != facet) for facet in ("", *wanted))


def _ways(wanted: Wanted, facet: str) -> Iterator[_Way]:
    """List the ways to pass all filters but that of a facet; the signed sum of what each counts is what passes."""
    several = [
        [
            _Way(tuple((name, code) for code in chosen), 1 if size % 2 else -1)
            for size in range(1, len(codes) + 1)
            for chosen in combinations(sorted(codes), size)
        ]
        for name, codes in wanted.items()
        if name != facet
    ]
    for ways in product(*several):
        yield _Way(tuple(code for way in ways for code in way.codes), prod(way.sign for way in ways))


def _at_once(snapshot: TantivySnapshot, answer: Answering, asked: Sequence[str], wanted: Wanted) -> Counts | None:
    if _number_of_ways(wanted) > _MOST_WAYS:
        return None
    ways = {facet: list(_ways(wanted, facet)) for facet in ("", *wanted)}
    to_count = [(leaf, way) for leaf in asked for way in ways[leaf if leaf in wanted else ""]]
    tree: Aggregations = {}
    for leaf, way in to_count:
        _within(tree, way).update(_terms([leaf]))
    try:
        found = snapshot.searcher.aggregate(answer.narrowed(without=wanted), tree)
    except ValueError:  # it fills 65,000 buckets at most
        return None
    total: dict[str, Counter[str]] = {facet: Counter() for facet in asked}
    for leaf, way in to_count:
        for code, count in _buckets_of(found, way, leaf).items():
            total[leaf][code] += way.sign * count
    return {facet: {code: count for code, count in counted.items() if count} for facet, counted in total.items()}


def _within(tree: Aggregations, way: _Way) -> Aggregations:
    """Give what is asked of the documents with the codes of a way."""
    for facet, code in way.codes:
        one = {"terms": {"field": facet, "include": [clean(code)], "size": 1}, "aggs": {}}
        tree = tree.setdefault(_name(facet, code), one)["aggs"]
    return tree


def _buckets_of(found: Mapping[str, Any], way: _Way, leaf: str) -> dict[str, int]:
    for facet, code in way.codes:
        (found,) = found[_name(facet, code)]["buckets"] or ({},)
        if not found:
            return {}
    return {one["key"]: one["doc_count"] for one in found[leaf]["buckets"]}


def _name(facet: str, code: str) -> str:
    return f"{facet}={code}"


def _one_by_one(snapshot: TantivySnapshot, answer: Answering, asked: Sequence[str], wanted: Wanted) -> Counts:
    together = [facet for facet in asked if facet not in wanted]
    found = _counted(snapshot, answer.narrowed(), together) if together else {}
    for facet in wanted:
        found |= _counted(snapshot, answer.narrowed(without=(facet,)), [facet])
    return found


def _counted(snapshot: TantivySnapshot, answer: Query, facets: Sequence[str]) -> Counts:
    found = snapshot.searcher.aggregate(answer, _terms(facets))
    return {facet: {one["key"]: one["doc_count"] for one in found[facet]["buckets"]} for facet in facets}


def _terms(facets: Sequence[str]) -> Aggregations:
    return {facet: {"terms": {"field": facet, "size": _BUCKETS, "segment_size": _BUCKETS}} for facet in facets}


def _largest(counted: dict[str, int], asked: frozenset[str]) -> dict[str, int]:
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    beyond = ((code, count) for code, count in ordered[MOST_CODES:] if code in asked)
    return dict([*ordered[:MOST_CODES], *beyond])
