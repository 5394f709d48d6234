"""The wanted page of what answers: tantivy finds the likely hits, our own scoring orders them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantivy import Occur, Query

from search_index.documents import MOST_HITS, Sort
from search_index.matching import Matches
from search_index.ranking import rank
from search_index.scoring import score
from search_index.similar import ELSEWHERE, characteristic_pairs, likeness, rarest
from search_index.tantivy_candidates import Candidates, CandidateSnapshot
from search_index.tantivy_index import both, either, unscored
from search_index.tantivy_matching import likely

if TYPE_CHECKING:
    import tantivy

    from search_index.documents import SearchQuery
    from search_index.hits import Readable
    from search_index.question import Question
    from search_index.tantivy_index import TantivySnapshot

    Found = list[tuple[float, Readable]]

# So many likely hits are scored exactly; of hits that all look alike, such as a class's drafts of one lesson, more.
SCORED = 60
MOST_SCORED = 1_000

_COLUMNS = {Sort.NEWEST: "published", Sort.MOST_TAUGHT: "taught"}


def page_of(snapshot: TantivySnapshot, question: Question, answer: Query, query: SearchQuery) -> Found:
    """Give the page that is asked for of the documents that answer, with their scores."""
    offset, limit, sort = max(query.offset, 0), min(query.limit, MOST_HITS), query.sort
    if limit <= 0:
        return []
    asked = likely(snapshot, question, answer)
    addresses = _first(snapshot, asked, _COLUMNS.get(Sort.NEWEST if question.browses else sort), offset + limit)
    candidates = Candidates(snapshot, addresses)
    seen = CandidateSnapshot(snapshot, candidates)
    matches = Matches([candidates.live], score(seen, question).scores, {})
    ranked = rank(seen, matches, offset, limit, sort)
    return [(one.score, candidates.readable(one.document)) for one in ranked]


def _first(snapshot: TantivySnapshot, asked: Query, column: str | None, wanted: int) -> list[tantivy.DocAddress]:
    """Find the first documents by a column or by score: those wanted, some to choose from, and all like the last."""
    many = max(SCORED, wanted + SCORED // 2)
    while True:
        hits = snapshot.searcher.search(asked, many, count=False, order_by_field=column).hits
        if len(hits) < many or many >= MOST_SCORED + wanted or hits[wanted - 1][0] != hits[-1][0]:
            return [address for _value, address in hits]
        many *= 4


def similar(snapshot: TantivySnapshot, uid: str, tokens: frozenset[str], limit: int) -> Found:
    """Give the materials most like one among those the tokens allow; none when they do not allow this one."""
    allowed = snapshot.any_of("allow", tokens)
    hits = snapshot.searcher.search(both(snapshot.term("uid", uid), allowed), 1).hits
    if not hits or limit <= 0:
        return []
    stored, codes = Candidates(snapshot, [hits[0][1]]).stored(0)
    pairs = rarest(snapshot, characteristic_pairs(stored))
    asked = [
        (Occur.Must, unscored(allowed)),
        (Occur.MustNot, snapshot.term("uid", uid)),
        (Occur.Must, either(snapshot.term("bigrams", pair) for pair in pairs)),
    ]
    found = snapshot.searcher.search(Query.boolean_query(asked), SCORED).hits
    candidates = Candidates(snapshot, [address for _score, address in found])
    seen = CandidateSnapshot(snapshot, candidates)
    scores = likeness(seen, pairs, {facet: frozenset(codes[facet]) for facet in ELSEWHERE})
    ranked = rank(seen, Matches([scores[0] > 0], scores, {}), 0, limit)
    return [(one.score, candidates.readable(one.document)) for one in ranked]
