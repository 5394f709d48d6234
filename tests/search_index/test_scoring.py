"""Scores equal BM25F computed the plain way, and typed accents and neighbours raise them."""

from collections import Counter
from math import isclose, log

import pytest

from search_index.fields import TEXT_FIELDS
from search_index.scoring import ACCENTED_WEIGHTS, K1, UNACCENTED_WEIGHTS
from search_index.vietnamese import exact_terms, folded_bigrams, folded_terms
from tests.support.search_documents import ask, found, material

TERMS = {"exact": exact_terms, "folded": folded_terms, "bigrams": folded_bigrams}

# Lengths up to 17 words survive Whoosh's rounding of lengths to one byte.
LIBRARY = [
    material("a", "Phân số lớp 5", description="so sánh phân số", body="phân số và số thập phân trong toán học"),
    material("b", "Toán lớp 5", keywords=("phân số", "hình học"), body="chu vi và diện tích"),
    material("c", "Phần mềm dạy học", author="Phan Số", body="phần phan phấn"),
    material("d", "Vật lý", body="dao động điều hoà"),
]


def text_of(document, name):
    value = getattr(document, name)
    return value if isinstance(value, str) else "; ".join(value)


def terms_of(document, field, kind):
    return TERMS[kind](text_of(document, field.name))


def frequency(document, kind, term):
    total = 0.0
    for field in TEXT_FIELDS:
        lengths = [len(terms_of(one, field, "folded")) for one in LIBRARY]
        average = sum(lengths) / max(sum(length > 0 for length in lengths), 1)
        tf = Counter(terms_of(document, field, kind))[term]
        if tf:
            total += field.weight * tf / (1 - field.b + field.b * len(terms_of(document, field, "folded")) / average)
    return total


def bm25f(document, kind, term):
    having = sum(frequency(one, kind, term) > 0 for one in LIBRARY)
    idf = log(1 + (len(LIBRARY) - having + 0.5) / (having + 0.5))
    f = frequency(document, kind, term)
    return idf * f * (K1 + 1) / (f + K1)


@pytest.mark.parametrize(
    ("typed", "weights"),
    [
        ("phan so", UNACCENTED_WEIGHTS),
        ("phân số", ACCENTED_WEIGHTS),
        ("phân số lớp 5", ACCENTED_WEIGHTS),
        ("dao dong dieu hoa", UNACCENTED_WEIGHTS),
    ],
)
def test_the_score_is_bm25f_over_the_kinds_that_count(engine, typed, weights):
    engine.rebuild(LIBRARY[:2])
    engine.apply(LIBRARY[2:], [])
    by_uid = {document.uid: document for document in LIBRARY}
    hits = engine.search(ask(typed)).hits
    assert hits
    for hit in hits:
        expected = sum(
            weight * bm25f(by_uid[hit.uid], kind, term)
            for kind, weight in weights.items()
            for term in dict.fromkeys(TERMS[kind](typed))
        )
        assert isclose(hit.score, expected, abs_tol=1e-5)


def test_without_accents_nothing_but_folded_words_counts(engine):
    engine.rebuild([material("a", "Phân"), material("b", "phan")])
    scores = {hit.score for hit in engine.search(ask("phan")).hits}
    assert len(scores) == 1


def test_accents_put_the_exact_word_first(engine):
    engine.rebuild([material("a", "Phấn"), material("b", "Phân"), material("c", "Phần")])
    assert found(engine, "phân")[0] == "b"
    assert set(found(engine, "phân")) == {"a", "b", "c"}


def test_neighbours_put_the_phrase_first(engine):
    engine.rebuild([material("a", "Số liệu phân tích"), material("b", "Phân số liệu tích")])
    assert found(engine, "phan so") == ["b", "a"]
