"""Fields in a question narrow the result; whatever else has a colon stays what was typed."""

import pytest

from elearn.services.search_fields import MOST_FIELDS, take_fields


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
    assert take_fields(session, typed) == (rest, fields)


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
    assert take_fields(session, typed) == (typed.strip(), {})


def test_the_number_of_fields_is_bounded(session):
    rest, fields = take_fields(session, "lớp:5 " * MOST_FIELDS + "lớp:6")
    assert (rest, fields) == ("lớp:6", {"grade": {"5"}})
