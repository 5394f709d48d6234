"""Whatever is typed becomes words, phrases and exclusions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.question import MOST_EXCLUSIONS, MOST_WORDS, Word, read_question


def folded(words):
    return [word.folded for word in words]


@pytest.mark.parametrize(
    ("typed", "words", "phrases"),
    [
        ("phân số lớp 5", ["phan", "so", "lop", "5"], []),
        ('"phân số" toán', ["phan", "so", "toan"], ["phan so"]),
        ("“số thập phân”", ["so", "thap", "phan"], ["so thap", "thap phan"]),
        ('toán "lớp 5', ["toan", "lop", "5"], ["lop 5"]),
        ('"toán"', ["toan"], []),
        ("toán TOÁN toan", ["toan", "toan"], []),
        ("Toán - lớp 5", ["toan", "lop", "5"], []),
        ("bài-tập", ["bai", "tap"], []),
        ('""', [], []),
        ('"', [], []),
    ],
)
def test_words_and_phrases_are_read(typed, words, phrases):
    asked = read_question(typed)
    assert (folded(asked.words), list(asked.phrases)) == (words, phrases)


@pytest.mark.parametrize(
    ("typed", "words", "phrases"),
    [
        ("toán -hình", ["hinh"], []),
        ('toán -"hình học"', [], [("hinh hoc",)]),
        ('-"số thập phân"', [], [("so thap", "thap phan")]),
        ("-", [], []),
        ("- toán", [], []),
        ("--toán", [], []),
    ],
)
def test_exclusions_are_read(typed, words, phrases):
    asked = read_question(typed)
    assert (folded(asked.without_words), list(asked.without_phrases)) == (words, phrases)


@pytest.mark.parametrize(
    ("typed", "words", "within"),
    [
        ("tiêu đề:phân số", ["phan", "so"], [("title", "phan"), ("title", "so")]),
        ("TIEU DE: phan so", ["phan", "so"], [("title", "phan"), ("title", "so")]),
        ('title:"phân số" toán', ["phan", "so", "toan"], [("title", "phan so")]),
        ('nội dung:"toán"', ["toan"], [("body", "toan")]),
        ("toán từ khoá:hình mô tả:vẽ", ["toan", "hinh", "ve"], [("keywords", "hinh"), ("description", "ve")]),
        ("body:toán -hình", ["toan"], [("body", "toan")]),
        ("title:", ["title"], []),
        ('title:""', ["title"], []),
        ("subtitle:toán", ["subtitle", "toan"], []),
    ],
)
def test_words_may_have_to_stand_in_a_field(typed, words, within):
    asked = read_question(typed)
    assert (folded(asked.words), list(asked.within)) == (words, within)


def test_neighbours_become_bigrams():
    assert read_question("toán lớp 5").bigrams == ("toan lop", "lop 5")


def test_diacritics_are_kept_beside_the_folded_word():
    asked = read_question("Toán lop")
    assert asked.words == (Word("toán", "toan"), Word("lop", "lop"))
    assert asked.accented
    assert not read_question("toan lop").accented


@pytest.mark.parametrize(
    ("typed", "browses"), [("", True), (" \t\n", True), ("-toán", True), ("toán", False), ("((((", False)]
)
def test_only_an_empty_or_purely_excluding_query_browses(typed, browses):
    assert read_question(typed).browses is browses


def test_a_query_is_bounded():
    asked = read_question(" ".join(f"w{n}" for n in range(5_000)) + ' "a b"' + " -x" * 5_000)
    assert len(asked.words) == MOST_WORDS


def test_exclusions_are_bounded():
    asked = read_question("-x " * 200 + '-"' + "a " * 200 + '"' + ' -"b c"' * 100)
    assert len(asked.without_words) == MOST_EXCLUSIONS
    assert len(asked.without_phrases) == MOST_EXCLUSIONS
    assert max(map(len, asked.without_phrases)) == MOST_EXCLUSIONS


@given(st.text())
def test_no_text_is_an_error(text):
    asked = read_question(text)
    assert all(word.folded for word in asked.words)


@pytest.mark.parametrize(
    ("query", "accented"),
    [("phan so", False), ("phân so", True), ("dao duc", False), ("đao duc", True), ("5 x 7", False)],
)
def test_a_query_with_any_diacritic_is_accented(query, accented):
    assert read_question(query).accented is accented


@pytest.mark.parametrize(
    ("typed", "words", "without"),
    [
        ("toán -tiêu đề:hình", ["toan"], [[("title", "hinh")]]),
        ("toán -TIEU DE: hình học", ["toan"], [[("title", "hinh"), ("title", "hoc")]]),
        ('toán -title:"hình học" lớp 5', ["toan", "lop", "5"], [[("title", "hinh hoc")]]),
        ("-title:hình -body:vẽ", [], [[("title", "hinh")], [("body", "ve")]]),
        ("title:toán -title:hình", ["toan"], [[("title", "hinh")]]),
        ("toán -title:", ["toan"], []),
        ("toán - title:hình", ["toan", "hinh"], []),
    ],
)
def test_words_may_have_to_be_absent_from_a_field(typed, words, without):
    asked = read_question(typed)
    assert (folded(asked.words), [list(one) for one in asked.without_within]) == (words, without)


def test_exclusions_by_field_are_bounded():
    asked = read_question(" ".join(f'-title:"{"a " * 100}{number}"' for number in range(60)))
    assert len(asked.without_within) == MOST_EXCLUSIONS
    assert max(map(len, asked.without_within)) <= MOST_EXCLUSIONS
