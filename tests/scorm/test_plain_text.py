"""Text of people: what can be seen stays, what cannot goes."""

import unicodedata

import pytest

from scorm.plain_text import one_line, several_lines


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Phân số  lớp 4 ", "Phân số lớp 4"),
        (unicodedata.normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
        ("Bài\t1\r\nPhân\u00a0số\u2028mới", "Bài 1 Phân số mới"),
        ("a\x00b\x07c\x1b[31md\x7f\x9be", "abc[31mde"),
        ("hoá đơn \u202egnp.exe\u202c", "hoá đơn gnp.exe"),
        ("\u2066a\u2069\u200eb\u200fc\u061c", "abc"),
        ("T\u200bo\ufeffá\u2060n\u00ad", "Toán"),
        ("hoa\u200b\u0301", "hoá"),
        ("a\ue000b\U000f0000c\ufffed\u0378e", "abcde"),
        ("a\ud800b\udfff", "ab"),
        ("\u3164\u2800\u034f\u115f", ""),
        ("\u200b\u202e \x01", ""),
    ],
    ids=[
        "spaces", "NFD", "white space", "controls", "right-to-left override", "isolates and marks", "zero width",
        "zero width before an accent", "private and unassigned", "surrogates", "blank letters", "nothing",
    ],
)  # fmt: skip
def test_a_line_keeps_what_can_be_seen(written, cleaned):
    assert one_line(written) == cleaned
    assert one_line(cleaned) == cleaned


@pytest.mark.parametrize("text", ["👩\u200d🏫 Cô giáo", "می\u200cخواهم", "x² – ½ “đúng” … ♥️ Ơ Ư"])
def test_signs_and_scripts_that_mean_something_stay(text):
    assert one_line(text) == text


def test_joiners_between_our_letters_go():
    assert one_line("T\u200do\u200cán ế\u200dm") == "Toán ếm"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Một\r\nhai\n\tba", "Một\nhai\nba"),
        ("cột một\tcột hai  x", "cột một\tcột hai x"),
        ("a\n\n\n\n\nb\u2029c", "a\n\nb\nc"),
        ("\n \u202e \na\u200b\x00 \n\n", "a"),
        ("\u200b\n\x1f\n", ""),
    ],
    ids=["line ends", "tabs", "empty lines", "invisible", "nothing"],
)
def test_paragraphs_keep_their_lines_and_tabs(written, cleaned):
    assert several_lines(written) == cleaned
    assert several_lines(cleaned) == cleaned
