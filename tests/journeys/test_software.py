"""A program from a teacher's wish to the ratio: asked for, tried out, approved, installed, taught with, expired."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.barriers import has_no_barriers
from tests.support.packages import program

if TYPE_CHECKING:
    from playwright.sync_api import Page

# These tests follow one another; `make test` keeps the tests of a file in one process and in their order.
pytestmark = [pytest.mark.journey]

NAME = "Hình học động"
TEACHER, HEAD, OTHER_HEAD, OFFICER = "giaovien.th", "hieutruong.th", "hieutruong.thcs", "lanhdao.so"
SCHOOL, OTHER, DEPARTMENT = "TH-LEQUYDON", "THCS-NAKHOANG", "SO"


@pytest.fixture(scope="module")
def way(site, browser) -> dict[str, str]:
    """What the journeys of this module share: addresses."""
    return {}


def step(page: Page, address: str, **fields: str) -> None:
    """Fill in a form, read what it would do, and confirm."""
    page.goto(address)
    form = page.locator("form.panel").first
    for name, value in fields.items():
        control = form.locator(f"[name={name}]")
        if control.first.get_attribute("type") == "checkbox":
            form.locator(f"[name={name}][value={value}]").check()
        elif control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    form.locator("button[type=submit]").first.click()
    page.locator("button[name=confirmed]").click()
    expect(page.locator(".notice-success").first).to_be_visible()


def test_a_teacher_asks_and_the_school_stands_behind_it(site, person, way):
    teacher, head = person(TEACHER), person(HEAD)
    asked = {"name": NAME, "maker": "An Binh", "levels": "TH", "reason": "Học sinh khó hình dung khối hộp."}
    step(teacher, f"{site.address}/software/requests/new", **asked)
    way["wish"] = teacher.url.partition("#")[0]
    expect(teacher.locator("main")).to_contain_text("đang đề nghị")
    has_no_barriers(teacher)

    head.goto(site.address)
    head.get_by_role("link", name=NAME).click()
    expect(head.locator("main")).to_contain_text("Học sinh khó hình dung khối hộp.")
    head.get_by_role("button", name="Ủng hộ", exact=True).click()
    expect(head.locator("main")).to_contain_text("trường đã ủng hộ")


def test_the_department_lets_the_school_try_it_and_approves_it(site, person, way):
    officer, head = person(OFFICER), person(HEAD)
    officer.goto(site.address)
    officer.get_by_role("link", name=NAME).click()
    officer.get_by_role("link", name="Tổ chức dùng thử").click()
    has_no_barriers(officer)
    step(officer, officer.url, schools=SCHOOL, criteria="Dễ dùng | 10\nĐúng chương trình | 10")

    head.goto(site.address)
    head.get_by_role("link", name=NAME).click()
    step(head, head.url, score_0="9", score_1="8", words="Chạy được trên máy cũ.")

    officer.goto(way["wish"])
    expect(officer.locator("main")).to_contain_text("Chạy được trên máy cũ.")
    expect(officer.locator("main")).to_contain_text("85%")
    has_no_barriers(officer)
    step(officer, f"{way['wish']}/approve", reason="Kết quả dùng thử tốt.", document="15/QĐ-SGDĐT")
    officer.get_by_role("link", name="Mở trang phần mềm").click()
    officer.wait_for_url("**/materials/*")
    way["title"] = officer.url
    way["software"] = officer.url.replace("/materials/", "/software/")


def test_a_release_is_uploaded_and_read(person, way):
    officer = person(OFFICER)
    step(officer, f"{way['software']}/releases/new", version="2.1")
    officer.goto(way["title"])
    officer.locator("#releases ~ ul a", has_text="2.1").click()
    way["release"] = officer.url
    data = program(ProductName="Hinh hoc dong", ProductVersion="2.1", CompanyName="An Binh")
    officer.locator("select[name=platform]").select_option("windows")
    officer.locator("#release-file").set_input_files(
        {"name": "hinh-hoc.exe", "mimeType": "application/x-msdownload", "buffer": data}
    )
    officer.get_by_role("button", name="Thêm", exact=True).click()
    expect(officer.locator("main")).to_contain_text("Hinh hoc dong 2.1")
    year = timedelta(days=365)
    bought = {"unit": DEPARTMENT, "kind": "seats", "seats": "30", "starts_on": str(date.today() - year),  # noqa: DTZ011
              "expires_on": str(date.today() + year), "contract_number": "HĐ 1"}  # fmt: skip # noqa: DTZ011
    step(officer, f"{way['software']}/licences/new", **bought)


def test_two_schools_install_one_seat_too_many(person, way):
    for login, unit, machines in ((HEAD, SCHOOL, "20"), (OTHER_HEAD, OTHER, "11")):
        page = person(login)
        step(page, f"{way['software']}/report", unit=unit, version="2.1", room="Phòng máy 1", machines=machines)
    officer = person(OFFICER)
    officer.goto(f"{way['software']}/../installed/{unit_uid(officer, way)}")
    expect(officer.locator("main")).to_contain_text("31/30 máy")
    has_no_barriers(officer)


def unit_uid(page: Page, way: dict[str, str]) -> str:
    """The uid of the department, from the link of the catalogue."""
    page.goto(way["software"].rpartition("/")[0])
    found = page.locator("a[href*='/software/installed/']").first.get_attribute("href")
    assert found is not None
    return found.rpartition("/")[2]


def test_a_lesson_is_declared_and_counts_once_it_is_countersigned(site, person, way):
    teacher, head = person(TEACHER, width=360), person(HEAD)
    teacher.goto(way["title"])
    teacher.get_by_role("link", name="Tôi đã dạy với phần mềm này").click()
    has_no_barriers(teacher)
    chosen = teacher.locator("select[name=class] option", has_text="4A").first.get_attribute("value")
    teacher.locator("select[name=class]").select_option(chosen)
    teacher.locator("#note").fill("Cả lớp gấp khối hộp.")
    teacher.get_by_role("button", name="Khai", exact=True).click()
    expect(teacher.locator("main")).to_contain_text("chờ ký đến")
    act = acts_of(teacher, site.address)
    expect(act).to_contain_text("chưa được ký xác nhận")

    head.goto(f"{site.address}/countersign")
    expect(head.locator("main")).to_contain_text("Cả lớp gấp khối hộp.")
    has_no_barriers(head)
    head.get_by_role("button", name="Ký xác nhận các tiết đã chọn").click()
    expect(head.locator(".notice-success")).to_contain_text("Đã ký xác nhận 1 tiết dạy")

    act = acts_of(teacher, site.address)
    expect(act).to_contain_text("được tính")
    act.get_by_role("link").first.click()
    expect(teacher.locator("#signs ~ ol")).to_contain_text("đã ký xác nhận")
    has_no_barriers(teacher)


def acts_of(page: Page, address: str):
    """The row of the lesson among the teacher's own acts."""
    page.goto(f"{address}/reports/own")
    return page.locator("table.sheet tbody tr", has_text=NAME).first


def test_who_taught_with_it_rates_it(person, way):
    teacher = person(TEACHER)
    step(teacher, f"{way['software']}/rate", stars="5", words="Học sinh tự xoay được hình.")
    expect(teacher.locator("main")).to_contain_text("Học sinh tự xoay được hình.")


def test_when_the_licence_is_over_downloads_end_and_the_lesson_still_counts(site, person, way):
    officer, teacher = person(OFFICER), person(TEACHER)
    teacher.goto(way["release"])
    expect(teacher.locator("a[href$='/download']")).to_have_count(1)
    officer.goto(way["title"])
    officer.locator("a[href*='/licences/'][href$='/remove']").first.click()
    step(officer, officer.url, reason="Nhập nhầm ngày hết hạn.")
    today = date.today()  # noqa: DTZ011 - the day of the machine, as the site takes it
    ended = {"unit": DEPARTMENT, "kind": "seats", "seats": "30", "contract_number": "HĐ 1",
             "starts_on": str(today - timedelta(days=365)), "expires_on": str(today - timedelta(days=1))}  # fmt: skip
    step(officer, f"{way['software']}/licences/new", **ended)
    teacher.goto(way["release"])
    expect(teacher.locator("a[href$='/download']")).to_have_count(0)
    expect(acts_of(teacher, site.address)).to_contain_text("được tính")
