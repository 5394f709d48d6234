"""Subject and grade as title and text suggest them."""

import pytest

from elearn.services import guessing
from elearn.services.curriculum.programme import SUBJECTS
from elearn.services.guessing import Guess, guess
from elearn.services.subject_words import NAMES, WORDS


@pytest.mark.parametrize(
    ("title", "subjects", "grades"),
    [
        ("Phân số lớp 5", ("TOAN",), ("5",)),
        ("Toán 5 – Bài 3: Cộng hai phân số", ("TOAN",), ("5",)),
        ("toan lop 3 bang nhan 7", ("TOAN",), ("3",)),
        ("Tiếng Anh 6 Global Success Unit 3", ("NN1",), ("6",)),
        ("Bài giảng Vật lí 10: Định luật Newton", ("VL",), ("10",)),
        ("Vật lí 8: áp suất", ("KHTN",), ("8",)),
        ("Lịch sử 4: Nhà Trần", ("LSDL",), ("4",)),
        ("Tập làm văn lớp 4A1", ("TV",), ("4",)),
        ("Ngữ văn 9: Truyện Kiều", ("NV",), ("9",)),
        ("Hoa quả quanh em", (), ()),
        ("Họp hội đồng sư phạm 2024", (), ()),
        ("Hình học 10.2", ("TOAN",), ()),
        ("", (), ()),
    ],
)
def test_titles_of_teachers(title, subjects, grades):
    assert guess(title) == Guess(subjects, grades)


def test_the_text_speaks_when_the_title_does_not():
    text = "Giải phương trình bậc hai. Hàm số, tam giác, diện tích hình vuông."
    assert guess("Bài 4", text=text).subjects == ("TOAN",)
    assert guess("Bài 4", text="Một tam giác.").subjects == ()


def test_the_words_belong_to_subjects_of_the_programme():
    codes = {row.code for row in SUBJECTS}
    assert set(NAMES) | set(WORDS) | set(guessing._OTHERWISE) <= codes
    assert all(
        word == word.lower() and word.isascii() for words in (*NAMES.values(), *WORDS.values()) for word in words
    )
