"""Classes in pages: opening them, the pasted list, teachers, printed logins, and who may."""

import re

import pytest
from sqlalchemy import func, select

from elearn.models.account import Account, Role
from elearn.models.organisation import UnitKind
from elearn.models.people import Assignment, Enrolment, Person, PostRole, SchoolClass
from elearn.services import organisation, people
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root

LIST = "Mã định danh\tHọ và tên\tNgày sinh\nHS01\tLê Thị Ánh\t5/9/2016\nHS02\tNguyễn Văn Bình\t29/2/2016\n"


@pytest.fixture
def school(house):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        made = organisation.create_unit(
            session,
            SYSTEM,
            code="TH-1",
            name="Trường Tiểu học Một",
            kind=UnitKind.SCHOOL,
            valid_from=root.valid_from,
            parent=root,
        )
        teacher = people.create_person(session, SYSTEM, code="GV01", full_name="Trần Thị Dạy", unit=made)
        people.add_post(session, SYSTEM, teacher, made, role=PostRole.TEACHER, valid_from=root.valid_from)
        return made


@pytest.fixture
def head(sign_in, school):
    return sign_in("hieutruong", Role.UNIT_MANAGER, school)


@pytest.fixture
def address(head):
    answer = head.post("/administration/classes", {"unit": "TH-1", "year": "2026-2027", "name": "4A"})
    assert answer.status_code == 303
    return answer.headers["Location"]


def count(house, model):
    with house.database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_a_list_is_looked_at_and_then_entered(head, address, house):
    look = head.post(f"{address}/list", {"text": LIST, "day": "2026-09-07", "look": ""})
    assert "2 em mới" in look.text
    assert count(house, Enrolment) == 0
    assert head.post(f"{address}/list", {"text": LIST, "day": "7/9/2026", "enter": ""}).status_code == 303
    page = head.get(address).text
    assert page.index("Lê Thị Ánh") < page.index("Nguyễn Văn Bình")


def test_a_bad_line_is_shown_with_what_to_do(head, address, house):
    answer = head.post(f"{address}/list", {"text": LIST + "HS01\tAi Đó\t31/2/2016\n", "enter": ""})
    assert answer.status_code == 409
    assert count(house, Person) == 1
    assert 'class="table-warning"' in answer.text


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"text": "chỉ có chữ"}, {"text": LIST, "day": "mai"}, {"text": "\0\0"}, {"text": '"' * 9}]
)
def test_an_unreadable_list_is_refused(head, address, fields):
    answer = head.post(f"{address}/list", {**fields, "enter": ""})
    assert answer.status_code in {400, 409}


def test_script_in_a_list_is_text(head, address):
    answer = head.post(f"{address}/list", {"text": "HS09\t<script>alert(1)</script> A\t\n"})
    assert "<script>alert(1)" not in answer.text


def test_printed_logins_work_and_are_shown_once(head, address, make_browser, house):
    head.post(f"{address}/list", {"text": LIST, "enter": ""})
    sheet = head.post(f"{address}/logins")
    assert sheet.headers["Cache-Control"] == "no-store"
    slips = re.findall(r"<code>([^<]+)</code>", sheet.text)
    assert slips[0] == "hs01"
    pupil = make_browser()
    assert pupil.sign_in("hs01", slips[1]).status_code == 303
    assert pupil.get("/").status_code == 200
    assert slips[1] not in head.get(address).text
    again = head.post(f"{address}/logins")
    assert again.status_code == 400
    assert "đều đã đăng nhập được" in again.text


def test_chosen_pupils_get_new_passwords(head, address, make_browser, house):
    head.post(f"{address}/list", {"text": LIST, "enter": ""})
    first = re.findall(r"<code>([^<]+)</code>", head.post(f"{address}/logins").text)
    with house.database.read() as session:
        uid = session.scalar(select(Person.uid).where(Person.code == "HS02"))
    second = re.findall(r"<code>([^<]+)</code>", head.post(f"{address}/logins", {"pupil": uid}).text)
    assert second[0] == first[2] == "hs02"
    assert make_browser().sign_in("hs02", first[3]).status_code == 403
    assert make_browser().sign_in("hs02", second[1]).status_code == 303
    assert make_browser().sign_in("hs01", first[1]).status_code == 303


def test_a_teacher_of_the_school_is_assigned_and_released(head, address, house):
    assert head.post(f"{address}/assign", {"person": "GV01", "subject": "TOAN", "day": "7/9/2026"}).status_code == 303
    with house.database.read() as session:
        key = session.scalar(select(Assignment.id))
    assert "Trần Thị Dạy" in head.get(address).text
    assert head.post(f"{address}/unassign", {"assignment": str(key)}).status_code == 303


@pytest.mark.parametrize(
    ("step", "fields", "status"),
    [
        ("assign", {"person": "KHONG-CO"}, 404),
        ("assign", {"person": "GV01", "subject": "KHONG"}, 404),
        ("unassign", {"assignment": "9" * 40}, 404),
        ("unassign", {"assignment": "1"}, 404),
        ("leave", {"enrolment": "1"}, 404),
        ("rename", {"name": "   "}, 400),
        ("rename", {"name": "x" * 65}, 400),
    ],
)
def test_what_is_not_there_is_told(head, address, step, fields, status):
    assert head.post(f"{address}/{step}", fields).status_code == status


def test_a_pupil_leaves_on_a_day(head, address, house):
    head.post(f"{address}/list", {"text": LIST, "day": "2026-09-07", "enter": ""})
    with house.database.read() as session:
        key = session.scalar(select(Enrolment.id).join(Person).where(Person.code == "HS02"))
    assert head.post(f"{address}/leave", {"enrolment": str(key), "day": "1/9/2026"}).status_code == 400
    assert head.post(f"{address}/leave", {"enrolment": str(key), "day": "10/9/2026"}).status_code == 303
    assert "Nguyễn Văn Bình" not in head.get(address).text


@pytest.mark.parametrize(
    ("fields", "status"), [({"name": ""}, 400), ({"name": "4A", "grade": "x"}, 400), ({"name": "x" * 65}, 400)]
)
def test_a_class_that_cannot_be_opened_is_told(head, house, fields, status):
    assert head.post("/administration/classes", {"unit": "TH-1", **fields}).status_code == status
    assert count(house, SchoolClass) == 0


def test_the_same_name_twice_in_a_year_is_told(head, address):
    assert head.post("/administration/classes", {"unit": "TH-1", "year": "2026-2027", "name": "4A"}).status_code == 409


def test_another_school_is_out_of_reach(address, house, sign_in):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        other = organisation.create_unit(
            session, SYSTEM, code="TH-2", name="Hai", kind=UnitKind.SCHOOL, valid_from=root.valid_from, parent=root
        )
    stranger = sign_in("hieutruong.hai", Role.UNIT_MANAGER, other)
    assert stranger.get(address).status_code == 404
    assert stranger.get("/administration/classes?unit=TH-1").status_code == 404
    for step in ("rename", "leave", "assign", "unassign", "list", "logins"):
        assert stranger.post(f"{address}/{step}").status_code == 404


def test_an_inspector_looks_and_changes_nothing(address, sign_in, school, house):
    inspector = sign_in("thanhtra", Role.INSPECTOR, school)
    assert inspector.get(address).status_code == 200
    for step in ("rename", "assign", "list", "logins"):
        answer = inspector.post(f"{address}/{step}", {"name": "Z", "person": "GV01", "text": LIST, "enter": ""})
        assert answer.status_code == 403
    assert inspector.post("/administration/classes", {"unit": "TH-1", "name": "4Z"}).status_code == 403
    assert count(house, Account) == 2


@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT, Role.REVIEWER])
def test_others_have_no_pages_of_classes(address, sign_in, school, role):
    somebody = sign_in("ai", role, school)
    assert somebody.get(address).status_code == 403
    assert somebody.get("/administration/classes").status_code == 403
