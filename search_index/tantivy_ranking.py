"""The wanted page of what answers: tantivy finds the likely hits, our own scoring orders them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantivy import Occur, Query

from search_index.documents import MOST_HITS
from search_index.matching import Matches
from search_index.ranking import order_of, rank
from search_index.scoring import score
from search_index.similar import ELSEWHERE, characteristic_pairs, likeness, rarest
from search_index.tantivy_candidates import Candidates, CandidateSnapshot
from search_index.tantivy_index import both, either, unscored
from search_index.tantivy_looking import SCORED, look

if TYPE_CHECKING:
    from search_index.documents import SearchQuery
    from search_index.hits import Readable
    from search_index.question import Question
    from search_index.tantivy_index import TantivySnapshot
    from search_index.tantivy_matching import Answering

    Found = list[tuple[float, Readable]]


def page_of(snapshot: TantivySnapshot, question: Question, answer: Answering, query: SearchQuery) -> tuple[int, Found]:
    """Give the number of what answers, and the page that is asked for with the scores."""
    looked = answer.looked or look(snapshot, question, query, answer.narrowed())
    offset, limit = max(query.offset, 0), min(query.limit, MOST_HITS)
    candidates = Candidates(snapshot, looked.addresses)
    seen = CandidateSnapshot(snapshot, candidates)
    matches = Matches([candidates.live], score(seen, question).scores, {})
    ranked = rank(seen, matches, offset, limit, order_of(query, question))
    return looked.total, [(one.score, candidates.readable(one.document)) for one in ranked]


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
