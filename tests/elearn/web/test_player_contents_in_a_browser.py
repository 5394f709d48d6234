"""The player's page around the content in Chromium: contents, devices, focus, drawer, the end and what follows."""

import re
from pathlib import Path

import axe_playwright_python.base as axe
import pytest
from playwright.sync_api import expect

from tests.support.desk import Desk, served, speaking
from tests.support.manifests import manifest_xml, sco
from tests.support.saved import expect_saved
from tests.support.shelf import AUTHOR, put
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

AXE = Path(axe.AXE_FILE_PATH).read_text(encoding="utf-8")
ASK = """async (tags) => (await axe.run(document, {iframes: false, runOnly: {type: "tag", values: tags}})).violations
  .map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" ")}`)"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 360, "height": 740}
ACROSS = {"width": 740, "height": 360}
SCROLLS = """() => {
  const page = document.scrollingElement;
  return page.scrollHeight > innerHeight || page.scrollWidth > innerWidth;
}"""
FLOW = '<imsss:sequencing><imsss:controlMode flow="true" choice="%s"/></imsss:sequencing>'
DONE = """document.getElementById("take").onclick = () => {
  set("cmi.score.scaled", "0.8"); set("cmi.completion_status", "completed"); set("cmi.success_status", "passed");
};"""


def item(name, inside="", title=None):
    resource = "" if inside else f' identifierref="r-{name}"'
    return f'<item identifier="{name}"{resource}><title>{title or f"Phần {name}"}</title>{inside}</item>'


def course(items, names, choice="true"):
    organizations = (
        f'<organizations default="o1"><organization identifier="o1"><title>Toán lớp 5</title>{items}'
        f"{FLOW % choice}</organization></organizations>"
    )
    resources = "".join(sco(f"r-{name}", f"{name}.html") for name in names)
    manifest = manifest_xml(organizations=organizations, resources=resources)
    return simple_zip(
        {"imsmanifest.xml": manifest, **{f"{name}.html": speaking(f"Phần {name}", DONE) for name in names}}
    )


def chapters(choice="true"):
    """Two chapters: a with a1 and a2, b with b1; in this order."""
    a = item("a", item("a1") + item("a2") + FLOW % choice, "Chương một: phân số và các phép tính với phân số")
    b = item("b", item("b1") + FLOW % choice)
    return course(a + b, ["a1", "a2", "b1"], choice)


@pytest.fixture
def origin(app):
    with served(app) as address:
        yield address


@pytest.fixture
def desk(browser, origin, sign_in, make_account):
    make_account(AUTHOR)
    desk = Desk(browser, origin, sign_in("hoc.sinh"))
    yield desk
    desk.context.close()


@pytest.fixture
def lesson(house, desk):
    return put(house, chapters())


def expect_focus_in(desk, title):
    """The content has the keyboard, in the frame with this title."""
    frame = desk.player.locator(f'#stage iframe[title="{title}"]')
    expect(frame).to_be_visible()
    desk.page.wait_for_function("() => document.activeElement === document.getElementById('player')")
    assert frame.evaluate("frame => document.activeElement === frame")


def test_contents_are_nested_and_tell_the_status_in_words(desk, lesson):
    desk.launch(lesson)
    expect(desk.part("a1")).to_have_accessible_name("Phần a1 Đang học")
    expect(desk.part("b1")).to_have_accessible_name("Phần b1 Chưa học")
    expect(desk.player.locator("#toc-list > li > ol > li")).to_have_count(3)
    expect(desk.player.locator("#done-words")).to_have_text("Đã xong 0/3 phần")

    desk.content.locator("#take").click()
    expect(desk.part("a1")).to_have_accessible_name("Phần a1 Đạt")
    expect(desk.player.locator("#done-words")).to_have_text("Đã xong 1/3 phần")
    expect(desk.player.locator("#done-bar")).to_have_js_property("value", 1)


def test_arrow_keys_walk_through_the_contents_fold_them_and_enter_opens_a_part(desk, lesson):
    desk.launch(lesson)
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    desk.part("o1").focus()
    for key, name in [("ArrowDown", "a"), ("ArrowDown", "a1"), ("End", "b1"), ("ArrowLeft", "b"), ("Home", "o1")]:
        desk.page.keyboard.press(key)
        expect(desk.part(name)).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowLeft")
    expect(desk.part("a1")).to_be_hidden()
    expect(desk.player.locator(".twisty").first).to_have_attribute("aria-expanded", "false")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.part("b")).to_be_focused()
    desk.page.keyboard.press("ArrowRight")
    desk.page.keyboard.press("Enter")
    expect(desk.content.locator("h1")).to_have_text("Phần b1")
    expect_focus_in(desk, "Phần b1")

    desk.device("previous").click()
    expect(desk.part("a2")).to_be_visible()  # the chapter unfolds for the part that runs
    expect_focus_in(desk, "Phần a2")


def test_a_device_that_does_nothing_now_says_why(desk, lesson):
    desk.launch(lesson)
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    previous = desk.device("previous")
    expect(previous).to_have_attribute("aria-disabled", "true")
    expect(previous).to_have_accessible_description("Đây là phần đầu tiên.")
    previous.dispatch_event("click")
    expect(desk.player.locator("#remark")).to_contain_text("Đây là phần đầu tiên.")
    desk.player.locator("#remark button").click()
    expect(desk.player.locator("#remark")).to_be_hidden()
    expect(desk.content.locator("h1")).to_have_text("Phần a1")


def test_auxiliary_resources_of_a_part_are_links_while_it_runs(desk, house):
    table = '<imsss:auxiliaryResource auxiliaryResourceID="r-b" purpose="Bảng cửu chương"/>'
    missing = '<imsss:auxiliaryResource auxiliaryResourceID="r-none" purpose="Không có"/>'
    more = f"<imsss:sequencing><imsss:auxiliaryResources>{table}{missing}</imsss:auxiliaryResources></imsss:sequencing>"
    first = item("a").replace("</item>", f"{more}</item>")
    desk.launch(put(house, course(first + item("b"), ["a", "b"])))
    expect(desk.content.locator("h1")).to_have_text("Phần a")
    desk.player.locator(".more summary").click()
    link = desk.player.locator("#extras a")
    expect(link).to_have_text("Bảng cửu chương")
    with desk.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator("h1")).to_have_text("Phần b")
    desk.device("continue").click()
    expect(desk.content.locator("h1")).to_have_text("Phần b")
    expect(desk.player.locator("#extras")).to_be_hidden()


def test_parts_that_cannot_be_chosen_say_why(desk, house):
    desk.launch(put(house, chapters(choice="false")))
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    entry = desk.part("b1")
    expect(entry).to_have_attribute("aria-disabled", "true")
    entry.dispatch_event("click")
    expect(desk.player.locator("#remark")).to_contain_text("Bài giảng tự dẫn bạn")


def test_keys_of_the_page_are_not_taken_from_the_content(desk, lesson):
    desk.launch(lesson)
    desk.content.locator("#take").focus()
    desk.page.keyboard.press("Alt+PageDown")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.content.locator("#take")).to_be_focused()
    desk.device("continue").focus()
    desk.page.keyboard.press("Alt+PageDown")
    expect(desk.content.locator("h1")).to_have_text("Phần a2")


@pytest.mark.parametrize("size", [PHONE, ACROSS], ids=["upright", "across"])
def test_a_phone_shows_the_contents_as_a_drawer_and_gives_the_rest_to_the_content(desk, lesson, size):
    desk.page.set_viewport_size(size)
    desk.launch(lesson)
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    scrolls = (
        "document.scrollingElement.scrollHeight > innerHeight || document.scrollingElement.scrollWidth > innerWidth"
    )
    assert not desk.page.evaluate(scrolls)
    assert not desk.player.locator("body").evaluate(f"() => {scrolls}")
    box = desk.player.locator("#stage iframe").bounding_box()
    assert box["width"] * box["height"] > 0.72 * size["width"] * size["height"]

    expect(desk.part("a2")).to_be_hidden()
    desk.player.locator("#toc-toggle").click()
    expect(desk.part("a1")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.part("a2")).to_be_hidden()
    expect(desk.player.locator("#toc-toggle")).to_be_focused()
    desk.player.locator("#toc-toggle").click()
    desk.part("a2").click()
    expect(desk.content.locator("h1")).to_have_text("Phần a2")
    expect(desk.part("a2")).to_be_hidden()


def test_a_page_that_was_turned_keeps_its_content(desk, lesson):
    desk.page.set_viewport_size(PHONE)
    desk.launch(lesson)
    desk.content.locator("h1").evaluate("heading => (heading.textContent = 'còn nguyên')")
    desk.page.set_viewport_size(ACROSS)
    expect(desk.content.locator("h1")).to_have_text("còn nguyên")


def test_the_end_shows_the_result_and_leads_to_another_attempt(desk, lesson):
    desk.launch(lesson)
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    for _ in "a1", "a2", "b1":
        desk.content.locator("#take").click()
        desk.device("continue").click()
    end = desk.player.locator("[data-attempt-ended]")
    expect(end).to_be_focused()
    expect(end).to_contain_text("Đạt")
    first = desk.page.url
    end.get_by_role("button", name="Học lại từ đầu").click()
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    assert desk.page.url != first
    expect(desk.part("a1")).to_be_visible()


def test_what_was_put_aside_goes_on_at_once(desk, lesson):
    desk.launch(lesson)
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    desk.device("continue").click()
    expect(desk.content.locator("h1")).to_have_text("Phần a2")
    desk.device("suspendAll").click()
    expect_saved(desk.page)
    desk.player.get_by_role("button", name="Học tiếp bây giờ").click()
    expect(desk.content.locator("h1")).to_have_text("Phần a2")


def test_full_screen_is_entered_and_left_by_the_button(desk, lesson):
    desk.launch(lesson)
    button = desk.page.locator("#fullscreen")
    button.click()
    expect(button).to_have_accessible_name("Thoát toàn màn hình")
    button.click()
    expect(button).to_have_accessible_name("Toàn màn hình")


def test_where_there_is_no_full_screen_there_is_no_button(desk, lesson):
    desk.page.add_init_script(
        "for (const name of ['fullscreenEnabled', 'webkitFullscreenEnabled'])"
        " Object.defineProperty(Document.prototype, name, {value: false})"
    )
    desk.launch(lesson)
    expect(desk.page.locator("#fullscreen")).to_be_hidden()


def test_the_page_has_no_barriers(desk, lesson):
    desk.launch(lesson)
    expect(desk.content.locator("h1")).to_have_text("Phần a1")
    frame = next(each for each in desk.page.frames if "/p/" in each.url)
    frame.evaluate(AXE)
    faults = {}
    for name, size in (("wide", {"width": 1280, "height": 800}), ("across", ACROSS), ("upright", PHONE)):
        desk.page.set_viewport_size(size)
        faults[name] = frame.evaluate(ASK, TAGS)
    desk.player.locator("#toc-toggle").click()
    faults["drawer"] = frame.evaluate(ASK, TAGS)
    assert not any(faults.values()), faults


def test_the_page_shows_contents_and_devices_without_its_scripts(desk, lesson):
    desk.context.route(re.compile("/static/player/(runtime|player|contents|display).js"), lambda route: route.abort())
    desk.launch(lesson)
    expect(desk.part("a1")).to_have_accessible_name("Phần a1 Đang học")
    expect(desk.device("previous")).to_have_attribute("aria-disabled", "true")
    expect(desk.device("continue")).to_be_visible()
