"""A teacher teaches a lesson: chosen class, full screen, keys of a clicker, minutes that count, evidence."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey]

TEACHER, HEAD = "giaovien.th", "hieutruong.th"
BEATEN = 60_000  # ms in which a heartbeat is heard, on a busy machine too; there is one every 15 seconds


@pytest.fixture(scope="module")
def short_lessons(site):
    """A ruleset of this test's database by which one minute with a class is use in teaching."""
    with sqlite3.connect(site.home / "elearn.sqlite", timeout=30) as database:
        database.execute("UPDATE ruleset SET rules = json_set(rules, '$.b_minutes', 1)")
    database.close()


def newest_act(site) -> str:
    """The uid of the act that was recorded last."""
    database = sqlite3.connect(site.home / "elearn.sqlite", timeout=30)
    try:
        found = database.execute("SELECT uid FROM usage_act WHERE kind = 'taught' ORDER BY id DESC LIMIT 1")
        return str(found.fetchone()[0])
    finally:
        database.close()


def teach(page: Page, site, words: str, kind: str) -> None:
    """Find a material of a kind, while the index may be a moment behind, and begin to teach it."""
    way = page.locator(".hit a[href$='/teach']")
    for _ in range(240):
        page.goto(f"{site.address}/library?q={words}&kind={kind}")
        if way.count():
            break
        page.wait_for_timeout(500)
    way.first.click()
    page.locator("select[name=period]").select_option("3")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/teach/*")


def test_a_lesson_of_a_minute_counts_and_the_head_opens_its_evidence(site, person, short_lessons):
    teacher = person(TEACHER)
    teach(teacher, site, "phan+so", "scorm")
    title = teacher.locator(".shell-title").inner_text()
    expect(teacher.locator("#words")).to_contain_text("Sẽ được tính sau 1 phút")
    lesson = teacher.frame_locator("#player").frame_locator("#stage iframe")
    expect(lesson.locator("body")).to_be_visible()
    expect(teacher.locator("#words")).to_have_attribute("data-counts", "yes", timeout=60_000 + BEATEN)
    teacher.locator(".teach-end").click()
    expect(teacher.locator(".notice-success")).to_contain_text("Được tính")
    teacher.goto(f"{site.address}/teach")
    expect(teacher.locator(".row-list li").first).to_contain_text("được tính")
    head = person(HEAD)
    head.goto(f"{site.address}/reports/acts/{newest_act(site)}")
    expect(head.locator("main")).to_contain_text(title)
    expect(head.locator("main")).to_contain_text("4A")


def test_f_fills_the_screen_and_keys_of_a_clicker_reach_the_lesson(site, person):
    teacher = person(TEACHER)
    teach(teacher, site, "phan+so", "scorm")
    lesson = teacher.frame_locator("#player").frame_locator("#stage iframe")
    lesson.locator("html.scripted").wait_for()
    shown = lesson.locator("section:visible").first
    first = shown.inner_text()
    teacher.locator(".shell-title").click()
    teacher.keyboard.press("f")
    expect(teacher.locator("#shell:fullscreen")).to_have_count(1)
    teacher.keyboard.press("f")
    expect(teacher.locator("#shell:fullscreen")).to_have_count(0)
    teacher.keyboard.press("PageDown")
    expect(shown).not_to_have_text(first)
    second = shown.inner_text()
    teacher.keyboard.press("PageDown")
    expect(shown).not_to_have_text(second)


def test_a_document_turns_its_pages_by_key(site, person):
    teacher = person(TEACHER)
    teach(teacher, site, "", "pdf")
    expect(teacher.locator("#page")).to_contain_text("1/")
    teacher.keyboard.press("PageDown")
    expect(teacher.locator("#page")).to_contain_text("2/")
    assert "#page=2" in teacher.locator("#file").get_attribute("src")
    teacher.keyboard.press("PageUp")
    expect(teacher.locator("#page")).to_contain_text("1/")


def test_a_cut_line_is_told_and_mended(site, person):
    teacher = person(TEACHER)
    teach(teacher, site, "", "pdf")
    teacher.context.set_offline(True)
    expect(teacher.locator("#words")).to_contain_text("Mất kết nối", timeout=BEATEN)
    teacher.context.set_offline(False)
    expect(teacher.locator("#words")).not_to_contain_text("Mất kết nối", timeout=BEATEN)


def test_a_second_window_takes_over_and_the_first_is_told(site, person):
    teacher = person(TEACHER)
    teach(teacher, site, "", "pdf")
    second = teacher.context.new_page()
    teach(second, site, "", "pdf")
    expect(teacher.locator("main")).to_contain_text("bắt đầu một phiên dạy khác", timeout=BEATEN)
