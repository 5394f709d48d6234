"""A new version while somebody is in the middle of a lesson: in the library and in a course, in real browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.barriers import has_no_barriers
from tests.support.scos import honest_package

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

# These tests follow one another; `make test` keeps the tests of a file in one process and in their order.
pytestmark = [pytest.mark.journey]

LESSON, COURSE = "Đo độ dài bằng gang tay", "Đo lường lớp 4"
TEACHER, REVIEWER, PUPIL = "giaovien.th", "nguoiduyet", "hocsinh.th"
OLD, NEW = "Em đo bàn bằng gang tay.", "Em đo bàn bằng thước."


@pytest.fixture(scope="module")
def way(site, browser) -> dict[str, str]:
    """What the journeys of this module share: addresses."""
    return {}


def package(text: str) -> dict[str, object]:
    return {"name": "a.zip", "mimeType": "application/zip", "buffer": honest_package(LESSON, text)}


def lesson_of(page: Page) -> FrameLocator:
    page.wait_for_url("**/play/**")
    return page.frame_locator("#player").frame_locator("#stage iframe")


def test_a_lesson_is_published_put_into_a_course_and_begun(site, person, way):
    teacher, reviewer, pupil = person(TEACHER), person(REVIEWER), person(PUPIL)
    teacher.goto(f"{site.address}/contribute")
    teacher.locator("#upload-file").set_input_files(package(OLD))
    teacher.locator("#upload-submit").click()
    teacher.wait_for_url("**/edit")
    teacher.locator("input[name=levels][value=TH]").check()
    teacher.locator("select[name=licence]").select_option("cc")
    teacher.locator("button[name=submit]").click()
    teacher.wait_for_url(lambda address: "/edit" not in address)
    way["lesson"] = teacher.url
    reviewer.goto(teacher.url)
    reviewer.locator("form[action$='/publish'] button:not([formaction])").click()
    expect(reviewer.locator(".notice-success").first).to_be_visible()

    teacher.goto(f"{site.address}/courses/new")
    teacher.locator("input[name=title]").fill(COURSE)
    teacher.get_by_role("button", name="Lưu").click()
    expect(teacher.locator("h1")).to_have_text(COURSE)
    way["course"] = teacher.url.partition("#")[0]
    teacher.goto(f"{way['lesson']}/courses")
    teacher.locator("li", has_text=COURSE).get_by_role("button").click()
    teacher.goto(way["course"])
    teacher.locator("select[name=class]").select_option(label="4A")
    teacher.get_by_role("button", name="Mở khóa học").click()
    expect(teacher.locator(".course-items h3")).to_have_text([LESSON])

    pupil.goto(way["lesson"])
    pupil.locator("[data-launch]").first.click()
    expect(lesson_of(pupil).locator("body")).to_contain_text(OLD)
    pupil.goto(way["lesson"])  # a page that is left says goodbye; the next one need not wait for it


def test_a_new_version_waits_is_compared_and_accepted(person, way):
    teacher, reviewer = person(TEACHER), person(REVIEWER)
    teacher.goto(f"{way['lesson']}/versions/new")
    has_no_barriers(teacher)
    teacher.locator("#upload-file").set_input_files(package(NEW))
    teacher.locator("#note").fill("Đo bằng thước thay cho gang tay.")
    teacher.locator("#upload-submit").click()
    teacher.wait_for_url("**/versions")
    expect(teacher.locator("#version-2")).to_contain_text("chờ duyệt")

    reviewer.goto(f"{way['lesson']}/versions")
    has_no_barriers(reviewer)
    reviewer.locator("#version-2").get_by_role("link", name="Có gì mới trong phiên bản 2").click()
    expect(reviewer.locator("ins", has_text=NEW)).to_be_visible()
    has_no_barriers(reviewer)
    reviewer.goto(f"{way['lesson']}/versions")
    reviewer.get_by_role("button", name="Chạy thử phiên bản 2").click()
    expect(lesson_of(reviewer).locator("body")).to_contain_text(NEW)
    reviewer.goto(f"{way['lesson']}/versions")
    reviewer.get_by_role("button", name="Chấp nhận phiên bản này").click()
    expect(reviewer.locator("#version-2")).to_contain_text("đang dùng")


def test_who_has_begun_goes_on_with_the_old_one_and_may_begin_the_new(person, way):
    pupil = person(PUPIL)
    pupil.goto(way["lesson"])
    has_no_barriers(pupil)
    pupil.get_by_role("button", name="Học tiếp").click()
    expect(lesson_of(pupil).locator("body")).to_contain_text(OLD)
    pupil.goto(way["lesson"])
    pupil.get_by_role("button", name="Học lại từ đầu với phiên bản 2").click()
    expect(lesson_of(pupil).locator("body")).to_contain_text(NEW)


def test_the_course_keeps_the_old_one_until_its_teacher_takes_over_the_new(person, way):
    teacher, pupil = person(TEACHER), person(PUPIL)
    pupil.goto(way["course"])
    pupil.locator(".course-next button").click()
    expect(lesson_of(pupil).locator("body")).to_contain_text(OLD)

    teacher.goto(way["course"])
    has_no_barriers(teacher)
    expect(teacher.locator(".newer")).to_contain_text("đã có phiên bản 2")
    teacher.get_by_role("button", name=f"Nhận phiên bản 2: {LESSON}").click()
    expect(teacher.locator(".newer")).to_have_count(0)

    pupil.goto(way["course"])
    has_no_barriers(pupil)
    pupil.locator(".course-next button").click()
    expect(lesson_of(pupil).locator("body")).to_contain_text(OLD)
    pupil.goto(way["course"])
    pupil.get_by_role("button", name=f"{LESSON}: Học phiên bản mới").click()
    expect(lesson_of(pupil).locator("body")).to_contain_text(NEW)


def test_withdrawn_it_says_so_at_its_address(person, way):
    reviewer, pupil = person(REVIEWER), person(PUPIL)
    reviewer.goto(way["lesson"])
    reviewer.locator(".panel-danger summary").click()
    reviewer.locator("#reason").fill("Hình có bản quyền.")
    reviewer.on("dialog", lambda dialog: dialog.accept())
    reviewer.locator(".panel-danger button").last.click()
    expect(reviewer.locator(".tombstone")).to_contain_text("Hình có bản quyền.")
    pupil.goto(way["lesson"])
    expect(pupil.locator(".tombstone")).to_contain_text("Hình có bản quyền.")
    has_no_barriers(pupil)
