"""A course's way: built from search results, opened to a class, taken by a pupil, looked at by the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.barriers import has_no_barriers
from tests.support.saved import expect_saved
from tests.support.scos import honest_package

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page

# These tests follow one another; `make test` keeps the tests of a file in one process and in their order.
pytestmark = [pytest.mark.journey]

LESSON, COURSE = "Chia bánh cho công bằng", "Toán 4 trực tuyến"
TEACHER, REVIEWER, PUPIL, FOREIGN_PUPIL = "giaovien.th", "nguoiduyet", "hocsinh.th", "hocsinh.thcs"


@pytest.fixture(scope="module")
def way(site, browser) -> dict[str, str]:
    """What the journeys of this module share: addresses."""
    return {}


def follow(link: Locator) -> None:
    """Click a link and wait for its page: axe looks at whatever is there."""
    with link.page.expect_navigation():
        link.click()


def publish_a_lesson(site, person) -> None:
    teacher, reviewer = person(TEACHER), person(REVIEWER)
    teacher.goto(f"{site.address}/contribute")
    package = honest_package(LESSON, "Mỗi bạn được một phần bằng nhau.")
    teacher.locator("#upload-file").set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": package})
    teacher.locator("#upload-submit").click()
    teacher.wait_for_url("**/edit")
    teacher.locator("input[name=title]").fill(LESSON)
    teacher.locator("input[name=levels][value=TH]").check()
    teacher.locator("select[name=licence]").select_option("cc")
    teacher.locator("button[name=submit]").click()
    teacher.wait_for_url(lambda address: "/edit" not in address)
    reviewer.goto(teacher.url)
    reviewer.locator("form[action$='/publish'] button:not([formaction])").click()
    expect(reviewer.locator(".notice-success").first).to_be_visible()


def pick(page: Page, words: str, title: str) -> None:
    """Search inside the course, again while the index is a moment behind, and add what is found."""
    for _ in range(40):
        page.locator("main input[type=search]").fill(words)
        page.locator("main input[type=search]").press("Enter")
        page.wait_for_url("**find=**")
        button = page.get_by_role("button", name=f"Thêm {title}")
        if button.count():
            button.click()
            return
        page.wait_for_timeout(250)
    pytest.fail(f"{words!r} did not find {title!r}")


def lesson_of(page: Page) -> FrameLocator:
    page.wait_for_url("**/play/**")
    return page.frame_locator("#player").frame_locator("#stage iframe")


def titles(page: Page) -> list[str]:
    return page.locator(".course-items h3").all_inner_texts()


def test_a_teacher_builds_a_course_from_search_results_and_opens_it(site, person, way):
    publish_a_lesson(site, person)
    teacher = person(TEACHER)
    teacher.goto(f"{site.address}/courses")
    follow(teacher.get_by_role("link", name="Tạo khóa học").first)
    has_no_barriers(teacher)
    teacher.locator("input[name=title]").fill(COURSE)
    teacher.locator("select[name=subject]").select_option("TOAN")
    teacher.get_by_role("button", name="Lưu").click()
    expect(teacher.locator("h1")).to_have_text(COURSE)
    way["course"] = teacher.url

    teacher.locator("main input[type=search]").fill("phan so")
    teacher.locator("main input[type=search]").press("Enter")
    teacher.locator("#add ~ ul form button").first.click()
    pick(teacher, "chia banh cho cong bang", LESSON)
    expect(teacher.locator(".course-items h3")).to_have_count(2)
    teacher.get_by_role("button", name=f"Chuyển lên: {LESSON}").press("Enter")
    expect(teacher.locator(".course-items h3").first).to_have_text(LESSON)
    teacher.wait_for_function("() => document.activeElement.value === 'down'")
    has_no_barriers(teacher)

    for link in ("Thiết lập", COURSE, LESSON, "Thêm vào khóa học"):
        follow(teacher.get_by_role("link", name=link).first)
        has_no_barriers(teacher)
    teacher.goto(way["course"])
    teacher.locator("select[name=class]").select_option(label="4A")
    teacher.get_by_role("button", name="Mở khóa học").click()
    expect(teacher.locator(".notice-success")).to_contain_text("4A")
    expect(teacher.locator("#classes ~ ul")).to_contain_text("Lớp 4A")


def test_a_pupil_takes_what_comes_next_and_returns_to_the_course(site, person, way):
    pupil = person(PUPIL)
    pupil.goto(f"{site.address}/courses")
    has_no_barriers(pupil)
    pupil.get_by_role("link", name=COURSE).click()
    expect(pupil.locator(".course-next")).to_contain_text(LESSON)
    has_no_barriers(pupil)
    pupil.locator(".course-next button").click()
    played = lesson_of(pupil)
    played.locator("#next").click()
    expect_saved(pupil)
    pupil.locator(".shell-back").click()
    pupil.wait_for_url(way["course"])

    pupil.locator(".course-next").get_by_role("button", name="Học tiếp").click()
    played = lesson_of(pupil)
    expect(played.locator("#page")).to_have_text("2. Hai phân số bằng nhau")
    played.locator("#finish").click()
    expect_saved(pupil)
    pupil.frame_locator("#player").locator('[data-nav="exitAll"]').click()
    pupil.frame_locator("#player").locator("[data-end-leave]").click()
    pupil.wait_for_url(way["course"])
    expect(pupil.locator(".course-items > li").first).to_contain_text("Đạt")
    expect(pupil.locator(".course-items > li").first).to_contain_text("8")
    expect(pupil.locator(".course-progress")).to_contain_text("1/2")


def test_the_matrix_shows_score_and_progress_and_feedback_reaches_the_pupil(site, person, way):
    teacher = person(TEACHER)
    teacher.goto(way["course"])
    teacher.get_by_role("link", name="Lớp 4A").click()
    row = teacher.locator(".matrix tbody tr").filter(has_text="Nguyễn Gia Bách")
    expect(row.locator("td").first).to_contain_text("8")
    expect(row.locator("td").nth(2)).to_have_text("1/2")
    has_no_barriers(teacher)
    with teacher.expect_download() as download:
        teacher.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    row.get_by_role("link").click()
    teacher.locator("summary", has_text="Nhận xét").first.click()
    teacher.locator("textarea").first.fill("Em làm tốt lắm!")
    teacher.locator("input[name=score]").first.fill("9,5")
    teacher.get_by_role("button", name="Gửi").first.click()
    expect(teacher.locator("section.panel").first).to_contain_text("9,5")
    has_no_barriers(teacher)

    pupil = person(PUPIL)
    pupil.goto(way["course"])
    expect(pupil.locator(".said").first).to_contain_text("Em làm tốt lắm!")
    expect(pupil.locator(".course-items .score").first).to_contain_text("9,5")


def test_a_pupil_of_another_school_is_refused(site, person, way):
    stranger = person(FOREIGN_PUPIL)
    stranger.goto(f"{site.address}/courses")
    assert stranger.get_by_role("link", name=COURSE).count() == 0
    assert stranger.goto(way["course"]).status == 404


def test_without_scripts_a_course_is_still_arranged_and_opened(site, browser, way):
    from elearn.demo.accounts import PASSWORD  # noqa: PLC0415 - only here

    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{site.address}/sign-in")
    page.locator("input[name=login]").fill(TEACHER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.goto(way["course"])
    before = titles(page)
    page.get_by_role("button", name=f"Chuyển xuống: {before[0]}").click()
    expect(page.locator(".course-items h3").last).to_have_text(before[0])
    context.close()
