"""What the search box suggests, and how its list is used with keys and the mouse."""

import shutil
import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from elearn.models.account import Role
from tests.support.contributing import indexed, published


@pytest.fixture
def shelf(teacher, sign_in, house):
    reviewer = sign_in("duyet", Role.REVIEWER)
    made = [
        published(teacher, reviewer, title="Phân số bằng nhau", is_public="y"),
        published(teacher, reviewer, title="Phân số <b>thập phân</b>"),
    ]
    indexed(house)
    return made


def suggested(browser, typed):
    return [(row["text"], row["kind"]) for row in browser.get("/library/suggestions", query_string={"q": typed}).json]


def test_titles_subjects_and_authors_go_on_from_what_was_typed_with_or_without_tone_marks(shelf, teacher):
    assert ("Phân số bằng nhau", "") in suggested(teacher, "phan s")
    assert suggested(teacher, "phân số bằ") == [("Phân số bằng nhau", "")]
    assert ("Toán", "Môn học") in suggested(teacher, "toa")
    assert suggested(teacher, "nguyen thi l") == [("Nguyễn Thị Lan", "Tác giả")]


def test_each_suggestion_leads_to_a_result_page(shelf, teacher):
    rows = teacher.get("/library/suggestions?q=lan").json + teacher.get("/library/suggestions?q=toan").json
    assert len(rows) == 2
    for row in rows:
        assert "Phân số bằng nhau" in teacher.get(row["url"]).text


def test_nobody_is_told_of_what_they_may_not_see(shelf, client):
    assert suggested(client, "phan so") == [("Phân số bằng nhau", "")]


@pytest.mark.parametrize("typed", ["", "p", "((((", '"' * 500, "\x00", "*" * 3000])
def test_whatever_is_typed_is_answered(shelf, teacher, typed):
    assert teacher.get("/library/suggestions", query_string={"q": typed}).json == []


def test_a_lost_index_still_knows_the_subjects(shelf, teacher, house):
    shutil.rmtree(house.settings.index_folder)
    house.engine.close()
    assert suggested(teacher, "toán") == [("Toán", "Môn học")]


@pytest.fixture
def page(shelf, app, browser):
    """The library in Chromium, as a visitor sees it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 760})
    shown = context.new_page()
    shown.goto(f"http://localhost:{server.server_port}/library")
    yield shown
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.journey
def test_the_list_is_used_with_the_keys_of_a_combobox(page):
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    box.press_sequentially("phan")
    expect(options).to_have_text(["Phân số bằng nhau"])
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("phan")
    box.press("ArrowDown")
    expect(options).to_have_count(1)
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url("**/library?q=Ph%C3%A2n+s%E1%BB%91+b%E1%BA%B1ng+nhau")
    box = page.get_by_role("combobox")
    box.fill("toan")
    page.get_by_role("option", name="Toán Môn học").click()
    page.wait_for_url("**/library?subject=TOAN")
