"""Sloppy content in Chromium, on a real server: what the switches of its package let pass is kept and remembered."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.installation import ADMINISTRATOR, Server, command, serving
from tests.support.packages import scorm_package

pytestmark = [pytest.mark.journey]
PATIENCE = 300  # tenths of a second in which the last remark of a page that has gone arrives
NEEDED = {"tolerated_long_values", "tolerated_loose_words", "tolerated_late_calls"}

SLOPPY = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Bài</title><h1>Bài</h1>
<p id="found"></p><button id="go">Ghi</button>
<script>
  let place = window;
  while (!place.API) place = place.parent;
  const api = place.API;
  api.LMSInitialize("");
  document.getElementById("found").textContent = [api.LMSGetValue("cmi.core.lesson_location"),
    api.LMSGetValue("cmi.suspend_data").length, api.LMSGetValue("cmi.core.lesson_status")].join("|");
  document.getElementById("go").onclick = () => {
    const said = [api.LMSSetValue("cmi.suspend_data", "x".repeat(5000)),
      api.LMSSetValue("cmi.core.lesson_status", "Incomplete")];
    document.getElementById("found").textContent = said.join("|");
  };
  addEventListener("beforeunload", () => {
    api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSFinish("");
  });
  addEventListener("pagehide", () => api.LMSSetValue("cmi.core.lesson_location", "trang 7"));
</script>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("sloppy") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    for login, role in ((ADMINISTRATOR, "administrator"), ("hoc.sinh", "student")):
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
    package = home / "bai.zip"
    package.write_bytes(scorm_package("1.2", index__html=SLOPPY))
    command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish")
    with closing(sqlite3.connect(home / "elearn.sqlite")) as database:
        database.execute("""update material set play_options = '{"tolerance": {"loose_words": true}}'""")
        database.commit()
    with serving(Server(home)) as server:
        yield server


def remarks(server):
    with closing(sqlite3.connect(server.home / "elearn.sqlite")) as database:
        return {code for (code,) in database.execute("select code from play_remark")}


def test_a_sloppy_lesson_goes_on_where_it_was_and_its_author_learns_why(browser, server):
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(f"http://localhost:{server.port}/sign-in")
    page.locator("input[name=login]").fill("hoc.sinh")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    found = page.frame_locator("#player").frame_locator("iframe").locator("#found")

    def launch():
        page.goto(f"http://localhost:{server.port}/materials/{server.material}")
        page.locator("[data-launch]").click()
        page.wait_for_url("**/play/**")

    launch()
    expect(found).to_have_text("|0|not attempted")
    page.frame_locator("#player").frame_locator("iframe").locator("#go").click()
    expect(found).to_have_text("true|true")
    page.locator(".shell-back").click()
    page.wait_for_url("**/materials/**")
    launch()
    expect(found).to_have_text("trang 7|5000|incomplete")
    for _ in range(PATIENCE):
        if remarks(server) == NEEDED:
            break
        page.wait_for_timeout(100)
    assert remarks(server) == NEEDED
    page.context.close()
