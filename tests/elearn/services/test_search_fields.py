"""Fields in a question narrow the result; whatever else has a colon stays what was typed."""

import pytest
from sqlalchemy import event

from elearn.services.search_fields import MOST_FIELDS, FieldReader, Taken


@pytest.mark.parametrize(
    ("typed", "rest", "fields"),
    [
        ("phân số môn:toán", "phân số", {"subject": {"TOAN"}}),
        ("môn:toán phân số", "phân số", {"subject": {"TOAN"}}),
        ("mon:toan phan so", "phan so", {"subject": {"TOAN"}}),
        ("môn: lịch sử và địa lí chiến tranh", "chiến tranh", {"subject": {"LSDL"}}),
        ("môn:sinh tế bào", "tế bào", {"subject": {"SH"}}),
        ("môn:GDCD", "", {"subject": {"GDCD"}}),
        ("subject:physics", "", {"subject": {"VL"}}),
        ("môn:vật lý", "", {"subject": {"VL"}}),
        ("lớp:5 phân số", "phân số", {"grade": {"5"}}),
        ("khối:12", "", {"grade": {"12"}}),
        ("lớp:5 lớp:6", "", {"grade": {"5", "6"}}),
        ("cấp:THCS", "", {"level": {"THCS"}}),
        ("cấp:tiểu học vần", "vần", {"level": {"TH"}}),
        ("loại:pdf", "", {"kind": {"pdf"}}),
        ("loại:bảng tính điểm", "điểm", {"kind": {"spreadsheet"}}),
        ("loại:common_cartridge", "", {"kind": {"common_cartridge"}}),
        ('tác giả:"Nguyễn Thị Lan" phân số', "phân số", {"author": {"Nguyễn Thị Lan"}}),
        ("môn:toán tiêu đề:phân số", "tiêu đề:phân số", {"subject": {"TOAN"}}),
        ('tác giả:Nguyễn Thị Lan noi dung:"phân số"', 'noi dung:"phân số"', {"author": {"Nguyễn Thị Lan"}}),
        ("phân số tác giả:Nguyễn Thị Lan lớp:5", "phân số", {"author": {"Nguyễn Thị Lan"}, "grade": {"5"}}),
    ],
)
def test_fields_are_read(session, typed, rest, fields):
    taken = FieldReader(session).take(typed)
    assert (taken.words, taken.wanted, taken.unwanted) == (rest, fields, {})


@pytest.mark.parametrize(
    ("typed", "rest", "fields", "unwanted"),
    [
        ("phân số -môn:toán", "phân số", {}, {"subject": {"TOAN"}}),
        ("-mon:toan phan so", "phan so", {}, {"subject": {"TOAN"}}),
        ("môn:toán -lớp:5 -lớp:6", "", {"subject": {"TOAN"}}, {"grade": {"5", "6"}}),
        ('-tác giả:"Nguyễn Thị Lan" phân số', "phân số", {}, {"author": {"Nguyễn Thị Lan"}}),
        ("môn:toán -tiêu đề:hình", "-tiêu đề:hình", {"subject": {"TOAN"}}, {}),
        ("-loại:pdf -nội dung:hình", "-nội dung:hình", {}, {"kind": {"pdf"}}),
        ("- môn:toán", "-", {"subject": {"TOAN"}}, {}),
        ("-môn:xyz", "-môn:xyz", {}, {}),
    ],
)
def test_fields_may_exclude(session, typed, rest, fields, unwanted):
    taken = FieldReader(session).take(typed)
    assert (taken.words, taken.wanted, taken.unwanted) == (rest, fields, unwanted)


def test_other_words_get_the_same_fields(session):
    taken = FieldReader(session).take('phan so môn:toán -tác giả:"Lan" lớp:5')
    assert taken.with_fields("phân số") == 'phân số môn:toán -tác giả:"Lan" lớp:5'
    assert taken.with_fields("") == ""


def test_names_are_asked_for_once_and_only_where_a_colon_is(session):
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    reader = FieldReader(session)
    reader.take("phân số")
    assert asked == []
    reader.take("môn:toán")
    once = len(asked)
    reader.take("lớp:5")
    assert len(asked) == once


@pytest.mark.parametrize(
    "typed",
    [
        "phân số",
        "",
        "bài 5: phân số",
        "môn:",
        "môn:xyz",
        "lớp:99",
        ":",
        "a:b",
        "lớp : ",
        'môn:""',
        "hôm:toán",
        "(môn:toán",
    ],
)
def test_what_is_no_field_stays(session, typed):
    assert FieldReader(session).take(typed) == Taken(typed.strip(), {}, {}, "")


def test_the_number_of_fields_is_bounded(session):
    taken = FieldReader(session).take("lớp:5 " * MOST_FIELDS + "lớp:6")
    assert (taken.words, taken.wanted) == ("lớp:6", {"grade": {"5"}})
