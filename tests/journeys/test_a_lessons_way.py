"""A lesson's way through the house: uploaded, reviewed, published, found, played, closed midway, resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.saved import expect_saved
from tests.support.scos import honest_package

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

# These tests follow one another; `make test` keeps the tests of a file in one process and in their order.
pytestmark = [pytest.mark.journey]

TITLE = "Phân số bằng nhau qua trò chơi chia bánh"
IS_CUT = "async () => { while (await fetch('/healthz').then(() => true, () => false)); }"
KEPT = "async (words) => JSON.stringify(await Journal.all()).includes(JSON.stringify(words).slice(1, -1))"
AUTHOR, REVIEWER, LEARNER = "giaovien.th", "nguoiduyet", "hocsinh.th"


def upload(page: Page, site, name: str, package: bytes) -> None:
    page.goto(f"{site.address}/contribute")
    page.locator("#upload-file").set_input_files({"name": name, "mimeType": "application/zip", "buffer": package})
    page.locator("#upload-submit").click()
    page.wait_for_url("**/edit")


def describe_and_submit(page: Page) -> str:
    """Say what the reviewers need and submit; gives the address of the material."""
    page.locator("input[name=levels][value=TH]").check()
    page.locator("select[name=licence]").select_option("cc")
    page.locator("button[name=submit]").click()
    page.wait_for_url(lambda address: "/edit" not in address)
    return page.url


def publish(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("form[action$='/publish'] button:not([formaction])").click()
    expect(page.locator(".notice-success").first).to_be_visible()


def find(page: Page, site, words: str, title: str) -> None:
    """Search as a person does, again while the index is a moment behind."""
    for _ in range(40):
        page.goto(f"{site.address}/library")
        page.locator("main input[name=q]").fill(words)
        page.locator("main input[name=q]").press("Enter")
        page.wait_for_url("**q=**")
        if page.get_by_role("link", name=title).count():
            return
        page.wait_for_timeout(250)
    pytest.fail(f"{words!r} did not find {title!r}")


def content(page: Page) -> FrameLocator:
    return page.frame_locator("#player").frame_locator("#stage iframe")


def launch(page: Page) -> FrameLocator:
    page.locator("[data-launch]").click()
    page.wait_for_url("**/play/**")
    return content(page)


def cut(page: Page) -> None:
    """Cut the line, and wait until the player's page feels it."""
    page.context.set_offline(True)
    page.frame_locator("#player").locator("html").evaluate(IS_CUT)


@pytest.fixture(scope="module")
def lesson(site, browser) -> dict[str, str]:
    """What the journeys of this module share: the address of the published lesson."""
    return {}


def test_a_teacher_uploads_a_package_and_a_reviewer_publishes_it(site, person, lesson):
    teacher = person(AUTHOR)
    upload(teacher, site, "chia-banh.zip", honest_package(TITLE, "Hai phân số bằng nhau có cùng giá trị."))
    teacher.locator("input[name=title]").fill(TITLE)
    lesson["address"] = describe_and_submit(teacher)

    reviewer = person(REVIEWER)
    reviewer.goto(f"{site.address}/review")
    expect(reviewer.get_by_role("link", name=TITLE)).to_be_visible()
    publish(reviewer, lesson["address"])

    teacher.goto(lesson["address"])
    expect(teacher.locator("main")).to_contain_text("Đã xuất bản")


def test_the_author_cannot_publish_the_own_lesson(site, person):
    teacher = person(AUTHOR)
    upload(teacher, site, "rieng.zip", honest_package("Bài của riêng tôi", "Chưa ai duyệt."))
    address = describe_and_submit(teacher)
    teacher.goto(address)
    assert teacher.locator("form[action$='/publish']").count() == 0


def test_a_pupil_finds_it_without_accents_plays_closes_the_tab_and_resumes(site, person, lesson):
    pupil = person(LEARNER)
    find(pupil, site, "phan so bang nhau chia banh", TITLE)
    pupil.get_by_role("link", name=TITLE).first.click()
    lesson_page = launch(pupil)
    expect(lesson_page.locator("#page")).to_have_text("1. Mở đầu")
    expect(lesson_page.locator("#found")).to_have_text("ab-initio|")
    lesson_page.locator("#next").click()
    expect(lesson_page.locator("#page")).to_have_text("2. Hai phân số bằng nhau")
    expect_saved(pupil)

    context = pupil.context
    pupil.close()  # midway, without a goodbye
    again = context.new_page()
    again.goto(lesson["address"])
    resumed = launch(again)
    expect(resumed.locator("#page")).to_have_text("2. Hai phân số bằng nhau")
    expect(resumed.locator("#found")).to_have_text('resume|{"page":1,"answer":"2/4"}')
    again.locator(".shell-back").click()
    again.wait_for_url("**/materials/**")


def test_a_score_reaches_the_page_of_the_material(site, person, lesson):
    pupil = person(LEARNER)
    pupil.goto(lesson["address"])
    played = launch(pupil)
    played.locator("#finish").click()
    expect_saved(pupil)
    pupil.frame_locator("#player").locator('[data-nav="exitAll"]').click()
    expect(pupil.frame_locator("#player").locator("[data-attempt-ended]")).to_be_visible()
    pupil.goto(lesson["address"])
    expect(pupil.locator("[data-attempt-row]").first).to_contain_text("80")


def test_a_network_cut_during_play_loses_nothing(site, person, lesson):
    pupil = person("hocsinh.thcs")
    context = pupil.context
    pupil.goto(f"{site.address}/library")
    teacher = person("giaovien.thcs")
    upload(teacher, site, "mat-mang.zip", honest_package("Bài học khi mất mạng", "Đường truyền yếu."))
    address = describe_and_submit(teacher)
    publish(person(REVIEWER), address)

    pupil.goto(address)
    lesson_page = launch(pupil)
    expect(lesson_page.locator("#page")).to_have_text("1. Mở đầu")
    cut(pupil)
    lesson_page.locator("#next").click()
    expect(pupil.locator("#saved")).to_have_attribute("data-state", "offline")
    lesson_page.locator("#next").click()
    pupil.wait_for_function(KEPT, arg='"page":2')
    pupil.close()  # the page goes away while the line is still cut

    context.set_offline(False)
    later = context.new_page()
    later.goto(f"{site.address}/library")  # any page of the same account delivers the journal
    later.goto(address)
    resumed = launch(later)
    expect(resumed.locator("#page")).to_have_text("3. Luyện tập")


def test_a_second_window_is_told_and_can_take_over(site, person, lesson):
    pupil = person("hocsinh.thpt")
    pupil.goto(f"{site.address}/library?q=mach+dien")
    pupil.locator("main a[href*='/materials/']").first.click()
    address = pupil.url
    launch(pupil)
    expect(pupil.locator("#saved")).to_have_attribute("data-state", "saved")
    second = pupil.context.new_page()
    second.goto(address)
    second.locator("[data-launch]").click()
    notice = second.frame_locator("#player").locator("#notice")
    expect(notice).to_contain_text("cửa sổ khác")
    notice.locator("button").click()
    expect(second.frame_locator("#player").locator("#stage iframe")).to_be_visible()
