"""The pages on which a department runs its catalogue of teaching software."""

import html
import io
import re

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.material import Material
from elearn.models.software import SoftwareFile, SoftwareLicence, SoftwareRelease
from elearn.models.usage import ActKind, UsageAct
from elearn.services.organisation import root_unit
from tests.support.factories import World
from tests.support.packages import program, scorm_package

SAID = {
    "title": "Bảng cộng vui", "vendor": "An Bình", "levels": "TH", "subjects": "TOAN", "licence": "freeware",
    "platforms": "windows", "language": "vi", "maker_url": "https://example.org/bang-cong",
    "contact": "Phòng CNTT, 024 1234", "requirements": "Windows 10, 4 GB",
}  # fmt: skip


@pytest.fixture
def schools(house):
    """The department with a primary school below it; returns both codes."""
    with house.database.write() as session:
        root = root_unit(session)
        school = World(session).unit("TH1", root, levels=(Level.TH,))
        return root.code, school.code, school


@pytest.fixture
def officer(sign_in, schools):
    return sign_in("canbo", Role.UNIT_MANAGER)


@pytest.fixture
def teacher(sign_in, schools):
    return sign_in("lan", Role.TEACHER, schools[2])


def text(answer):
    return html.unescape(answer.text)


def confirmed(browser, address, **fields):
    """Fill in a form, read what it would do, and confirm."""
    asked = browser.post(address, fields)
    assert asked.status_code == 200, text(asked)
    assert 'name="confirmed"' in asked.text, text(asked)
    return browser.post(address, {**fields, "confirmed": "yes"})


def entered(officer, schools, **changes):
    answer = confirmed(officer, "/software/new", **{**SAID, "unit": schools[0], **changes})
    assert answer.status_code == 303
    return answer.headers["Location"].rsplit("/", 1)[1]


def approved(officer, schools, uid):
    told = {"unit": schools[0], "outcome": "approved", "decided_on": "2026-01-15", "document": "15/QĐ-SGDĐT"}
    assert confirmed(officer, f"/software/{uid}/decide", **told).status_code == 303


def released(officer, house, uid, version="2.1"):
    told = {"version": version, "released_on": "2026-03-01", "is_latest": "y", "notes": "Bản đầu năm"}
    assert confirmed(officer, f"/software/{uid}/releases/new", **told).status_code == 303
    with house.database.read() as session:
        return session.scalars(select(SoftwareRelease.uid).where(SoftwareRelease.version == version)).one()


def sent(browser, address, data, name, **fields):
    form = {"csrf_token": browser.csrf(), "file": FileStorage(io.BytesIO(data), name), **fields}
    body, _length, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.open(address, method="POST", input_stream=body, content_type=kind)


def test_a_title_is_entered_approved_and_then_seen_below(officer, teacher, schools):
    uid = entered(officer, schools)
    assert teacher.get(f"/materials/{uid}").status_code == 404
    approved(officer, schools, uid)
    page = text(teacher.get(f"/materials/{uid}"))
    for said in ("Bảng cộng vui", "An Bình", "Windows 10, 4 GB", "Phòng CNTT", "15/QĐ-SGDĐT", "Được duyệt"):
        assert said in page
    assert 'href="https://example.org/bang-cong"' in page
    assert "Giấy phép mới" not in page


def test_editing_keeps_what_the_form_does_not_ask(officer, schools, house):
    uid = entered(officer, schools)
    with house.database.write() as session:
        session.scalars(select(Material).where(Material.uid == uid)).one().keywords = ["cộng", "trừ"]
    answer = confirmed(officer, f"/software/{uid}/edit", **{**SAID, "title": "Bảng cộng vui 2"})
    assert answer.status_code == 303
    with house.database.read() as session:
        title = session.scalars(select(Material).where(Material.uid == uid)).one()
        assert (title.title, title.keywords) == ("Bảng cộng vui 2", ["cộng", "trừ"])
        assert title.software.contact == "Phòng CNTT, 024 1234"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "\u200b"}, "Học liệu cần có"),
        ({"levels": "XX"}, ""),
        ({"levels": []}, "cấp học"),
        ({"maker_url": "javascript:alert(1)"}, "không phải địa chỉ web"),
        ({"unit": "KHONG-CO"}, "Hôm nay không có đơn vị nào"),
    ],
)
def test_what_cannot_be_said_is_refused_beside_the_form(officer, schools, house, changes, sentence):
    fields = {**SAID, "unit": schools[0], **changes}
    answer = officer.post("/software/new", fields)
    assert answer.status_code in {400, 422}, text(answer)
    assert sentence in text(answer)
    with house.database.read() as session:
        assert session.scalars(select(Material)).all() == []


def test_teachers_run_no_catalogue(officer, teacher, schools, house):
    uid = entered(officer, schools)
    approved(officer, schools, uid)
    release = released(officer, house, uid)
    pages = ("edit", "releases/new", "licences/new", "decide", "guides/new")
    for address in ("/software/new", *(f"/software/{uid}/{page}" for page in pages)):
        assert teacher.get(address).status_code == 403, address
        assert teacher.post(address, SAID).status_code == 403, address
    assert teacher.post(f"/software/{uid}/releases/{release}/mark", {"as": "latest"}).status_code == 403
    assert sent(teacher, f"/software/{uid}/releases/{release}/files", program(), "a.exe").status_code == 403


def test_a_licence_is_entered_with_its_money_which_teachers_do_not_see(officer, teacher, schools, house):
    uid = entered(officer, schools)
    approved(officer, schools, uid)
    told = {"unit": schools[0], "kind": "seats", "seats": "200", "cost_per_year": "45000000", "money": "budget",
            "contract_number": "=HYPERLINK(1)", "starts_on": "2026-01-01", "expires_on": "2026-12-31"}  # fmt: skip
    assert officer.post(f"/software/{uid}/licences/new", {**told, "seats": "hai trăm"}).status_code == 422
    assert officer.post(f"/software/{uid}/licences/new", {**told, "seats": "-2"}).status_code == 400
    assert confirmed(officer, f"/software/{uid}/licences/new", **told).status_code == 303
    page = text(officer.get(f"/materials/{uid}"))
    assert "45.000.000 đồng" in page
    assert "45.000.000" not in text(teacher.get(f"/materials/{uid}"))
    with house.database.read() as session:
        licence = session.scalars(select(SoftwareLicence.uid)).one()
    reason = {"reason": "Nhập nhầm"}
    assert confirmed(officer, f"/software/{uid}/licences/{licence}/remove", **reason).status_code == 303
    assert "45.000.000" not in text(officer.get(f"/materials/{uid}"))


def test_a_file_is_added_read_and_downloaded_with_its_checksum(officer, teacher, schools, house):
    uid = entered(officer, schools)
    approved(officer, schools, uid)
    release = released(officer, house, uid)
    data = program(ProductName="Bang cong", ProductVersion="2.1", CompanyName="An Binh")
    address = f"/software/{uid}/releases/{release}"
    assert sent(officer, f"{address}/files", data, "../../cài đặt.exe", platform="windows").status_code == 303
    with house.database.read() as session:
        file = session.scalars(select(SoftwareFile)).one()
    assert file.file_name == "cài đặt.exe"
    page = text(teacher.get(address))
    assert file.blob_sha256 in page
    assert "Bang cong 2.1" in page
    assert "<svg" in page
    handed = teacher.get(f"/software/{uid}/files/{file.uid}/download")
    assert handed.status_code == 303
    origin, _, path = handed.headers["Location"].partition(".localhost/")
    got = teacher.open(f"/{path}", origin=f"{origin}.localhost")
    assert got.data == data
    assert got.headers["Content-Disposition"].startswith("attachment")
    part = teacher.open(f"/{path}", origin=f"{origin}.localhost", headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.data) == (206, data[2:6])
    with house.database.read() as session:
        acts = session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.DOWNLOAD)).all()
    assert len(acts) == 1


@pytest.mark.parametrize(
    ("data", "name", "platform", "sentence"),
    [
        (b"", "", "windows", "Xin chọn một tệp trước"),
        (scorm_package(), "cai.exe", "windows", "không phải chương trình"),
        (program(), "cai.exe", "macos", "dành cho"),
        (b"PK\x03\x04" + b"x" * 50, "cai.zip", "windows", ""),
        (program(), "cai.exe", "beos", ""),
    ],
)
def test_a_file_that_is_something_else_changes_nothing(officer, schools, house, data, name, platform, sentence):
    uid = entered(officer, schools)
    release = released(officer, house, uid)
    answer = sent(officer, f"/software/{uid}/releases/{release}/files", data, name, platform=platform)
    assert answer.status_code == 422
    assert sentence in text(answer)
    with house.database.read() as session:
        assert session.scalars(select(SoftwareFile)).all() == []


def test_the_plan_shows_what_is_missing(officer, teacher, schools, house):
    with house.database.read() as session:
        unit = root_unit(session).uid
    target = {"levels": "TH", "target": "3", "kind": "level", "starts_on": "2012-01-01", "due_on": "2026-12-31",
              "source": "KH 99, mục 3"}  # fmt: skip
    uid = entered(officer, schools)
    approved(officer, schools, uid)
    for wrong in ({"levels": "TCCN"}, {"target": "0"}, {"due_on": "2011-01-01"}, {"levels": []}):
        assert officer.post(f"/software/plan/{unit}/new", {**target, **wrong}).status_code in {400, 422}
    assert confirmed(officer, f"/software/plan/{unit}/new", **target).status_code == 303
    page = text(officer.get(f"/software/plan/{unit}"))
    assert "Tiểu học: 1/3" in page
    assert "Còn thiếu 2 phần mềm." in page
    assert "Bảng cộng vui" in page
    assert "0/3" in text(officer.get(f"/software/plan/{unit}?day=2025-01-01"))
    assert teacher.get(f"/software/plan/{unit}").status_code == 404
    remove = re.search(rf"/software/plan/{unit}/[0-9a-f]+/remove", page)[0]
    assert confirmed(officer, remove).status_code == 303
    assert "Chưa có chỉ tiêu nào" in text(officer.get(f"/software/plan/{unit}"))


def test_guides_are_attached_by_their_address(officer, teacher, schools, house):
    uid = entered(officer, schools)
    approved(officer, schools, uid)
    other = entered(officer, schools, title="Sách hướng dẫn")
    address = f"http://localhost/materials/{other}?x=1"
    assert officer.post(f"/software/{uid}/guides/new", {"material": "gì đó"}).status_code == 404
    assert confirmed(officer, f"/software/{uid}/guides/new", material=address).status_code == 303
    assert "Sách hướng dẫn" in text(officer.get(f"/materials/{uid}"))
    assert officer.post(f"/software/{uid}/guides/{other}/remove", {}).status_code == 303
    assert "Sách hướng dẫn" not in text(officer.get(f"/materials/{uid}"))
