"""Snippets show the densest part of a text and mark the words in it."""

import unicodedata

import pytest

from search_index.question import read_question
from search_index.snippets import SNIPPET_LENGTH, Marker
from search_index.vietnamese import fold


def marked(query, text):
    return [text[start:end] for start, end in Marker(read_question(query)).marks(fold(text))]


def cut(query, text, length=SNIPPET_LENGTH):
    return Marker(read_question(query)).snippet(text, fold(text), length)


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("phan so", "Phân số thập phân", ["Phân", "số", "phân"]),
        ("PHÂN", "phan phấn Phần", ["phan", "phấn", "Phần"]),
        ("vật lí", "Vật lý 10, vat ly", ["Vật", "lý", "vat", "ly"]),
        ("quý", "Quí vị, quỳ", ["Quí", "quỳ"]),
        ("to", "toán to", ["to"]),
        ("5", "lớp5, 15, 5, 50", ["5", "5"]),
        ("lop 5", "Toán lớp 5", ["lớp", "5"]),
        ("duong", "Đường ĐƯƠNG", ["Đường", "ĐƯƠNG"]),
        ("((", "((", []),
        ("", "Toán", []),
    ],
)
def test_words_are_marked_whatever_their_diacritics(query, text, words):
    assert marked(query, text) == words


def test_decomposed_queries_mark_too():
    assert marked(unicodedata.normalize("NFD", "phân số"), "phân số") == ["phân", "số"]


def test_a_short_text_is_shown_whole():
    assert cut("so", "Phân số\nlớp 5") == ("Phân số lớp 5", ((5, 7),))


def test_the_window_holds_most_of_the_different_words():
    text = "phân " * 50 + "chữ " * 200 + "một phân số thập phân trong bài. " + "chữ " * 200
    snippet, marks = cut("phân số thập phân", text)
    assert "phân số thập phân" in snippet
    assert [snippet[start:end] for start, end in marks] == ["phân", "số", "thập", "phân"]


def test_windows_are_cut_at_words_and_are_not_longer_than_asked():
    text = " ".join(["nghiêng"] * 100 + ["toán"] + ["nghiêng"] * 100)
    snippet, marks = cut("toán", text, 120)
    assert len(snippet) <= 120
    assert set(snippet.split()) == {"nghiêng", "toán"}
    assert [snippet[start:end] for start, end in marks] == ["toán"]


def test_a_text_without_the_words_is_shown_from_its_start():
    text = "Mở đầu bài học. " * 40
    snippet, marks = cut("xyz", text)
    assert text.startswith(snippet)
    assert marks == ()


def test_a_text_of_one_endless_word_is_cut_all_the_same():
    snippet, _marks = cut("toán", "a" * 5_000 + " toán", 100)
    assert len(snippet) <= 100
