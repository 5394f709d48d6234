"""What stands at a resource link: a course whose lessons are played from there, or a file."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.models.course import Course as OwnCourse
from elearn.models.course import CourseItem, CourseStatus
from elearn.models.learning import Attempt, Placement, PlacementKind
from elearn.models.lti_courses import LtiLink
from elearn.models.material import Material
from elearn.services import courses
from elearn.services.access import load_identity
from elearn.services.account import account_by_login
from tests.support.launches import MOODLE, Course
from tests.support.packages import pdf, scorm_package
from tests.support.shelf import AUTHOR, put


@pytest.fixture
def shelf(house, make_account):
    make_account(AUTHOR)
    return [put(house, scorm_package("2004 4th Edition")), put(house, pdf("Phan so"), "phan-so.pdf")]


@pytest.fixture
def moodle(house, app, shelf):
    return Course(house, app, shelf[0])


@pytest.fixture
def change(house):
    """Change all rows of a model: `change(CourseItem, title="...")`."""

    def apply(model, **values):
        with house.database.write() as session:
            for row in session.scalars(select(model)):
                for name, value in values.items():
                    setattr(row, name, value)

    return apply


@pytest.fixture
def course(house, moodle):
    """The link leads to a course of ours with a lesson and a file."""
    with house.database.write() as session:
        author = load_identity(session, account_by_login(session, AUTHOR).id)
        materials = session.scalars(select(Material).order_by(Material.id)).all()
        made = courses.create_course(session, author, materials[0].unit, courses.CourseDetails("Toán 5, học kỳ I"))
        for material in materials:
            courses.add_item(session, author, made, material)
        made.status = CourseStatus.OPEN
        link = session.get_one(LtiLink, moodle.link)
        link.placement_id, link.course_id = None, made.id
    return moodle


def items(page):
    return re.findall(r'name="item" value="([0-9a-f]{32})"', page.text)


def play(pupil, item=""):
    return pupil.open("/activity/play", method="POST", data={"item": item, "csrf_token": pupil.token()})


class TestCourse:
    def test_its_lessons_are_played_from_the_link(self, course, house):
        pupil = course.pupil()
        page = pupil.get("/activity")
        assert "Toán 5, học kỳ I" in page.text
        (lesson,) = items(page)
        shell = play(pupil, lesson)
        assert shell.status_code == 303
        assert pupil.open_player(shell.location).commit({"cmi.completion_status": "completed"}).status_code == 200
        assert "standing-completed" in pupil.get("/activity").text
        with house.database.read() as session:
            placement = session.scalars(select(Attempt)).one().registration.placement
            link = session.get_one(LtiLink, course.link)
            assert (placement.kind, placement.context) == (PlacementKind.LTI, link.uid)

    def test_a_file_that_was_opened_is_done(self, course, house):
        pupil = course.pupil()
        address = re.search(r'href="([^"]*/activity/file\?item=[0-9a-f]{32})"', pupil.get("/activity").text)[1]
        opened = pupil.get(address)
        assert opened.status_code == 303
        assert pupil.get(address).status_code == 303
        with house.database.read() as session:
            assert session.scalars(select(Attempt)).one().completion == "completed"

    def test_the_limit_of_attempts_that_the_course_sets_counts(self, course, change):
        change(Placement, policy={"max_attempts": 1})
        pupil = course.pupil()
        (lesson,) = items(pupil.get("/activity"))
        pupil.open_player(play(pupil, lesson).location).walk("exitAll")
        assert items(pupil.get("/activity")) == []
        assert play(pupil, lesson).status_code == 409

    @pytest.mark.parametrize(
        ("model", "values", "words"),
        [
            (CourseItem, {"opens_on": (now() + timedelta(days=9)).date()}, "mở"),
            (Material, {"status": "withdrawn"}, "chưa mở được"),
            (OwnCourse, {"status": CourseStatus.CLOSED}, "Toán 5"),
        ],
        ids=["not yet", "withdrawn", "closed"],
    )
    def test_what_is_not_open_cannot_be_played(self, course, change, model, values, words):
        pupil = course.pupil()
        (lesson,) = items(pupil.get("/activity"))
        change(model, **values)
        page = pupil.get("/activity")
        assert words in page.text
        assert items(page) == []
        assert play(pupil, lesson).status_code == 409

    def test_an_item_that_is_not_there_does_not_exist(self, course):
        assert play(course.pupil(), "0" * 32).status_code == 404

    def test_a_draft_is_not_shown(self, course, change):
        change(OwnCourse, status=CourseStatus.DRAFT)
        assert course.pupil().get("/activity").status_code == 404


class TestFile:
    def test_it_opens_on_the_content_host_inside_the_platform(self, moodle, house, client):
        with house.database.write() as session:
            document = session.scalars(select(Material).where(Material.kind == "pdf")).one()
            placement = session.get_one(LtiLink, moodle.link).placement
            placement.material_id = document.id
        pupil = moodle.pupil()
        page = pupil.get("/activity")
        assert "data-launch" not in page.text
        address = pupil.get("/activity/file").location
        origin, _, path = address.partition("/o/")
        shown = client.open(f"/o/{path}", origin=origin, buffered=True)
        assert shown.status_code == 200
        assert f"frame-ancestors 'self' http://localhost {MOODLE}" in shown.headers["Content-Security-Policy"]
        assert pupil.handle not in address

    def test_another_site_opens_nothing_in_somebodys_name(self, moodle, house):
        pupil = moodle.pupil()
        answer = pupil.get("/activity/file", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.location == f"{pupil.base}/activity"
        with house.database.read() as session:
            assert session.scalars(select(Attempt)).all() == []
