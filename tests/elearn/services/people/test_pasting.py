"""Lists pasted from spreadsheets: separators, headings, days, shares, codes."""

from datetime import date

import pytest

from elearn.services.errors import ServiceError
from elearn.services.people.pasting import (
    MOST_LINES,
    CellError,
    Column,
    read_code,
    read_day,
    read_name,
    read_one_of,
    read_share,
    read_table,
)

COLUMNS = (
    Column("code", ("Mã định danh", "Code"), required=True),
    Column("name", ("Họ và tên", "Name"), required=True),
    Column("born_on", ("Ngày sinh", "Birth date")),
)


@pytest.mark.parametrize(
    "text",
    [
        "GV1\tLê An\t1/2/1990\nGV2\tVũ Bình\t",
        "GV1;Lê An;1/2/1990\r\nGV2;Vũ Bình;\r\n",
        '\ufeffGV1,"Lê  An",1/2/1990\n\n"GV2","Vũ Bình"\n',
        "Họ và tên\tMÃ ĐỊNH DANH\tGhi chú\tNgay sinh\nLê An\tGV1\tx\t1/2/1990\nVũ Bình\t'GV2",
        "name,code,birth date\nLê An,GV1,1/2/1990\nVũ Bình,GV2,",
    ],
)
def test_cells_are_found_whatever_parts_them_and_in_whatever_order(text):
    lines = read_table(text, COLUMNS)
    assert [(line.cells["code"], line.cells["name"]) for line in lines] == [("GV1", "Lê An"), ("GV2", "Vũ Bình")]
    assert [line.cells.get("born_on", "") for line in lines] == ["1/2/1990", ""]
    assert not any(line.problems for line in lines)


def test_a_line_has_the_number_it_was_pasted_with():
    lines = read_table("Mã định danh\tHọ và tên\n\nGV1\tLê An\n\n\nGV2\tVũ Bình", COLUMNS)
    assert [line.number for line in lines] == [3, 6]


def test_what_a_line_must_have_and_has_not_is_its_problem():
    (line,) = read_table("GV1\t ", COLUMNS)
    assert [(problem.column, problem.code) for problem in line.problems] == [("name", "cell_needed")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "paste_empty"),
        (" \n\t\n", "paste_empty"),
        ("Mã định danh\tHọ và tên", "paste_empty"),
        ("Mã định danh\tNgày sinh\nGV1\t1/2/1990", "paste_heading_missing"),
        ("GV1\tLê An\n" * (MOST_LINES + 1), "paste_too_long"),
        ('GV1\t"' + "a" * 200_000 + '"', "paste_unreadable"),
    ],
)
def test_what_is_no_list_is_refused_whole(text, code):
    with pytest.raises(ServiceError, match=code):
        read_table(text, COLUMNS)


@pytest.mark.parametrize(
    "text", ["05/09/2026", "5/9/2026", "5.9.2026", "5-9-2026", "2026-09-05", "2026-09-05 00:00:00"]
)
def test_a_day_is_written_in_the_vietnamese_or_the_iso_way(text):
    assert read_day(text) == date(2026, 9, 5)


@pytest.mark.parametrize(
    ("reader", "text", "code"),
    [
        (read_day, "5/9/26", "day_form"),
        (read_day, "2026-W47-7", "day_form"),
        (read_day, "20261120", "day_form"),
        (read_day, "٢٠٢٦-٠٩-٠٥", "day_form"),
        (read_share, "٠.٥", "share_form"),
        (read_day, "September", "day_form"),
        (read_day, "30/2/2026", "day_unknown"),
        (read_day, "1/1/0001", "day_range"),
        (read_day, "31/12/9999", "day_range"),
        (read_share, "0", "share_form"),
        (read_share, "1,5", "share_form"),
        (read_share, "nan", "share_form"),
        (read_share, "half", "share_form"),
        (read_code, "1,08501E+11", "code_scientific"),
        (read_code, "GV 1", "code_form"),
        (read_code, "=1+1", "code_form"),
        (read_code, "9" * 33, "code_long"),
        (read_name, "123", "name_form"),
        (read_name, "a" * 301, "name_long"),
        (read_one_of({"Toán": "TOAN"}, "unknown_subject"), "Vẽ", "unknown_subject"),
    ],
)
def test_what_cannot_be_read_says_why(reader, text, code):
    with pytest.raises(CellError, match=code):
        reader(text)


@pytest.mark.parametrize(("text", "share"), [("1", 1.0), ("0,5", 0.5), ("0.25", 0.25), ("50%", 0.5)])
def test_a_share_is_written_as_people_write_numbers(text, share):
    assert read_share(text) == share


def test_things_are_found_by_name_without_accents():
    read = read_one_of({"Tiểu học": "TH", "TH": "TH"}, "unknown_level")
    assert {read(text) for text in ("tieu hoc", "TIỂU HỌC", "th")} == {"TH"}


def test_a_problem_keeps_the_beginning_of_what_was_written():
    (line,) = read_table("GV1\tLê An\t30/2/2026", COLUMNS)
    assert line.read("born_on", read_day) is None
    assert [(p.column, p.code, p.params["value"]) for p in line.problems] == [("born_on", "day_unknown", "30/2/2026")]
