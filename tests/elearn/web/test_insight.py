"""Pages that show what happened in attempts: for teachers of the course, in words, and as tables for spreadsheets."""

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
import time_machine

from elearn.models.learning import ActivityState
from elearn.web.insight.answer_words import KINDS, RESULTS
from elearn.web.insight.call_words import ERRORS
from elearn.web.insight.exception_words import EXCEPTIONS
from elearn.web.insight.walk_words import CONDITIONS, REQUESTS, RULES
from scorm import sequencing
from scorm.datamodel.errors import STRINGS_12, STRINGS_2004
from scorm.sequencing.definition import ConditionKind, RuleAction
from scorm.sequencing.navigation import RequestKind
from tests.support.courses import MONDAY
from tests.support.every_page import LOGINS, Everything
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Player, put

CODE = re.compile(r'"([A-Z]{2}\.\d+(?:\.\d+)*-\d+)"')


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture
def places(house, password_hash):
    """The addresses of the pages in a school with everything in it."""
    with house.database.write() as session:
        made = Everything(session, password_hash)
        values = made.parameters()
        course, taken = values["insight.item"], values["insight.steps"]["uid"]
        return {
            "steps": f"/attempts/{taken}/steps",
            "attempt": f"/attempts/{taken}/answers",
            "calls": f"/attempts/{taken}/calls",
            "item": f"/courses/{course['uid']}/classes/{course['class_uid']}/items/{course['item']}/answers",
            "matrix": f"/courses/{course['uid']}/classes/{course['class_uid']}",
            "learner": f"/courses/{course['uid']}/classes/{course['class_uid']}/learners/{made.pupil.person.uid}",
        }


@pytest.fixture
def enter(make_browser):
    def enters(login):
        browser = make_browser()
        assert browser.sign_in(login).status_code == 303
        return browser

    return enters


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_a_teacher_reads_the_steps_in_words(enter, places):
    text = text_of(enter("giaovien").get(places["steps"]))
    assert "Trình phát yêu cầu: bắt đầu" in text
    assert "Người học yêu cầu: phần “nowhere” trong mục lục" in text
    assert "Khóa học không có phần này" in text
    assert "NB.2.1-11" in text
    assert "cmi.core.score.raw 80" in text


def test_the_steps_are_there_in_english_too(enter, places):
    text = text_of(enter("giaovien").get(places["steps"], headers={"Accept-Language": "en"}))
    assert "The learner asked for: the part “nowhere” from the contents" in text


def test_a_teacher_reads_the_answers_of_an_attempt_and_of_the_class(enter, places):
    teacher = enter("giaovien")
    for page in ("attempt", "item"):
        text = text_of(teacher.get(places[page]))
        assert "cau_hoi_0" in text
        assert "a, c" in text
    assert "1/3 học sinh đã trả lời" in text


def test_the_pages_are_linked_from_matrix_and_learner(enter, places):
    teacher = enter("giaovien")
    assert places["item"] in teacher.get(places["matrix"]).text
    learner = teacher.get(places["learner"]).text
    assert places["steps"] in learner
    assert places["attempt"] in learner
    head = enter("hieutruong")
    assert places["item"] not in head.get(places["matrix"]).text
    assert places["steps"] not in head.get(places["learner"]).text


@pytest.mark.parametrize("login", sorted(set(LOGINS) - {"giaovien"}))
def test_nobody_but_the_teacher_of_the_course_reads_them(enter, places, login):
    browser = enter(login)
    for page in ("steps", "attempt", "calls", "item"):
        assert browser.get(places[page]).status_code in {403, 404}, page
    for page in ("calls", "item"):
        assert browser.post(places[page], {"on": "yes"}).status_code in {403, 404}, page
    assert browser.get(places["calls"] + ".csv").status_code in {403, 404}
    assert browser.get(places["item"] + "/answers.csv").status_code in {403, 404}


def test_whoever_is_not_signed_in_is_asked_to(make_browser, places):
    for page in ("steps", "attempt", "item"):
        assert "/sign-in" in make_browser().get(places[page]).location


@pytest.mark.parametrize("page", ["/attempts/x/steps", f"/attempts/{'0' * 32}/answers"])
def test_an_attempt_that_does_not_exist_is_not_found(enter, places, page):
    assert enter("giaovien").get(page).status_code == 404


@pytest.mark.parametrize("question", ["?page=0", "?page=-1", "?page=x", "?page=99999999999"])
def test_any_page_number_shows_a_page(enter, places, question):
    assert enter("giaovien").get(places["steps"] + question).status_code == 200


@pytest.mark.parametrize("order", ["answered", "right", "latency", "discrimination", "", "x"])
def test_the_questions_are_sorted_as_asked(enter, places, order):
    page = enter("giaovien").get(places["item"] + f"?sort={order}")
    found = re.findall(r'<span class="question">(cau_hoi_\d)</span>', page.text)[:2]
    assert found == (["cau_hoi_1", "cau_hoi_0"] if order == "right" else ["cau_hoi_0", "cau_hoi_1"])


class TestCalls:
    def test_are_read_with_the_meaning_of_their_errors(self, enter, places):
        text = text_of(enter("giaovien").get(places["calls"]))
        assert "LMSSetValue cmi.core.score.raw x false 405 Giá trị không đúng dạng" in text
        assert "2 lời gọi" in text

    @pytest.mark.parametrize(("question", "count"), [("?errors=yes", 1), ("?element=score", 1), ("?element=none", 0)])
    def test_are_filtered(self, enter, places, question, count):
        page = enter("giaovien").get(places["calls"] + question).text
        assert len(re.findall(r"<code>LMS\w+</code>", page)) == count

    def test_are_taken_as_csv(self, enter, places):
        lines = enter("giaovien").get(places["calls"] + ".csv?errors=yes").data.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert ",LMSSetValue,cmi.core.score.raw,x,false,405," in lines[1]

    @pytest.mark.parametrize("page", ["calls", "item"])
    def test_are_switched_on_and_off(self, enter, places, page):
        teacher = enter("giaovien")
        for on, word in (("yes", "Từ lần mở bài tiếp theo"), ("no", "Không ghi lời gọi nữa")):
            answer = teacher.post(places[page], {"on": on})
            assert answer.status_code == 303
            assert word in text_of(teacher.get(answer.location))

    def test_of_every_error_code_have_a_meaning(self):
        for standard, strings in (("1.2", STRINGS_12), ("2004", STRINGS_2004)):
            assert set(ERRORS[standard]) == set(strings) - {"0"}


class TestRecording:
    """From the author's switch over the learner's page to the endpoint on the content host."""

    @pytest.fixture
    def lesson(self, house, make_account):
        make_account(AUTHOR)
        return put(house, scorm_package("2004 4th Edition"))

    @pytest.fixture
    def author(self, make_browser, lesson):
        browser = make_browser()
        browser.sign_in(AUTHOR)
        return Player(browser)

    def batch(self, number=1):
        call = [1000, "GetValue", ["cmi.location"], "", "403"]
        return {"number": number, "now": 1000, "calls": [call]}

    def test_is_off_by_default_and_costs_no_script(self, author, lesson):
        opened = author.open(lesson)
        assert opened.start["calls"] is False
        assert "calls.js" not in opened.answer.text.replace("-", "")
        refused = opened.post("/rt/calls", self.batch())
        assert (refused.status_code, refused.json["error"]) == (409, "calls_unwanted")

    def test_tells_the_learner_and_takes_the_calls_once(self, author, lesson):
        attempt = author.launch(lesson)
        assert author.browser.post(f"/attempts/{attempt}/calls", {"on": "yes", "of": "material"}).status_code == 303
        opened = author.open(lesson)
        assert opened.start["calls"] is True
        assert "đang được ghi lại trong lúc bạn học" in opened.answer.text
        kept = [opened.post("/rt/calls", self.batch(number)).json["kept"] for number in (1, 1, 2)]
        assert kept == [1, 0, 1]
        assert text_of(author.browser.get(f"/attempts/{attempt}/calls")).count("Phần tử chưa có giá trị.") == 2

    @pytest.mark.parametrize("body", ["", "[", "[1]", "{}", '{"number": 1, "now": 1, "calls": [[]]}'])
    def test_refuses_what_is_no_batch(self, author, lesson, body):
        refused = author.open(lesson).post("/rt/calls", body)
        assert (refused.status_code, refused.json["error"]) == (400, "calls_malformed")

    def test_is_for_the_page_with_the_token_only(self, author, lesson):
        assert author.open(lesson).post("/rt/calls", self.batch(), token="x").status_code == 401

    def test_of_a_batch_that_is_far_too_large_is_refused(self, author, lesson):
        body = '{"number": 1, "now": 1, "calls": ["' + "x" * 4_000_000 + '"]}'
        assert author.open(lesson).post("/rt/calls", body).status_code == 413


class TestTables:
    def test_xlsx_has_answers_and_questions(self, enter, places):
        book = openpyxl.load_workbook(io.BytesIO(enter("giaovien").get(places["item"] + "/answers.xlsx").data))
        answers, questions = (list(sheet.values) for sheet in book)
        assert answers[1][4:10] == ("cau_hoi_0", "", "trắc nghiệm", "a, c", "a, c", "đúng")
        assert questions[2][1:6] == ("cau_hoi_1", "", "điền khuyết", 1, 0)

    @pytest.mark.parametrize(("file", "heading"), [("answers.csv", "Đã trả lời"), ("questions.csv", "Tỉ lệ đúng")])
    def test_csv_has_one_of_both(self, enter, places, file, heading):
        answer = enter("giaovien").get(places["item"] + "/" + file)
        assert answer.content_type.startswith("text/csv")
        assert heading in answer.data.decode("utf-8-sig").splitlines()[0]

    def test_what_learners_typed_never_becomes_a_formula(self, enter, places, house):
        with house.database.write() as session:
            state = session.query(ActivityState).one()
            state.document = state.document | {"cmi.interactions.1.student_response": '=HYPERLINK("http://x")'}
        text = enter("giaovien").get(places["item"] + "/answers.csv").data.decode("utf-8-sig")
        assert "'=HYPERLINK" in text

    def test_there_are_no_other_files(self, enter, places):
        assert enter("giaovien").get(places["item"] + "/answers.exe").status_code == 404


class TestWords:
    def test_every_exception_of_the_book_has_a_sentence(self):
        sources = Path(sequencing.__file__).parent.glob("*.py")
        codes = {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}
        codes |= {f"SB.2.{number}-{reason}" for number in (7, 8) for reason in (1, 2)}
        assert len(codes) > 40
        assert codes - EXCEPTIONS.keys() == set()

    def test_every_rule_condition_and_request_has_its_words(self):
        assert set(RULES) == set(RuleAction)
        assert set(CONDITIONS) == set(ConditionKind)
        assert set(REQUESTS) == set(RequestKind)

    def test_every_kind_and_result_of_an_interaction_has_its_words(self):
        kinds = "true-false choice fill-in long-fill-in matching performance sequencing likert numeric other"
        assert set(KINDS) == set(kinds.split())
        assert set(RESULTS) >= {"correct", "incorrect", "wrong", "unanticipated", "neutral"}
