"""Every page of the people's application in Chromium, as each role, wide and on a phone: no barriers, no overflow."""

import re
import threading
from pathlib import Path

import axe_playwright_python.base as axe
import pytest
import time_machine
from playwright.sync_api import expect
from werkzeug.serving import make_server

from elearn.services import reports
from tests.support.contributing import indexed
from tests.support.courses import MONDAY
from tests.support.every_page import LOGINS, Everything
from tests.support.page_addresses import addresses_of

pytestmark = [pytest.mark.journey]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# On a phone the same elements stand elsewhere: only what depends on where they stand is asked again.
WIDTHS = {
    1280: {"type": "tag", "values": TAGS},
    360: {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]},
}
AXE = Path(axe.AXE_FILE_PATH).read_text(encoding="utf-8")
# What stands in a frame is a lesson, which is not ours, or a page that the walk opens by itself.
ASK = """async (rules) => {
  const ways = {runOnly: rules, resultTypes: ["violations"], iframes: false};
  const found = await axe.run(document, ways);
  const page = document.documentElement;
  const shown = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ");
  const told = found.violations.map((rule) => `${rule.id}: ${shown(rule.nodes)}`);
  if (page.scrollWidth > page.clientWidth) told.push(`wider than the window by ${page.scrollWidth - page.clientWidth}`);
  return told;
}"""
MAIN = re.compile(r"<main.*</main>|<body.*</body>", re.DOTALL)
NOWHERE = "/nowhere"  # the one page of an error
# Two people's pages of the same elements with the same classes are one page for this walk, whatever the words say.
SAME = re.compile(r'(?<=>)[^<]+(?=<)|(?<= )(?:href|value|id|for|action|src|title|data-[a-z]+|aria-[a-z]+)="[^"]*"')


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture
def everything(clock, house, password_hash):
    with house.database.write() as session:
        made = Everything(session, password_hash)
        addresses = made.parameters(), made.more()
    indexed(house)
    reports.step(house.database)
    return addresses


@pytest.fixture
def served(house, app, everything):
    """The application on a port of this machine, until the end of the test."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Walker:
    """Opens pages as one person: first without a browser, to learn which of them look like none before."""

    def __init__(self, browser, origin, plain):
        self.context = browser.new_context(locale="vi-VN", base_url=origin, reduced_motion="reduce")
        self.context.add_init_script(AXE)
        self.page = self.context.new_page()
        self.plain = plain
        cookie = plain.cookie()
        if cookie is not None:
            self.context.add_cookies([{"name": "elearn", "value": cookie, "url": origin}])

    def look(self, address, seen):
        """What is wrong with a page; nothing for what is no page for this person, or was looked at before."""
        answer = self.plain.get(address, headers={"Accept": "text/html"})
        assert answer.status_code < 500, f"{address}: {answer.status_code}"
        if answer.status_code != 200 and address != NOWHERE:
            return []
        shape = SAME.sub("", MAIN.search(answer.text)[0])
        if shape in seen:
            return []
        seen.add(shape)
        self.page.set_viewport_size({"width": next(iter(WIDTHS)), "height": 800})
        self.page.goto(address)
        return [f"{width}: {fault}" for width in WIDTHS for fault in self._faults(width)]

    def _faults(self, width):
        self.page.set_viewport_size({"width": width, "height": 800})
        return self.page.evaluate(ASK, WIDTHS[width])


def test_no_page_has_a_barrier_or_is_wider_than_its_window(app, everything, served, browser, make_browser):
    parameters, more = everything
    addresses = [*addresses_of(app, parameters), *more]
    faults, seen = {}, set()
    for login in (*LOGINS, None):
        plain = make_browser()
        if login is not None:
            assert plain.sign_in(login).status_code == 303
        walker = Walker(browser, served, plain)
        for address in addresses:
            found = walker.look(address, seen)
            if found:
                faults[f"{login} {address}"] = found
        walker.context.close()
    assert faults == {}
    assert len(seen) > len(addresses) * 0.8, "hardly any page was looked at"


def test_the_keyboard_reaches_content_menus_and_leaves_them(served, browser, make_browser, everything):
    plain = make_browser()
    plain.sign_in("hieutruong")
    walker = Walker(browser, served, plain)
    page = walker.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    more = page.locator(".mainnav .menu > summary")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mainnav .menu-panel")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu-panel') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".mainnav .menu-panel")).to_be_hidden()
    expect(more).to_be_focused()
    walker.context.close()


@pytest.mark.parametrize("width", [360, 800, 1024, 1280])
@pytest.mark.parametrize("login", ["quantri", "hieutruong", "giaovien"])
def test_every_entry_of_the_bar_can_be_seen_once_at_every_width(served, browser, make_browser, login, width):
    plain = make_browser()
    plain.sign_in(login)
    walker = Walker(browser, served, plain)
    walker.page.set_viewport_size({"width": width, "height": 800})
    walker.page.goto("/account")
    menu = walker.page.locator(".mainnav summary")
    if menu.is_visible():
        menu.click()
    shown = [link.get_attribute("href") for link in walker.page.locator(".mainnav a:visible").all()]
    there = {link.get_attribute("href") for link in walker.page.locator(".mainnav a").all()}
    bar = walker.page.locator(".mainnav ul").bounding_box()
    walker.context.close()
    assert sorted(shown) == sorted(there)
    assert bar["height"] < 60, "the bar takes one line"
