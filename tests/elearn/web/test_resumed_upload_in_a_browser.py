"""A file that goes on where it was, in Chromium on a real server: pause, reload, choose it again, describe it."""

import random
import re

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.installation import Server, another_teacher, copied, serving
from tests.support.packages import scorm_package

pytestmark = [pytest.mark.journey]

MEBIBYTE = 1024 * 1024
PADDING = random.Random(1).randbytes(4 * MEBIBYTE)


@pytest.fixture(scope="module")
def server(prepared, tmp_path_factory):
    home = copied(prepared, tmp_path_factory.mktemp("resumed") / "home")
    with serving(Server(home, ELEARN_LOCALE="vi")) as server:
        yield server


@pytest.fixture
def page(server, browser):
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"http://localhost:{server.port}/sign-in?next=/contribute")
    page.locator("input[name=login]").fill(another_teacher(server.home))
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/contribute$"))
    yield page
    context.close()


def lesson(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(scorm_package("1.2", index__html=f"<p>{name}</p>", padding__bin=PADDING))
    return file


def parts(page):
    """Where the parts that this page sends from now on begin."""
    sent = []
    page.on(
        "request",
        lambda request: sent.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    return sent


def send_the_first_part_only(page, file):
    """Send a file of which nothing arrives behind its first MiB; gives its row when the server has taken that."""

    def take(route):
        if route.request.headers.get("upload-offset") == "0":
            route.continue_()

    page.route("**/uploads/*", take)
    page.locator("#upload-file").set_input_files(file)
    with page.expect_request(lambda request: request.headers.get("upload-offset") == str(MEBIBYTE)):
        page.locator("#upload-submit").click()
    row = page.locator(".upload-row")
    expect(row).to_contain_text("Đang gửi: 1 MB")
    return row


def test_a_paused_file_goes_on_after_a_reload_and_becomes_a_draft(page, tmp_path):
    file = lesson(tmp_path, "bai-1.zip")
    row = send_the_first_part_only(page, file)
    row.get_by_role("button", name="Tạm dừng").click()
    expect(page.locator("#upload-status")).to_contain_text("Tạm dừng ở")
    page.unroute("**/uploads/*")
    page.reload()
    expect(row).to_contain_text("Đã gửi 1 MB trên")
    sent = parts(page)
    page.locator("#upload-file").set_input_files(file)
    page.locator("#upload-submit").click()
    page.wait_for_url(re.compile("/materials/[0-9a-f]+/edit$"))
    assert sent[0] == MEBIBYTE


def test_several_files_are_taken_one_after_the_other_also_over_a_broken_line(page, tmp_path):
    broken = []

    def break_once(route):
        if broken:
            route.continue_()
        else:
            broken.append(route.abort("connectionreset"))

    page.route("**/uploads/*", break_once)
    (bad := tmp_path / "hong.zip").write_bytes(b"no archive")
    page.locator("#upload-file").set_input_files([lesson(tmp_path, "bai-2.zip"), bad, lesson(tmp_path, "bai-3.zip")])
    page.locator("#upload-submit").click()
    rows = page.locator(".upload-row")
    for place, said in enumerate(("Đã nhận thành bản nháp", "Chưa nhận được tệp", "Đã nhận thành bản nháp")):
        expect(rows.nth(place)).to_contain_text(said)
    rows.nth(2).get_by_role("link").click()
    page.wait_for_url(re.compile("/materials/[0-9a-f]+/edit$"))
    assert broken


def test_a_file_goes_on_in_another_tab_after_the_server_was_killed(page, server, tmp_path):
    file = lesson(tmp_path, "bai-4.zip")
    send_the_first_part_only(page, file)
    server.kill()
    server.start()
    other = page.context.new_page()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")  # closing the tab would let go the part that is held up
    page.close()
    other.goto(f"http://localhost:{server.port}/contribute")
    expect(other.locator(".upload-row")).to_contain_text("Đã gửi 1 MB trên 4 MB")
    sent = parts(other)
    other.locator("#upload-file").set_input_files(file)
    other.locator("#upload-submit").click()
    other.wait_for_url(re.compile("/materials/[0-9a-f]+/edit$"))
    assert sent[0] == MEBIBYTE
