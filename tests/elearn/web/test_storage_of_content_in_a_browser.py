"""What lessons get of localStorage in Chromium itself: Playwright switches the partitioning of storage off.

So a frame of another site (localhost and {label}.localhost) is denied it here, as in browsers whose owner blocks
third-party storage; a frame of the same site, as in production, has it.
"""

import time

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.chromium import ARGUMENTS, executable
from tests.support.installation import ADMINISTRATOR, Server, command, serving
from tests.support.playing import some_scos
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

SCO = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phần</title><h1>Bắt đầu</h1>
<script>
  const heading = document.querySelector("h1");
  parent.API_1484_11.Initialize("");
  %s
  parent.API_1484_11.SetValue("cmi.location", "trang-2");
  heading.textContent = "Đã chạy: " + kept;
</script>"""
PATIENCE = 30  # seconds
EVERYBODY = ("em.1", "em.2", "em.3", "em.4")  # each plays once, so that no lease stands in the way
CAREFUL = 'let kept = "không lưu"; try { localStorage.setItem("x", "có lưu"); kept = localStorage.x; } catch (e) {}'
CARELESS = 'localStorage.setItem("x", "có lưu"); const kept = localStorage.x;'


class Errors:
    """The errors of a page and its frames that nobody caught; news of them may come after what they leave behind."""

    def __init__(self, page):
        self.page, self.heard = page, []
        page.context.on("weberror", lambda error: self.heard.append(str(error.error)))

    def wait_for(self, *words):
        end = time.monotonic() + PATIENCE
        while not any(all(word in error for word in words) for error in self.heard):
            assert time.monotonic() < end, self.heard
            self.page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("storage") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    for login, role in ((ADMINISTRATOR, "administrator"), *((name, "student") for name in EVERYBODY)):
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
    package = home / "khoa-hoc.zip"
    files = {"a.html": SCO % CAREFUL, "b.html": SCO % CARELESS}
    package.write_bytes(simple_zip({"imsmanifest.xml": some_scos("a", "b"), **files}))
    command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish")
    return Server(home)


@pytest.fixture(scope="module")
def learners():
    return iter(EVERYBODY)


@pytest.fixture(scope="module")
def whole_browser(browser):
    """Not the headless shell, which knows no third parties."""
    whole = browser.browser_type.launch(executable_path=executable(), args=list(ARGUMENTS))
    yield whole
    whole.close()


@pytest.fixture
def play(server, whole_browser, learners):
    """Play a part of the course at an address: gives its heading and the errors that nobody caught."""
    contexts = []

    def play(address, part):
        contexts.append(whole_browser.new_context(locale="vi-VN"))
        page = contexts[-1].new_page()
        errors = Errors(page)
        page.goto(f"{address}/sign-in")
        page.locator("input[name=login]").fill(next(learners))
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto(f"{address}/materials/{server.material}")
        page.locator("[data-launch]").click()
        player = page.frame_locator("#player")
        player.locator(f'[data-activity="{part}"]').click()
        expect(player.locator(f'[data-activity="{part}"]')).to_have_attribute("aria-current", "true")
        return player.frame_locator("#stage iframe").locator("h1"), errors

    yield play
    for context in contexts:
        context.close()


def test_at_the_address_of_the_demo_a_careful_lesson_works_and_a_careless_one_stops_with_an_error(server, play):
    address = f"http://localhost:{server.port}"
    with serving(server):
        heading, errors = play(address, "a")
        expect(heading).to_have_text("Đã chạy: không lưu")
        assert errors.heard == []
        heading, errors = play(address, "b")
        expect(heading).to_have_text("Bắt đầu")
        errors.wait_for("localStorage", "denied")


def test_at_addresses_of_one_site_a_careless_lesson_works_too(server, play):
    address = f"http://elearn.localhost:{server.port}"
    server.settings |= {
        "ELEARN_PUBLIC_URL": address,
        "ELEARN_CONTENT_ORIGIN": f"http://{{package}}.elearn.localhost:{server.port}",
    }
    with serving(server):
        for part in "ab":
            heading, errors = play(address, part)
            expect(heading).to_have_text("Đã chạy: có lưu")
            assert errors.heard == []
