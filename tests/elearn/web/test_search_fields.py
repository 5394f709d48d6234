"""Fields in the words of a question, on the result page: they narrow, exclude, and stay when words are mended."""

import html
import re
from urllib.parse import unquote_plus

import pytest

from elearn.models.account import Role
from tests.support.contributing import indexed, published
from tests.support.packages import pdf


@pytest.fixture
def teacher(sign_in):
    return sign_in("lan", Role.TEACHER)


@pytest.fixture
def reviewer(sign_in):
    return sign_in("duyet", Role.REVIEWER)


@pytest.fixture
def shelf(teacher, reviewer, house):
    """Two published lessons and a document."""
    published(teacher, reviewer, title="Phân số bằng nhau")
    published(teacher, reviewer, title="Phân số và tỉ số", grades="5")
    published(teacher, reviewer, pdf("Hinh tron"), name="hinh.pdf", title="Hình tròn", grades="5", description="")
    indexed(house)


def titles(page):
    found = re.findall(r'class="hit-title">\s*<a href="[^"]+">(.*?)</a>', page.text, re.DOTALL)
    return [html.unescape(re.sub("<[^>]+>", "", title)) for title in found]


def test_fields_stay_in_the_question_when_its_words_are_mended(shelf, teacher):
    page = teacher.get("/library?q=phaan+soos+-lớp:5").text
    assert "1 học liệu cho “phân số -lớp:5”" in page
    assert titles(teacher.get("/library?q=phan+so+-lớp:5")) == ["Phân số bằng nhau"]


def test_another_reading_is_offered_with_the_fields(teacher, reviewer, house):
    published(teacher, reviewer, title="Chi tiết: vi mạch")
    published(teacher, reviewer, title="Chu vi hình tròn")
    indexed(house)
    page = html.unescape(teacher.get("/library?q=chi+vi+môn:toán").text)
    (address,) = re.findall(r'<a href="/library\?q=([^"]+)">chu vi môn:toán</a>', page)
    assert unquote_plus(address) == "chu vi môn:toán"


def test_a_field_may_be_excluded(shelf, teacher):
    assert titles(teacher.get("/library?q=phan+so+-tiêu+đề:tỉ+số")) == ["Phân số bằng nhau"]
    assert titles(teacher.get("/library?q=-loại:scorm")) == ["Hình tròn"]


def test_fields_count_among_the_ways_out_of_an_empty_result(shelf, teacher):
    page = html.unescape(teacher.get("/library?q=phan+so+lớp:5&kind=pdf").text)
    ways = re.findall(r'<li><a class="btn btn-secondary" href="([^"]+)">([^<]+)<span class="count">(\d+)', page)
    assert [(way[1], way[2]) for way in ways] == [
        ("Bỏ Loại học liệu: Tài liệu PDF ", "1"),
        ("Bỏ lời tìm “phan so lớp:5” ", "1"),
    ]
