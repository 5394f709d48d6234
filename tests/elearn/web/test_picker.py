"""The picker inside a platform: search, basket, a look at things, and one signed answer."""

import html
import re

import pytest
from sqlalchemy import select

from elearn.lti.keys import keyset, new_key
from elearn.models.lti import LtiPlatform
from elearn.models.lti_courses import LtiSession
from elearn.models.material import Material, Part
from elearn.models.usage import UsageAct
from elearn.services.access import SYSTEM
from elearn.services.indexing import rebuild
from elearn.services.lti import keys
from elearn.services.organisation import ensure_root
from tests.support.launches import MOODLE, LaunchedBrowser, add_platform, add_user, launch
from tests.support.lti_platform import DL, check
from tests.support.packages import pdf, scorm_package
from tests.support.shelf import AUTHOR, put

KEY = new_key()
RETURN = f"{MOODLE}/mod/lti/contentitem_return.php?course=3"
SETTINGS = {
    "return_url": RETURN,
    "accept_types": ["ltiResourceLink"],
    "accept_multiple": True,
    "accept_line_item": True,
    "data": None,
}


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def picker(house, app, lesson):
    """The browser of a teacher whom Moodle has sent to choose; `picker(accept_multiple=False)`."""
    with house.database.write() as session:
        keys.rotate(session, KEY)
        add_platform(session, ensure_root(session, SYSTEM))

    def sent(**settings):
        with house.database.write() as session:
            platform = session.scalars(select(LtiPlatform)).one()
            asked = {**SETTINGS, **settings}
            teacher = add_user(session, "Trần Thị Bích")
            return LaunchedBrowser(app, launch(session, platform, teacher, is_teaching=True, picking=asked))

    return sent


def press(browser, path, **fields):
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/lti/pick/courses").text)[1]
    return browser.open(f"/lti/pick/{path}", method="POST", data={"csrf_token": token, **fields})


def told(page):
    """What the platform reads in the page that goes back to it."""
    assert f'action="{RETURN}"' in page.text
    return check(re.search(r'name="JWT" value="([^"]+)"', page.text)[1], keyset([KEY]))


def test_a_lesson_is_found_chosen_and_goes_back_signed(picker, lesson):
    browser = picker()
    assert f"/lti/pick/m/{lesson}" in browser.get("/lti/pick").text
    answer = press(browser, "choose", place=f"m/{lesson}", here="/lti/pick?q=phan+so")
    assert answer.location == f"{browser.base}/lti/pick?q=phan+so"
    assert "Đã chọn" in browser.get("/lti/pick").text
    claims = told(press(browser, "answer"))
    (item,) = claims[f"{DL}content_items"]
    assert (item["url"], item["lineItem"]["scoreMaximum"]) == (f"http://localhost/lti/open/m/{lesson}", 100.0)
    assert claims["aud"] == [MOODLE]


def test_only_the_page_with_the_answer_may_send_a_form_to_the_platform(picker, lesson):
    browser = picker()
    press(browser, "choose", place=f"m/{lesson}")
    assert f"form-action 'self' {MOODLE};" in press(browser, "answer").headers["Content-Security-Policy"]
    assert "form-action 'self';" in browser.get("/lti/pick").headers["Content-Security-Policy"]


def test_where_one_thing_is_taken_choosing_answers_at_once(picker, lesson):
    claims = told(press(picker(accept_multiple=False), "choose", place=f"m/{lesson}"))
    assert len(claims[f"{DL}content_items"]) == 1


def test_what_was_chosen_can_be_taken_out_again(picker, lesson):
    browser = picker()
    press(browser, "choose", place=f"m/{lesson}")
    press(browser, "put-back", place=f"m/{lesson}", here="//evil.example")
    assert told(press(browser, "answer"))[f"{DL}content_items"] == []


def test_a_cancel_gives_nothing(picker, lesson):
    browser = picker()
    press(browser, "choose", place=f"m/{lesson}")
    assert told(press(browser, "cancel"))[f"{DL}content_items"] == []


def test_a_second_answer_is_refused_and_the_pages_say_so(picker, lesson):
    browser = picker()
    press(browser, "choose", place=f"m/{lesson}")
    press(browser, "answer")
    assert press(browser, "answer").status_code == 409
    assert "đã được đưa vào khóa học" in browser.get("/lti/pick").text
    assert press(browser, "choose", place=f"m/{lesson}").status_code == 409


def test_a_material_can_be_looked_at_and_tried_and_that_is_no_use_of_it(picker, lesson, house):
    browser = picker()
    assert "Xem thử" in browser.get(f"/lti/pick/m/{lesson}").text
    shell = press(browser, f"m/{lesson}/try").location
    assert f'href="{browser.base}/lti/pick/m/{lesson}"' in browser.get(shell).text
    with house.database.read() as session:
        assert session.scalars(select(UsageAct)).all() == []


def test_a_part_can_be_chosen_by_itself(picker, lesson, house):
    with house.database.write() as session:
        version = session.scalars(select(Material)).one().current_version
        for number, key in enumerate(["a/1", "b"]):
            about = {"kind": "sco", "title": f"Phần {number}", "position": number + 10, "href": "", "text": ""}
            session.add(Part(version_id=version.id, key=key, **about))
    browser = picker()
    page = browser.get(f"/lti/pick/m/{lesson}").text
    place = f"m/{lesson}/p/a%2F1"
    assert f'value="{place}"' in page
    press(browser, "choose", place=place)
    assert told(press(browser, "answer"))[f"{DL}content_items"][0]["custom"]["part"] == "a/1"


def test_a_platform_that_wants_files_gets_a_page_that_says_so(picker):
    browser = picker(accept_types=["file", "html"])
    page = browser.get("/lti/pick")
    assert page.status_code == 200
    assert "công cụ ngoài" in page.text
    assert told(press(browser, "cancel"))[f"{DL}content_items"] == []


@pytest.mark.parametrize("path", ["", "/courses", "/m/0", "/m/" + "0" * 32])
def test_a_launch_that_picks_nothing_has_no_picker(picker, house, path):
    browser = picker()
    with house.database.write() as session:
        session.scalars(select(LtiSession)).one().picking = None
    assert browser.get(f"/lti/pick{path}").status_code == 404


@pytest.mark.parametrize("place", ["", "x", "m/" + "0" * 32, "c/" + "0" * 32, "m/%00", "m/" + "9" * 5000])
def test_what_is_not_there_is_refused(picker, place):
    assert press(picker(), "choose", place=place).status_code == 404


def test_learners_pick_nothing(picker, house):
    browser = picker()
    with house.database.write() as session:
        session.scalars(select(LtiSession)).one().is_teaching = False
    assert browser.get("/lti/pick").status_code == 403


def test_outside_a_launch_there_is_no_picker(client):
    assert client.get("/lti/pick").status_code == 404


def test_without_a_key_of_ours_nothing_is_answered_or_used_up(house, picker, lesson):
    browser = picker()
    with house.database.write() as session:
        for row in keys.published(session):
            session.delete(row)
    assert press(browser, "cancel").status_code == 400
    with house.database.read() as session:
        assert session.scalars(select(LtiSession)).one().picked_at is None


class TestOnePageOfADocument:
    """A PDF opens at the page that was picked."""

    @pytest.fixture
    def document(self, house, lesson):
        return put(house, pdf("Hai duong thang", "", "Dinh ly Pythagore"), "hinh-hoc.pdf")

    def test_a_page_is_typed_and_the_activity_says_which(self, picker, document):
        browser = picker()
        page = browser.get(f"/lti/pick/m/{document}").text
        assert 'max="3"' in page
        assert press(browser, "choose", place=f"m/{document}", page="3").status_code == 303
        (item,) = told(press(browser, "answer"))[f"{DL}content_items"]
        assert item["url"] == f"http://localhost/lti/open/m/{document}/p/3"
        assert item["title"].endswith(" – trang 3")
        assert (item["custom"]["material"], item["custom"]["part"]) == (document, "3")
        assert "lineItem" not in item

    @pytest.mark.parametrize("odd", ["0", "4", "-1", "x", "9" * 30, "../..", "%2f", "１"])
    def test_a_page_that_is_none_is_refused_where_it_was_typed(self, picker, document, odd):
        browser = picker()
        here = f"/lti/pick/m/{document}"
        assert press(browser, "choose", place=f"m/{document}", page=odd, here=here).location.endswith(here)
        assert "Tài liệu không có trang này" in browser.get(here).text
        assert press(browser, "choose", place=f"m/{document}/p/99").status_code == 404

    def test_a_lesson_has_no_pages(self, picker, lesson):
        browser = picker()
        assert 'name="page"' not in browser.get(f"/lti/pick/m/{lesson}").text
        assert press(browser, "choose", place=f"m/{lesson}", page="1").status_code == 303
        assert "Tài liệu không có trang này" in browser.get("/lti/pick").text

    def test_what_was_found_inside_is_picked_at_its_page(self, house, picker, document):
        """The second page has no words: what stands on the third is the second part."""
        rebuild(house.database, house.engine)
        page = picker().get("/lti/pick?q=pythagore").text
        assert f'value="m/{document}/p/3"' in page
        assert "Chọn trang 3" in page
        assert "Trang 3" in page


def test_a_question_is_mended_and_that_is_said_with_the_ways_back_and_forth(picker, lesson, house):
    with house.database.write() as session:
        session.scalars(select(Material)).one().title = "Phân số bằng nhau"
    rebuild(house.database, house.engine)
    browser = picker()
    page = browser.get("/lti/pick?q=phaan+soos").text
    assert f"/lti/pick/m/{lesson}" in page
    assert "cho “phân số”" in page
    assert "Bạn đã gõ “phaan soos”." in page
    (way_back,) = re.findall(r'href="([^"]*literal=y[^"]*)"', page)
    literal = browser.get(html.unescape(way_back).removeprefix(browser.base)).text
    assert "0 học liệu cho “phaan soos”" in literal
    (way_forth,) = re.findall(r'Chỉ tìm đúng chữ đã gõ\.\s*<a href="([^"]+)"', literal)
    assert f"/lti/pick/m/{lesson}" in browser.get(html.unescape(way_forth).removeprefix(browser.base)).text


def test_another_reading_is_offered_inside_the_platform(picker, house):
    first = put(house, pdf("Chi tiet: vi mach"), "mot.pdf")
    second = put(house, pdf("Chu vi hinh tron"), "hai.pdf")
    with house.database.write() as session:
        for uid, title in ((first, "Chi tiết: vi mạch"), (second, "Chu vi hình tròn")):
            session.scalars(select(Material).where(Material.uid == uid)).one().title = title
    rebuild(house.database, house.engine)
    page = picker().get("/lti/pick?q=chi+vi").text
    assert "Chi tiết: vi mạch" in page
    assert re.search(r'Có phải bạn muốn tìm <a href="[^"]*/lti/pick\?q=chu\+vi">chu vi</a>', page)
