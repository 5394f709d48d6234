"""Content of all kinds in Chromium: made for one size, in windows of its own, silent, shouting, broken."""

import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from elearn.models.material import Material
from elearn.models.play_log import PlayRemark
from tests.support.desk import Desk, served, speaking
from tests.support.playing import some_scos
from tests.support.saved import expect_saved
from tests.support.shelf import AUTHOR, put
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

SLIDE = (
    '<meta name="viewport" content="width=1024, height=768"><div id="slide" style="width:1024px;height:768px"></div>'
)
FLASH = '<object width="800" height="600" data="a.swf"></object>'
SAVING = """document.getElementById("take").onclick = () => set("cmi.location", "trang-2");
  addEventListener("pagehide", () => { set("cmi.suspend_data", "lời cuối"); set("cmi.exit", "suspend"); end(); });
  document.title = ["entry", "location", "suspend_data"].map((name) => api.GetValue("cmi." + name)).join("|");"""
PATIENCE = 60  # seconds
NEXT = speaking("Phần b")


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
def play(desk, house):
    """Launch a course of pages `a` and `b` with switches of its author: `play(a="<p>", own_window=True)`."""

    def launch(a, b=NEXT, **options):
        uid = put(house, simple_zip({"imsmanifest.xml": some_scos("a", "b"), "a.html": a, "b.html": b}))
        with house.database.write() as session:
            session.scalars(select(Material).where(Material.uid == uid)).one().play_options = options
        desk.launch(uid)

    return launch


@pytest.fixture
def remarks(house):
    """What was told of the package, awaited: `remarks("content_silent")`."""

    def read(code, page):
        end = time.monotonic() + PATIENCE
        while True:
            with house.database.read() as session:
                found = session.scalars(select(PlayRemark).where(PlayRemark.code == code)).all()
            if found:
                return {remark.place for remark in found}
            assert time.monotonic() < end, code
            page.wait_for_timeout(100)

    return read


# Settles when the page has the size of the screen and the frame lies in the stage, with these proportions.
IS_WHOLE = """(stage, [width, height, ratio]) => new Promise((resolve) => {
  const look = () => {
    const [shown, room] = [stage.querySelector("iframe"), stage].map((each) => each.getBoundingClientRect());
    const isTurned = innerWidth === width && innerHeight < height;
    const isIn = shown.width <= room.width + 1 && shown.height <= room.height + 1;
    if (isTurned && isIn && Math.abs(shown.width / shown.height - ratio) < 0.02) resolve();
    else requestAnimationFrame(look);
  };
  look();
})"""


def remark(desk):
    return desk.player.locator("#remark")


def box(desk):
    expect(desk.player.locator("#stage.is-fitted iframe")).to_be_visible()
    return desk.player.locator("#stage iframe").bounding_box()


class TestContentMadeForOneSize:
    """It is whole on every screen, in the middle where there is room, and never larger than it was made."""

    def test_stands_in_the_middle_of_a_wide_screen(self, desk, play):
        desk.page.set_viewport_size({"width": 1600, "height": 1000})
        play(SLIDE)
        shown, stage = box(desk), desk.player.locator("#stage").bounding_box()
        assert (round(shown["width"]), round(shown["height"])) == (1024, 768)
        assert abs((shown["x"] - stage["x"]) * 2 + shown["width"] - stage["width"]) < 2

    def test_is_whole_on_a_phone_whichever_way_it_is_held(self, desk, play):
        play(SLIDE)
        for width, height in ((360, 740), (740, 360)):
            desk.page.set_viewport_size({"width": width, "height": height})
            box(desk)
            desk.player.locator("#stage").evaluate(IS_WHOLE, [width, height, 4 / 3])
        assert desk.content.locator("#slide").evaluate("slide => slide.ownerDocument.defaultView.innerWidth") == 1024

    def test_of_the_age_of_flash_is_known_by_its_object(self, desk, play):
        desk.page.set_viewport_size({"width": 1600, "height": 1000})
        play(FLASH)
        assert (round(box(desk)["width"]), round(box(desk)["height"])) == (800, 600)

    def test_has_the_size_its_author_says(self, desk, play):
        desk.page.set_viewport_size({"width": 1600, "height": 1000})
        play(speaking("Phần a"), frame_width=900, frame_height=500)
        assert (round(box(desk)["width"]), round(box(desk)["height"])) == (900, 500)
        desk.device("exitAll").click()
        expect(desk.player.locator("[data-attempt-ended]")).to_be_visible()
        expect(desk.player.locator("#stage.is-fitted")).to_have_count(0)

    def test_that_fits_itself_in_has_the_whole_stage(self, desk, play):
        play(speaking("Phần a"))
        expect(desk.content.locator("h1")).to_have_text("Phần a")
        shown, stage = (desk.player.locator(name).bounding_box() for name in ("#stage iframe", "#stage"))
        assert (shown["width"], shown["height"]) == (stage["width"], stage["height"])


def opened(desk, press):
    with desk.page.expect_popup() as window:
        press.click()
    window.value.wait_for_load_state()
    return window.value


def expect_closed(window):
    if not window.is_closed():
        window.wait_for_event("close")


class TestContentInAWindowOfItsOwn:
    """It finds the API through its opener, and what it says last is kept whichever window goes first."""

    @pytest.fixture
    def window(self, desk, play):
        play(speaking("Phần a", SAVING), own_window=True)
        return opened(desk, desk.player.get_by_role("button", name="Mở bài giảng"))

    def again(self, desk):
        desk.player.get_by_role("button", name="Học tiếp bây giờ").click()
        return opened(desk, desk.player.get_by_role("button", name="Mở bài giảng"))

    def test_that_is_closed_counts_as_left_and_goes_on_where_it_stopped(self, desk, window):
        expect(window.locator("h1")).to_have_text("Phần a")
        window.locator("#take").click()
        expect_saved(desk.page)
        window.close(run_before_unload=True)
        expect(desk.player.locator("#stage")).to_contain_text("đã đóng")
        desk.part("a").click()
        window = opened(desk, desk.player.get_by_role("button", name="Mở bài giảng"))
        expect(window).to_have_title("resume|trang-2|lời cuối")

    def test_that_never_says_goodbye_is_put_aside_when_it_is_closed(self, desk, play):
        play(
            speaking("Phần a", 'document.getElementById("take").onclick = () => set("cmi.location", "3");'),
            own_window=True,
        )
        window = opened(desk, desk.player.get_by_role("button", name="Mở bài giảng"))
        window.locator("#take").click()
        window.close()
        expect(desk.player.locator("[data-attempt-ended]")).to_contain_text("học tiếp")
        expect(self.again(desk).locator("h1")).to_have_text("Phần a")

    def test_saves_when_the_page_goes_away(self, desk, window):
        window.locator("#take").click()
        desk.page.locator(".shell-back").click()
        desk.page.wait_for_url("**/materials/**")
        desk.page.locator("[data-launch]").click()
        window = opened(desk, desk.player.get_by_role("button", name="Mở bài giảng"))
        expect(window).to_have_title("resume|trang-2|lời cuối")

    def test_shows_the_next_part_in_the_same_window(self, desk, window):
        window.locator("#take").click()
        desk.device("continue").click()
        expect(window.locator("h1")).to_have_text("Phần b")
        desk.device("exitAll").click()
        expect(desk.player.locator("[data-attempt-ended]")).to_be_visible()
        expect_closed(window)

    def test_that_the_browser_blocks_is_explained(self, desk, play):
        desk.context.add_init_script("window.open = () => null")
        play(speaking("Phần a"), own_window=True)
        desk.player.get_by_role("button", name="Mở bài giảng").click()
        expect(desk.player.locator("#stage")).to_contain_text("chặn cửa sổ")

    def test_which_content_opens_by_itself_saves_and_closes_with_it(self, desk, play):
        play(
            '<meta charset="utf-8"><button onclick="window.open(\'b.html\')">Vào bài</button>',
            speaking("Cửa sổ", SAVING),
        )
        window = opened(desk, desk.content.locator("button"))
        window.locator("#take").click()
        desk.part("b").click()
        expect(desk.part("b")).to_have_attribute("aria-current", "true")
        expect_closed(window)
        desk.part("a").click()
        window = opened(desk, desk.content.locator("button"))
        expect(window).to_have_title("resume|trang-2|lời cuối")


class TestContentThatMisbehaves:
    """The learner is told once, quietly; the author is told what and where."""

    def test_is_silent_for_half_a_minute(self, desk, play, remarks):
        desk.page.clock.install()
        play("<meta charset=utf-8><h1>Không nói gì</h1>")
        expect(desk.content.locator("h1")).to_be_visible()
        desk.page.clock.fast_forward(31_000)
        expect(remark(desk)).to_contain_text("chưa gửi tín hiệu")
        remark(desk).get_by_role("button", name="Đóng").click()
        expect(remark(desk)).to_be_hidden()
        desk.page.clock.fast_forward(5_000)
        assert remarks("content_silent", desk.page) == {""}

    def test_shouts_and_is_told_once_with_the_count(self, desk, play, remarks):
        play(speaking("Phần a", 'for (let n = 0; n < 60; n += 1) set("cmi.không_có", "x");'))
        expect(remark(desk)).to_contain_text("50 lần")
        assert remarks("content_api_errors", desk.page) == {"cmi.không_có"}
        expect(desk.content.locator("#take")).to_be_visible()

    def test_has_errors_in_its_scripts_and_misses_files(self, desk, play, remarks):
        broken = "<script>setInterval(() => { throw new Error('hỏng'); }, 50)</script><img src='hinh.png' alt=''>"
        play(f"<meta charset=utf-8>{broken}")
        expect(remark(desk)).to_contain_text("Bản thân bài giảng có lỗi")
        assert remarks("content_missing_file", desk.page) == {"hinh.png"}
        assert {place.partition(":")[0] for place in remarks("content_script_error", desk.page)} == {"a.html"}

    def test_misses_a_file_before_anybody_listens(self, desk, play, remarks):
        held = []
        desk.context.route("**/cham.js", lambda route: held.append(route))  # noqa: PLW0108 - wants a function
        with desk.page.expect_response("**/hinh.png"):
            play("<iframe src='b.html'></iframe><script src='cham.js'></script>", "<img src='hinh.png' alt=''>")
        held[0].fulfill(body="")  # only now is the frame of the part looked into
        assert remarks("content_missing_file", desk.page) == {"hinh.png"}

    def test_lacks_its_first_file(self, desk, play, remarks, house):
        play(speaking("Phần a"), own_window=False)
        expect(desk.content.locator("h1")).to_have_text("Phần a")
        desk.context.route("**/b.html*", lambda route: route.fulfill(status=404, body="Not found"))
        desk.device("continue").click()
        expect(remark(desk)).to_contain_text("thiếu tệp mở đầu")
        assert remarks("content_launch_missing", desk.page) == {"b.html"}

    def test_wants_to_be_framed_from_elsewhere(self, desk, play, remarks):
        stopped = lambda route: route.continue_() if route.request.method == "HEAD" else route.abort()  # noqa: E731
        desk.context.route("**/a.html*", stopped)
        play(speaking("Phần a"))
        expect(remark(desk)).to_contain_text("Không mở được phần này ở đây")
        assert remarks("content_launch_blocked", desk.page) == {""}

    def test_opens_one_box_after_another(self, desk, play, remarks):
        desk.page.on("dialog", lambda dialog: dialog.accept())
        play(speaking("Phần a", "setTimeout(() => { for (let n = 0; n < 6; n += 1) alert(n); }, 500);"))
        expect(remark(desk)).to_contain_text("hộp thông báo")
        assert remarks("content_dialogs", desk.page) == {""}

    def test_never_ends(self, desk, play, remarks):
        play(speaking("Phần a"))
        expect(desk.content.locator("h1")).to_be_visible()
        desk.device("continue").click()
        assert remarks("content_not_terminated", desk.page) == {""}

    def test_or_behaves_and_nothing_is_said(self, desk, play):
        desk.page.clock.install()
        play(speaking("Phần a"))
        expect(desk.content.locator("h1")).to_be_visible()
        desk.page.clock.fast_forward(60_000)
        expect(remark(desk)).to_be_hidden()


def test_content_that_has_ended_stays_until_the_learner_goes_on(desk, play):
    play(speaking("Phần a", 'document.getElementById("take").onclick = () => end();'))
    desk.content.locator("#take").click()
    expect_saved(desk.page)
    expect(desk.content.locator("h1")).to_have_text("Phần a")
    desk.device("continue").click()
    expect(desk.content.locator("h1")).to_have_text("Phần b")
