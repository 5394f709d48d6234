"""Courses over the whole application: built by a teacher, taken by pupils, looked at by heads, closed to others."""

import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from sqlalchemy import func, select

from elearn.models.account import Account, Role, RoleGrant
from elearn.models.course import CourseFeedback
from elearn.models.curriculum import Period
from elearn.models.material import Material, Status
from elearn.models.organisation import UnitKind
from elearn.models.people import Assignment, Enrolment, Person, SchoolClass
from elearn.models.usage import ActKind, UsageAct
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from tests.support.contributing import counted, indexed
from tests.support.courses import MONDAY, TERM_BEGINS, TODAY
from tests.support.packages import pdf, scorm_package
from tests.support.shelf import AUTHOR, Opened, Player, put


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=True) as clock:
        yield clock


class School:
    """A school in the house with a teacher, two classes and people who sign in."""

    def __init__(self, house, make_account, make_browser):
        self.house, self.make_account, self.make_browser = house, make_account, make_browser
        self.number = 0
        with house.database.write() as session:
            root = ensure_root(session, SYSTEM)
            self.units = [
                organisation.create_unit(
                    session, SYSTEM, code=code, name=f"Trường {code}", kind=UnitKind.SCHOOL,
                    valid_from=root.valid_from, parent=root,
                ).id
                for code in ("TH1", "TH2")
            ]  # fmt: skip
            year = session.scalar(select(Period.id).where(Period.code == "2026-2027"))
            rows = [SchoolClass(unit_id=unit, school_year_id=year, grade_code="4", name="4A") for unit in self.units]
            session.add_all(rows)
            session.flush()
            self.classes = [row.id for row in rows]
            self.class_uids = [row.uid for row in rows]
        self.make_account(AUTHOR, Role.TEACHER)

    def enter(self, login, role, *, unit=0, school_class=None, name="Nguyễn Văn An"):
        """A new person of the register with an account, signed in."""
        self.number += 1
        account = self.make_account(login, role, name=name)
        with self.house.database.write() as session:
            person = Person(code=f"P{self.number}", full_name=name, sort_name=f"{self.number:03}")
            session.add(person)
            session.flush()
            session.get(Account, account.id).person_id = person.id
            grant = session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).one()
            grant.unit_id = self.units[unit] if unit is not None else grant.unit_id
            if school_class is not None:
                kind = Assignment if role is Role.TEACHER else Enrolment
                session.add(kind(class_id=self.classes[school_class], person_id=person.id, valid_from=TERM_BEGINS))
            uid = person.uid
        browser = self.make_browser()
        assert browser.sign_in(login).status_code == 303
        browser.person = uid
        return browser

    def change(self, work):
        """Change rows behind the pages' back."""
        with self.house.database.write() as session:
            return work(session)

    def acts(self, kind):
        with self.house.database.read() as session:
            return session.scalars(select(UsageAct).where(UsageAct.kind == kind).order_by(UsageAct.id)).all()


@pytest.fixture
def school(house, make_account, make_browser):
    return School(house, make_account, make_browser)


@pytest.fixture
def teacher(school):
    return school.enter("co.nhung", Role.TEACHER, school_class=0, name="Vũ Thị Nhung")


@pytest.fixture
def pupil(school):
    return school.enter("hs.an", Role.STUDENT, school_class=0)


def titled(house, title):
    """A published lesson; gives its uid."""
    uid = put(house, scorm_package(index__html=f"<title>{title}</title><p>{title}</p>"))
    with house.database.write() as session:
        session.scalars(select(Material).where(Material.uid == uid)).one().title = title
    return uid


@pytest.fixture
def lesson(school, house):
    return titled(house, "Phân số bằng nhau")


class Workshop:
    """A course as its teacher's browser knows it."""

    def __init__(self, browser, title="Toán 4 trực tuyến"):
        self.browser = browser
        self.class_uids = []
        page = browser.get("/courses/new").text
        unit = re.search(r'name="unit" value="([^"]+)"', page)[1]
        answer = browser.post("/courses/new", {"title": title, "unit": unit, "subject": "TOAN", "grade": "4"})
        assert answer.status_code == 303, answer.text
        self.path = answer.location
        self.uid = self.path.rpartition("/")[2]

    @property
    def page(self):
        return html.unescape(self.browser.get(self.path).text)

    @property
    def items(self):
        return re.findall(r'<li id="item-([0-9a-f]{32})">', self.page)

    def add(self, *materials):
        for material in materials:
            assert self.browser.post(f"{self.path}/items", {"material": material}).status_code == 303
        return self

    def open(self, class_uid, opens_on=TODAY, closes_on=""):
        fields = {"class": class_uid, "opens_on": str(opens_on), "closes_on": str(closes_on)}
        return self.browser.post(f"{self.path}/classes", fields)


@pytest.fixture
def workshop(teacher, lesson, school):
    made = Workshop(teacher).add(lesson)
    assert made.open(school.class_uids[0]).status_code == 303
    return made


@pytest.fixture
def learner_path(workshop, school, pupil):
    return f"{workshop.path}/classes/{school.class_uids[0]}/learners/{pupil.person}"


def messages(answer):
    """The notices of a page."""
    return " ".join(re.findall(r'<div class="notice.*?<p>(.*?)</p>', html.unescape(answer.text), re.DOTALL))


# Building.


def test_a_teacher_builds_a_course_from_search_results(teacher, lesson, house):
    indexed(house)
    made = Workshop(teacher)
    found = teacher.get(f"{made.path}?find=phan+so").text
    assert f'name="material" value="{lesson}"' in found
    answer = teacher.post(f"{made.path}/items", {"material": lesson, "find": "phan so"})
    assert answer.location == f"{made.path}?find=phan+so#add"
    page = teacher.get(answer.location.partition("#")[0]).text
    assert "Phân số bằng nhau" in page
    assert "Đã có trong khóa học" in page


def test_a_material_is_added_from_its_own_page_and_from_a_hit(teacher, lesson, house, school):
    indexed(house)
    made = Workshop(teacher)
    assert f"/materials/{lesson}/courses" in teacher.get(f"/materials/{lesson}").text
    assert f"/materials/{lesson}/courses" in teacher.get("/library?q=phan+so").text
    page = teacher.get(f"/materials/{lesson}/courses").text
    assert f'action="{made.path}/items"' in page
    made.add(lesson)
    assert "Đã có trong khóa học" in teacher.get(f"/materials/{lesson}/courses").text
    learner = school.enter("hs.binh", Role.STUDENT)
    assert learner.get(f"/materials/{lesson}/courses").status_code == 403
    assert f"/materials/{lesson}/courses" not in learner.get(f"/materials/{lesson}").text


def test_buttons_move_items_and_the_focus_goes_along(teacher, lesson, house):
    other = titled(house, "Số thập phân")
    made = Workshop(teacher).add(lesson, other)
    first, second = made.items
    answer = teacher.post(f"{made.path}/items/{second}/move", {"direction": "up"})
    assert answer.location == f"{made.path}?moved={second}"
    assert made.items == [second, first]
    assert re.search(r'value="down"[^>]*autofocus', teacher.get(answer.location.partition("#")[0]).text)


@pytest.mark.parametrize("direction", ["", "sideways"])
def test_an_item_moves_only_up_or_down(workshop, direction):
    answer = workshop.browser.post(f"{workshop.path}/items/{workshop.items[0]}/move", {"direction": direction})
    assert answer.status_code == 400
    assert "lên hoặc xuống" in messages(answer)


def test_an_item_of_another_course_is_not_moved_changed_or_removed(teacher, workshop, lesson):
    other = Workshop(teacher, "Khóa khác").add(lesson)
    foreign = other.items[0]
    for tail in ("/move", "/remove", ""):
        answer = teacher.post(f"{workshop.path}/items/{foreign}{tail}", {"direction": "up", "title": "x"})
        assert answer.status_code == 404
    assert other.items == [foreign]


@pytest.mark.parametrize("material", ["", "x", "0" * 32])
def test_a_material_that_does_not_exist_is_not_added(workshop, material):
    assert workshop.browser.post(f"{workshop.path}/items", {"material": material}).status_code == 404


def test_what_is_decided_for_an_item_stands_on_the_page(workshop):
    path = f"{workshop.path}/items/{workshop.items[0]}"
    fields = {"title": "Bài mở đầu", "opens_on": "2026-11-10", "due_on": "2026-12-01", "max_attempts": "2"}
    fields |= {"grading": "last", "new_attempt": "failed"}
    assert workshop.browser.post(path, fields).status_code == 303
    page = workshop.page
    for shown in ("Bài mở đầu", "hạn 01/12/2026", "số lượt làm: 2", "Lượt cuối", "không bắt buộc"):
        assert shown in page
    form = workshop.browser.get(path).text
    assert 'value="2026-12-01"' in form
    assert '<option selected value="failed">' in form


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"title": ""}, 422),
        ({"title": "x" * 301}, 422),
        ({"opens_on": "2026-11-20", "due_on": "2026-11-10"}, 400),
        ({"due_on": "hôm qua"}, 422),
        ({"due_on": "0204-01-01"}, 422),
        ({"max_attempts": "-1"}, 422),
        ({"new_attempt": "sometimes"}, 422),
        ({"max_attempts": "٣"}, 422),
        ({"max_attempts": "1_0"}, 422),
        ({"due_on": "٢٠٢٦-١٢-٠١"}, 422),
        ({"due_on": "2026-W47-7"}, 422),
        ({"max_attempts": "1e9"}, 422),
        ({"grading": "worst"}, 422),
    ],
)
def test_what_makes_no_sense_for_an_item_is_refused_beside_the_form(workshop, fields, status):
    path = f"{workshop.path}/items/{workshop.items[0]}"
    answer = workshop.browser.post(path, {"title": "Bài", "grading": "best", "max_attempts": "0", **fields})
    assert answer.status_code == status
    assert "notice-error" in answer.text
    assert "Phân số bằng nhau" in workshop.page


def test_the_form_of_a_course_is_checked_and_a_title_may_be_long(teacher):
    assert teacher.post("/courses/new", {"title": " ", "unit": "x"}).status_code == 422
    long = "=1+1" + "x" * 296
    made = Workshop(teacher, long)
    assert long in made.page
    assert teacher.post(f"{made.path}/edit", {"title": "Ngắn", "unit": "x", "subject": "NOPE"}).status_code == 422
    unit = re.search(r'name="unit" value="([^"]+)"', teacher.get(f"{made.path}/edit").text)[1]
    assert teacher.post(f"{made.path}/edit", {"title": "Ngắn", "unit": unit}).status_code == 303
    assert "Ngắn" in made.page


def test_a_withdrawn_material_is_told_to_the_teacher(workshop, lesson, school):
    school.change(
        lambda session: setattr(
            session.scalars(select(Material).where(Material.uid == lesson)).one(), "status", Status.WITHDRAWN
        )
    )
    assert "đã bị rút" in workshop.page
    answer = workshop.browser.post(f"{workshop.path}/items", {"material": lesson})
    assert answer.status_code in {404, 409}


def test_a_course_is_copied_closed_and_opened_again(workshop):
    copy = workshop.browser.post(f"{workshop.path}/copy")
    assert copy.status_code == 303
    assert "Toán 4 trực tuyến (bản sao)" in workshop.browser.get(copy.location).text
    assert workshop.browser.post(f"{workshop.path}/close").status_code == 303
    again = workshop.browser.post(f"{workshop.path}/close")
    assert (again.status_code, "chưa mở" in messages(again)) == (409, True)
    assert workshop.browser.post(f"{workshop.path}/reopen").status_code == 303


# Classes.


def test_opening_is_an_act_of_the_teacher(workshop, school, teacher):
    (act,) = school.acts(ActKind.COURSE_TEACHING)
    assert (act.class_id, act.details["by"]) == (school.classes[0], "opening")
    assert "Lớp 4A" in workshop.page


def test_a_form_sent_twice_opens_once(workshop, school):
    again = workshop.open(school.class_uids[0])
    assert again.status_code == 409
    assert "đã mở cho lớp 4A" in messages(again)
    assert len(school.acts(ActKind.COURSE_TEACHING)) == 1


def test_a_class_of_another_school_is_refused(teacher, school, lesson):
    made = Workshop(teacher).add(lesson)
    answer = made.open(school.class_uids[1])
    assert answer.status_code == 403
    assert "thuộc trường khác" in messages(answer)


@pytest.mark.parametrize("class_uid", ["", "x", "0" * 32])
def test_a_class_that_does_not_exist_is_not_found(workshop, class_uid):
    assert workshop.open(class_uid).status_code == 404


@pytest.mark.parametrize(
    ("opens_on", "closes_on"),
    [("2026-11-20", "2026-11-10"), ("", ""), ("32/1/2026", ""), ("2026-11-10", "x"), ("9999-12-31", "")],
)
def test_days_that_make_no_sense_are_refused(teacher, school, lesson, opens_on, closes_on):
    made = Workshop(teacher).add(lesson)
    answer = made.open(school.class_uids[0], opens_on, closes_on)
    assert answer.status_code == 400
    assert messages(answer)


def test_days_may_be_typed_as_people_write_them(workshop, school):
    path = f"{workshop.path}/classes/{school.class_uids[0]}/dates"
    assert workshop.browser.post(path, {"opens_on": "5/9/2026", "closes_on": "31/12/2026"}).status_code == 303
    assert "31/12/2026" in workshop.page


def test_a_colleague_is_taken_in_and_out(workshop, school):
    colleague = school.enter("thay.an", Role.TEACHER)
    assert colleague.get(workshop.path).status_code == 404
    account = re.search(r'<option value="([0-9a-f]{32})">Nguyễn Văn An', workshop.page)[1]
    assert workshop.browser.post(f"{workshop.path}/teachers", {"account": account}).status_code == 303
    assert colleague.get(workshop.path).status_code == 200
    assert workshop.browser.post(f"{workshop.path}/teachers/remove", {"account": account}).status_code == 303
    assert colleague.get(workshop.path).status_code == 404


# Learning.


def test_a_pupil_finds_the_course_plays_and_comes_back(workshop, pupil, school):
    assert "Toán 4 trực tuyến" in pupil.get("/courses").text
    item = workshop.items[0]
    page = pupil.get(workshop.path).text
    assert f'action="{workshop.path}/items/{item}/launch"' in page
    answer = pupil.post(f"{workshop.path}/items/{item}/launch")
    assert answer.status_code == 303
    shell = pupil.get(answer.location).text
    assert f'data-back="{workshop.path}"' in shell
    player = Player(pupil)
    attempt = answer.location.rpartition("/")[2]
    assert player.follow(player.code(attempt)).status_code == 200
    (launch,) = school.acts(ActKind.LAUNCH)
    assert (launch.class_id, launch.course_id is not None, launch.placement_id is not None) == (
        school.classes[0],
        True,
        True,
    )
    assert "Học tiếp" in html.unescape(pupil.get(workshop.path).text)


def test_a_lesson_that_is_played_in_a_course_is_scored_there(workshop, pupil, school, teacher):
    item = workshop.items[0]
    attempt = pupil.post(f"{workshop.path}/items/{item}/launch").location.rpartition("/")[2]
    player = Player(pupil)
    url = player.code(attempt)
    opened = Opened(player, url, player.follow(url))
    assert "Về khóa học" in opened.answer.text
    said = {"cmi.core.score.raw": "85", "cmi.core.score.max": "100", "cmi.core.lesson_status": "passed"}
    assert opened.commit(said).status_code == 200
    page = html.unescape(pupil.get(workshop.path).text)
    assert "8,5" in page
    assert "Đã xong 1/1" in page
    matrix = html.unescape(teacher.get(f"{workshop.path}/classes/{school.class_uids[0]}").text)
    assert "8,5" in matrix
    assert "1/1" in matrix


def test_a_pdf_opens_from_a_link_and_counts_as_done(teacher, school, house, pupil):
    document = put(house, pdf("Phieu bai tap"), "phieu.pdf")
    made = Workshop(teacher).add(document)
    made.open(school.class_uids[0])
    path = f"{made.path}/items/{made.items[0]}/open"
    foreign = pupil.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert (foreign.status_code, foreign.location) == (303, made.path)
    assert school.acts(ActKind.LAUNCH) == []
    answer = pupil.get(path)
    assert answer.status_code == 303
    assert "/o/" in answer.location
    assert len(school.acts(ActKind.LAUNCH)) == 1
    assert "Đã xong 1/1" in html.unescape(pupil.get(made.path).text)


def test_people_who_are_not_in_the_class_get_404(workshop, school):
    strangers = [
        school.enter("hs.khac", Role.STUDENT, unit=1, school_class=1),
        school.enter("co.khac", Role.TEACHER),
        school.enter("ht.khac", Role.UNIT_MANAGER, unit=1),
    ]
    item = workshop.items[0]
    for stranger in strangers:
        assert "Toán 4 trực tuyến" not in stranger.get("/courses").text
        for path in (
            workshop.path,
            f"{workshop.path}/items/{item}/open",
            f"{workshop.path}/classes/{school.class_uids[0]}",
        ):
            assert stranger.get(path).status_code == 404, path
        for tail in ("launch", "move", "remove"):
            assert stranger.post(f"{workshop.path}/items/{item}/{tail}").status_code == 404, tail
        assert stranger.post(f"{workshop.path}/close").status_code == 404


def test_pupils_see_nothing_of_the_teachers_side(workshop, school, pupil, learner_path):
    item = workshop.items[0]
    matrix = f"{workshop.path}/classes/{school.class_uids[0]}"
    for path in (
        matrix,
        f"{matrix}/export.xlsx",
        learner_path,
        f"{workshop.path}/edit",
        f"{workshop.path}/items/{item}",
    ):
        assert pupil.get(path).status_code == 404, path
    for path in (
        f"{workshop.path}/items",
        f"{workshop.path}/classes",
        f"{learner_path}/reset",
        f"{learner_path}/feedback",
    ):
        assert pupil.post(path, {"item": item}).status_code == 404, path


def test_visitors_are_sent_to_sign_in(workshop, client):
    for path in ("/courses", workshop.path, "/courses/new"):
        assert "/sign-in" in client.get(path).location


def test_a_head_and_an_inspector_see_and_change_nothing(workshop, school, pupil, learner_path):
    item = workshop.items[0]
    for login, role, unit in (("ht", Role.UNIT_MANAGER, 0), ("tt", Role.INSPECTOR, None)):
        overseer = school.enter(login, role, unit=unit)
        assert "Toán 4 trực tuyến" in overseer.get("/courses").text
        for path in (workshop.path, f"{workshop.path}/classes/{school.class_uids[0]}", learner_path):
            assert overseer.get(path).status_code == 200, path
        assert overseer.post(f"{workshop.path}/items/{item}/remove").status_code == 403
        assert overseer.post(f"{learner_path}/feedback", {"item": item, "text": "x"}).status_code == 403
        assert overseer.get(f"{workshop.path}/edit").status_code == 403


def test_a_course_that_is_closed_or_over_is_refused_clearly(workshop, school, pupil, clock):
    item = workshop.items[0]
    attempt = pupil.post(f"{workshop.path}/items/{item}/launch").location.rpartition("/")[2]
    workshop.browser.post(f"{workshop.path}/close")
    answer = pupil.post(f"{workshop.path}/items/{item}/launch")
    assert (answer.status_code, "Khóa học đã đóng" in messages(answer)) == (409, True)
    assert Player(pupil).post_json(f"/play/{attempt}/code", {"tab": "a"}).status_code == 409
    workshop.browser.post(f"{workshop.path}/reopen")
    dates = f"{workshop.path}/classes/{school.class_uids[0]}/dates"
    workshop.browser.post(dates, {"opens_on": "2026-11-01", "closes_on": "2026-11-15"})
    over = pupil.post(f"{workshop.path}/items/{item}/launch")
    assert (over.status_code, "đến hết ngày 15/11/2026" in html.unescape(over.text)) == (403, True)
    results = pupil.get(workshop.path)
    assert (results.status_code, "Đây là kết quả của bạn" in html.unescape(results.text)) == (200, True)
    assert "/launch" not in results.text


def test_an_item_whose_day_has_not_come_and_used_up_attempts_are_refused_clearly(workshop, pupil):
    item = workshop.items[0]
    path = f"{workshop.path}/items/{item}"
    decided = {"title": "Bài", "grading": "best", "max_attempts": "1", "is_required": "y", "opens_on": ""}
    workshop.browser.post(path, {**decided, "opens_on": "2026-11-20"})
    early = pupil.post(f"{path}/launch")
    assert (early.status_code, "từ ngày 20/11/2026" in messages(early)) == (403, True)
    workshop.browser.post(path, decided)
    attempt = pupil.post(f"{path}/launch").location.rpartition("/")[2]
    player = Player(pupil)
    url = player.code(attempt)
    Opened(player, url, player.follow(url)).walk("exitAll")
    used = pupil.post(f"{path}/launch")
    assert (used.status_code, "hết 1 lượt làm" in messages(used)) == (409, True)
    assert "hết lượt làm" in pupil.get(workshop.path).text


# What a teacher sees and says.


def test_feedback_and_a_grade_reach_the_pupil(workshop, school, pupil, learner_path):
    item = workshop.items[0]
    fields = {"item": item, "text": "Khá lắm, <b>đọc</b> lại phần 2", "score": "8,5"}
    for _ in range(2):  # sent twice
        assert workshop.browser.post(f"{learner_path}/feedback", fields).status_code == 303
    page = pupil.get(workshop.path).text
    assert "&lt;b&gt;đọc" in page
    assert "8,5" in page
    assert [act.details["by"] for act in school.acts(ActKind.COURSE_TEACHING)] == ["opening", "feedback"]
    with school.house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(CourseFeedback)) == 1


@pytest.mark.parametrize("score", ["11", "-1", "tám", "1e1", "10.001", "٣"])
def test_a_score_that_is_none_is_refused_beside_the_item(workshop, learner_path, score):
    answer = workshop.browser.post(f"{learner_path}/feedback", {"item": workshop.items[0], "text": "", "score": score})
    assert (answer.status_code, "từ 0 đến 10" in messages(answer)) == (400, True)


def test_a_reset_asks_first(workshop, pupil, learner_path):
    item = workshop.items[0]
    nothing = workshop.browser.post(f"{learner_path}/reset", {"item": item, "sure": "yes"})
    assert nothing.status_code == 409
    pupil.post(f"{workshop.path}/items/{item}/launch")
    unsure = workshop.browser.post(f"{learner_path}/reset", {"item": item})
    assert (unsure.status_code, "đánh dấu ô" in messages(unsure)) == (400, True)
    assert workshop.browser.post(f"{learner_path}/reset", {"item": item, "sure": "yes"}).status_code == 303
    assert "đã hủy" in workshop.browser.get(learner_path).text


def test_the_matrix_goes_out_as_xlsx_and_csv_without_formulas(workshop, school, pupil):
    path = f"{workshop.path}/items/{workshop.items[0]}"
    title = '=HYPERLINK("http://evil")' + "x" * 275
    assert workshop.browser.post(path, {"title": title, "grading": "best", "max_attempts": "0"}).status_code == 303
    base = f"{workshop.path}/classes/{school.class_uids[0]}/export"
    answer = workshop.browser.get(f"{base}.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    page = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert (page["G1"].data_type, page["G1"].value) == ("s", title)
    assert page["C2"].value == "Nguyễn Văn An"
    plain = workshop.browser.get(f"{base}.csv").data.decode("utf-8")
    assert plain.startswith("\ufeffTT,Mã,Họ và tên")
    assert "'=HYPERLINK" in plain
    assert workshop.browser.get(f"{base}.pdf").status_code == 404


def test_pages_ask_as_many_queries_for_many_as_for_few(workshop, school, house, pupil, learner_path):
    matrix = f"{workshop.path}/classes/{school.class_uids[0]}"
    visits = [
        (workshop.browser, workshop.path),
        (workshop.browser, matrix),
        (workshop.browser, learner_path),
        (workshop.browser, "/courses"),
        (pupil, workshop.path),
        (pupil, "/courses"),
    ]

    def asked():
        counts = []
        for browser, path in visits:
            assert browser.get(path).status_code == 200
            with counted(house) as statements:
                browser.get(path)
            counts.append(len(statements))
        return counts

    few = asked()
    for number in range(4):
        workshop.add(titled(house, f"Bài {number}"))
    with house.database.write() as session:
        for number in range(10):
            person = Person(code=f"X{number}", full_name=f"Trần Văn {number}", sort_name=f"x{number}")
            session.add(person)
            session.flush()
            session.add(Enrolment(class_id=school.classes[0], person_id=person.id, valid_from=TERM_BEGINS))
    for item in workshop.items[:3]:
        assert pupil.post(f"{workshop.path}/items/{item}/launch").status_code == 303
    made = Workshop(workshop.browser, "Khóa thứ hai").add(titled(house, "Thêm"))
    assert made.open(school.class_uids[0]).status_code == 303
    assert asked() == few
    assert max(few) < 30


def test_a_week_of_launches_makes_one_lesson_taught(workshop, school, pupil, clock):
    item = workshop.items[0]
    pupils = [pupil, *(school.enter(f"hs{n}", Role.STUDENT, school_class=0) for n in range(3))]
    for number, each in enumerate(pupils):
        assert each.post(f"{workshop.path}/items/{item}/launch").status_code == 303
        assert len(school.acts(ActKind.TAUGHT)) == (number > 0)
    (taught,) = school.acts(ActKind.TAUGHT)
    assert taught.details == {"by": "course", "item": item, "learners": 2, "class_size": 4}
    assert (
        workshop.browser.post(f"{workshop.path}/items/{item}/launch").status_code == 404
    )  # a teacher tries it elsewhere
    clock.shift(timedelta(days=1))
    assert pupil.sign_in("hs.an").status_code == 303
    pupil.post(f"{workshop.path}/items/{item}/launch")
    assert len(school.acts(ActKind.TAUGHT)) == 1
    assert len(school.acts(ActKind.COURSE_ACTIVITY)) == 5


def test_nothing_changes_without_the_token_of_the_form(workshop, pupil):
    item = workshop.items[0]
    assert workshop.browser.post(f"{workshop.path}/close", csrf=False).status_code == 400
    assert pupil.post(f"{workshop.path}/items/{item}/launch", csrf=False).status_code == 400
    assert "Đang diễn ra" in workshop.page
