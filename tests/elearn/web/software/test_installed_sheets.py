"""What a school has installed, sent as a workbook: good and bad cells, formulas, too many rows, files that are none."""

import html
import io
import re
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from openpyxl import Workbook
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.installations import Installation, ReportedBy
from elearn.services.organisation import root_unit
from elearn.services.software.installed.taking import MOST_LINES
from tests.support.factories import World
from tests.support.installed import Schools

HEADINGS = ("Phần mềm", "Phiên bản", "Phòng", "Số máy", "Ngày kiểm kê", "Mã đơn vị")

DAY = date(2026, 9, 20)
COUNTED = datetime.combine(DAY, time())  # workbooks know no time zones


@pytest.fixture
def school(house):
    with house.database.write() as session:
        made = Schools(session, World(session), root_unit(session))
        made.approved("Bảng cộng vui", "1.0", "2.1")
        return made.school


@pytest.fixture
def address(school):
    return f"/software/at/{school.uid}/sheet"


@pytest.fixture
def head(sign_in, school):
    return sign_in("hieutruong", Role.UNIT_MANAGER, school)


def workbook(*rows, headings=HEADINGS):
    book = Workbook()
    for row in (headings, *rows) if headings else rows:
        book.active.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sent(browser, address, data, name="kiem-ke.xlsx"):
    return browser.post(address, {"file": (io.BytesIO(data), name)})


def confirmed(browser, address, answer):
    assert answer.status_code == 200, html.unescape(answer.text)
    rows = html.unescape(re.search(r'name="rows" value="([^"]*)"', answer.text)[1])
    return browser.post(address, {"rows": rows, "confirmed": "yes"})


def standing(house):
    """(Name, version, room, machines, day) of what stands."""
    with house.database.read() as session:
        rows = session.scalars(select(Installation).where(Installation.is_current)).all()
        assert {row.via for row in rows} <= {ReportedBy.SHEET}
        return sorted((row.name, row.version, row.room, row.machines, row.reported_on) for row in rows)


def problems(answer):
    assert answer.status_code == 422
    return re.findall(r'<li class="error">([^<]*)</li>', html.unescape(answer.text))


def test_cells_are_read_as_the_spreadsheet_shows_them(head, address, house):
    told = workbook(
        ("Bảng cộng vui", 2.1, "Phòng 1", 30, COUNTED, "TH1"),
        ("  bảng  CỘNG vui ", "1.0", 2, 4.0, "20/9/2026"),
        (None, None, None, None),
        ("Chương trình lạ", 7, None, "5", DAY),
        ("Chưa từng có", None, None, 0, DAY),
    )
    asked = sent(head, address, told)
    assert standing(house) == []
    assert confirmed(head, address, asked).status_code == 303
    assert standing(house) == [
        ("Bảng cộng vui", "2.1", "Phòng 1", 30, DAY),
        ("Chương trình lạ", "7", "", 5, DAY),
        ("bảng CỘNG vui", "1.0", "2", 4, DAY),
    ]


def test_columns_may_stand_in_any_order_and_without_headings(head, address, house):
    told = workbook((6, "Bảng cộng vui"), headings=("Số máy", "Phần mềm"))
    assert confirmed(head, address, sent(head, address, told)).status_code == 303
    bare = workbook(("Bảng cộng vui", "2.1", "P2", 3), headings=())
    assert confirmed(head, address, sent(head, address, bare)).status_code == 303
    assert [row[:4] for row in standing(house)] == [("Bảng cộng vui", "", "", 6), ("Bảng cộng vui", "2.1", "P2", 3)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Bảng cộng vui", "2.1", "P1", 4.5), "4.5 không phải số máy"),
        (("Bảng cộng vui", "2.1", "P1", -4), "-4 không phải số máy"),
        (("Bảng cộng vui", "2.1", "P1", "1.200"), "1.200 không phải số máy"),
        (("Bảng cộng vui", "2.1", "P1", 1e20), "100000000000000000000 không phải số máy"),
        (("Bảng cộng vui", "2.1", "P1", "tám"), "tám không phải số máy"),
        (("Bảng cộng vui", "2.1", "P1", COUNTED), "2026-09-20 không phải số máy"),
        (("Bảng cộng vui", "2.1", "P1", None), "Số máy:"),
        ((None, "2.1", "P1", 4), "Phần mềm:"),
        (("Bảng cộng vui", "2.1", "P1", 4, "31/2/2026"), "Ngày:"),
        (("Bảng cộng vui", "2.1", "P1", 4, 46285), "Ngày:"),
        (("Bảng cộng vui", "2.1", "P1", 4, None, "MN1"), "MN1"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(head, address, house, row, said):
    told = workbook(("Bảng cộng vui", "2.1", "P9", 4), row)
    answer = sent(head, address, told)
    found = problems(answer)
    assert len(found) == 1
    assert said in found[0]
    assert "<td>3</td>" in answer.text  # the number of the line in the sheet
    assert 'name="rows"' not in answer.text
    assert standing(house) == []


def test_formulas_give_the_value_that_was_saved_and_none_is_ever_computed(head, address, house):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS[:4])
        page.write_row(1, 0, ("Bảng cộng vui", "2.1", "P1"))
        page.write_formula(1, 3, "=15+15", value=30)
        page.write_string(2, 0, '=HYPERLINK("http://x.example")')
        page.write_number(2, 3, 2)
    assert confirmed(head, address, sent(head, address, file.getvalue())).status_code == 303
    assert [row[:4] for row in standing(house)] == [
        ('=HYPERLINK("http://x.example")', "", "", 2),
        ("Bảng cộng vui", "2.1", "P1", 30),
    ]
    # openpyxl saves formulas without their values, as any program does that cannot compute them.
    never = workbook(("Bảng cộng vui", "2.1", "P2", "=15+15"))
    assert len(problems(sent(head, address, never))) == 1
    wrong = workbook(("Bảng cộng vui", "2.1", "P2", "#REF!"))
    assert "#REF! không phải số máy" in problems(sent(head, address, wrong))[0]


def test_as_many_lines_as_the_page_says_and_no_more(head, address, house):
    rows = [("Bảng cộng vui", "2.1", f"Phòng {number}", 1) for number in range(MOST_LINES + 1)]
    answer = sent(head, address, workbook(*rows))
    assert answer.status_code == 422
    assert "Bảng tính quá lớn" in html.unescape(answer.text)
    assert confirmed(head, address, sent(head, address, workbook(*rows[:-1]))).status_code == 303
    assert len(standing(house)) == MOST_LINES


def test_the_same_twice_in_a_workbook_is_refused(head, address, house):
    row = ("Bảng cộng vui", "2.1", "P1", 4)
    assert "Dòng 2" in problems(sent(head, address, workbook(row, row)))[0]
    assert standing(house) == []


def test_only_the_first_sheet_is_read(head, address, house):
    book = Workbook()
    book.active.append(("Bảng cộng vui", "2.1", "P1", 4))
    book.create_sheet().append(("Khác", "1", "P1", 9))
    assert confirmed(head, address, sent(head, address, saved(book))).status_code == 303
    assert [row[0] for row in standing(house)] == ["Bảng cộng vui"]


def other_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (other_zip(), "Không đọc được bảng tính này"),
        (workbook(("a", "", "", 1))[:-400], "Không đọc được bảng tính này"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel cũ"),
        (b"\0" * 50, "Không đọc được bảng tính này"),
        (workbook(headings=()), ""),
        (workbook(), ""),
        (b"", ""),
    ],
    ids=["no workbook", "cut off", "old Excel", "binary", "empty sheet", "headings alone", "empty file"],
)
def test_a_file_without_a_table_is_refused_with_words(head, address, house, data, said):
    answer = sent(head, address, data)
    page = html.unescape(answer.text)
    assert answer.status_code in {400, 422}
    assert 'role="alert"' in page or "notice" in page
    assert said in page
    assert standing(house) == []
