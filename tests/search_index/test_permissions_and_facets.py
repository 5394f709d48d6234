"""What a reader sees and counts equals a walk over all documents, for any documents and any reader."""

import tempfile
from collections import Counter
from math import log
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.engine import open_engine
from search_index.matching import ENOUGH_MATCHES, PART_OF_ALL, PART_OF_BEST, ROUNDING
from search_index.vietnamese import folded_terms
from tests.support.examples import examples
from tests.support.search_documents import ask, found, material

WORDS = ["toán", "toàn", "lớp", "phân", "số", "5"]
TOKENS = ["public", "unit:1", "unit:2", "account:7"]
CODES = {"level": ["th", "thcs"], "subject": ["toan", "ly", "hoa"], "grade": ["1", "5", "10"], "kind": ["pdf", "scorm"]}
FIELDS = {"level": "levels", "subject": "subjects", "grade": "grades"}

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def codes(facet):
    return st.sets(st.sampled_from(CODES[facet]), max_size=3).map(lambda found: tuple(sorted(found)))


documents = st.lists(
    st.builds(
        lambda **facts: facts,
        title=texts,
        body=texts,
        allow=st.frozensets(st.sampled_from(TOKENS), max_size=2),
        kind=st.sampled_from(CODES["kind"]),
        levels=codes("level"),
        subjects=codes("subject"),
        grades=codes("grade"),
    ),
    max_size=12,
).map(lambda facts: [material(f"m{n}", **one) for n, one in enumerate(facts)])

queries = st.builds(
    ask,
    st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    tokens=st.frozensets(st.sampled_from(TOKENS), max_size=3),
    filters=st.dictionaries(st.sampled_from(sorted(CODES)), st.just(None), max_size=3).flatmap(
        lambda names: st.fixed_dictionaries({name: st.sets(st.sampled_from(CODES[name]), min_size=1) for name in names})
    ),
    limit=st.just(50),
)


def values(document, facet):
    return {document.kind} if facet == "kind" else set(getattr(document, FIELDS[facet]))


def passes(document, filters, but=None):
    return all(values(document, facet) & wanted for facet, wanted in filters.items() if facet != but)


def answering(documents, query):
    """Give those the reader may see which have all words, or when they are few those that have enough of them."""
    seen = [document for document in documents if document.allow & query.tokens]
    if not query.text:
        return seen
    # Two words may fold to one ("toán toàn"); each of the two is then found.
    wanted = [folded_terms(word)[0] for word in dict.fromkeys(query.text.split())]
    present = [set(folded_terms(f"{document.title} {document.body}")) for document in seen]
    complete = [document for document, terms in zip(seen, present, strict=True) if terms.issuperset(wanted)]
    if len(complete) >= ENOUGH_MATCHES:
        return complete
    weights = [rarity(len(seen), sum(term in terms for terms in present)) for term in wanted]
    covered = [
        sum(weight for term, weight in zip(wanted, weights, strict=True) if term in terms) / sum(weights)
        for terms in present
    ]
    needed = max(PART_OF_BEST * max(covered, default=0), PART_OF_ALL) - ROUNDING
    return [document for document, part in zip(seen, covered, strict=True) if part >= needed]


def rarity(documents, having):
    return log(1 + (documents - having + 0.5) / (having + 0.5))


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(documents, documents, queries)
def test_answers_and_facets_equal_a_walk_over_all_documents(engine_name, first, second, query):
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(engine_name, Path(folder))
        engine.rebuild(first)
        engine.apply(second, [])
        result = engine.search(query)
        engine.close()
    present = list(({one.uid: one for one in first} | {one.uid: one for one in second}).values())
    matches = answering(present, query)
    expected = {one.uid for one in matches if passes(one, query.filters)}
    assert {hit.uid for hit in result.hits} == expected
    assert result.total == len(expected)
    for facet in CODES:
        counted = Counter(code for one in matches if passes(one, query.filters, facet) for code in values(one, facet))
        assert result.facets[facet] == dict(counted)


@pytest.fixture
def mixed(engine):
    engine.rebuild(
        [
            material("open", "Toán mở", allow=frozenset({"public", "unit:1"}), kind="pdf"),
            material("school", "Toán trường", allow=frozenset({"unit:1"}), kind="scorm"),
            material("own", "Toán riêng", allow=frozenset({"account:7"}), kind="video"),
            material("nobody", "Toán ẩn", allow=frozenset(), kind="h5p"),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("tokens", "seen"),
    [
        ({"public"}, {"open"}),
        ({"unit:1"}, {"open", "school"}),
        ({"public", "account:7"}, {"open", "own"}),
        ({"unit:11"}, set()),
        (set(), set()),
    ],
)
@pytest.mark.parametrize("text", ["toán", "", "-xyz", '"toan"', "ẩn riêng trường mở"])
def test_only_what_the_reader_may_see_is_found_or_counted(mixed, tokens, seen, text):
    result = mixed.search(ask(text, tokens=tokens))
    assert {hit.uid for hit in result.hits} <= seen
    assert result.total == len(result.hits) == sum(result.facets["kind"].values())
    if "ẩn" not in text:
        assert result.total == len(seen)


def test_a_hidden_document_with_all_words_does_not_stop_the_fallback(engine):
    engine.rebuild(
        [material("seen", "Phân số lớp"), material("hidden", "Phân số lớp năm", allow=frozenset({"unit:9"}))]
    )
    assert found(engine, "phân số lớp năm") == ["seen"]


def test_a_withdrawn_permission_counts_at_once(mixed):
    mixed.apply([material("open", "Toán mở", allow=frozenset({"unit:1"}))], [])
    assert found(mixed, "toán") == []
    assert set(found(mixed, "toán", tokens={"unit:1"})) == {"open", "school"}


def test_codes_of_one_filter_are_alternatives_and_filters_narrow_each_other(engine):
    engine.rebuild(
        [
            material("a", levels=("th",), subjects=("toan",)),
            material("b", levels=("thcs",), subjects=("toan", "ly")),
            material("c", levels=("thpt",), subjects=("ly",)),
        ]
    )
    assert set(found(engine, filters={"level": {"th", "thcs"}})) == {"a", "b"}
    assert found(engine, filters={"level": {"th", "thcs"}, "subject": {"ly"}}) == ["b"]


def test_a_chosen_value_leaves_the_counts_of_its_neighbours(engine):
    engine.rebuild([material("a", levels=("th",)), material("b", levels=("thcs",), kind="scorm")])
    facets = engine.search(ask("phân", filters={"level": {"th"}})).facets
    assert facets["level"] == {"th": 1, "thcs": 1}
    assert facets["kind"] == {"pdf": 1}


def test_a_material_with_several_of_the_chosen_codes_counts_once(engine):
    engine.rebuild([material("a", levels=("mn", "th", "thcs")), material("b", levels=("th",), kind="scorm")])
    facets = engine.search(ask(filters={"level": {"mn", "th", "thcs"}}, facets=("kind", "level"))).facets
    assert facets == {"kind": {"pdf": 1, "scorm": 1}, "level": {"th": 2, "mn": 1, "thcs": 1}}


def test_any_number_of_units_is_counted_under_any_number_of_codes(engine):
    levels = ("mn", "th", "thcs", "thpt")
    engine.rebuild([material(f"m{n}", unit=str(n), levels=levels) for n in range(4_500)])
    result = engine.search(ask(filters={"level": set(levels)}, facets=("unit", "level")))
    assert result.facets["level"] == dict.fromkeys(levels, 4_500)
    assert set(result.facets["unit"].values()) == {1}


@pytest.mark.parametrize("chosen", [{"1"}, {str(n) for n in range(60)}])
def test_a_filter_of_many_codes_counts_like_one_of_few(engine, chosen):
    engine.rebuild([material("a", grades=("1", "2"), subjects=("toan",)), material("b", grades=("61",))])
    filters = {"grade": chosen, "subject": {"toan", "ly", "hoa", "su", "dia"}}
    facets = engine.search(ask(filters=filters, facets=("kind", "grade", "subject"))).facets
    assert facets == {"kind": {"pdf": 1}, "grade": {"1": 1, "2": 1}, "subject": {"toan": 1}}


def test_a_filter_never_adds_hits(engine):
    engine.rebuild([material("a", "Lớp học", levels=("th",)), material("b", "Phân số lớp năm", levels=("thcs",))])
    assert found(engine, "phân số lớp năm", filters={"level": {"th"}}) == []


def test_materials_are_narrowed_to_a_unit(engine):
    engine.rebuild([material("a", unit="S1"), material("b", unit="S2")])
    assert found(engine, filters={"unit": {"S2"}}) == ["b"]


@pytest.mark.parametrize("filters", [{"colour": {"red"}}, {"level": {"no such"}}, {"level": {"\ud800", "\x00", "'"}}])
def test_a_filter_that_nothing_has_finds_nothing(mixed, filters):
    assert mixed.search(ask("toán", filters=filters)).total == 0


def test_an_empty_filter_filters_nothing(mixed):
    assert found(mixed, "toán", filters={"level": set()}) == ["open"]
