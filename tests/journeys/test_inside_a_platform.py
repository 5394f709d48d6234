"""In a platform on another site, without third-party cookies: registered, a lesson picked, played, graded."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.chromium import strict_chromium
from tests.support.lti_site import lti_site
from tests.support.saved import expect_saved
from tests.support.scos import honest_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, FrameLocator, Page

pytestmark = [pytest.mark.journey]

TITLE = "Đòn bẩy và quy tắc mô men lực"
PUPIL, TEACHER = "42", "2"
PATIENCE = 30_000  # ms


@pytest.fixture(scope="module")
def strict(browser) -> Iterator[BrowserContext]:
    with strict_chromium(browser) as shipped:
        context = shipped.new_context(locale="vi-VN")
        context.set_default_timeout(PATIENCE)
        yield context


def tool(page: Page) -> FrameLocator:
    return page.frame_locator("[name=tool]")


def test_from_one_address_to_a_grade(site, person, strict, tmp_path):
    lesson = tmp_path / "don-bay.zip"
    lesson.write_bytes(honest_package(TITLE, "Lực nhân cánh tay đòn."))
    site.elearn("import", str(lesson), "--by", "quantri", "--publish")

    with lti_site() as platform:
        administrator = person("quantri")
        administrator.goto(f"{site.address}/administration/platforms/invite")
        administrator.locator("main form[method=post] button[type=submit]").click()
        address = administrator.locator("#address").input_value()

        page = strict.new_page()
        page.goto(f"{platform.issuer}/register?tool={address}")
        tool(page).get_by_role("button", name="Đóng").click()
        (client,) = platform.clients.values()

        administrator.goto(f"{site.address}/administration/platforms")
        administrator.locator("main a[href^='/administration/platforms/0']").first.click()
        administrator.locator("form[action$='/accept'] button").click()

        page.goto(f"{platform.issuer}/view?user={TEACHER}&client={client.id}")
        choose = tool(page).get_by_role("button", name=f"Chọn: {TITLE}")
        for _ in range(20):  # the worker has just heard of the lesson
            tool(page).locator("main input[name=q]").fill("don bay")
            tool(page).locator("main input[name=q]").press("Enter")
            expect(tool(page).locator("#found")).to_contain_text("don bay")
            if choose.count():
                break
            page.wait_for_timeout(300)
        choose.click()
        tool(page).locator("form[action$='/pick/answer'] button").click()
        expect(tool(page).locator("#links")).to_have_text("1")
        (link,) = platform.links.values()
        assert link.title == TITLE

        page.goto(f"{platform.issuer}/view?user={PUPIL}&client={client.id}&link={link.id}")
        content = tool(page).frame_locator("#player").frame_locator("#stage iframe")
        content.locator("#finish").click()
        expect_saved(tool(page))
        end = time.monotonic() + PATIENCE / 1000
        while platform.book.grade(link.id, PUPIL) is None and time.monotonic() < end:
            page.wait_for_timeout(200)
        page.goto(f"{platform.issuer}/course?user={PUPIL}")
        expect(page.locator("output")).to_have_text("80.0")
        # What proves a teacher's browser is kept in the partition of the platform; nothing else stays.
        assert {cookie["name"] for cookie in strict.cookies()} == {"lti-here"}
