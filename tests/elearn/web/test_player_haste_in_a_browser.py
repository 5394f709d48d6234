"""A learner who is quicker than the page, in Chromium: no click is lost, none leads where nobody wanted to go."""

import re

import pytest
from playwright.sync_api import Error, expect

from tests.support.desk import PATIENCE, Desk, served, speaking
from tests.support.playing import some_scos
from tests.support.shelf import AUTHOR, put
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

LOOK = 20  # ms
# The content wants to be left, in a way that leads to the next part or nowhere.
LEAVING = """document.getElementById("take").onclick = () => { set("adl.nav.request", "%s"); api.Terminate(""); };"""


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


class Navigations:
    """The navigations the page asks the server for; each waits until it is let go."""

    def __init__(self, page):
        self.page, self.asked, self._held = page, [], []
        page.route("**/rt/navigate", self._hold)

    def _hold(self, route):
        self.asked.append(route.request.post_data_json["request"])
        self._held.append(route)

    def let_go(self):
        """Wait for the next one, if it has not come yet, and let it reach the server."""
        for _ in range(PATIENCE // LOOK):
            if self._held:
                return self._held.pop(0).continue_()
            self.page.wait_for_timeout(LOOK)
        raise AssertionError("the page asks for nothing")


@pytest.fixture
def navigations(desk):
    return Navigations(desk.page)


@pytest.fixture
def course(house, desk):
    """Publish a course of the parts a, b and c whose content asks for something when it is left."""

    def publish(wish="continue"):
        parts = {f"{name}.html": speaking(f"Phần {name}", LEAVING % wish) for name in "abc"}
        return put(house, simple_zip({"imsmanifest.xml": some_scos(*"abc"), **parts}))

    return publish


@pytest.fixture
def launch(desk, course):
    def launch(*wish):
        desk.launch(course(*wish))
        expect(desk.content.locator("h1")).to_have_text("Phần a")

    return launch


def expect_part(desk, name):
    expect(desk.content.locator("h1")).to_have_text(f"Phần {name}")
    expect(desk.player.locator("body")).not_to_contain_class("is-busy")


def expect_busy(desk):
    expect(desk.player.locator("body")).to_contain_class("is-busy")


def choice(part):
    return {"kind": "choice", "target": part}


@pytest.mark.parametrize("wish", ["continue", "abandon"])
def test_a_part_that_is_chosen_while_the_content_leaves_is_opened(desk, launch, navigations, wish):
    launch(wish)
    desk.content.locator("#take").click()
    expect_busy(desk)
    desk.part("c").click()
    navigations.let_go()
    navigations.let_go()
    expect_part(desk, "c")
    assert navigations.asked == [None, choice("c")]


def test_the_last_of_several_wishes_counts(desk, launch, navigations):
    launch()
    desk.part("b").click()
    desk.part("c").click()
    desk.device("suspendAll").click()
    navigations.let_go()
    navigations.let_go()
    expect(desk.player.locator("[data-attempt-ended]")).to_be_visible()
    assert navigations.asked == [choice("b"), {"kind": "suspendAll"}]


def test_a_double_click_is_one_wish(desk, launch, navigations):
    launch()
    desk.part("b").dblclick()
    navigations.let_go()
    expect_part(desk, "b")
    desk.device("continue").dblclick()
    navigations.let_go()
    expect_part(desk, "c")
    assert navigations.asked == [choice("b"), {"kind": "continue"}]


def test_a_part_to_which_the_content_has_led_meanwhile_is_not_opened_again(desk, launch, navigations):
    launch()
    desk.content.locator("#take").click()
    expect_busy(desk)
    desk.part("b").click()
    navigations.let_go()
    expect_part(desk, "b")
    assert navigations.asked == [None]


def test_the_page_cannot_be_clicked_before_its_scripts_listen(desk, course):
    held = []
    desk.page.route(re.compile("/static/player/player.js"), lambda route: held.append(route))  # noqa: PLW0108 - wants a function
    desk.launch(course())
    expect(desk.part("c")).to_be_visible()
    with pytest.raises(Error, match="Timeout"):
        desk.part("c").click(timeout=500)
    held[0].continue_()
    desk.part("c").click()
    expect_part(desk, "c")
