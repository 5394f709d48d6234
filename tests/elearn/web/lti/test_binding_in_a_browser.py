"""A click in a page of another site in Chromium, with and without what a browser may keep for us there."""

import re
import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from elearn.web.lti.login import COOKIE
from tests.support.chromium import strict_chromium
from tests.support.lti_doors import Door
from tests.support.lti_site import lti_site
from tests.support.playing import one_sco
from tests.support.shelf import AUTHOR, put
from tests.support.zips import simple_zip

pytestmark = [pytest.mark.journey]

PLAYING = re.compile(r"/l/[^/]+/play/")
# Inside of frames nothing can be kept, as in some browsers of phones.
KEEPS_NOTHING = """
  if (window.top !== window) {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    Object.defineProperty(document, "cookie", { get() { return ""; }, set() {} });
  }
"""
# The page of the platform keeps things for its tools (LTI Client Side postMessages, Platform Storage).
PLATFORM_KEEPS = """
  if (window.top === window && location.pathname === "/view") {
    const kept = new Map();
    addEventListener("message", ({ data, origin, source }) => {
      const { subject, message_id, key } = data;
      if (subject === "lti.put_data") kept.set(origin + key, data.value);
      if (!["lti.put_data", "lti.get_data"].includes(subject)) return;
      source.postMessage({ subject: `${subject}.response`, message_id, key, value: kept.get(origin + key) }, origin);
    });
  }
"""


@pytest.fixture(scope="module")
def strict_browser(browser):
    with strict_chromium(browser) as strict:
        yield strict


@pytest.fixture
def page(strict_browser):
    context = strict_browser.new_context(locale="vi-VN")
    yield context.new_page()
    context.close()


@pytest.fixture
def tool(app):
    """The address of the library."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def click(house, app, tool, make_account, page):
    """Open an activity in the course, in a frame; gives the platform."""
    make_account(AUTHOR)
    uid = put(house, simple_zip({"imsmanifest.xml": one_sco(), "index.html": "<!doctype html><title>Bài</title>"}))
    with lti_site() as site:
        door = Door(house, app, site, tool)
        link = door.place(uid)

        def go(**fields):
            begin = site.begin
            site.begin = lambda *asked: begin(*asked) | fields
            page.goto(f"{site.issuer}/view?user=42&client={door.tool.id}&link={link}")
            return site

        yield go


@pytest.fixture
def without_cookies(monkeypatch):
    """The cookie of a login never comes back."""
    monkeypatch.setitem(COOKIE, "path", "/nowhere/")


def plays(page):
    page.frame("tool").wait_for_url(PLAYING)


def test_a_cookie_of_its_own_partition_is_enough(click, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    click()
    plays(page)
    assert not [url for url in asked if url.endswith("/lti/launch/confirm")]
    assert {cookie["name"] for cookie in page.context.cookies()} == set()  # it is used up


def test_without_cookies_the_storage_of_the_frame_is_enough(click, page, without_cookies):
    click()
    plays(page)


def test_without_any_storage_the_platform_keeps_it(click, page, without_cookies):
    page.add_init_script(KEEPS_NOTHING)
    page.add_init_script(PLATFORM_KEEPS)
    click(lti_storage_target="_parent")
    plays(page)


def test_where_nothing_is_kept_one_button_begins_in_a_new_window(click, page, without_cookies):
    page.context.add_init_script(KEEPS_NOTHING)
    site = click()
    button = page.frame_locator("[name=tool]").get_by_role("button", name="Mở trong cửa sổ mới")
    expect(button).to_be_visible()
    assert site.requests("authorization") == []  # the launch of the platform is not used up
    with page.expect_popup() as opened:
        button.click()
    opened.value.wait_for_url(PLAYING)
    assert len(site.requests("authorization")) == 1
