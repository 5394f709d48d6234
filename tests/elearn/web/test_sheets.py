"""Many files described by a spreadsheet: every row told before, good rows done, formulas never anything but text."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.material import Material
from elearn.models.upload import Fetch
from elearn.services import material_sheet
from tests.support.contributing import described, upload, uploaded
from tests.support.packages import pdf
from tests.support.zips import simple_zip

PAGE = "/contribute/sheet"
HEADER = "Tên tệp,Tiêu đề,Lớp,Môn học,Thời lượng (phút),Giấy phép,Địa chỉ\n"


@pytest.fixture
def drafts(teacher):
    return [uploaded(teacher, pdf(f"trang {n}", title=f"Bai {n}"), f"Bài {n}.pdf") for n in (1, 2)]


def send(browser, data, name="bang.csv", **fields):
    return upload(browser, data, name, PAGE, **fields)


def confirm(browser, preview, **fields):
    rows = re.search(r'name="rows" value="(.*?)">', preview.text, re.DOTALL)[1]
    from html import unescape  # noqa: PLC0415

    return browser.post(PAGE, {"rows": unescape(rows), "confirmed": "yes", **fields})


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def stored(house):
    with house.database.read() as session:
        rows = session.scalars(select(Material).order_by(Material.id))
        return [
            (row.title, row.duration_minutes, row.licence.value, [g.grade_code for g in row.grades]) for row in rows
        ]


def test_rows_describe_drafts_after_a_look(teacher, drafts, house):
    before = stored(house)
    sheet = HEADER + "bài 1.pdf,Phân số,Lớp 4,Toán,40,CC BY-SA 4.0,\nBài 2.pdf,,5;4,TOAN,,,\n"
    preview = send(teacher, sheet.encode())
    assert preview.status_code == 200
    assert "2 dòng dùng được" in preview.text
    assert "<ins>Phân số</ins>" in preview.text
    assert stored(house) == before
    assert confirm(teacher, preview).status_code == 303
    assert stored(house) == [("Phân số", 40, "CC-BY-SA-4.0", ["4"]), ("Bai 2", None, "", ["4", "5"])]


def test_a_row_finds_a_draft_by_the_file_of_its_newest_version(teacher, drafts, house):
    to = f"/materials/{drafts[0]}/versions/new"
    assert upload(teacher, pdf("trang moi"), "Bài 1 sửa.pdf", to).status_code == 303
    sheet = HEADER + "Bài 1 sửa.pdf,Phân số,,,,,\nBài 1.pdf,Cũ,,,,,\n"
    preview = send(teacher, sheet.encode())
    assert "không có tệp Bài 1.pdf" in preview.text
    assert confirm(teacher, preview).status_code == 303
    assert [row[0] for row in stored(house)] == ["Phân số", "Bai 2"]


def test_mistakes_stand_beside_their_row_and_column_and_good_rows_go(teacher, drafts, house):
    sheet = HEADER + (
        "Bài 1.pdf,Phân số,Lớp 40,Toán,0,CC XX,\n"
        "không có.pdf,A,,,,,\n"
        "Bài 2.pdf,Tốt,,,,,\n"
        ",B,,,,,\n"
        ",C,,,,,ftp://a.example/x\n"
        ",D,,,,,https://a.example/x\n"
        ",E,,,,,https://a.example/x\n"
    )
    preview = send(teacher, sheet.encode())
    assert preview.status_code == 200
    for said in (
        "<strong>Lớp:</strong> Không có “Lớp 40”",
        "<strong>Thời lượng (phút):</strong> Ghi số phút nguyên",
        "<strong>Giấy phép:</strong>",
        "không có tệp không có.pdf",
        "Chưa ghi tên tệp hoặc địa chỉ",
        "không phải là địa chỉ web",
        "còn ở một dòng khác",
        "1 dòng dùng được",
    ):
        assert said in preview.text
    confirm(teacher, preview)
    assert [row[0] for row in stored(house)] == ["Bai 1", "Tốt"]


def test_a_row_with_an_address_asks_for_the_file(teacher, house):
    sheet = HEADER + ",Phân số,4,Toán,30,CC BY,https://a.example/x.pdf\n"
    assert confirm(teacher, send(teacher, sheet.encode())).status_code == 303
    with house.database.read() as session:
        fetch = session.scalars(select(Fetch)).one()
    assert fetch.described == {
        "title": "Phân số",
        "grades": ["4"],
        "levels": ["TH"],
        "subjects": ["TOAN"],
        "duration_minutes": 30,
        "licence": "CC-BY-4.0",
    }


def test_workbooks_with_numbers_days_and_formulas(teacher, drafts, house):
    from datetime import date  # noqa: PLC0415

    header = ["Tên tệp", "Tiêu đề", "Lớp", "Thời lượng (phút)", "Giấy phép", "Của ai", "Hết hạn"]
    rows = [
        ["Bài 1.pdf", "=HYPERLINK(1)", 4, 45.0, "third-party", "NXB", date(2099, 1, 31)],
        ["Bài 2.pdf", '@SUM(1)<script>alert("x")</script>', None, None, None, None, None],
    ]
    preview = send(teacher, workbook(header, *rows), "bang.xlsx")
    assert preview.status_code == 200
    assert "<script>alert" not in preview.text
    confirm(teacher, preview)
    # A formula without a value that a program had computed is an empty cell.
    assert stored(house)[0] == ("Bai 1", 45, "third-party", ["4"])
    assert stored(house)[1][0] == '@SUM(1)<script>alert("x")</script>'
    sheet = teacher.get(f"{PAGE}.csv").text
    assert "'@SUM(1)" in sheet
    again = openpyxl.load_workbook(io.BytesIO(teacher.get(f"{PAGE}.xlsx").data)).active
    assert {cell.data_type for row in again.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_the_sheet_to_download_changes_nothing_when_it_comes_back(teacher, drafts, house):
    said = {"description": "Dòng một.\n\nDòng hai.", "keywords": "a, b", "topic": "=1+1", "subjects": ["HDTN", "TOAN"]}
    described(teacher, drafts[0], submit=False, **said)
    for form in ("xlsx", "csv"):
        preview = send(teacher, teacher.get(f"{PAGE}.{form}").data, f"bang.{form}")
        assert preview.text.count("Đã đúng như vậy") == 2
    assert teacher.get(f"{PAGE}.pdf").status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có dòng nào"),
        (b"a,b\nc,d\n", "Không dòng nào ghi tên tệp"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "Excel cũ"),
        (b"PK\x03\x04" + b"x" * 500, "Không đọc được"),
        (simple_zip({"a.txt": b"x"}), "Không đọc được"),
        (b"\0\0\0", "Không đọc được"),
        ((HEADER + "x,y\n" * 400).encode(), "tối đa 300"),
        ((HEADER + "x,y\n" * 1200).encode(), "quá lớn"),
    ],
)
def test_what_is_no_sheet_is_told_and_changes_nothing(teacher, data, said):
    answer = send(teacher, data)
    assert answer.status_code == 422
    assert said.lower() in answer.text.lower()


@pytest.mark.parametrize("rows", ["", "null", "[1]", '[["a", ["b"]]]', "[" * 5000, '[[1, "ab"]]', '{"a": 1}'])
def test_rows_that_somebody_made_up_are_no_fault_of_ours(teacher, rows):
    assert teacher.post(PAGE, {"rows": rows, "confirmed": "yes"}).status_code == 422


def test_drafts_of_others_are_not_there(teacher, drafts, sign_in, house):
    other = sign_in("binh", Role.TEACHER)
    preview = send(other, (HEADER + "Bài 1.pdf,X,,,,,\n").encode())
    assert "không có tệp Bài 1.pdf" in preview.text
    assert "Bài 1" not in other.get(f"{PAGE}.csv").text
    assert sign_in("em", Role.STUDENT).get(PAGE).status_code == 403
    assert len(material_sheet.COLUMNS) == 18
