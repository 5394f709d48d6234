"""Text in TCVN3 and VNI becomes Unicode; everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.legacy import encoding_of, from_tcvn3, from_vni, readable

TCVN3 = [
    ("To¸n häc", "Toán học"),
    ("Bµi tËp vÒ ph©n sè", "Bài tập về phân số"),
    ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("Tr­êng trung häc c¬ së NguyÔn Du", "Trường trung học cơ sở Nguyễn Du"),
    ("¤n tËp cuèi n¨m, líp 5", "Ôn tập cuối năm, lớp 5"),
    ("kü thuËt, quý, thñy, khÝ, ¸o, Èm", "kỹ thuật, quý, thủy, khí, áo, ẩm"),
    ("®Ých, ®Ñp, nghÌ, bÐ, m¾t, l¼ng, ½m, ngåi, b÷a", "đích, đẹp, nghè, bé, mắt, lẳng, ẵm, ngồi, bữa"),
]
VNI = [
    ("Toaùn hoïc", "Toán học"),
    ("Baøi taäp veà phaân soá", "Bài tập về phân số"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("Tröôøng trung hoïc cô sôû Nguyeãn Du", "Trường trung học cơ sở Nguyễn Du"),
    ("OÂn taäp cuoái naêm, lôùp 5", "Ôn tập cuối năm, lớp 5"),
    ("kyõ thuaät, quyù, thuûy, khí, aùo, aåm, maét, laúng", "kỹ thuật, quý, thủy, khí, áo, ẩm, mắt, lẳng"),
    ("TRÖÔØNG TIEÅU HOÏC ÑOÁNG ÑA", "TRƯỜNG TIỂU HỌC ĐỐNG ĐA"),
]


@pytest.mark.parametrize(("old", "text"), TCVN3)
def test_tcvn3_is_told_and_converted(old, text):
    assert encoding_of(old) == "tcvn3"
    assert from_tcvn3(old) == readable(old) == text


@pytest.mark.parametrize(("old", "text"), VNI)
def test_vni_is_told_and_converted(old, text):
    assert encoding_of(old) == "vni"
    assert from_vni(old) == readable(old) == text


@pytest.mark.parametrize(
    "text",
    [
        "Toán học lớp 5: phân số và số thập phân",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, Huế, Đà Nẵng",
        "Le théâtre français à l'école, où l'élève étudie",
        "Über die Größe der Wörter",
        "El niño está aquí mañana",
        "café",
        "5 × 3 ÷ 2 ± 1, 20 °C, «…», ½",
        "plain English text",
        "",
    ],
)
def test_other_text_stays_as_it_is(text):
    assert encoding_of(text) is None
    assert readable(text) == text


def test_lines_of_both_kinds_stand_in_one_text():
    mixed = "Trường Nguyễn Du năm học mới\nBµi tËp vÒ ph©n sè líp 5\nHà Nội\n"
    assert readable(mixed) == "Trường Nguyễn Du năm học mới\nBài tập về phân số lớp 5\nHà Nội\n"


def test_short_lines_follow_the_whole_text():
    old = "Bµi tËp vÒ ph©n sè líp 5\nTo¸n líp 5\nPage 3\nHà Nội\n"
    assert readable(old) == "Bài tập về phân số lớp 5\nToán lớp 5\nPage 3\nHà Nội\n"


@given(st.text(alphabet=st.characters(max_codepoint=0x1EFF)))
def test_no_text_is_an_error(text):
    assert isinstance(readable(text), str)
