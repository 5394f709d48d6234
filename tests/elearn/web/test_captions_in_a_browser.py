"""Captions of a film and of a sound while Chromium plays them."""

import base64
import io
import re
import wave

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.installation import ADMINISTRATOR, Server, copied, serving

pytestmark = [pytest.mark.journey]

SRT = "1\n00:00:00,000 --> 00:00:20,000\nXin chào các em\n"
# A second of a picture that changes, or more until something has been recorded, by the browser itself.
RECORD = """async () => {
  const canvas = document.body.appendChild(document.createElement("canvas"));
  const drawing = canvas.getContext("2d");
  let hue = 0;
  const draw = setInterval(() => {
    drawing.fillStyle = `hsl(${(hue += 20)} 80% 50%)`;
    drawing.fillRect(0, 0, 300, 150);
  }, 40);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const pieces = [];
  let isSome;
  const some = new Promise((resolve) => { isSome = resolve; });
  recorder.ondataavailable = (event) => { if (event.data.size && pieces.push(event.data) > 1) isSome(); };
  recorder.start(200);
  await Promise.all([some, new Promise((resolve) => setTimeout(resolve, 1000))]);
  await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
  clearInterval(draw);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
PLAY = "async () => { const media = document.getElementById('media'); media.muted = true; await media.play(); }"
CUE = "() => document.getElementById('media').textTracks[0]?.activeCues?.[0]?.text"


@pytest.fixture(scope="module")
def server(prepared, tmp_path_factory):
    home = copied(prepared, tmp_path_factory.mktemp("captions") / "home")
    with serving(Server(home, ELEARN_LOCALE="vi")) as server:
        yield server


@pytest.fixture
def page(server, browser):
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"http://localhost:{server.port}/sign-in?next=/contribute")
    page.locator("input[name=login]").fill(ADMINISTRATOR)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/contribute$"))
    yield page
    context.close()


def opened_with_captions(page, data, name):
    """Upload a file, add captions to it, open it."""
    page.locator("#upload-file").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.locator("#upload-submit").click()
    page.wait_for_url(re.compile("/materials/[0-9a-f]+/edit$"))
    page.goto(page.url.removesuffix("/edit"))
    form = page.locator('form[action$="/captions"]')
    page.locator("details", has=form).evaluate_all("all => all.forEach((one) => { one.open = true; })")
    form.locator("select[name=language]").select_option("vi")
    form.locator("input[type=file]").set_input_files({"name": "loi.srt", "mimeType": "", "buffer": SRT.encode()})
    form.locator("[type=submit]").click()
    page.wait_for_url(re.compile("#captions$"))
    with page.context.expect_page() as window:
        page.locator(".material-actions a[target=_blank]").first.click()
    viewer = window.value
    viewer.wait_for_load_state()
    return viewer


def sound():
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(8000)
        written.writeframes(bytes([128]) * 8000 * 20)
    return file.getvalue()


def test_the_captions_of_a_film_are_shown_while_it_plays(page):
    viewer = opened_with_captions(page, base64.b64decode(page.evaluate(RECORD)), "phim.webm")
    viewer.evaluate(PLAY)
    viewer.wait_for_function(CUE)
    assert viewer.evaluate(CUE) == "Xin chào các em"
    expect(viewer.locator("#unplayed")).to_be_hidden()


def test_those_of_a_sound_that_plays_before_the_script_has_come_are_shown_when_it_comes(page):
    viewer, held = opened_with_captions(page, sound(), "som.wav"), []

    def hold(route):
        held.append(route)

    viewer.route("**/viewer/media.js*", hold)
    with viewer.expect_request("**/viewer/media.js*"):
        viewer.reload(wait_until="commit")
    viewer.locator("#media").wait_for(state="attached")
    viewer.evaluate(PLAY)
    viewer.wait_for_function(CUE)
    held[0].continue_()
    expect(viewer.locator("#lines")).to_have_text("Xin chào các em")


def test_those_of_a_sound_stand_below_it_also_after_seeking(page):
    viewer = opened_with_captions(page, sound(), "nghe.wav")
    viewer.evaluate(PLAY)
    expect(viewer.locator("#lines")).to_have_text("Xin chào các em")
    viewer.evaluate("() => { document.getElementById('media').currentTime = 15; }")
    viewer.wait_for_function("() => document.getElementById('media').currentTime >= 15")
    expect(viewer.locator("#lines")).to_have_text("Xin chào các em")
