"""The ratio in pages: figures, people, acts with evidence, voids, files, charts, the public page; and to whom."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from elearn.models.account import Role
from elearn.models.organisation import UnitKind
from elearn.models.people import PostRole
from elearn.models.usage import ActKind, ActSource
from elearn.services.organisation import root_unit
from elearn.web.reports.words import KINDS, SOURCES
from tests.support.counting import Ledger
from tests.support.factories import World
from tests.support.statements import counted

START, END = date(2026, 1, 1), date(2026, 6, 30)
DAY = date(2026, 3, 10)
ASKED = "period=KY-THU"


@pytest.fixture
def province(house, password_hash):
    """Two schools: in A two of three teachers qualify, B reported nothing; a head of A and an officer above."""
    with house.database.write() as session:
        world = World(session)
        root = root_unit(session)
        ledger = Ledger(world, START, END, "KY-THU")
        schools = {code: world.unit(code, root, kind=UnitKind.SCHOOL, name=f"Trường {code}") for code in "AB"}
        teachers = {}
        for code, at, name in (
            ("T1", "A", "Trần Thị Bình"),
            ("T2", "A", "=cmd|' /C calc'!A0"),
            ("T3", "A", "Lê Văn Sáu"),
            ("T4", "B", "Đỗ Thị Xa"),
            ("T5", "A", "Phạm Văn Quản"),
        ):
            teachers[code] = world.person(name, code=code)
            role = PostRole.MANAGER if code == "T5" else PostRole.TEACHER
            world.post(teachers[code], schools[at], level="TH", subject_code="TOAN", role=role)
        for code in ("T1", "T3"):
            act = ledger.act(ActKind.TAUGHT, teachers[code], schools["A"], DAY)
        for login, person, role, unit in (
            ("gv1", "T1", Role.TEACHER, schools["A"]),
            ("gv2", "T2", Role.TEACHER, schools["A"]),
            ("hieutruong", "T5", Role.UNIT_MANAGER, schools["A"]),
            ("hieutruong.b", None, Role.UNIT_MANAGER, schools["B"]),
            ("canbo", None, Role.UNIT_MANAGER, root),
        ):
            account = world.account(login, teachers.get(person), password_hash=password_hash)
            world.grant(account, role, unit)
        session.flush()
        return {"act": act.uid, **{code: person.uid for code, person in teachers.items()}}


@pytest.fixture
def enter(make_browser, province):
    def sign_in(login):
        browser = make_browser()
        assert browser.sign_in(login).status_code == 303
        return browser

    return sign_in


def test_a_head_sees_the_ratio_of_the_school(enter):
    page = enter("hieutruong").get(f"/reports/ict?{ASKED}").text
    assert "66,7 %" in page
    assert "2/3" in page


def test_a_school_that_reported_nothing_is_missing_and_not_zero(enter):
    page = enter("canbo").get(f"/reports/ict?{ASKED}").text
    row = page.split("Trường B")[1].split("</tr>")[0]
    assert ">m</abbr>" in row
    assert "0,0 %" not in row
    assert "2/4" in page  # its people stay in the count of the province


def test_in_english_figures_have_points(enter):
    officer = enter("canbo")
    officer.post("/language", {"language": "en", "next": "/"})
    assert "66.7 %" in officer.get(f"/reports/ict?{ASKED}&unit=A").text


def test_the_trend_and_the_table_of_subjects_have_the_same_figures(enter):
    head = enter("hieutruong")
    assert head.get(f"/reports/ict?{ASKED}").text.count("2/3") >= 2
    subjects = head.get(f"/reports/ict/subjects?{ASKED}").text
    assert subjects.count("2/3") == 3
    assert "66,7 %" in subjects


def test_people_are_listed_by_given_name_with_the_reason(enter):
    page = enter("hieutruong").get(f"/reports/ict/persons?{ASKED}").text
    assert page.index("Trần Thị Bình") < page.index("Lê Văn Sáu")
    assert "Cán bộ quản lý: tính riêng" in page
    only = enter("hieutruong").get(f"/reports/ict/persons?{ASKED}&reason=no_qualifying_act").text
    assert "=cmd|" in only
    assert "Lê Văn Sáu" not in only


def test_from_the_ratio_to_the_evidence_is_a_few_clicks(enter, province):
    head = enter("hieutruong")
    person = head.get(f"/reports/ict/persons/{province['T3']}?{ASKED}").text
    assert f"/reports/acts/{province['act']}" in person
    evidence = head.get(f"/reports/acts/{province['act']}").text
    assert "10/03/2026" in evidence
    assert "Loại hoạt động" in evidence


def test_every_kind_and_source_of_act_has_words():
    assert set(KINDS) == {kind.value for kind in ActKind}
    assert set(SOURCES) == {source.value for source in ActSource}


def test_a_void_takes_exactly_one_person_out_and_a_restoration_brings_back(enter, province):
    head = enter("hieutruong")
    assert head.post(f"/reports/acts/{province['act']}/void", {"reason": "Không có lớp học nào"}).status_code == 303
    assert "1/3" in head.get(f"/reports/ict?{ASKED}").text
    assert "Không có lớp học nào" in head.get(f"/reports/acts/{province['act']}").text
    again = head.post(f"/reports/acts/{province['act']}/void", {"reason": "Lần nữa"})
    assert again.status_code == 409
    assert head.post(f"/reports/acts/{province['act']}/restore", {"reason": "Đã kiểm tra"}).status_code == 303
    assert "2/3" in head.get(f"/reports/ict?{ASKED}").text


def test_a_void_needs_a_reason_and_the_right_person(enter, province):
    address = f"/reports/acts/{province['act']}/void"
    assert enter("hieutruong").post(address, {"reason": "  "}).status_code == 400
    assert enter("gv1").post(address, {"reason": "x"}).status_code == 404
    assert enter("hieutruong.b").post(address, {"reason": "x"}).status_code == 404


def test_a_teacher_sees_why_and_only_about_themselves(enter, province):
    teacher = enter("gv1")
    assert "Được tính, có ứng dụng CNTT" in teacher.get(f"/reports/own?{ASKED}").text
    lacking = enter("gv2").get(f"/reports/own?{ASKED}").text
    assert "Chỉ cần một trong các việc sau" in lacking
    assert "10 phút" in lacking
    assert teacher.get(f"/reports/ict/persons/{province['T1']}?{ASKED}").status_code == 200
    assert teacher.get(f"/reports/ict/persons/{province['T3']}?{ASKED}").status_code == 403
    for page in ("", "/subjects", "/persons", "/units.svg", "/trend.svg", "/files/persons.csv"):
        assert teacher.get(f"/reports/ict{page}?{ASKED}").status_code == 403


def test_a_head_sees_no_other_school(enter, province):
    head = enter("hieutruong.b")
    for page in ("", "/subjects", "/persons", "/units.svg", "/trend.svg", "/files/persons.csv"):
        assert head.get(f"/reports/ict{page}?{ASKED}&unit=A").status_code == 404
    assert head.get(f"/reports/ict/persons/{province['T1']}?{ASKED}").status_code == 403
    assert head.get(f"/reports/acts/{province['act']}").status_code == 404


@pytest.mark.parametrize("page", ["/reports/ict", "/reports/own", "/reports/acts/x", "/reports/ict/files/units.csv"])
def test_strangers_are_sent_to_sign_in(client, page):
    assert client.get(page).status_code == 302


def test_files_hold_the_figures_and_no_formula(enter):
    head = enter("hieutruong")
    units = head.get(f"/reports/ict/files/units.csv?{ASKED}")
    assert units.headers["Content-Disposition"].startswith("attachment")
    assert units.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(head.get(f"/reports/ict/files/persons.csv?{ASKED}").data.decode("utf-8-sig"))))
    assert "'=cmd|' /C calc'!A0" in {cell for row in rows for cell in row}
    book = openpyxl.load_workbook(io.BytesIO(head.get(f"/reports/ict/files/report.xlsx?{ASKED}").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert head.get(f"/reports/ict/files/anything?{ASKED}").status_code == 404


def test_whoever_takes_a_list_of_people_is_in_the_audit_log(enter):
    head = enter("hieutruong")
    head.get(f"/reports/ict/files/persons.csv?{ASKED}")
    assert "report.persons" in head.get("/administration/audit").text


@pytest.mark.parametrize("chart", ["units", "trend"])
def test_charts_are_pictures_without_script(enter, chart):
    answer = enter("canbo").get(f"/reports/ict/{chart}.svg?{ASKED}")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text
    assert "<svg" in answer.text


def test_everybody_sees_only_what_tells_of_nobody(client, province):
    page = client.get(f"/reports/public?{ASKED}").text
    assert "Trường A" in page
    assert "2/3" not in page  # three people could be recognised
    assert "2/4" not in page
    assert "Trần Thị Bình" not in page


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("period=KHONG", 404),
        ("unit=KHONG", 404),
        (f"{ASKED}&as_of=khong", 400),
        (f"{ASKED}&as_of=31/02/2026", 400),
        (f"{ASKED}&as_of=2199-12-31", 400),
        (f"{ASKED}&as_of=2000-01-01", 200),
        (f"{ASKED}&page=-1", 200),
        ("unit=%00", 404),
    ],
)
def test_any_question_is_answered(enter, asked, status):
    officer = enter("canbo")
    for page in ("", "/subjects", "/persons"):
        assert officer.get(f"/reports/ict{page}?{asked}").status_code == status


def test_what_was_not_known_then_does_not_count(enter):
    page = enter("hieutruong").get(f"/reports/ict?{ASKED}&as_of=2026-02-01").text
    assert "2/3" not in page.split("Qua các kỳ")[0]


def test_a_report_costs_the_same_queries_for_many_schools(enter, house):
    officer = enter("canbo")

    def cost():
        with counted(house.database.engine) as statements:
            assert officer.get(f"/reports/ict?{ASKED}").status_code == 200
        return len(statements)

    few = cost()
    with house.database.write() as session:
        world = World(session)
        for number in range(12):
            school = world.unit(f"N{number}", root_unit(session), kind=UnitKind.SCHOOL)
            world.post(world.person(), school)
    assert cost() <= few + 2
