"""Queries with keys left in them are read as what was meant, where the index knows it."""

import pytest

from tests.support.search_documents import ask, found, material


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("fractions", "Toán lớp 5: phân số", body="Học sinh học phân số"),
            material("tests", "English for grade 5", body="A short test"),
            material("secret", "Vật lý lượng tử", allow=frozenset({"unit:1"})),
            material("lunar", "Tết Nguyên đán", body="Phong tục ngày Tết"),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("toans lowps 5", "toán lớp 5"),
        ("to1an lo7p1 5", "toán lớp 5"),
        ("phaan soos", "phân số"),
        ("Toans LOWPS", "toán lớp"),
        ('"phaan soos" -tieengs', '"phân số" -tieengs'),
        ("toan lowps 5", "toan lớp 5"),
    ],
)
def test_keys_are_read(library, typed, read):
    result = library.search(ask(typed))
    assert result.read_as == read
    assert result.hits[0].uid == "fractions"


@pytest.mark.parametrize("typed", ["toán lớp 5", "toan lop 5", "phan so", "", "123", "(((("])
def test_what_was_typed_well_stays_as_it_is(library, typed):
    assert library.search(ask(typed)).read_as == ""


def test_a_word_that_lessons_use_is_that_word(library):
    result = library.search(ask("test"))
    assert result.read_as == ""
    assert [hit.uid for hit in result.hits] == ["tests"]


def test_a_word_that_nobody_uses_is_not_bent_into_one_with_other_marks(library):
    assert library.search(ask("tets")).read_as == ""


def test_words_of_documents_that_one_may_not_see_decide_nothing(library):
    assert library.search(ask("luwowngj")).read_as == ""
    assert library.search(ask("luwowngj", tokens={"unit:1"})).read_as == "lượng"
    assert found(library, "luwowngj", tokens={"unit:1"}) == ["secret"]


def test_marks_show_the_words_that_were_meant(library):
    hit = library.search(ask("phaan soos")).hits[0]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["phân", "số"]
