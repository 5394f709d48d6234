"""A hit names the page, slide or SCO in which most of what was asked stands."""

import pytest

from search_index.documents import SearchPart
from search_index.parts import (
    STORED_OF_A_PART,
    STORED_OF_ALL,
    PartWords,
    best_part,
    fold_each,
    pack,
    part_terms,
    unpack,
    words_of,
)
from search_index.question import read_question
from tests.support.search_documents import ask, found, material

PAGES = (
    SearchPart("p1", "Mở đầu", "Ôn tập về phân số"),
    SearchPart("p2", "Quy đồng", "Quy đồng mẫu số của hai phân số"),
    SearchPart("p3", "Luyện tập", "So sánh các số thập phân; phân tích các bài toán"),
)


@pytest.fixture
def lesson(engine):
    engine.rebuild(
        [
            material("lesson", "Toán lớp 5", description="Một bài giảng", parts=PAGES, levels=("th",)),
            material("other", "Toán lớp 4", body="Ôn tập về phân số"),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "key"),
    [("quy đồng", "p2"), ("quy dong", "p2"), ("số thập phân", "p3"), ("ôn tập", "p1"), ("luyện tập", "p3")],
)
def test_a_hit_names_its_best_part(lesson, typed, key):
    hit = next(hit for hit in lesson.search(ask(typed)).hits if hit.uid == "lesson")
    number = int(key[1])
    assert (hit.part.key, hit.part.title) == (key, PAGES[number - 1].title)
    assert (hit.part.number, hit.part.count) == (number, 3)


def test_the_snippet_is_from_the_part(lesson):
    (hit,) = lesson.search(ask("mẫu số")).hits
    assert hit.snippet == PAGES[1].text
    assert {hit.snippet[start:end] for start, end in hit.marks} == {"mẫu", "số"}


def test_words_of_different_parts_find_the_material_once(lesson):
    result = lesson.search(ask("ôn quy đồng thập phân"))
    assert ([hit.uid for hit in result.hits], result.total, result.facets["level"]) == (["lesson"], 1, {"th": 1})


def test_a_hit_by_its_title_alone_names_no_part(lesson):
    assert {hit.part for hit in lesson.search(ask("lớp")).hits} == {None}


def test_a_material_without_parts_names_none(lesson):
    assert lesson.search(ask("toán lớp 4")).hits[0].part is None


def test_neighbours_do_not_reach_from_one_part_to_the_next(engine):
    engine.rebuild([material(title="Bài", parts=(SearchPart("a", "", "cuối phân"), SearchPart("b", "", "số đầu")))])
    assert found(engine, '"phân số đầu"') == []


def test_parts_come_back_as_they_were_stored():
    (first, *_rest) = unpack(pack(PAGES))
    assert (first.key, first.title, first.text) == ("p1", "Mở đầu", "Ôn tập về phân số")
    assert unpack(pack(())) == ()


def test_the_words_of_a_part_have_spaces_instead_of_signs():
    assert words_of(fold_each([" Mở đầu:\tphân số. ", " \0“Lớp” 5 "])) == [" mo dau  phan so  ", "   lop  5 "]


def test_the_end_of_a_very_long_text_is_not_stored():
    pages = [SearchPart(f"p{number}", "Trang", "a" * STORED_OF_A_PART * 2) for number in range(60)]
    parts = unpack(pack(pages))
    assert len(parts[0].text) == STORED_OF_A_PART
    assert sum(len(part.text) for part in parts) == STORED_OF_ALL
    assert (parts[-1].key, parts[-1].title, parts[-1].text) == ("p59", "Trang", "")


def test_damaged_parts_are_no_parts():
    with pytest.raises(ValueError, match=r"delimiter|Unterminated|Expecting"):
        unpack(pack(PAGES)[:-9])


def test_of_equal_parts_the_first_is_named():
    words = PartWords([" phan so ", " phan so "])
    assert best_part(words, part_terms(read_question("phân số"))) == 0
    assert best_part(words, part_terms(read_question("hình"))) is None
    assert best_part(PartWords([]), part_terms(read_question("hình"))) is None


def test_another_name_finds_its_part(engine):
    pages = (SearchPart("p1", "Mở đầu", "Ôn tập"), SearchPart("p2", "Bài 2", "Giáo dục công dân"))
    engine.rebuild([material(title="Bài giảng", parts=pages)])
    (hit,) = engine.search(ask("gdcd")).hits
    assert hit.part.key == "p2"
