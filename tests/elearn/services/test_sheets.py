"""Exports open in any spreadsheet with their numbers as numbers, and run nothing that people typed."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from elearn.services.sheets import Sheet, safe_cell, write_csv, write_xlsx

FORMULAS = ["=1+1", "+84 912", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "\u00a0=1", "＝1", '=HYPERLINK("x")']


def workbook_of(*sheets):
    file = io.BytesIO()
    write_xlsx(file, sheets)
    file.seek(0)
    return openpyxl.load_workbook(file)


def csv_of(sheet, **options):
    file = io.BytesIO()
    write_csv(file, sheet, **options)
    return file.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("value", ["Nguyễn Văn An", "4A - 2", "", "a=b", -3, -0.5, 7, None, date(2026, 9, 5), True])
def test_everything_else_stays_as_it_is(value):
    assert safe_cell(value) is value


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_workbook(text):
    cell = workbook_of(Sheet("Điểm", [text], [[text]]))["Điểm"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == text  # how the format writes a carriage return (ECMA-376, ST_Xstring)


def test_addresses_stay_text_in_a_workbook():
    cell = workbook_of(Sheet("a", ["b"], [["https://example.edu.vn"]]))["a"]["A2"]
    assert (cell.hyperlink, cell.value) == (None, "https://example.edu.vn")


def test_numbers_dates_and_gaps_keep_their_kind_in_a_workbook():
    moment = datetime(2026, 9, 5, 7, 30, tzinfo=UTC)
    sheet = Sheet("a", ["b", "c", "d", "e", "f"], [[-3, 0.85, date(2026, 9, 5), moment, None]])
    row = [cell.value for cell in workbook_of(sheet)["a"][2]]
    assert row[:2] == [-3, 0.85]
    assert row[2].date() == date(2026, 9, 5)
    assert row[3] == datetime(2026, 9, 5, 7, 30)  # noqa: DTZ001 -- spreadsheets know no time zone
    assert row[4] is None


def test_the_heading_is_bold_and_stays_in_view():
    page = workbook_of(Sheet("a", ["Họ và tên", "Điểm"], [], widths=[30]))["a"]
    assert page["A1"].font.b
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width > page.column_dimensions["B"].width


def test_names_of_sheets_are_made_to_fit_and_differ():
    names = workbook_of(*[Sheet("Lớp 4A/1: [Toán] " + "x" * 40, ["a"], []) for _ in range(3)], Sheet("'", ["a"], []))
    assert len(set(names.sheetnames)) == 4
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names.sheetnames)


def test_text_longer_than_a_cell_is_cut():
    assert len(workbook_of(Sheet("a", ["b"], [["x" * 40_000]]))["a"]["A2"].value) == 32_767


def test_csv_carries_a_byte_order_mark_unless_it_is_not_wanted():
    sheet = Sheet("a", ["Họ tên"], [["Đỗ Ánh"]])
    assert csv_of(sheet) == "\ufeffHọ tên\r\nĐỗ Ánh\r\n".encode()
    assert csv_of(sheet, bom=False) == "Họ tên\r\nĐỗ Ánh\r\n".encode()


def test_csv_neutralises_formulas_in_cells_and_headings_and_quotes_the_rest():
    text = csv_of(Sheet("a", ["=1", "b"], [["=cmd|' /C calc'!A0", 'nói "xin chào", rồi'], [-2, 0.5]]), bom=False)
    rows = list(csv.reader(io.StringIO(text.decode(), newline="")))
    assert rows == [["'=1", "b"], ["'=cmd|' /C calc'!A0", 'nói "xin chào", rồi'], ["-2", "0.5"]]
