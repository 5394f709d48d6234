"""The calls of content in Chromium: asked for by the author, told to whoever plays, kept also when the page is left."""

import time

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.installation import ADMINISTRATOR, Server, command, serving
from tests.support.playing import one_sco
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

PATIENCE = 60  # seconds
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Bài</title><h1>Bài</h1>
<button id="go">Làm</button>
<script>
  const api = parent.API;
  api.LMSInitialize("");
  document.getElementById("go").onclick = () => {
    api.LMSSetValue("cmi.core.score.raw", "mười");
    api.LMSSetValue("cmi.core.lesson_location", "3");
  };
  addEventListener("pagehide", () => api.LMSFinish(""));
</script>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("calls") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    command(home, "user", "add", ADMINISTRATOR, "--role", "administrator", "--password-stdin", given=f"{PASSWORD}\n")
    package = home / "bai.zip"
    package.write_bytes(simple_zip({"imsmanifest.xml": one_sco(), "index.html": PAGE}))
    command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish")
    with serving(Server(home)) as server:
        yield server


@pytest.fixture
def author(server, browser):
    context = browser.new_context(locale="vi-VN", base_url=f"http://localhost:{server.port}")
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(ADMINISTRATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    yield page
    context.close()


def launch(page, server):
    """Launch the lesson; gives the player and the uid of the attempt."""
    page.goto(f"/materials/{server.material}")
    page.locator("[data-launch]").click()
    page.wait_for_url("**/play/*")
    player = page.frame_locator("#player")
    expect(player.frame_locator("#stage iframe").locator("h1")).to_be_visible()
    return player, page.url.rpartition("/")[2]


def test_calls_are_recorded_once_asked_for_and_also_the_last_ones(author, server):
    player, attempt = launch(author, server)
    expect(player.locator(".recording")).to_have_count(0)
    author.goto(f"/attempts/{attempt}/calls")
    author.get_by_role("button", name="Ghi mọi lượt mở học liệu này").click()
    expect(author.get_by_text("Từ lần mở bài tiếp theo")).to_be_visible()

    player, attempt = launch(author, server)
    expect(player.locator(".recording")).to_be_visible()
    with author.expect_request(lambda request: "mười" in (request.post_data or "")) as sent:
        player.frame_locator("#stage iframe").locator("#go").click()
    assert sent.value.response().json()["kept"] >= 2

    calls = author.locator("table.calls tbody tr")
    end = time.monotonic() + PATIENCE
    author.goto(f"/attempts/{attempt}/calls")
    while not calls.filter(has_text="Terminate").count():  # the last batch outlives its page
        assert time.monotonic() < end, calls.all_inner_texts()
        author.reload()
    expect(calls.filter(has_text="SetValue").filter(has_text="mười")).to_contain_text("405")
    expect(calls.filter(has_text="Terminate")).to_have_count(1)
    author.get_by_label("Chỉ các lỗi").check()
    author.get_by_role("button", name="Lọc").click()
    expect(calls).to_have_count(1)
