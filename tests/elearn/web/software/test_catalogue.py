"""The catalogue of teaching software."""

import html

import pytest

from elearn.models.account import Role
from tests.support.contributing import counted, indexed, published
from tests.support.packages import program


@pytest.fixture
def teacher(sign_in):
    return sign_in("lan", Role.TEACHER)


@pytest.fixture
def shelf(teacher, sign_in, house):
    """Two programs and a lesson."""
    reviewer = sign_in("duyet", Role.REVIEWER)
    said = {"vendor": "Viện GeoGebra", "release": "6.0", "platforms": ["windows", "web"], "licence": "freeware"}
    published(teacher, reviewer, program(), name="geogebra.exe", title="GeoGebra", **said)
    published(teacher, reviewer, program(), name="dan.exe", title="Đàn phím", levels="THCS", grades="6", subjects="AN")
    published(teacher, reviewer, title="Bài giảng")
    indexed(house)


def test_it_lists_programs_and_nothing_else(shelf, teacher):
    page = html.unescape(teacher.get("/software").text)
    for said in ("2 phần mềm", "GeoGebra", "Đàn phím", "Viện GeoGebra · 6.0", "Windows", "Trình duyệt web", "miễn phí"):
        assert said in page
    assert "Bài giảng<" not in page


def test_level_subject_and_words_narrow_it(shelf, teacher):
    assert "GeoGebra" not in teacher.get("/software?level=THCS").text
    assert "Đàn phím" not in teacher.get("/software?subject=TOAN").text
    assert "Đàn phím" in teacher.get("/software?q=dan+phim").text.partition("<main")[2]
    assert "1 phần mềm" in teacher.get("/software?q=geogebra").text


def test_whatever_the_address_says_it_stays_a_list_of_software(shelf, teacher):
    page = teacher.get("/software?kind=scorm&level=XX&page=x")
    assert "2 phần mềm" in page.text


def test_visitors_see_what_is_open_to_them(shelf, client):
    page = client.get("/software")
    assert page.status_code == 200
    assert "Không tìm thấy phần mềm nào" in page.text


def test_two_programs_ask_the_database_no_more_often_than_one(shelf, teacher, house):
    teacher.get("/software")
    with counted(house) as one:
        teacher.get("/software?q=geogebra")
    with counted(house) as two:
        teacher.get("/software")
    assert len(one) == len(two)
