"""A lesson inside a page of another site in Chromium, which blocks the cookies of third parties."""

import re
import threading
from datetime import timedelta

import pytest
from flask import Flask, request
from playwright.sync_api import expect
from sqlalchemy import select, update
from werkzeug.serving import make_server

from elearn.clock import now
from elearn.lti.claims import DeepLinkingSettings
from elearn.lti.keys import new_key
from elearn.models.account import BrowserSession, Role
from elearn.models.learning import ActivityState, Attempt
from elearn.models.lti import LtiPlatform
from elearn.models.lti_courses import LtiSession
from elearn.services.lti import keys
from elearn.web.lti import here
from tests.elearn.web.test_barriers_in_a_browser import ASK, AXE, TAGS
from tests.support.chromium import strict_chromium
from tests.support.launches import Course
from tests.support.lti_platform import read
from tests.support.playing import one_sco
from tests.support.saved import expect_saved
from tests.support.shelf import AUTHOR, put
from tests.support.web import PASSWORD
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

SCO = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phân số</title>
<h1>Phân số</h1> <button id="done">Xong</button> <button id="more">Thêm</button>
<script>
  const api = parent.API;
  api.LMSInitialize("");
  document.getElementById("done").onclick = () => {
    api.LMSSetValue("cmi.core.score.raw", "80");
    api.LMSSetValue("cmi.core.lesson_status", "passed");
  };
  document.getElementById("more").onclick = () => api.LMSSetValue("cmi.core.lesson_location", "trang-7");
</script>"""
COURSE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Toán 5</title>
<script>
  const heights = [];
  addEventListener("message", ({ data }) => data.subject === "lti.frameResize" && heights.push(data.height));
</script>
<h1>Toán 5</h1><iframe name="tool" title="Bài học" width="900" height="700" src="%s"></iframe>"""


@pytest.fixture(scope="module")
def strict_browser(browser):
    with strict_chromium(browser) as strict:
        yield strict


@pytest.fixture
def page(strict_browser):
    context = strict_browser.new_context(locale="vi-VN")
    yield context.new_page()
    context.close()


def serve(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def stop():
        server.shutdown()
        thread.join()
        server.server_close()

    return server.server_port, stop


@pytest.fixture
def tool(app):
    """The address of the library."""
    port, stop = serve(app)
    yield f"http://localhost:{port}"
    stop()


@pytest.fixture
def course(house, app, make_account):
    make_account(AUTHOR)
    return Course(house, app, put(house, simple_zip({"imsmanifest.xml": one_sco(), "index.html": SCO})))


@pytest.fixture
def platform(house, course):
    """The port of a platform that shows what it is told to; its registered origin is that of 127.0.0.1."""
    moodle = Flask("moodle")
    moodle.frames = ""
    moodle.add_url_rule("/course", view_func=lambda: COURSE % moodle.frames)
    port, stop = serve(moodle)
    with house.database.write() as session:
        address = f"http://127.0.0.1:{port}"
        session.execute(update(LtiPlatform).values(issuer=address, authorization_endpoint=f"{address}/auth"))
    moodle.port = port
    yield moodle
    stop()


def show(page, platform, tool, pupil, host="127.0.0.1", path="activity"):
    platform.frames = f"{tool}{pupil.base}/{path}"
    page.goto(f"http://{host}:{platform.port}/course")
    return page.frame_locator("iframe[name=tool]")


def lesson_in(frame):
    return frame.frame_locator("#player").frame_locator("#stage iframe")


def location(house):
    with house.database.read() as session:
        return session.scalars(select(ActivityState)).one().document.get("cmi.core.lesson_location")


def test_a_pupil_plays_in_the_frame_of_a_platform_and_nothing_is_lost_when_the_opening_ends(
    house, course, platform, tool, page
):
    frame = show(page, platform, tool, course.pupil())
    frame.locator("[data-launch]").click()
    lesson_in(frame).locator("#done").click()
    expect_saved(frame)
    with house.database.read() as session:
        attempt = session.scalars(select(Attempt)).one()
        assert (attempt.success, attempt.score_raw) == ("passed", 80)
    kept = frame.locator("html").evaluate("() => (document.cookie = 'a=1; SameSite=None; Secure', document.cookie)")
    assert (kept, page.context.cookies()) == ("", [])
    activity, player = page.evaluate("heights")[-2:]
    assert 0 < activity < 480 <= player

    with page.expect_popup() as opened:
        frame.locator("#own-window").click()
    own = opened.value
    own.wait_for_url(page.frame("tool").url)
    expect(own.locator("#own-window")).to_be_hidden()
    own.close()

    with house.database.write() as session:
        for row in (LtiSession, BrowserSession):
            session.execute(update(row).values(expires_at=now() - timedelta(seconds=1)))
    lesson_in(frame).locator("#more").click()
    expect(frame.locator("#saved")).to_have_text("Lượt mở này đã kết thúc")
    assert location(house) != "trang-7"
    frame.locator(".shell-back").click()
    expect(frame.locator("h1")).to_have_text("Lượt mở này đã kết thúc")

    with page.expect_response("**/play/journal") as late:
        show(page, platform, tool, course.pupil())
    assert late.value.status == 200
    assert location(house) == "trang-7"


def test_no_other_site_shows_a_launch_in_its_frame(course, platform, tool, page):
    frame = show(page, platform, tool, course.pupil(), host="localhost")
    page.frame("tool").wait_for_url(re.compile("^chrome-error:"), wait_until="commit")
    expect(frame.locator("[data-launch]")).to_have_count(0)


@pytest.mark.parametrize("width", [900, 320])
def test_the_activity_has_no_barrier_and_fits(course, tool, page, width):
    page.context.add_init_script(AXE)
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{tool}{course.pupil().base}/activity")
    assert page.evaluate(ASK, TAGS) == []


def test_minutes_before_the_end_the_open_page_says_so_and_at_the_end_too(course, tool, page):
    pupil = course.pupil()
    page.clock.install()
    page.goto(f"{tool}{pupil.base}/activity")
    said = page.locator("#launch-ends")
    expect(said).to_be_hidden()
    page.clock.fast_forward("03:45:00")
    expect(said).to_be_hidden()
    page.clock.fast_forward("00:06:00")
    expect(said).to_contain_text("sẽ kết thúc trong vài phút nữa")
    page.clock.fast_forward("00:10:00")
    expect(said).to_contain_text("đã kết thúc")


def test_a_teacher_picks_a_lesson_and_links_the_own_account_in_the_frame(
    house, course, platform, tool, page, make_account
):
    make_account("nhung", Role.TEACHER, name="Vũ Thị Nhung")
    with house.database.write() as session:
        keys.rotate(session, new_key())
    origin = f"http://127.0.0.1:{platform.port}"
    platform.add_url_rule("/return", "return", lambda: f"<p id=jwt>{request.form['JWT']}</p>", methods=["POST"])
    settings = DeepLinkingSettings(f"{origin}/return", frozenset({"ltiResourceLink"}), True, True)
    picker = course.pupil("Lê Văn Hòa", is_teaching=True, picking=settings.to_json())
    frame = show(page, platform, tool, picker, path="lti/pick")
    frame.get_by_role("button", name="Chọn:").click()
    frame.get_by_role("button", name="Đưa 1 mục vào khóa học").click()
    assert read(frame.locator("#jwt").text_content())[1]["aud"] == [origin]

    teacher = course.pupil("Lê Văn Hòa", is_teaching=True)
    mark = {"name": here.NAME, "value": here.mark_of(house.settings.secret_key, teacher.handle), "path": "/lti/"}
    kept = {"domain": "localhost", "secure": True, "httpOnly": True, "sameSite": "None"}
    page.context.add_cookies([{**mark, **kept, "partitionKey": "http://127.0.0.1"}])
    frame = show(page, platform, tool, teacher)
    frame.locator(".teacher-links a").click()
    frame.get_by_role("button", name="Liên kết tài khoản của tôi").click()
    with page.expect_popup() as opened:
        frame.locator("a[rel=opener]").click()
    local = opened.value
    local.locator("input[name=login]").fill("nhung")
    local.locator("input[name=password]").fill(PASSWORD)
    local.locator("input[name=password]").press("Enter")
    local.get_by_role("button", name="Đúng, cả hai đều là tôi").click()
    expect(frame.get_by_text("Vũ Thị Nhung (nhung)")).to_be_visible()
