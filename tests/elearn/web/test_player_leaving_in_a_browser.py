"""Pages that go away in Chromium, on a real server: what content saves last is kept, and nobody is kept out."""

import json
import re
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from bench.support import Browser as Program
from tests.support.installation import ADMINISTRATOR, Server, command, serving
from tests.support.playing import some_scos
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

EVENTS = ("pagehide", "unload", "beforeunload")
PARTS = [*EVENTS, *(f"inner-{event}" for event in EVENTS), "asks"]
LEARNERS = [f"hoc.sinh.{number}" for number in range(len(PARTS) * 2 + 3)]

SAVING = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phần</title><h1>%(part)s</h1>
<p id="entry"></p><button id="set">Ghi</button>
<script>
  let place = window;
  while (!place.API_1484_11) place = place.parent;
  const api = place.API_1484_11;
  api.Initialize("");
  document.getElementById("entry").textContent = api.GetValue("cmi.entry") + "|" + api.GetValue("cmi.location");
  document.getElementById("set").onclick = () => api.SetValue("cmi.location", "giữa chừng");
  addEventListener("%(event)s", () => {
    api.SetValue("cmi.location", "%(part)s");
    api.SetValue("cmi.exit", "%(exit)s");
    api.SetValue("adl.nav.request", "%(wish)s");
    api.Terminate("");
  });
</script>"""
NESTING = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phần</title><iframe src="%s"></iframe>'


def files_of(part: str) -> dict[str, str]:
    """The pages of a part that saves only when it goes away, in its own window or in a frame inside it."""
    event = part.rpartition("-")[2] if part != "asks" else "pagehide"
    wish, leave = ("{target=unload}choice", "normal") if part == "asks" else ("_none_", "suspend")
    saving = SAVING % {"part": part, "event": event, "exit": leave, "wish": wish}
    if not part.startswith("inner-"):
        return {f"{part}.html": saving}
    return {f"{part}.html": NESTING % f"{part}-frame.html", f"{part}-frame.html": saving}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("leaving") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    for login, role in ((ADMINISTRATOR, "administrator"), *((name, "student") for name in LEARNERS)):
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
    package = home / "ra-ve.zip"
    pages = {name: page for part in PARTS for name, page in files_of(part).items()}
    package.write_bytes(simple_zip({"imsmanifest.xml": some_scos(*PARTS), **pages}))
    command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish")
    with serving(Server(home)) as server:
        yield server


@pytest.fixture(scope="module")
def free_logins():
    return iter(LEARNERS)


class Desk:
    """A browser of its own at which a learner plays."""

    def __init__(self, browser, server, login):
        self.server, self.login = server, login
        self.context = browser.new_context(locale="vi-VN")
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.player = self.page.frame_locator("#player")
        self.sign_in()

    def sign_in(self):
        self.page.goto(f"http://localhost:{self.server.port}/sign-in")
        self.page.locator("input[name=login]").fill(self.login)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def launch(self):
        self.page.goto(f"http://localhost:{self.server.port}/materials/{self.server.material}")
        self.page.locator("[data-launch]").click()
        self.page.wait_for_url("**/play/**")

    def choose(self, part):
        self.player.locator(f'[data-activity="{part}"]').click()
        expect(self.content(part).locator("h1")).to_have_text(part)

    def content(self, part):
        outer = self.player.frame_locator("#stage iframe")
        return outer.frame_locator("iframe") if part.startswith("inner-") else outer

    def entry(self, part):
        return self.content(part).locator("#entry")

    def leave(self):
        self.page.locator(".shell-back").click()
        self.page.wait_for_url("**/materials/**")


@pytest.fixture
def desks(browser, server, free_logins):
    """Desks of one learner who has not played yet; each call is another browser."""
    login, opened = next(free_logins), []

    def another():
        opened.append(Desk(browser, server, login))
        return opened[-1]

    yield another
    for desk in opened:
        desk.context.close()


@pytest.fixture
def desk(desks):
    desk = desks()
    desk.launch()
    return desk


@pytest.mark.parametrize("part", PARTS[:-1])
def test_what_content_saves_when_the_page_goes_away_is_there_in_another_browser_at_once(desk, desks, part):
    desk.choose(part)
    desk.leave()
    other = desks()
    other.launch()
    expect(other.entry(part)).to_have_text(f"resume|{part}")


@pytest.mark.parametrize("part", PARTS[:-1])
def test_what_content_saves_when_the_learner_goes_to_another_part_is_kept(desk, part):
    desk.choose(part)
    desk.choose("asks")
    desk.choose(part)
    expect(desk.entry(part)).to_have_text(f"resume|{part}")


def test_content_that_asks_for_another_part_when_the_page_goes_away_is_followed(desk, desks):
    desk.choose("asks")
    desk.leave()
    other = desks()
    other.launch()
    expect(other.content("unload").locator("h1")).to_have_text("unload")


@pytest.fixture
def heard(server):
    """What the server has heard from player pages since, as paths (browsers do not show goodbyes to programs)."""
    start = server.log.stat().st_size

    def read():
        log = server.log.read_bytes()[start:].decode()
        return re.findall(r"/rt/[a-z]+", log)

    return read


def test_one_message_says_goodbye_and_an_older_one_that_comes_later_keeps_nobody_out(desk, desks, server, heard):
    with desk.page.expect_request("**/rt/commit") as sent:
        desk.content("pagehide").locator("#set").click()
    older = sent.value
    expect(desk.page.locator("#saved")).to_have_attribute("data-state", "saved")
    desk.leave()

    host, bearer = urlsplit(older.url).netloc, {"Authorization": older.headers["authorization"]}
    with closing(Program(server.port)) as program:
        again = program.post_json("/rt/commit", json.loads(older.post_data), host, **bearer)
        beat = program.post_json("/rt/beat", {}, host, **bearer)
    assert (again.status, json.loads(again.body)["repeated"], beat.status) == (200, True, 200)
    other = desks()
    other.launch()
    expect(other.entry("pagehide")).to_have_text("resume|pagehide")
    assert heard() == ["/rt/commit", "/rt/commit", "/rt/commit", "/rt/beat"]  # set, the goodbye, repeat, beat


def test_a_page_that_has_said_everything_only_gives_the_lease_up(desk, desks, heard):
    # What this content sets when it goes away would be let pass after its Terminate, and be one more thing to say.
    silence = """api.SetValue = () => "true";"""
    goodbye = f"""() => {{ api.SetValue("cmi.exit", "suspend"); api.Terminate(""); {silence} }}"""
    desk.entry("pagehide").evaluate(goodbye)
    expect(desk.page.locator("#saved")).to_have_attribute("data-state", "saved")
    desk.leave()
    other = desks()
    other.launch()
    expect(other.content("pagehide").locator("h1")).to_have_text("pagehide")
    assert heard() == ["/rt/commit", "/rt/release"]


def test_signing_out_in_another_tab_ends_the_page_and_the_next_sign_in_saves_what_it_had(desk):
    place = desk.page.context.new_page()
    place.goto(f"http://localhost:{desk.server.port}/account")
    place.locator("form[action='/sign-out']").first.evaluate("form => form.submit()")
    place.wait_for_url(lambda address: "/account" not in address)

    desk.content("pagehide").locator("#set").click()
    expect(desk.page.locator("#saved")).to_have_attribute("data-state", "refused")
    expect(desk.player.locator("#notice")).to_contain_text("đăng nhập lại")
    expect(desk.player.locator("#stage iframe")).to_have_count(0)

    desk.page.close()
    desk.page = place
    desk.player = place.frame_locator("#player")
    desk.sign_in()
    desk.launch()
    expect(desk.entry("pagehide")).to_have_text("resume|pagehide")
