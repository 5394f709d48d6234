"""A SCORM 2004 course of several parts in Chromium, on a real server: walking, contents, the end, a second tab."""

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.installation import ADMINISTRATOR, LEARNERS, Server, command, serving
from tests.support.playing import some_scos
from tests.support.saved import expect_saved
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phần</title>
<h1>Phần %s</h1><p id="entry"></p>
<button id="done">Xong</button> <button id="leave">Sang phần sau</button>
<script>
  const api = parent.API_1484_11;
  api.Initialize("");
  document.getElementById("entry").textContent = api.GetValue("cmi.entry") + "|" + api.GetValue("cmi.location");
  document.getElementById("done").onclick = () => {
    api.SetValue("cmi.location", "trang-2");
    api.SetValue("cmi.completion_status", "completed");
    api.SetValue("cmi.success_status", "passed");
  };
  document.getElementById("leave").onclick = () => {
    api.SetValue("adl.nav.request", "continue");
    api.Terminate("");
  };
  addEventListener("pagehide", () => api.Terminate(""));
</script>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("player") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    for login, role in ((ADMINISTRATOR, "administrator"), *((name, "student") for name in LEARNERS)):
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
    package = home / "khoa-hoc.zip"
    package.write_bytes(
        simple_zip({"imsmanifest.xml": some_scos("a", "b"), **{f"{name}.html": PAGE % name for name in "ab"}})
    )
    command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish")
    with serving(Server(home)) as server:
        yield server


@pytest.fixture
def learner(server, browser, request):
    """Somebody who has not played yet, on the page of the course; each test takes the next one."""
    login = request.param
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"http://localhost:{server.port}/sign-in")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    yield page
    context.close()


def launch(page, server):
    page.goto(f"http://localhost:{server.port}/materials/{server.material}")
    page.locator("[data-launch]").click()
    return page.frame_locator("#player")


def content(player):
    return player.frame_locator("#stage iframe")


@pytest.mark.parametrize("learner", LEARNERS[:1], indirect=True)
def test_a_learner_walks_through_a_course_and_finishes_it(learner, server):
    player = launch(learner, server)
    expect(content(player).locator("h1")).to_have_text("Phần a")
    content(player).locator("#done").click()
    expect(player.locator('[data-activity="a"]')).to_have_attribute("data-state", "passed")
    expect_saved(learner)

    content(player).locator("#leave").click()
    expect(content(player).locator("h1")).to_have_text("Phần b")
    expect(player.locator('[data-activity="b"]')).to_have_attribute("aria-current", "true")

    player.locator('[data-nav="previous"]').click()
    expect(content(player).locator("h1")).to_have_text("Phần a")
    player.locator('[data-activity="b"]').click()
    content(player).locator("#done").click()
    expect_saved(learner)

    player.locator('[data-nav="exitAll"]').click()
    expect(player.locator("[data-attempt-ended]")).to_be_visible()
    expect(player.locator("#stage iframe")).to_have_count(0)

    learner.reload()
    expect(learner.locator("#refused")).to_contain_text("Lượt học này đã kết thúc")
    learner.locator("#refused a").click()
    expect(learner.locator("[data-launch]")).to_be_visible()


@pytest.mark.parametrize("learner", LEARNERS[1:2], indirect=True)
def test_a_second_tab_is_told_and_can_take_over(learner, server):
    first = launch(learner, server)
    content(first).locator("#done").click()
    expect_saved(learner)
    other = learner.context.new_page()
    second = launch(other, server)
    expect(second.locator("#notice button")).to_be_visible()
    expect(second.locator("#stage iframe")).to_have_count(0)

    second.locator("#notice button").click()
    expect(content(second).locator("#entry")).to_have_text("resume|trang-2")
    content(first).locator("#leave").click()
    expect(first.locator("#notice button")).to_be_visible()
    expect(first.locator("#stage iframe")).to_have_count(0)


@pytest.mark.parametrize("learner", LEARNERS[1:2], indirect=True)
def test_the_journal_keeps_its_entries_while_nobody_is_signed_in(learner, server):
    learner.goto(f"http://localhost:{server.port}/library")
    cookies = learner.context.cookies()
    message = {"number": 1, "launch": 1, "delta": {}, "final": False}
    learner.evaluate("() => Journal.drain()")  # behind the one of the page itself
    learner.evaluate("message => Journal.put('0'.repeat(32), '1'.repeat(32), message)", message)
    learner.context.clear_cookies()
    learner.evaluate("() => Journal.drain()")
    assert learner.evaluate("async () => (await Journal.all()).length") == 1

    learner.context.add_cookies(cookies)
    learner.evaluate("() => Journal.drain()")
    assert learner.evaluate("async () => (await Journal.all()).length") == 0
