"""Uploads that cannot be taken, in Chromium on a real server: what is said, and that nothing is sent in vain."""

import re

import pytest
from playwright.sync_api import expect

from bench.support import PASSWORD
from tests.support.installation import Server, another_teacher, command, serving
from tests.support.packages import pdf

pytestmark = [pytest.mark.journey]

MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("upload") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    with serving(Server(home, ELEARN_UPLOAD_LIMIT_MB="1", ELEARN_LOCALE="vi")) as server:
        yield server


@pytest.fixture
def login(server):
    return another_teacher(server.home)


@pytest.fixture
def teacher(server, browser, login):
    """A teacher of this test alone on the upload page; `teacher(script=False)` has JavaScript turned off."""
    contexts = []

    def arrive(language="vi-VN", *, script=True):
        context = browser.new_context(locale=language, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"http://localhost:{server.port}/sign-in?next=/contribute")
        sign_in(page, login)
        return page

    yield arrive
    for context in contexts:
        context.close()


def sign_in(page, login):
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/contribute$"))


def choose(page, tmp_path, size):
    file = tmp_path / f"bai-{size}.zip"
    file.write_bytes(b"x" * size)
    page.locator("#upload-file").set_input_files(file)


def uploads(page):
    """The uploads that this page sends from now on."""
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi-VN", "Tệp có dung lượng 2,5 MB, trong khi thư viện chỉ nhận tối đa 1 MB"),
        ("en", "The file has 2.5 MB; at most 1 MB"),
    ],
)
def test_a_file_that_is_too_large_is_told_when_it_is_chosen_and_never_sent(teacher, tmp_path, language, sentence):
    page = teacher(language)
    sent = uploads(page)
    choose(page, tmp_path, 5 * MEBIBYTE // 2)
    expect(page.locator("#upload-status")).to_contain_text(sentence)
    page.locator("#upload-submit").click()
    expect(page.locator("#upload-submit")).to_be_enabled()
    assert sent == []
    choose(page, tmp_path, 100)
    expect(page.locator(".upload-row")).to_contain_text("0 MB")
    expect(page.locator("#upload-status")).to_have_text("")


def test_a_file_that_is_chosen_before_the_script_has_come_is_sent_by_it(teacher, tmp_path):
    page = teacher()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/upload.js*", hold)
    with page.expect_request("**/upload.js*"):
        page.reload(wait_until="commit")
    choose(page, tmp_path, 100)
    held[0].continue_()
    expect(page.locator(".upload-row")).to_contain_text("bai-100.zip")
    with page.expect_request(lambda request: request.method == "PATCH"):
        page.locator("#upload-submit").click()


def test_a_server_before_the_library_that_refuses_by_size_is_not_called_a_broken_connection(teacher, tmp_path):
    page = teacher()
    page.route(
        "**/uploads/*",
        lambda route: (
            route.fulfill(status=413, body="<h1>413</h1>") if route.request.method == "PATCH" else route.continue_()
        ),
    )
    choose(page, tmp_path, 300_000)
    page.locator("#upload-submit").click()
    expect(page.locator("#upload-status")).to_contain_text("Máy chủ từ chối tệp (0,3 MB) vì quá lớn")
    expect(page.locator("#upload-submit")).to_be_enabled()


def test_an_upload_after_the_session_has_ended_leads_to_sign_in_without_sending_the_file(teacher, login, tmp_path):
    page = teacher()
    page.context.clear_cookies(name="elearn")
    sent = uploads(page)
    choose(page, tmp_path, 300_000)
    page.locator("#upload-submit").click()
    expect(page.get_by_text("Phiên đăng nhập đã hết nên tệp chưa được nhận")).to_be_visible()
    assert sent == []
    sign_in(page, login)


def test_without_javascript_a_file_that_is_too_large_gets_a_page_of_ours(teacher, tmp_path):
    page = teacher(script=False)
    choose(page, tmp_path, 40 * MEBIBYTE)
    page.locator("#upload-submit").click()
    expect(page.get_by_role("alert")).to_contain_text("Tệp khoảng 40 MB, trong khi thư viện chỉ nhận tối đa 1 MB")


def test_without_javascript_and_session_a_file_that_is_too_large_leads_to_sign_in(teacher, tmp_path):
    page = teacher(script=False)
    page.context.clear_cookies()
    choose(page, tmp_path, 40 * MEBIBYTE)
    page.locator("#upload-submit").click()
    expect(page.get_by_text("Phiên đăng nhập đã hết nên tệp chưa được nhận")).to_be_visible()


def test_a_whole_folder_becomes_drafts_without_what_systems_put_into_it(teacher, tmp_path):
    folder = tmp_path / "bai-giang"
    (folder / "tuan-2").mkdir(parents=True)
    for name in ("a.pdf", "tuan-2/b.pdf"):
        (folder / name).write_bytes(pdf(name))
    (folder / "Thumbs.db").write_bytes(b"x")
    page = teacher()
    page.locator("#upload-folder").set_input_files(folder)
    chosen = page.locator(".upload-name strong")
    expect(chosen).to_have_count(2)
    assert sorted(chosen.all_inner_texts()) == ["bai-giang/a.pdf", "bai-giang/tuan-2/b.pdf"]
    page.locator("#upload-submit").click()
    expect(page.locator("[data-part=describe]:visible")).to_have_count(2, timeout=60_000)


def drop(page, path):
    """Let go of a file or folder of this machine above the field, as from a file manager."""
    box = page.locator("#upload-drop").bounding_box()
    session = page.context.new_cdp_session(page)
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 10}
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})


def test_a_whole_folder_may_be_dropped_on_the_field(teacher, tmp_path):
    folder = tmp_path / "tha-vao"
    (folder / "sau" / "hon").mkdir(parents=True)
    for name in ("a.pdf", "sau/hon/b.pdf"):
        (folder / name).write_bytes(pdf(name))
    (folder / ".DS_Store").write_bytes(b"x")
    page = teacher()
    drop(page, folder)
    named = page.locator(".upload-name strong")
    expect(named).to_have_count(2)
    assert sorted(named.all_inner_texts()) == ["a.pdf", "b.pdf"]
    page.locator("#upload-submit").click()
    expect(page.locator("[data-part=describe]:visible")).to_have_count(2, timeout=60_000)
