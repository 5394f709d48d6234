"""The teacher's page inside a platform: results, the list of the course, its class, and linking the own account."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, AuditEvent, Identity, Role
from elearn.models.learning import Attempt, Registration
from elearn.models.lti_courses import LtiContext, LtiGrade, LtiGroup, LtiLink, LtiMember
from elearn.models.operations import Job
from elearn.services.lti import outbox, roster
from tests.support.factories import World
from tests.support.lti_doors import inside
from tests.support.web import PASSWORD

CODE = re.compile(r'href="(/connect/[^"]+)"')
ANSWER = re.compile(r'data-answer="([^"]+)"')


@pytest.fixture
def teacher(door, link):
    """A teacher of the course who has clicked the activity; `outer` is the browser in which that happened."""
    browser = door.browser()
    launched = inside(door.app, door.click(browser, "2", link))
    launched.outer = browser
    return launched


def complete(teacher, answer, browser=None):
    fields = {"handle": teacher.handle, "answer": answer}
    return (browser or teacher.outer).post("/lti/complete", fields, csrf=False)


def press(browser, path, **fields):
    """Send a form of the page below the handle."""
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/lti/class").text)[1]
    return browser.open(f"/lti/class{path}", method="POST", data={"csrf_token": token, **fields})


def follow(browser, answer):
    """The same browser below the handle to which an answer leads."""
    assert answer.status_code == 303, answer.text
    handle = re.match(r"/l/([A-Za-z0-9_\-]{43})/lti/class$", answer.location)[1]
    return type(browser)(browser.client.application, handle)


@pytest.fixture
def person(house, make_account):
    """The teacher in the register, with an account, a post and a class."""
    make_account("nhung", Role.TEACHER, name="Vũ Thị Nhung")
    with house.database.write() as session:
        world = World(session, 500)
        account = session.scalars(select(Account).where(Account.login == "nhung")).one()
        unit = account.grants[0].unit
        row = world.person("Vũ Thị Nhung")
        account.person_id = row.id
        world.post(row, unit)
        return world.school_class(unit).uid


def linked(teacher, make_browser):
    """Go the whole way of linking; gives the launched browser of the local teacher."""
    address = CODE.search(press(teacher, "/connect").text)[1]
    local = make_browser()
    local.sign_in("nhung")
    answer = ANSWER.search(local.post(address).text)[1]
    return follow(teacher, complete(teacher, answer))


def test_learners_stand_in_the_results_and_who_never_opened_too(house, door, link, teacher):
    door.enter("42", link)
    with house.database.write() as session:
        context = session.scalars(select(LtiContext)).one()
        World(session, 900).add(member(context, "77", "Giàng A Páo"))
    page = teacher.get("/lti/class").text
    assert "Trần Thị Bích" in page
    assert re.search(r"Giàng A Páo\s*</th>\s*<td[^>]*>chưa mở lần nào", page)
    assert "Lê Văn Hòa" not in page.partition("<table")[2].partition("</table>")[0]


def member(context, subject, name):
    return LtiMember(context_id=context.id, subject=subject, display_name=name, roles=["Learner"])


def test_learners_do_not_see_the_class(door, link):
    pupil = door.enter("42", link)
    assert pupil.get("/lti/class").status_code == 403
    for path in ("/connect", "/map", "/roster", "/disconnect"):
        assert pupil.open(f"/lti/class{path}", method="POST", data={"csrf_token": pupil.token()}).status_code == 403


def test_looking_sets_off_the_reading_of_an_old_list_and_the_button_too(house, teacher):
    teacher.get("/lti/class")
    assert press(teacher, "/roster").status_code == 303
    with house.database.read() as session:
        assert roster.KIND in {job.kind for job in session.scalars(select(Job))}


def test_why_the_list_could_not_be_read_is_said_in_words(house, teacher):
    with house.database.write() as session:
        session.scalars(select(LtiContext)).one().roster_code = "roster_refused"
    assert "không cho kho học liệu biết danh sách" in teacher.get("/lti/class").text


class TestLinking:
    def test_the_whole_way(self, house, teacher, person, make_browser):
        again = linked(teacher, make_browser)
        assert "Vũ Thị Nhung (nhung)" in again.get("/lti/class").text
        assert teacher.get("/lti/class").status_code == 410
        with house.database.read() as session:
            assert session.scalar(select(AuditEvent).where(AuditEvent.action == "lti.connect")) is not None

    def test_the_local_page_names_both_and_keeps_its_opener_through_the_sign_in(self, teacher, person, make_browser):
        address = CODE.search(press(teacher, "/connect").text)[1]
        local = make_browser()
        asked = local.get(address)
        signed = local.open(asked.location, method="POST", data=form(local, asked.location))
        page = local.get(signed.location)
        assert "Lê Văn Hòa" in page.text
        assert "Vũ Thị Nhung (nhung)" in page.text
        answers = (asked, local.get(asked.location), signed, page)
        assert {answer.headers["Cross-Origin-Opener-Policy"] for answer in answers} == {"unsafe-none"}
        assert page.headers["X-Frame-Options"] == "DENY"

    def test_who_was_signed_in_before_signs_in_again(self, teacher, person, make_browser):
        local = make_browser()
        local.sign_in("nhung")
        with time_machine.travel(now() + timedelta(minutes=1)):
            address = CODE.search(press(teacher, "/connect").text)[1]
            assert "Đăng nhập lại" in local.get(address).text
            assert local.post(address).status_code == 403
            again = local.post(f"{address}/sign-in")
            assert again.location == f"/sign-in?next={address}"
            local.sign_in("nhung")
            assert local.post(address).status_code == 200

    def test_an_address_that_somebody_else_opens_brings_its_sender_nothing(self, house, teacher, person, make_browser):
        address = CODE.search(press(teacher, "/connect").text)[1]
        victim = make_browser()
        victim.sign_in("nhung")
        victim.post(address)
        for _ in range(5):
            wrong = complete(teacher, "AAAABBBB")
            assert wrong.location == f"{teacher.base}/lti/class/connect?refused=lti_connect_wrong"
        assert "không đúng" in teacher.get(wrong.location).text
        assert "lti_connect_over" in complete(teacher, "AAAABBBB").location
        with house.database.read() as session:
            local = session.scalars(select(Account.id).where(Account.login == "nhung")).one()
            assert local not in session.scalars(select(Identity.account_id)).all()

    def test_another_browser_that_knows_the_address_of_the_launch_completes_nothing(
        self, house, teacher, person, make_browser
    ):
        address = CODE.search(press(teacher, "/connect").text)[1]
        victim = make_browser()
        victim.sign_in("nhung")
        answer = ANSWER.search(victim.post(address).text)[1]
        for browser in (victim, make_browser()):
            refused = complete(teacher, answer, browser)
            assert refused.location.endswith("refused=lti_connect_other_browser")
        with house.database.read() as session:
            local = session.scalars(select(Account.id).where(Account.login == "nhung")).one()
            assert local not in session.scalars(select(Identity.account_id)).all()

    def test_a_cookie_that_nobody_has_set_is_another_browser(self, teacher, client):
        odd = {"Cookie": "lti-here=\u00e9"}
        told = {"handle": teacher.handle, "answer": "AAAABBBB"}
        assert "other_browser" in client.open("/lti/complete", method="POST", data=told, headers=odd).location

    def test_a_handle_that_is_none_is_gone(self, client):
        assert client.post("/lti/complete", {"handle": "x", "answer": "y"}, csrf=False).status_code == 410

    @pytest.mark.parametrize("code", ["x", "0" * 43])
    def test_an_unknown_code_is_over(self, person, make_browser, code):
        local = make_browser()
        local.sign_in("nhung")
        assert local.get(f"/connect/{code}").status_code == 404
        assert "quá mười phút" in local.get(f"/connect/{code}").text

    def test_a_link_is_taken_back(self, teacher, person, make_browser):
        again = linked(teacher, make_browser)
        after = follow(again, press(again, "/disconnect"))
        assert "Liên kết tài khoản của tôi" in after.get("/lti/class").text
        assert again.get("/lti/class").status_code == 410

    def test_the_next_click_in_the_course_is_the_local_teachers(self, door, link, teacher, person, make_browser):
        linked(teacher, make_browser)
        assert "Vũ Thị Nhung (nhung)" in door.enter("2", link).get("/lti/class").text


class TestTheClass:
    def test_whoever_is_linked_sees_it_in_the_own_account_and_ends_it(self, house, teacher, person, make_browser):
        launched = linked(teacher, make_browser)
        local = make_browser()
        local.sign_in("nhung")
        page = local.get("/account").text
        assert "Hệ thống học tập đã liên kết" in page
        key = re.search(r'name="link" value="(\d+)"', page)[1]
        for odd in ("", "x", "999999999", "9" * 40, "-1"):
            assert local.post("/account/links/end", {"link": odd}).status_code == 404
        assert local.post("/account/links/end", {"link": key}).status_code == 303
        assert launched.get("/lti/class").status_code == 410
        assert "đã liên kết" not in local.get("/account").text

    def test_nobody_ends_the_link_of_somebody_else(self, house, teacher, person, sign_in, make_browser):
        linked(teacher, make_browser)
        with house.database.read() as session:
            key = session.scalars(select(Identity.id)).one()
        assert sign_in("khac").post("/account/links/end", {"link": str(key)}).status_code == 404

    def test_a_linked_teacher_says_which_class_it_is(self, house, teacher, person, make_browser):
        again = linked(teacher, make_browser)
        press(again, "/map", **{"class": person})
        assert f'value="{person}" selected' in again.get("/lti/class").text
        with house.database.read() as session:
            assert session.scalars(select(LtiContext)).one().school_class.uid == person

    def test_who_is_not_linked_is_not_asked_and_cannot_say_so(self, teacher, person):
        assert 'name="class"' not in teacher.get("/lti/class").text
        assert press(teacher, "/map", **{"class": person}).status_code == 403

    def test_a_linked_teacher_teaches_from_here(self, teacher, person, make_browser, material):
        again = linked(teacher, make_browser)
        assert f"/materials/{material}/teach" in again.get("/lti/class").text
        page = again.get(f"/materials/{material}/teach").text
        token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
        fields = {"csrf_token": token, "class": person}
        shown = again.open(f"/materials/{material}/teach", method="POST", data=fields)
        assert shown.status_code == 303
        presented = again.get(shown.location)
        assert f'href="{again.base}/lti/class"' in presented.text
        again.open(f"{shown.location.removeprefix(again.base)}/end", method="POST", data={"csrf_token": token})
        assert f'href="{again.base}/lti/class"' in again.get(shown.location).text


def form(browser, address):
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(address).text)[1]
    return {"login": "nhung", "password": PASSWORD, "csrf_token": token}


class TestGrades:
    """What of the learners' work goes to the gradebook."""

    @pytest.fixture
    def grade(self, house, door, link):
        """The grade of a learner that the platform has refused."""
        door.enter("42", link)
        with house.database.write() as session:
            row = session.scalars(select(LtiLink)).one()
            account = session.scalars(select(Identity).where(Identity.subject == "42")).one().account_id
            for attempt in session.scalars(select(Attempt)):
                attempt.score_scaled, attempt.completion = 0.8, "completed"
            grade = outbox.follow_learner(session, row, account)
            grade.refused_at, grade.next_at, grade.code, grade.params = (
                now(),
                None,
                "grade_column_gone",
                {"status": 404},
            )
            return grade.id

    def test_a_refusal_is_explained_and_the_grade_sent_again(self, house, teacher, grade):
        page = teacher.get("/lti/class").text
        assert "đã bị xóa trong hệ thống học tập (HTTP 404)" in page
        assert press(teacher, "/grades").status_code == 303
        with house.database.read() as session:
            assert session.get_one(LtiGrade, grade).refused_at is None
        assert "/lti/class/grades" not in teacher.get("/lti/class").text

    def test_the_teacher_says_which_attempt_counts(self, house, teacher, grade):
        assert press(teacher, "/grading", grading="average").status_code == 303
        assert re.search(r'value="average"\s+selected', teacher.get("/lti/class").text)
        with house.database.read() as session:
            assert session.scalars(select(LtiLink)).one().policy["grading"] == "average"

    def test_a_way_that_does_not_exist_is_refused(self, house, teacher, grade):
        assert press(teacher, "/grading", grading="worst").status_code == 400
        with house.database.read() as session:
            assert session.scalars(select(LtiLink)).one().policy == {}

    def test_learners_may_do_neither(self, door, link, grade):
        learner = door.enter("42", link)
        token = re.search(r'name="csrf-token" content="([^"]+)"', learner.get("/activity").text)[1]
        for path in ("grades", "grading"):
            answer = learner.open(f"/lti/class/{path}", method="POST", data={"csrf_token": token, "grading": "last"})
            assert answer.status_code == 403


class TestOneLearner:
    """The attempts of a learner, and taking them back."""

    @pytest.fixture
    def address(self, door, link, teacher):
        """The page of a learner who has begun."""
        door.enter("42", link)
        return re.search(r'href="[^"]*(/lti/class/learners/[0-9a-f]+)"', teacher.get("/lti/class").text)[1]

    def test_the_attempts_are_shown_with_their_answers(self, teacher, address):
        page = teacher.get(address).text
        assert "Trần Thị Bích" in page
        assert "data-attempt-row" in page
        assert "/answers" in page or "/insight" in page or "attempts/" in page

    def test_it_is_taken_back_only_when_the_teacher_is_sure(self, house, teacher, address):
        path = address.removeprefix("/lti/class")
        refused = press(teacher, f"{path}/reset")
        assert refused.status_code == 400
        assert "đánh dấu ô xác nhận" in refused.text
        with house.database.read() as session:
            assert session.scalars(select(Registration)).one().reset_at is None
        done = press(teacher, f"{path}/reset", sure="yes")
        assert done.status_code == 303
        assert done.location.endswith("/lti/class")
        assert "chưa mở lần nào" in teacher.get("/lti/class").text
        assert "đã hủy" in teacher.get(address).text.lower()
        assert press(teacher, f"{path}/reset", sure="yes").status_code == 409
        with house.database.read() as session:
            assert session.scalars(select(AuditEvent.action).where(AuditEvent.action == "lti.reset")).one()

    def test_without_the_token_of_the_form_nothing_happens(self, house, teacher, address):
        answer = teacher.open(f"{address}/reset", method="POST", data={"sure": "yes"})
        assert answer.status_code == 400
        with house.database.read() as session:
            assert session.scalars(select(Registration)).one().reset_at is None

    def test_learners_see_nobody(self, door, link, address):
        learner = door.enter("42", link)
        token = re.search(r'name="csrf-token" content="([^"]+)"', learner.get("/activity").text)[1]
        assert learner.get(address).status_code == 403
        answer = learner.open(f"{address}/reset", method="POST", data={"csrf_token": token, "sure": "yes"})
        assert answer.status_code == 403

    def test_nobody_of_another_activity_is_found(self, door, material, teacher, address):
        other = door.enter("2", door.place(material, "Khác"))
        assert other.get(address).status_code == 404
        assert press(other, f"{address.removeprefix('/lti/class')}/reset", sure="yes").status_code == 404


class TestGroups:
    """The groups of the course, where the platform tells them."""

    @pytest.fixture
    def groups(self, house, door, link, teacher):
        """The course has two groups; who has begun is in the first."""
        groups = door.site.offer_groups()
        door.enter("42", link)
        with house.database.write() as session:
            context = session.scalars(select(LtiContext)).one()
            assert context.groups_url == f"{groups.address}/groups"
            for name in ("<b>Tổ 1", "Tổ 2"):
                session.add(LtiGroup(context_id=context.id, name=name, title=name, set_title="Thí & nghiệm"))
            session.scalars(select(LtiMember).where(LtiMember.subject == "42")).one().groups = ["<b>Tổ 1"]
            session.flush()
            return {row.name: row.id for row in session.scalars(select(LtiGroup))}

    def test_the_results_of_one_group(self, teacher, groups):
        whole = teacher.get("/lti/class").text
        assert "Trần Thị Bích" in whole
        assert whole.count("&lt;b&gt;Tổ 1") == 2
        assert "<b>" not in whole
        assert "Trần Thị Bích" in teacher.get(f"/lti/class?group={groups['<b>Tổ 1']}").text
        none = teacher.get(f"/lti/class?group={groups['Tổ 2']}").text
        assert "Trần Thị Bích" not in none
        assert "Nhóm này chưa có ai" in none

    @pytest.mark.parametrize("odd", ["x", "-1", "9" * 30, "%00", "1'"])
    def test_a_group_that_is_none_is_everybody(self, teacher, groups, odd):
        assert "Trần Thị Bích" in teacher.get(f"/lti/class?group={odd}").text

    def test_the_way_back_leads_to_the_group(self, teacher, groups):
        group = groups["<b>Tổ 1"]
        page = teacher.get(f"/lti/class?group={group}").text
        address = re.search(r'href="[^"]*(/lti/class/learners/[^"]+)"', page)[1]
        assert f"/lti/class?group={group}" in teacher.get(address).text
        path = address.removeprefix("/lti/class").partition("?")[0]
        done = press(teacher, f"{path}/reset", sure="yes", group=str(group))
        assert done.location.endswith(f"/lti/class?group={group}")

    def test_a_launch_that_tells_no_groups_has_none(self, door, link, teacher, groups):
        door.site.groups = None
        door.enter("42", link)
        assert 'name="group"' not in teacher.get("/lti/class").text
