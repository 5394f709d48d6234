"""From an invitation to the ratio: a teacher opens a course, pupils take it, the head sees exactly that person."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

# These tests follow one another; `make test` keeps the tests of a file in one process and in their order.
pytestmark = [pytest.mark.journey]

OFFICER, HEAD = "quantri", "hieutruong.th"
SCHOOL, OTHER_SCHOOL, CLASS = "TH-LEQUYDON", "THCS-NAKHOANG", "4A"
CODE, NAME, LOGIN, PASSWORD = "GV203", "Đặng Văn Ân", "dang.van.an", "trống trường vang xa"
COURSE = "Ôn tập phân số"


@pytest.fixture(scope="module")
def kept(site, browser) -> dict[str, str]:
    """What the journeys of this module share: addresses, logins and figures."""
    return {}


def sign_in(page: Page, site, login: str, password: str) -> None:
    page.goto(f"{site.address}/sign-in")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def counted(page: Page, site, unit: str) -> tuple[int, int]:
    """q and N of a unit, as its page shows them."""
    page.goto(f"{site.address}/reports/ict?unit={unit}")
    shown = page.locator(".figure-main .soft").inner_text()
    q, n = re.fullmatch(r"(\d+)/(\d+)", shown.strip()).groups()
    return int(q), int(n)


def reason(page: Page, site, name: str) -> str:
    page.goto(f"{site.address}/reports/ict/persons")
    return page.locator("tbody tr", has_text=name).locator(".tag").inner_text()


def test_an_officer_invites_a_teacher_who_chooses_a_password(site, person, kept):
    officer = person(OFFICER)
    officer.goto(f"{site.address}/administration/accounts/new?unit={SCHOOL}&person={CODE}")
    officer.locator("input[name=login]").fill(LOGIN)
    officer.locator("select[name=role]").select_option("teacher")
    officer.locator("button[value=print]").click()
    link = officer.locator("#invitation").inner_text()

    teacher = person()
    teacher.goto(link)
    expect(teacher.locator("h1")).to_contain_text(NAME)
    teacher.locator("input[name=new]").fill(PASSWORD)
    teacher.locator("input[name=again]").fill(PASSWORD)
    teacher.locator("main button[type=submit]").click()
    expect(teacher.locator(".notice-success")).to_contain_text(LOGIN)
    teacher.goto(f"{site.address}/reports/own")
    expect(teacher.locator("main")).to_contain_text("chưa có hoạt động đạt")


def test_the_head_assigns_the_teacher_and_prints_logins(site, person, kept):
    head = person(HEAD)
    kept["before"] = counted(head, site, SCHOOL)
    assert "chưa có hoạt động" in reason(head, site, NAME)
    head.goto(f"{site.address}/administration/classes?unit={SCHOOL}")
    head.get_by_role("link", name=CLASS, exact=True).click()
    head.locator("input[name=person]").fill(CODE)
    head.locator("select[name=subject]").select_option("TOAN")
    head.get_by_role("button", name="Phân công").click()
    expect(head.locator("#teachers ~ ul")).to_contain_text(NAME)
    head.get_by_role("button", name="In phiếu đăng nhập").click()
    head.wait_for_load_state()
    slips = head.locator(".slip code").all_inner_texts()
    kept["logins"] = list(zip(slips[::2], slips[1::2], strict=True))
    assert len(kept["logins"]) >= 5


def test_the_teacher_opens_a_course_to_the_class(site, person, kept):
    teacher = person()
    sign_in(teacher, site, LOGIN, PASSWORD)
    teacher.goto(f"{site.address}/courses")
    teacher.get_by_role("link", name="Tạo khóa học").first.click()
    teacher.locator("input[name=title]").fill(COURSE)
    teacher.get_by_role("button", name="Lưu").click()
    expect(teacher.locator("h1")).to_have_text(COURSE)
    kept["course"] = teacher.url
    button = teacher.locator("#add ~ ul form button")
    for _ in range(40):  # the index may be a moment behind
        teacher.locator("main input[name=find]").fill("so thap phan")
        teacher.locator("main input[name=find]").press("Enter")
        teacher.wait_for_url("**find=**")
        if button.count():
            break
        teacher.wait_for_timeout(250)
    button.first.click()
    expect(teacher.locator(".course-items h3")).to_have_count(1)
    teacher.locator("select[name=class]").select_option(label=CLASS)
    teacher.get_by_role("button", name="Mở khóa học").click()
    expect(teacher.locator(".notice-success")).to_contain_text(CLASS)


def test_five_pupils_take_it_with_their_printed_logins(site, person, kept):
    for login, password in kept["logins"][:5]:
        pupil = person()
        sign_in(pupil, site, login, password)
        pupil.goto(f"{site.address}/courses")
        pupil.get_by_role("link", name=COURSE).click()
        pupil.locator(".course-next button").click()
        pupil.wait_for_url("**/play/**")
        content = pupil.frame_locator("#player").frame_locator("#stage iframe")
        expect(content.locator("body")).to_be_visible()
        pupil.context.close()


def test_the_ratio_rises_by_exactly_that_person_and_the_evidence_opens(site, person, kept):
    head = person(HEAD)
    q, n = kept["before"]
    assert counted(head, site, SCHOOL) == (q + 1, n)
    assert "có ứng dụng CNTT" in reason(head, site, NAME)
    head.get_by_role("link", name=NAME).click()
    acts = head.locator("main tbody tr")
    expect(acts.filter(has_text="B ·")).to_have_count(1)
    expect(acts.filter(has_text="C ·").first).to_contain_text("được tính")
    acts.filter(has_text="B ·").get_by_role("link").click()
    expect(head.locator("main")).to_contain_text(COURSE)
    expect(head.locator("main")).to_contain_text(CLASS)
    kept["act"] = head.url


def test_a_transfer_moves_the_person_and_not_the_acts(site, person, kept):
    officer = person(OFFICER)
    here, there = counted(officer, site, SCHOOL), counted(officer, site, OTHER_SCHOOL)
    officer.goto(f"{site.address}/reports/ict/persons?unit={SCHOOL}")
    officer.get_by_role("link", name=NAME).click()
    uid = officer.url.rpartition("/")[2].partition("?")[0]
    officer.goto(f"{site.address}/administration/people/{uid}")
    officer.locator("details.menu summary", has_text="Thay đổi").click()
    officer.locator(".menu-panel a[href$='/transfer']").click()
    officer.locator("input[name=unit]").fill(OTHER_SCHOOL)
    officer.locator("input[name=day]").fill((datetime.now(UTC) + timedelta(days=2)).date().isoformat())
    officer.locator("main button[type=submit]").click()
    officer.locator("button[name=confirmed]").click()
    expect(officer.locator(".notice-success")).to_be_visible()

    assert counted(officer, site, SCHOOL) == (here[0] - 1, here[1] - 1)
    assert counted(officer, site, OTHER_SCHOOL) == (there[0] + 1, there[1] + 1)
    officer.goto(kept["act"])
    expect(officer.locator("main")).to_contain_text("Lê Quý Đôn")
