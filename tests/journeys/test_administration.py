"""An officer creates a school, pastes its teachers, moves one to another school; the pages have no barriers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

# These tests follow one another; `make test` keeps the tests of a file in one process and in their order.
pytestmark = [pytest.mark.journey]

OFFICER, HEAD = "quantri", "hieutruong.th"
COMMUNE = "X-HUONGLAM"
SCHOOL = "Trường Tiểu học Nguyễn Trãi"
STAFF = (
    "Mã định danh\tHọ và tên\tNgày sinh\tVai trò\tCấp học\tMôn\tTỷ lệ\tTừ ngày\n"
    "NT001\tHoàng Thị Sen\t12/4/1988\tGiáo viên\tTiểu học\tToán\t1\t05/09/2025\n"
    "NT002\tMa Văn Ký\t3/11/1991\tGiáo viên\tTiểu học\tTiếng Việt\t1\t05/09/2025\n"
)


def confirm(page: Page) -> None:
    page.locator("button[name=confirmed]").click()
    expect(page.locator(".notice-success")).to_be_visible()


def open_unit(page: Page, site, words: str) -> None:
    """Find a unit in the tree as people do, without accents."""
    page.goto(f"{site.address}/administration/units")
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    page.locator("main .row-list a").first.click()
    page.wait_for_url(re.compile(r"/administration/units/\w{32}"))


def test_an_officer_creates_a_school_and_pastes_its_teachers(site, person):
    page = person(OFFICER)
    page.goto(site.address)
    page.locator(".mainnav a:visible", has_text="Quản trị").click()
    page.locator(".tile", has_text="Đơn vị").first.click()
    open_unit(page, site, COMMUNE.lower())
    page.locator("a[href$='/new']").click()
    page.locator("input[name=name]").fill(SCHOOL)
    page.locator("input[name=code]").fill("TH-NGUYENTRAI")
    page.locator("input[name=levels][value=TH]").check()
    page.locator("input[name=valid_from]").fill("2025-08-01")
    page.locator("main button[type=submit]").click()
    expect(page.locator("#told")).to_contain_text("01/08/2025")
    confirm(page)
    expect(page.locator("h1")).to_have_text(SCHOOL)
    page.locator("a[href$='/staff']").click()
    page.locator("a[href$='/staff/paste']").click()
    page.locator("#text").fill(STAFF)
    page.locator("main button[type=submit]").click()
    expect(page.locator("#told")).to_contain_text("2 người mới")
    confirm(page)
    expect(page.locator(".sheet tbody tr")).to_have_count(2)


def test_the_officer_moves_a_teacher_to_another_school(site, person):
    page = person(OFFICER)
    open_unit(page, site, "tieu hoc nguyen trai")
    page.locator("a[href$='/staff']").click()
    page.get_by_role("link", name="Ma Văn Ký").click()
    page.locator("details.menu summary", has_text="Thay đổi").click()
    page.locator(".menu-panel a[href$='/transfer']").click()
    page.locator("input[name=unit]").fill("le quy don")
    page.locator("input[name=day]").fill("2026-01-16")
    page.locator("main button[type=submit]").click()
    expect(page.locator("#told")).to_contain_text("15/01/2026")
    confirm(page)
    expect(page.locator(".sheet tbody tr")).to_have_count(2)
    expect(page.locator(".sheet tbody tr").first).to_contain_text("Lê Quý Đôn")
    head = person(HEAD)
    head.goto(f"{site.address}/administration/staff")
    head.locator("main input[name=q]").fill("ma van ky")
    head.locator("main input[name=q]").press("Enter")
    expect(head.locator(".sheet tbody tr")).to_have_count(1)


def pages_of(page: Page, site) -> list[str]:
    """The addresses of every kind of page, for somebody who may open them all."""
    open_unit(page, site, "tieu hoc nguyen trai")
    unit = page.url.partition("?")[0]
    page.goto(f"{unit}/staff")
    someone = page.get_by_role("link", name="Hoàng Thị Sen").get_attribute("href")
    page.goto(f"{site.address}{someone}")
    post = page.locator(".menu-panel a[href$='/transfer']").get_attribute("href").rpartition("/")[0]
    start = f"{site.address}/administration"
    pages = [start, f"{start}/units", f"{start}/units?q=truong", f"{start}/groups", f"{start}/groups/new"]
    pages += [f"{start}/transfers", unit, f"{unit}?day=2020-01-01"]
    pages += [f"{unit}/{each}" for each in ("new", "rename", "move", "levels", "ownership", "end")]
    pages += [f"{unit}/staff", f"{unit}/staff?q=nobody", f"{unit}/staff/new", f"{unit}/staff/paste"]
    pages += [f"{site.address}{someone}{each}" for each in ("", "/edit", "/posts/new", "/leaves/new")]
    return pages + [f"{site.address}{post}/{each}" for each in ("end", "share", "transfer", "correct", "remove")]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_have_no_barriers_that_axe_finds_and_fit_a_phone(site, person, width):
    page = person(OFFICER, width=width)
    found = {}
    for address in pages_of(page, site):
        page.goto(address)
        violations = [each["id"] for each in Axe().run(page).response["violations"]]
        # Nothing is wider than the window, so nobody scrolls sideways to read.
        overflows = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if violations or overflows:
            found[address] = (violations, overflows)
    assert found == {}


def test_a_change_can_be_made_with_the_keyboard_alone(site, person):
    page = person(OFFICER)
    open_unit(page, site, "tieu hoc nguyen trai")
    page.locator("a[href$='/rename']").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=name]").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Trường Tiểu học Nguyễn Trãi 2")
    page.keyboard.press("Enter")
    page.locator("button[name=confirmed]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Trường Tiểu học Nguyễn Trãi 2")
