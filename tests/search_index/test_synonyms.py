"""Abbreviations, other names and grade forms find what they stand for, after what was typed."""

import pytest

from search_index.engine import open_engine
from search_index.synonyms import LONGEST_NAME, MOST_LINES, Synonyms, SynonymsError, school_synonyms
from search_index.vietnamese import tokenise
from tests.support.search_documents import ask, found, material


def meanings(synonyms, typed):
    found = synonyms.meanings(list(tokenise(typed)))
    return [" + ".join(" ".join(token.exact for token in name) for name in meaning.names) for meaning in found]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GDCD", "giáo dục công dân"),
        ("gdcd", "giáo dục công dân"),
        ("giáo dục công dân", "gdcd"),
        ("giao duc cong dan", "gdcd"),
        ("GDKT&PL", "giáo dục kinh tế và pháp luật"),
        ("KTPL", "giáo dục kinh tế và pháp luật"),
        ("KHTN", "khoa học tự nhiên"),
        ("KHXH", "khoa học xã hội"),
        ("LS&ĐL", "lịch sử và địa lí"),
        ("LSĐL", "lịch sử và địa lí"),
        ("HĐTN", "hoạt động trải nghiệm"),
        ("hdtn", "hoạt động trải nghiệm"),
        ("SGK", "sách giáo khoa"),
        ("ĐS", "đại số"),
        ("HH", "hình học"),
        ("HH", "hoá học"),
        ("GV", "giáo viên"),
        ("HS", "học sinh"),
        ("TV", "tiếng việt"),
        ("TLV", "tập làm văn"),
        ("TNXH", "tự nhiên và xã hội"),
        ("PTTQ", "phương tiện trực quan"),
        ("Sinh 9", "sinh học + lớp 9"),
        ("Tin 6", "tin học + lớp 6"),
        ("Toán 5", "toán + lớp 5"),
        ("toan 12", "toán + lớp 12"),
        ("khối 5", "lớp 5"),
        ("L5", "lớp 5"),
        ("lop5", "khối 5"),
        ("lớp năm", "lớp 5"),
        ("lop nam", "lớp 5"),
        ("lớp mười hai", "lớp 12"),
        ("grade 3", "lớp 3"),
    ],
)
def test_words_of_the_school_world_are_known(typed, meant):
    assert meant in meanings(school_synonyms(), typed)


@pytest.mark.parametrize("typed", ["học sinh", "tin cậy", "toán 13", "lớp 13", "an toàn", "đs hh bài", "sinh", "ds"])
def test_ordinary_words_mean_no_grade_and_no_subject(typed):
    assert not any("lớp" in meant or "âm nhạc" in meant for meant in meanings(school_synonyms(), typed))


def test_the_twelfth_grade_is_not_the_tenth():
    assert "lớp 10" not in meanings(school_synonyms(), "lớp mười hai")


def test_an_arrow_goes_one_way():
    synonyms = Synonyms("giáo án -> kế hoạch bài dạy # more may follow\n\n# nothing\n")
    assert meanings(synonyms, "giáo án") == ["kế hoạch bài dạy"]
    assert meanings(synonyms, "kế hoạch bài dạy") == []


def test_tone_marks_count_where_they_are_typed():
    synonyms = Synonyms("đại số = ĐS")
    assert meanings(synonyms, "dai so") == meanings(synonyms, "đại số") == ["đs"]
    assert meanings(synonyms, "đái số") == []


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a = b\nGDCD", 2, "one_name"),
        ("GDCD =", 1, "no_words"),
        ("= b", 1, "no_words"),
        ("a -> ", 1, "no_words"),
        ("a -> b, ,c", 1, "no_words"),
        ("a -> b -> c", 1, "two_arrows"),
        ("a = b -> c", 1, "mixed"),
        ("a = " + "b " * (LONGEST_NAME + 1), 1, "long_name"),
        ("\n" * MOST_LINES + "a = b", MOST_LINES + 1, "many_lines"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, line, code):
    with pytest.raises(SynonymsError) as refused:
        Synonyms(text)
    assert (refused.value.line, refused.value.code) == (line, code)


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("short", "GDCD 6: Tự lập", topic="Giáo dục công dân; Lớp 6"),
            material("long", "Tự lập", topic="Giáo dục công dân; Lớp 6"),
            material("scattered", "Đọc thêm", body="Công dân với giáo dục, dục vọng, dân công"),
            material("fractions", "Phân số", topic="Toán; Lớp 5"),
            material("other", "Phân số", topic="Toán; Lớp 4", body="bài 5"),
        ]
    )
    return engine


@pytest.mark.parametrize("typed", ["GDCD", "giáo dục công dân", "gdcd 6", "Giáo dục công dân 6"])
def test_both_names_are_found(library, typed):
    assert set(found(library, typed)[:2]) == {"short", "long"}


def test_what_was_typed_comes_before_what_it_means(library):
    assert found(library, "GDCD")[:2] == ["short", "long"]


@pytest.mark.parametrize("typed", ["phân số lớp 5", "phan so lop 5", "phân số L5", "phân số khối 5", "Toán 5 phân số"])
def test_a_grade_is_found_in_all_its_forms(library, typed):
    assert found(library, typed)[0] == "fractions"


def test_a_long_name_does_not_count_for_more_than_what_was_typed(library):
    typed, meant = library.search(ask("GDCD")).hits[:2]
    assert typed.score > meant.score


def test_marks_show_the_other_name(engine):
    engine.rebuild([material("a", "Sách giáo khoa Toán")])
    (hit,) = engine.search(ask("SGK")).hits
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Sách giáo khoa"]


def test_an_operator_can_add_words(tmp_path):
    engine = open_engine("whoosh", tmp_path / "index", Synonyms("TNKN = Tân Nhân Khê Nông"))
    engine.rebuild([material("a", "Trường Tân Nhân Khê Nông"), material("b", "GDCD")])
    assert found(engine, "tnkn") == ["a"]
    assert found(engine, "giáo dục công dân") == []
