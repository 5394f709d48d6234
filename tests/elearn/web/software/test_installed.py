"""The pages of what is installed: reporting, what a school sees, what the department adds up, agents and mirrors."""

import html
import io
import json
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.account import Role
from elearn.models.installations import Installation
from elearn.models.material import StoredBlob
from elearn.models.software import SoftwareFile
from elearn.services.access import SYSTEM
from elearn.services.organisation import end_unit, root_unit, unit_by_code
from elearn.services.software.installed.taking import Line
from tests.support.factories import World
from tests.support.installed import Schools
from tests.support.statements import counted

DIGEST = "ab" * 32


@pytest.fixture
def place(house):
    """A department with two schools, an approved title with a release and 20 seats; uids by name."""
    with house.database.write() as session:
        world = World(session)
        root = root_unit(session)
        made = Schools(session, world, root)
        title = made.approved("Bảng cộng vui", "1.0", "2.0", maker_url="https://vui.example")
        made.licence(title, seats=20)
        release = made.release(title, "2.1", date(2026, 3, 1))
        session.add(StoredBlob(sha256=DIGEST, size=5))
        session.add(SoftwareFile(release_id=release.id, platform="windows", file_name="a.exe", media_type="a/b",
                                 blob_sha256=DIGEST, facts={}))  # fmt: skip
        session.flush()
        made.report(made.other, Line(title.title, 15, "2.1"), Line("=cmd|' /C calc'!A0", 2))
        file = session.scalars(select(SoftwareFile.uid)).one()
        return {"root": root.uid, "school": made.school.uid, "other": made.other.uid, "title": title.uid,
                "release": release.uid, "file": file, "unit": made.school,
                "elsewhere": made.other}  # fmt: skip


@pytest.fixture
def officer(sign_in, place):
    return sign_in("canbo", Role.UNIT_MANAGER)


@pytest.fixture
def head(sign_in, place):
    return sign_in("hieutruong", Role.UNIT_MANAGER, place["unit"])


@pytest.fixture
def teacher(sign_in, place):
    return sign_in("lan", Role.TEACHER, place["unit"])


def text(answer):
    return html.unescape(answer.text)


def confirmed(browser, page, **fields):
    asked = browser.post(page, fields)
    assert asked.status_code == 200, text(asked)
    return browser.post(page, {**fields, "confirmed": "yes"})


def standing(house):
    with house.database.read() as session:
        return session.scalar(select(func.count()).select_from(Installation).where(Installation.is_current))


def test_a_head_reports_by_form_and_sees_what_is_too_much(head, teacher, place, house):
    told = {"unit": "TH1", "version": "1.0", "room": "P1", "machines": "8", "day": "2026-09-20"}
    address = f"/software/{place['title']}/report"
    for wrong in ({"machines": "-1"}, {"machines": "tám"}, {"machines": "100000"}, {"machines": ""}, {"day": "x"}):
        assert head.post(address, {**told, **wrong}).status_code == 422
    assert head.post(address, {**told, "unit": "MN1"}).status_code == 403
    assert confirmed(head, address, **told).status_code == 303
    page = text(head.get(f"/software/at/{place['school']}"))
    for said in (
        "P1: 8 × 1.0",
        "Đã cũ",
        "Vượt số máy được phép",
        "23/20 máy",
        "vượt 3 máy",
        f"releases/{place['release']}",
    ):
        assert said in page
    seen = text(teacher.get(f"/software/at/{place['school']}"))
    assert "P1: 8 × 1.0" in seen
    assert "Báo cáo bằng bảng tính" not in seen
    assert teacher.get(f"/software/at/{place['other']}").status_code == 404
    assert teacher.post(address, told).status_code == 403


def test_a_sheet_is_shown_and_then_written(head, place, house):
    before, address = standing(house), f"/software/at/{place['school']}/sheet"
    faulty = head.post(address, {"text": "Bảng cộng vui\t2.1\tP1\t-4"})
    assert faulty.status_code == 422
    assert "-4 không phải số máy" in text(faulty)
    asked = head.post(address, {"text": "Bảng cộng vui\t2.1\tP1\t4\n=1+1\t\t\t3"})
    assert asked.status_code == 200
    assert standing(house) == before
    rows = html.unescape(re.search(r'name="rows" value="([^"]*)"', asked.text)[1])
    done = head.post(address, {"rows": rows, "confirmed": "yes"})
    assert done.status_code == 303
    assert standing(house) == before + 2
    for wrong in ({"text": ""}, {"rows": "[[", "confirmed": "yes"}, {"rows": '[["x",1]]', "confirmed": "yes"}):
        assert head.post(address, wrong).status_code in {400, 422}
    assert head.post(f"/software/at/{place['other']}/sheet", {"text": "a\t\t\t1"}).status_code == 404


def test_the_department_adds_up_and_takes_it_away_as_a_sheet(officer, head, place, house):
    page = text(officer.get(f"/software/installed/{place['root']}"))
    for said in ("Bảng cộng vui", "15/20 máy", "=cmd|' /C calc'!A0", "Không có trong danh mục"):
        assert said in page
    assert (
        "Bảng cộng vui"
        not in text(officer.get(f"/software/installed/{place['root']}?flag=over")).partition("<table")[2]
    )
    by_unit = text(officer.get(f"/software/installed/{place['root']}/units"))
    assert "1/2" in by_unit
    csv = officer.get(f"/software/installed/{place['root']}/programs.csv").data.decode("utf-8-sig")
    assert "Bảng cộng vui,Nhà làm phần mềm,2.1,1,15" in csv
    book = load_workbook(io.BytesIO(officer.get(f"/software/installed/{place['root']}/programs.xlsx").data))
    cell = book.worksheets[1]["A2"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
    assert head.get(f"/software/installed/{place['root']}").status_code == 404
    assert "15" in text(officer.get(f"/software/{place['title']}/installed"))
    assert "Được cài ở đâu" in text(officer.get(f"/materials/{place['title']}"))


def test_an_unknown_name_is_given_to_a_title(officer, head, place):
    told = {"name": "=cmd|' /C calc'!A0", "title": f"http://localhost/materials/{place['title']}"}
    assert head.post(f"/software/{place['title']}/names/new", {"name": "x"}).status_code == 403
    assert confirmed(officer, f"/software/installed/{place['root']}/names", **told).status_code == 303
    assert "Không có trong danh mục" not in text(officer.get(f"/software/installed/{place['root']}"))
    page = officer.get(f"/software/{place['title']}/installed").text
    remove = re.search(rf"/software/{place['title']}/names/[0-9a-f]+/remove", page)[0]
    assert officer.post(remove, {}).status_code == 303


def made_token(head, place):
    page = head.post(f"/software/at/{place['school']}/agents", {"name": "Máy chủ OCS"})
    return re.search(r"elinv_[\w-]+", page.text)[0]


def sent(client, secret, body, kind="application/json"):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.open("/api/v1/inventory", method="POST", data=data, content_type=kind, headers=headers)


def test_an_agent_reports_with_its_token(head, client, place, house):
    secret = made_token(head, place)
    told = {"programs": [{"name": "setup", "sha256": DIGEST, "machines": 4}, {"name": "Lạ"}]}
    first = sent(client, secret, told)
    assert (first.status_code, first.json["written"], first.json["unknown"]) == (200, 2, ["Lạ"])
    assert sent(client, secret, told).json["written"] == 0
    page = text(head.get(f"/software/at/{place['school']}/agents"))
    assert "dùng lần cuối" in page
    assert secret not in page
    assert "đã thấy đúng tệp" in text(head.get(f"/software/at/{place['school']}"))
    with house.database.read() as session:
        other = unit_by_code(session, "MN1").code
    assert sent(client, secret, {**told, "unit": other}).status_code == 403
    revoke = re.search(r"/software/at/\w+/agents/\w+/revoke", page)[0]
    assert head.post(revoke, {}).status_code == 303
    assert sent(client, secret, told).status_code == 401


def test_bad_inventories_are_refused_clearly_and_change_nothing(head, client, place, house):
    secret, before = made_token(head, place), standing(house)
    good = {"programs": [{"name": "Lạ"}]}
    assert sent(client, "", good).status_code == 401
    assert sent(client, "elinv_x", good).status_code == 401
    assert sent(client, secret, good, "text/plain").status_code == 415
    for body in (b"{", b"\xff", b"[" * 50_000, b'{"programs": [{"name": "\\ud800"}]}', b"null", {"programs": [1]}):
        answer = sent(client, secret, body)
        assert (answer.status_code, answer.json["code"] in {"inventory_form", "inventory_line", "report_name"}) == (
            400, True,
        ), body  # fmt: skip
    machines = {"programs": [{"name": "Lạ", "room": str(number)} for number in range(100_000)]}
    assert sent(client, secret, machines).status_code == 413
    many = sent(client, secret, {"programs": [{"name": "Lạ", "machines": 100_000}]})
    assert (many.status_code, many.json["code"]) == (400, "report_machines")
    assert standing(house) == before


def test_the_token_of_a_closed_school_is_refused(head, client, place, house):
    secret = made_token(head, place)
    with house.database.write() as session:
        end_unit(session, SYSTEM, unit_by_code(session, "TH1"), day_of(session) - timedelta(days=1))
    answer = sent(client, secret, {"programs": [{"name": "Lạ"}]})
    assert (answer.status_code, answer.json["code"]) == (403, "agent_closed")


def test_a_mirror_is_shown_to_the_people_of_its_unit(head, teacher, sign_in, place):
    address = f"/software/{place['title']}/files/{place['file']}/mirror"
    told = {"unit": "TH1", "address": "http://10.0.0.5/phan-mem/a.exe"}
    for wrong in ("javascript:alert(1)", "file:///etc/passwd", "ftp://a/b", "\\\\may\\a"):
        assert head.post(address, {**told, "address": wrong}).status_code == 400
    assert head.post(address, {**told, "unit": "MN1"}).status_code == 403
    assert confirmed(head, address, **told).status_code == 303
    page = f"/software/{place['title']}/releases/{place['release']}"
    assert 'href="http://10.0.0.5/phan-mem/a.exe"' in teacher.get(page).text
    assert "10.0.0.5" in teacher.get(f"/software/at/{place['school']}").text
    stranger = sign_in("hoa", Role.TEACHER, place["elsewhere"])
    assert "10.0.0.5" not in stranger.get(page).text
    remove = re.search(r"/software/\w+/releases/\w+/mirrors/\w+/remove", head.get(page).text)[0]
    assert teacher.post(remove, {}).status_code == 403
    assert head.post(remove, {}).status_code == 303
    assert "10.0.0.5" not in teacher.get(page).text


def test_the_catalogue_leads_to_what_is_installed(officer, teacher, place):
    assert f"/software/at/{place['school']}" in teacher.get("/software").text
    page = officer.get("/software").text
    assert f"/software/installed/{place['root']}" in page


def test_agents_are_described_with_the_interface(client):
    told = client.get("/api/openapi.json").json
    described = told["paths"]["/api/v1/inventory"]["post"]
    assert described["security"] == [{"SchoolToken": []}]
    assert described["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/Inventory")


def test_pages_cost_few_statements(officer, place, house):
    addresses = [f"/software/installed/{place['root']}", f"/software/installed/{place['root']}/units",
                 f"/software/{place['title']}/installed", f"/software/at/{place['school']}"]  # fmt: skip
    for address in addresses:
        officer.get(address)
        with counted(house.database.engine) as statements:
            assert officer.get(address).status_code == 200
        assert len(statements) <= 30, (address, len(statements))
