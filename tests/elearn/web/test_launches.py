"""Launches from a learning platform: known by the handle in the address, without a cookie, for four hours."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.clock import now
from elearn.identifiers import new_token
from elearn.models.account import Account, BrowserSession, Role
from elearn.models.learning import ActivityState, Attempt, Placement
from elearn.models.lti import LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiSession
from elearn.models.usage import ActKind, UsageAct
from elearn.services import account as accounts
from elearn.services.lti.launched import LIFETIME, end_launched_sessions
from tests.support.launches import Course, LaunchedBrowser
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, put

OVER = "Lượt mở này đã kết thúc"
JSON = {"Accept": "application/json"}


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def course(house, app, lesson):
    return Course(house, app, lesson)


@pytest.fixture
def pupil(course):
    return course.pupil()


class TestSession:
    def test_the_handle_alone_opens_the_activity(self, pupil):
        page = pupil.get("/activity")
        assert page.status_code == 200
        assert "data-launch" in page.text

    def test_only_the_digest_of_the_handle_is_stored(self, pupil, house):
        with house.database.read() as session:
            digest = session.scalars(select(LtiSession.digest)).one()
            assert session.get(BrowserSession, digest)
        assert pupil.handle not in digest

    def test_no_answer_sets_a_cookie(self, pupil):
        opened = pupil.play()
        answers = [pupil.get(path) for path in ("/activity", f"/play/{opened.start['attempt']}", "/nowhere")]
        answers.append(pupil.ask(f"/play/sessions/{opened.start['session']}/renew", {}))
        assert [answer.status_code for answer in answers] == [200, 200, 404, 200]
        for answer in answers:
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")

    def test_a_sign_in_of_the_same_browser_changes_nothing(self, pupil, sign_in):
        admin = sign_in("quan.tri", Role.ADMINISTRATOR)
        cookies = {"Cookie": f"elearn={admin.cookie()}; elearn_language=en"}
        page = pupil.get("/activity", headers=cookies)
        assert page.text.count(admin.cookie()) == 0
        assert '<html lang="vi">' in page.text
        assert pupil.get("/administration", headers=cookies).status_code == 404

    def test_two_cookies_do_not_disturb_it(self, pupil):
        cookies = {"Cookie": f"elearn={new_token()}; elearn={new_token()}"}
        assert pupil.get("/activity", headers=cookies).status_code == 200

    def test_a_handle_is_no_cookie(self, course, make_account, client):
        make_account("lan", Role.ADMINISTRATOR)
        teacher = course.pupil(login="lan")
        client.client.set_cookie("elearn", teacher.handle, domain="localhost")
        assert client.get("/account").status_code == 302

    def test_a_cookie_is_no_handle(self, app, sign_in):
        browser = sign_in("lan")
        assert LaunchedBrowser(app, browser.cookie()).get("/activity").status_code == 410

    def test_two_people_at_one_browser_do_not_mix(self, course, house):
        first, second = course.pupil("Vừ A Dính"), course.pupil("Lò Thị Mai")
        one, two = first.play(), second.play()
        assert one.commit({"cmi.location": "một"}).status_code == 200
        assert two.commit({"cmi.location": "hai"}).status_code == 200
        assert second.get(f"/play/{one.start['attempt']}").status_code == 404
        with house.database.read() as session:
            places = session.scalars(select(ActivityState)).all()
        assert [place.document["cmi.location"] for place in places] == ["một", "hai"]

    def test_the_launch_speaks_the_language_of_the_platform(self, course):
        english = course.pupil(locale="en_US")
        assert "Begin the lesson" in english.get("/activity").text
        assert "Page not found" in english.get("/nowhere").text

    def test_a_link_at_which_nothing_stands_says_so(self, course, house):
        with house.database.write() as session:
            for placement in session.query(Placement):
                placement.material.status = "withdrawn"
        assert course.pupil().get("/activity").status_code == 404

    def test_learning_once_more_stays_at_the_place_in_the_course(self, pupil, house):
        opened = pupil.play()
        assert opened.walk("exitAll").status_code == 200
        again = f"/play/{opened.start['attempt']}/ways"
        assert pupil.get(again).json == {"retry": True, "next": None}
        with time_machine.travel(now() + timedelta(minutes=5)):
            answer = pupil.open(again, method="POST", data={"way": "retry", "csrf_token": pupil.token()})
        assert answer.location.startswith(f"{pupil.base}/play/")
        with house.database.read() as session:
            attempts = session.scalars(select(Attempt)).all()
            launches = session.scalars(select(UsageAct.attempt_id).where(UsageAct.kind == ActKind.LAUNCH)).all()
        assert [attempt.number for attempt in attempts] == [1, 2]
        assert launches == [attempt.id for attempt in attempts]

    def test_the_attempt_belongs_to_the_place_in_the_course(self, pupil, house, course):
        pupil.begin()
        with house.database.read() as session:
            attempt = session.scalars(select(Attempt)).one()
            assert attempt.registration.placement.kind == "lti"


class TestEnd:
    @pytest.mark.parametrize("handle", ["", "short", "x" * 43, "x" * 44, "%00", "<script>"])
    def test_what_is_no_handle_gets_a_friendly_page(self, app, make_browser, handle):
        answer = make_browser().get(f"/l/{handle}/activity")
        assert answer.status_code == 410
        assert OVER in answer.text
        assert "sign-in" not in answer.text
        assert "script>" not in answer.text.replace("</script>", "")
        assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("path", ["/l", "/l/"])
    def test_nothing_at_all_is_no_handle_either(self, client, path):
        assert client.get(path).status_code == 410

    def test_the_page_speaks_english_to_whom_reads_english(self, client):
        page = client.get(f"/l/{new_token()}/activity", headers={"Accept-Language": "en-GB"}).text
        assert "This opening has ended" in page

    def test_it_lasts_four_hours_however_much_it_is_used(self, pupil):
        with time_machine.travel(now(), tick=False) as clock:
            clock.shift(LIFETIME - timedelta(minutes=1))
            assert pupil.get("/activity").status_code == 200
            clock.shift(timedelta(minutes=2))
            assert pupil.get("/activity").status_code == 410

    @pytest.mark.parametrize("status", [PlatformStatus.OFF, PlatformStatus.WAITING])
    def test_a_platform_that_is_not_active_opens_nothing(self, pupil, house, status):
        with house.database.write() as session:
            session.query(LtiPlatform).one().status = status
        assert pupil.get("/activity").status_code == 410

    def test_a_deployment_that_nobody_accepts_opens_nothing(self, pupil, house):
        with house.database.write() as session:
            session.query(LtiPlatform).one().deployments[0].accepted_at = None
        assert pupil.get("/activity").status_code == 410

    def test_switching_a_platform_off_ends_its_player_pages_too(self, pupil, house):
        opened = pupil.play()
        with house.database.write() as session:
            assert end_launched_sessions(session, session.query(LtiPlatform).one()) == 1
        assert opened.commit({"cmi.location": "5"}).json["error"] == "launch_over"

    def test_signing_out_everywhere_ends_the_launches_of_a_linked_account(self, course, make_account, house):
        make_account("lan")
        teacher = course.pupil(login="lan")
        with house.database.write() as session:
            accounts.sign_out_everywhere(session, session.query(Account).filter_by(login="lan").one())
        assert teacher.get("/activity").status_code == 410

    def test_a_disabled_account_is_out_at_once(self, pupil, house):
        with house.database.write() as session:
            session.query(Account).filter_by(login=None).one().disabled_at = now()
        assert pupil.get("/activity").status_code == 410

    def test_work_that_was_not_saved_is_taken_by_the_next_launch(self, course, pupil, house):
        opened = pupil.play()
        with time_machine.travel(now() + LIFETIME + timedelta(minutes=1)):
            refused = opened.commit({"cmi.location": "7"})
            assert (refused.status_code, refused.json["error"]) == (401, "launch_over")
            late = {"session": opened.start["session"], **opened.message({"cmi.location": "7"})}
            gone = pupil.open("/play/journal", method="POST", json=late, headers=JSON)
            assert gone.status_code == 410
            assert "code" not in gone.json  # so that the journal keeps its entry
            assert course.pupil().ask("/play/journal", late).status_code == 200
        with house.database.read() as session:
            assert session.scalars(select(ActivityState)).one().document["cmi.location"] == "7"
