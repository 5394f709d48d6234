"""Pages below a handle: few of them, framed by their platform, with forms that hold and an address nobody learns."""

import re
from datetime import timedelta

import pytest
import structlog
import time_machine
from werkzeug.routing.converters import NumberConverter

from elearn.clock import now
from elearn.identifiers import new_token
from elearn.models.account import Role
from elearn.models.material import Material
from elearn.paths import static_folder
from elearn.services.lti.launched import SOON
from elearn.web.launches import ENDPOINTS, ONLY_BELOW
from elearn.web.logs import without_handles
from tests.support.launches import MOODLE, Course
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Player, put


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


def policy(answer):
    return dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))


def addresses(app):
    """One address and method for each endpoint of the application."""
    adapter = app.people.url_map.bind("localhost")
    for rule in app.people.url_map.iter_rules():
        values = {name: 1 if isinstance(rule._converters[name], NumberConverter) else "x" for name in rule.arguments}
        for method in sorted(rule.methods - {"OPTIONS"}):
            yield rule.endpoint, adapter.build(rule.endpoint, values, method=method), method


class TestWhatOpens:
    def test_nothing_but_the_listed_endpoints_opens_below_a_handle(self, app, course, make_account):
        make_account("sep", Role.ADMINISTRATOR)
        admin = course.pupil(login="sep")
        walked = {True: set(), False: set()}
        for endpoint, path, method in addresses(app):
            answer = admin.open(path, method=method, headers={"Authorization": "Bearer x"})
            walked[endpoint in ENDPOINTS].add(endpoint)
            assert endpoint in ENDPOINTS or answer.status_code == 404, (endpoint, method)
        assert walked[True] == ENDPOINTS
        assert walked[False] > {"account.overview", "admin.start", "review.queue", "organisation.tree", "static"}

    def test_pages_of_launches_do_not_exist_without_a_handle(self, app, sign_in):
        browser = sign_in("sep", Role.ADMINISTRATOR)
        paths = [row for row in addresses(app) if row[0].partition(".")[0] in ONLY_BELOW and row[2] == "GET"]
        assert paths
        for _, path, _ in paths:
            assert browser.get(path).status_code == 404

    def test_the_roles_of_a_linked_account_stay_outside(self, course, make_account, house):
        make_account("sep", Role.ADMINISTRATOR)
        with house.database.write() as session:
            session.query(Material).one().status = "draft"
        assert course.pupil(login="sep").get("/activity").status_code == 404


class TestForms:
    def test_a_form_without_its_token_changes_nothing(self, pupil):
        assert pupil.open("/activity/play", method="POST").status_code == 400

    def test_the_token_of_another_launch_is_refused(self, course, pupil):
        data = {"csrf_token": course.pupil("Lò Thị Mai").token()}
        assert pupil.open("/activity/play", method="POST", data=data).status_code == 400

    def test_a_bearer_header_does_not_stand_for_the_token(self, pupil):
        headers = {"Authorization": "Bearer something"}
        assert pupil.open("/activity/play", method="POST", headers=headers).status_code == 400

    def test_forms_of_pages_without_a_referrer_are_taken(self, pupil):
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        data = {"csrf_token": pupil.token()}
        assert pupil.open("/activity/play", method="POST", data=data, headers=headers).status_code == 303

    @pytest.mark.parametrize(
        "headers", [{"Origin": MOODLE}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}], ids=["named", "nameless"]
    )
    def test_forms_of_other_sites_are_refused(self, pupil, headers):
        data = {"csrf_token": pupil.token()}
        assert pupil.open("/activity/play", method="POST", data=data, headers=headers).status_code == 400


class TestFrames:
    def test_the_platform_may_frame_its_launches_and_nobody_else(self, pupil):
        for path in ("/activity", pupil.begin(), "/nowhere"):
            answer = pupil.get(path)
            assert policy(answer)["frame-ancestors"] == MOODLE
            assert "X-Frame-Options" not in answer.headers

    def test_a_hosted_platform_is_known_by_the_way_back(self, course):
        pupil = course.pupil(return_url="https://Truong.Instructure.com:443/courses/1;x")
        expected = f"{MOODLE} https://truong.instructure.com"
        assert policy(pupil.get("/activity"))["frame-ancestors"] == expected

    def test_pages_outside_stay_out_of_every_frame(self, sign_in, lesson):
        answer = sign_in().get(f"/materials/{lesson}")
        assert policy(answer)["frame-ancestors"] == "'none'"
        assert answer.headers["X-Frame-Options"] == "DENY"

    def test_the_player_and_its_files_are_framed_through_the_application_by_the_platform(self, pupil):
        opened = pupil.play()
        again = opened.learner.follow(opened.url)
        assert again.status_code == 409
        for answer in (opened.answer, again, opened.file("index.html")):
            assert policy(answer)["frame-ancestors"] == f"'self' http://localhost {MOODLE}"

    def test_a_file_that_caches_keep_is_not_the_one_of_the_library(self, pupil, sign_in, lesson):
        inside, outside = pupil.play(), Player(sign_in("lan")).open(lesson)
        assert inside.start["files"] != outside.start["files"]
        assert policy(outside.file("index.html"))["frame-ancestors"] == "'self' http://localhost"

    def test_nobody_writes_other_ancestors_into_the_address_of_a_file(self, pupil):
        opened = pupil.play()
        files = opened.start["files"].rstrip("/")
        bare, evil = files[:56], "aHR0cHM6Ly9ldmlsLmV4YW1wbGU"
        for forged in (files[:-8], f"{files}AAAA", bare, bare + evil, f"{files}%C3%A9"):
            assert opened.get(f"{forged}/index.html").status_code == 404

    def test_the_page_at_the_end_can_be_read_inside_the_platform(self, client):
        answer = client.get(f"/l/{new_token()}/activity")
        assert policy(answer)["frame-ancestors"] == "*"
        assert "<form" not in answer.text

    def test_pages_tell_nobody_where_they_are_and_are_not_kept(self, pupil):
        for path in ("/activity", pupil.begin(), "/nowhere"):
            headers = pupil.get(path).headers
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cache-Control"] == "private, no-store"

    def test_styles_and_scripts_lie_outside_so_that_caches_keep_them(self, pupil):
        for path in ("/activity", pupil.begin()):
            page = pupil.get(path).text
            loaded = re.findall(r'(?:src|href)="([^"]*/static/[^"]*)"', page)
            assert loaded
            assert all(address.startswith("/static/") for address in loaded)

    def test_links_stay_below_the_handle(self, pupil):
        shell = pupil.get(pupil.begin()).text
        assert f'data-back="{pupil.base}/activity"' in shell
        assert f'<meta name="elearn-base" content="{pupil.base}">' in shell

    def test_neither_the_bar_nor_the_foot_of_the_library_is_shown(self, pupil):
        page = pupil.get("/activity").text
        assert "topbar" not in page
        assert "footer" not in page

    def test_the_way_out_of_the_frame_leads_to_the_same_page(self, pupil):
        address = pupil.begin()
        link = re.search(r'id="own-window" href="([^"]+)" target="_blank" rel="noopener', pupil.get(address).text)[1]
        assert link == address
        assert pupil.get(link).status_code == 200


class TestSecrecy:
    @pytest.fixture
    def lines(self):
        together = [structlog.processors.format_exc_info, without_handles]
        with structlog.testing.capture_logs(processors=together) as lines:
            yield lines

    def test_the_handle_is_in_no_line_of_the_log(self, app, pupil, lines):
        def view():
            raise KeyError(f"http://localhost{pupil.base}/activity")

        pupil.play()
        pupil.get("/nowhere")
        app.people.view_functions["activity.start"] = view
        assert pupil.get("/activity").status_code == 500
        assert any(line.get("path") == "/l/…/activity" for line in lines)
        assert any("KeyError" in line.get("exception", "") for line in lines)
        assert pupil.handle not in str(lines)

    def test_the_content_never_learns_the_handle(self, pupil):
        opened = pupil.play()
        assert pupil.handle not in opened.answer.text + opened.url + str(opened.answer.headers)


class TestTheEndOfALaunch:
    """People are told some minutes before it, and how to go on."""

    def ends(self, page):
        found = re.search(r'<p id="launch-ends"[^>]*data-seconds="(\d+)"[^>]*>([^<]*)</p>', page.text)
        return int(found[1]), found[2]

    def test_at_first_nothing_is_said(self, pupil):
        seconds, words = self.ends(pupil.get("/activity"))
        assert 4 * 3600 - 60 < seconds <= 4 * 3600
        assert words == ""

    @pytest.mark.parametrize("hours", [3.9, 3.99])
    def test_shortly_before_every_page_says_so(self, pupil, hours):
        shell = pupil.begin()
        with time_machine.travel(now() + timedelta(hours=hours)):
            for address in ("/activity", shell):
                seconds, words = self.ends(pupil.get(address))
                assert 0 < seconds <= 600
                assert "sẽ kết thúc trong vài phút nữa" in words
                assert "Moodle của trường" in words

    def test_the_script_knows_the_same_minutes(self):
        script = (static_folder() / "js" / "launch_ends.js").read_text(encoding="utf-8")
        assert f"const SOON = {int(SOON.total_seconds())};" in script

    def test_outside_a_launch_there_is_none(self, client):
        assert "launch-ends" not in client.get("/").text
