"""A click in a course of a platform: login, signed message, and the lesson."""

import json
import re

import pytest
from sqlalchemy import func, select

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.models.account import Account, Identity
from elearn.models.learning import Attempt, Placement, PlacementKind
from elearn.models.lti import LtiDeployment, PlatformStatus
from elearn.models.lti_courses import LtiContext, LtiLink, LtiMember, LtiSession
from elearn.models.usage import ActKind, UsageAct
from elearn.services.lti import events
from elearn.services.lti.keys import signing_key
from elearn.services.lti.logins import LIFETIME
from elearn.web.lti.login import REPEATED
from tests.support.lti_doors import OURS, hidden_fields, inside
from tests.support.lti_platform import AGS, LTI, MEMBERSHIP
from tests.support.manifests import manifest_xml, sco
from tests.support.shelf import AUTHOR, Player, put
from tests.support.zips import simple_zip


def rows(house, kind):
    with house.database.read() as session:
        return list(session.scalars(select(kind)))


HALF = "\ud800"  # of a character: JSON can spell it, nothing else can hold it
UNFIT = [
    {"name": HALF},
    {"sub": HALF},
    {"aud": [HALF]},
    {"exp": 10**400},
    {f"{LTI}version": HALF},
    {f"{LTI}context": {"id": "3", "title": "a\0b"}},
    {f"{LTI}custom": {HALF: "x"}},
    {"x": json.loads("[" * 100 + "]" * 100)},
]


@pytest.mark.parametrize("changes", UNFIT, ids=str)
def test_a_message_that_nobody_can_keep_or_show_is_refused(door, link, changes):
    door.site.changes = changes
    refused = door.click(link=link)
    assert refused.status_code == 400
    assert refused.headers["X-Request-Id"] in refused.text
    assert [event for event, code in door.events() if code] == ["launch"]


class TestLogin:
    def test_the_browser_is_sent_on_with_what_the_platform_asked_for(self, door, link):
        asked = door.site.begin(door.tool, "42", link)
        page = door.browser().open("/lti/login", query_string=asked)
        assert page.status_code == 200
        assert 'http-equiv="refresh"' in page.text
        assert door.answered(page)["id_token"]

    def test_the_cookie_is_one_that_arrives_in_a_frame(self, door, link):
        cookie = door.login(door.browser(), link=link).headers["Set-Cookie"]
        assert cookie.startswith("elearn-lti-")
        assert {"Secure", "HttpOnly", "Path=/lti/", "SameSite=None", "Partitioned"} <= set(cookie.split("; "))

    def test_the_page_may_be_framed_and_sets_no_session(self, door, link):
        page = door.login(door.browser(), link=link)
        assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in page.headers
        assert len(page.headers.getlist("Set-Cookie")) == 1

    def test_an_error_in_a_frame_knows_nobody_whatever_cookie_comes_along(self, sign_in):
        page = sign_in(name="Đỗ Văn Kín").get("/lti/nothing")
        assert page.status_code == 404
        assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in page.headers
        assert "Kín" not in page.text

    def test_a_flood_of_refusals_does_not_fill_the_disk(self, door, link, monkeypatch):
        monkeypatch.setattr(events, "MOST_REFUSED", 3)
        for number in range(5):
            told = {"iss": f"https://{number}.example", "login_hint": "1", "target_link_uri": f"{OURS}/lti/launch"}
            assert door.browser().get("/lti/login", query_string=told).status_code == 404
        assert len(door.events()) == 3
        door.login(door.browser(), link=link, target_link_uri="https://elsewhere.example/")
        assert door.events()[-1] == ("login", "lti_target_elsewhere")

    def test_a_nul_in_an_address_is_no_login(self, door):
        told = {"iss": "a\0b", "login_hint": "1", "target_link_uri": f"{OURS}/lti/launch"}
        assert door.browser().get("/lti/login", query_string=told).status_code == 400

    def test_a_new_window_begins_with_the_same_fields_and_no_frame(self, door, link):
        page = door.login(door.browser(), link=link, lti_storage_target="_parent")
        told = hidden_fields(page)
        assert set(told) == set(REPEATED)
        assert 'data-frame="_parent"' in page.text
        assert 'target="_blank"' in page.text
        again = door.browser().open("/lti/login", method="POST", data=told)
        assert door.answered(again)["id_token"]

    def test_a_canvas_names_the_deployment_where_the_client_is_left_out(self, door, link):
        page = door.login(door.browser(), link=link, client_id=None)
        assert door.answered(page)["id_token"]


class TestLaunch:
    def test_a_learner_plays_at_once(self, door, link, house):
        answer = door.click(link=link)
        launched = inside(door.app, answer)
        with house.database.read() as session:
            attempt = session.scalars(select(Attempt)).one()
            placement = attempt.registration.placement
            assert placement.kind is PlacementKind.LTI
            assert placement.context == session.scalars(select(LtiLink.uid)).one()
        assert answer.location == f"/l/{launched.handle}/play/{attempt.uid}"
        assert launched.get(f"/play/{attempt.uid}").status_code == 200
        assert [act.kind for act in rows(house, UsageAct)] == [ActKind.LAUNCH]

    def test_the_learner_is_an_account_without_login_password_and_role(self, door, link, house):
        door.click(link=link)
        with house.database.read() as session:
            identity = session.scalars(select(Identity)).one()
            account = session.get_one(Account, identity.account_id)
            assert (identity.provider, identity.issuer, identity.subject) == ("lti", door.site.issuer, "42")
            assert (account.login, account.password_hash, account.email) == (None, None, None)
            assert account.grants == []
            assert (account.display_name, account.locale) == ("Trần Thị Bích", "vi")

    def test_the_second_click_finds_everything_again(self, door, link, house):
        attempts = [door.click(link=link).location.rpartition("/")[2] for _ in range(2)]
        assert attempts[0] == attempts[1]
        counted = (Account, Identity, LtiContext, LtiMember, LtiLink, Placement, Attempt)
        assert {kind.__name__: len(rows(house, kind)) for kind in counted} == {
            "Account": 2,  # the author of the lesson is one
            "Identity": 1,
            "LtiContext": 1,
            "LtiMember": 1,
            "LtiLink": 1,
            "Placement": 1,
            "Attempt": 1,
        }

    def test_the_platform_keeps_names_and_titles_up_to_date(self, door, link, house):
        door.click(link=link)
        door.site.users["42"].given = "Ngọc Bích"
        door.site.links[link].title = "Phân số bằng nhau"
        door.site.changes |= {"locale": "en_US"}
        door.click(link=link)
        assert [row.title for row in rows(house, LtiLink)] == ["Phân số bằng nhau"]
        assert [row.display_name for row in rows(house, LtiMember)] == ["Trần Thị Ngọc Bích"]
        with house.database.read() as session:
            account = session.scalars(select(Account).where(Account.login.is_(None))).one()
            assert (account.display_name, account.locale) == ("Trần Thị Ngọc Bích", "en")

    def test_what_the_platform_lets_us_do_with_grades_is_kept(self, door, material, house):
        door.click(link=door.place(material, maximum=10.0))
        (link,) = rows(house, LtiLink)
        assert link.line_item.startswith(door.site.issuer)
        assert link.line_items
        assert any("ags/scope/score" in scope for scope in link.scopes)

    def test_a_line_item_of_ours_stays_when_the_platform_names_none(self, door, link, house):
        door.click(link=link)
        with house.database.write() as session:
            session.scalars(select(LtiLink)).one().line_item = "https://moodle.truong.example/made"
        door.site.changes |= {AGS: None}
        door.click(link=link)
        (kept,) = rows(house, LtiLink)
        assert (kept.line_item, kept.scopes) == ("https://moodle.truong.example/made", [])

    def test_a_copied_course_has_links_of_its_own_with_the_same_lesson(self, door, link, material, house):
        door.click(link=link)
        door.click(link=door.place(material))
        places = rows(house, Placement)
        assert len({place.context for place in places}) == 2
        assert len({place.material_id for place in places}) == 1

    def test_a_teacher_comes_to_the_page_of_the_link_and_begins_nothing(self, door, link, house):
        answer = door.click(user="2", link=link)
        assert answer.location.endswith("/activity")
        assert "data-launch" in inside(door.app, answer).get("/activity").text
        assert rows(house, Attempt) == []
        assert [session.is_teaching for session in rows(house, LtiSession)] == [True]

    def test_whoever_picks_comes_to_the_search(self, door, house):
        assert door.click(user="2").location.endswith("/lti/pick")
        (left,) = rows(house, LtiSession)
        assert left.picking["return_url"].startswith(door.site.issuer)
        assert left.link_id is None

    def test_a_picking_finds_a_key_for_its_answer_though_nobody_has_asked_for_our_keyset(self, door, house):
        door.click(user="2")
        with house.database.read() as session:
            assert signing_key(session) is not None

    def test_a_part_of_a_lesson_is_kept_with_the_link(self, door, material, house):
        door.click(link=door.site.place("Một phần", f"{OURS}/lti/open/m/{material}/p/muc%201").id)
        assert [row.part for row in rows(house, LtiLink)] == ["muc 1"]

    def test_an_administrator_reads_that_it_went_well(self, door, link):
        door.click(link=link)
        assert door.events() == [("launch", "")]


class TestParts:
    @pytest.fixture
    def lesson(self, house, make_account):
        make_account(AUTHOR)
        items = "".join(f'<item identifier="i{n}" identifierref="r{n}"><title>Bài {n}</title></item>' for n in (1, 2))
        files = {"imsmanifest.xml": manifest_xml(items=items, resources=sco("r1", "1.html") + sco("r2", "2.html"))}
        return put(house, simple_zip(files | {"1.html": "Một", "2.html": "Hai"}))

    @pytest.mark.parametrize(("part", "opens"), [("i2", ["2.html"]), ("i1", ["1.html"]), ("gone", [])])
    def test_a_link_of_a_part_begins_with_it(self, door, lesson, part, opens):
        link = door.site.place("Một phần", f"{OURS}/lti/open/m/{lesson}/p/{part}").id
        answer = door.click(link=link)
        pupil = inside(door.app, answer)
        shell = answer.location.removeprefix(pupil.base)
        page = Player(pupil).follow(pupil.ask(f"{shell}/code", {"tab": "1"}).json["url"])
        assert re.findall(r'"path": ?"([^"]+)"', page.text) == opens


def test_a_linked_account_keeps_its_own_name(door, link, make_account, house):
    door.click(link=link)
    account = make_account("co.bich", name="Cô Bích")
    with house.database.write() as session:
        session.scalars(select(Identity)).one().account_id = account.id
    door.click(link=link)
    with house.database.read() as session:
        assert session.get_one(Account, account.id).display_name == "Cô Bích"
        assert session.get_one(Account, account.id).locale is None


class TestSharedComputer:
    def test_two_pupils_one_after_the_other_in_one_browser_stay_apart(self, door, link):
        door.site.enrol("43", "Minh", "Lý A")
        browser = door.browser()
        first = inside(door.app, door.click(browser, "42", link))
        second = inside(door.app, door.click(browser, "43", link))
        assert first.handle != second.handle
        accounts = {page.get("/activity").text.split('elearn-account" content="')[1][:32] for page in (first, second)}
        assert len(accounts) == 2

    def test_two_launches_at_once_in_one_browser_do_not_mix(self, door, link, house):
        door.site.enrol("43", "Minh", "Lý A")
        browser = door.browser()
        logins = [door.login(browser, user, link) for user in ("42", "43")]
        answers = [door.arrive(browser, door.answered(login)) for login in reversed(logins)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert len({session.account_id for session in rows(house, LtiSession)}) == 2

    def test_whoever_is_signed_in_here_is_nobody_in_a_launch(self, door, link, sign_in, house):
        browser = sign_in("co.giao")
        assert door.click(browser, link=link).status_code == 303
        with house.database.read() as session:
            held = session.scalars(select(Account.login).join(LtiSession, LtiSession.account_id == Account.id))
            assert list(held) == [None]


class TestWithoutCookies:
    @pytest.fixture
    def waiting(self, door, link):
        """A page that asks for the binding, and the binding that the login gave to the browser."""
        browser = door.browser()
        login = door.login(browser, link=link)
        page = door.arrive(door.browser(), door.answered(login))
        assert page.status_code == 200
        return page, login.text.split('data-binding="')[1].partition('"')[0]

    def confirm(self, door, page, binding):
        fields = hidden_fields(page) | {"binding": binding}
        return door.browser().open("/lti/launch/confirm", method="POST", data=fields)

    def test_what_else_the_browser_has_kept_opens_the_lesson(self, door, waiting):
        page, binding = waiting
        assert "/play/" in self.confirm(door, page, binding).location

    def test_the_page_tells_nothing_of_the_launch(self, waiting):
        page, _ = waiting
        assert "Bích" not in page.text
        assert "Phân số" not in page.text

    def test_another_browser_has_kept_something_else(self, door, waiting, house):
        page, binding = waiting
        refused = self.confirm(door, page, f"{binding}x")
        assert refused.status_code == 403
        assert "trình duyệt khác" in refused.text
        assert rows(house, LtiSession) == []
        assert self.confirm(door, page, binding).status_code == 400  # the code is used up
        assert door.events() == [("launch", "lti_other_browser"), ("launch", "lti_state_over")]

    def test_a_confirmation_counts_once(self, door, waiting, house):
        page, binding = waiting
        answers = [self.confirm(door, page, binding).status_code for _ in range(2)]
        assert answers == [303, 400]
        assert len(rows(house, LtiSession)) == 1


class TestRefusals:
    def refused(self, door, answer, code, status=400):
        assert answer.status_code == status, answer.text
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert door.events()[-1][1] == code
        assert "This cannot be done" not in answer.text
        assert "Không thể làm điều này" not in answer.text
        return answer

    def test_a_state_counts_once(self, door, link, house):
        browser = door.browser()
        fields = door.answered(door.login(browser, link=link))
        assert door.arrive(browser, fields).status_code == 303
        self.refused(door, door.arrive(browser, fields), "lti_state_used", 409)
        assert len(rows(house, LtiSession)) == 1

    def test_a_token_counts_only_with_its_own_login(self, door, link):
        browser = door.browser()
        token = door.answered(door.login(browser, link=link))["id_token"]
        other = door.answered(door.login(browser, link=link))
        self.refused(door, door.arrive(browser, other | {"id_token": token}), "token_nonce")

    def test_a_bad_token_uses_its_state_up(self, door, link):
        browser = door.browser()
        fields = door.answered(door.login(browser, link=link))
        assert door.arrive(browser, fields | {"id_token": "a.b.c"}).status_code == 400
        self.refused(door, door.arrive(browser, fields), "lti_state_used", 409)

    def test_a_state_of_another_browser(self, door, link, house):
        fields = door.answered(door.login(door.browser(), link=link))
        other = door.browser()
        login = door.login(other, link=link)
        name = login.headers["Set-Cookie"].partition("=")[0]
        ours = fields["state"]
        other.client.set_cookie(cookie_of(ours), other.client.get_cookie(name, path="/lti/").value, path="/lti/")
        self.refused(door, door.arrive(other, fields), "lti_other_browser", 403)
        assert rows(house, LtiSession) == []

    def test_a_login_that_took_too_long(self, door, link, time_machine):
        browser = door.browser()
        login = door.login(browser, link=link)
        time_machine.move_to(now() + LIFETIME)
        self.refused(door, door.arrive(browser, door.answered(login)), "lti_state_over")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"iss": "https://evil.example"}, "token_issuer"),
            ({"aud": "somebody"}, "token_audience"),
            ({"aud": ["7Xk2pQ", "x"], "azp": "x"}, "token_party"),
            ({"exp": 1}, "token_late"),
            ({"iat": 9_999_999_999}, "token_from_future"),
            ({"nonce": "n"}, "token_nonce"),
            ({"nonce": None}, "token_claim"),
            ({"sub": None}, "lti_anonymous"),
            ({f"{LTI}version": "1.1"}, "version_unknown"),
            ({f"{LTI}message_type": "LtiStartProctoring"}, "message_unknown"),
            ({f"{LTI}deployment_id": None}, "deployment_absent"),
            ({f"{LTI}target_link_uri": f"{OURS}/lti/launch"}, "lti_target_differs"),
            ({f"{LTI}target_link_uri": None}, "lti_target_differs"),
            ({f"{LTI}resource_link": None}, "link_absent"),
        ],
    )
    def test_a_wrong_claim(self, door, link, house, changes, code):
        door.site.changes |= changes
        self.refused(door, door.click(link=link), code)
        assert rows(house, LtiSession) == []

    def test_a_clock_that_runs_ahead_is_named_with_its_skew(self, door, link, time_machine):
        time_machine.move_to(now().replace(microsecond=0), tick=False)
        door.site.clock = 240
        answer = self.refused(door, door.click(link=link), "token_from_future")
        assert "240 giây" in answer.text

    @pytest.mark.parametrize(("forge", "code"), [("unsigned", "token_algorithm"), ("confused", "token_algorithm")])
    def test_a_forged_signature(self, door, link, forge, code):
        door.site.make_token = getattr(door.site, forge)
        self.refused(door, door.click(link=link), code)

    def test_an_unknown_deployment_waits_for_an_administrator(self, door, link, house):
        door.site.changes |= {f"{LTI}deployment_id": "77"}
        for _ in range(2):
            self.refused(door, door.click(link=link), "lti_deployment_waiting", 403)
        waiting = [row for row in rows(house, LtiDeployment) if row.accepted_at is None]
        assert [row.name for row in waiting] == ["77"]

    @pytest.mark.parametrize("status", [PlatformStatus.WAITING, PlatformStatus.OFF])
    def test_a_platform_that_may_not_launch(self, door, link, status):
        browser = door.browser()
        fields = door.answered(door.login(browser, link=link))
        door.change(status=status)
        self.refused(door, door.arrive(browser, fields), f"lti_platform_{status.value}", 403)
        self.refused(door, door.login(browser, link=link), f"lti_platform_{status.value}", 403)

    @pytest.mark.parametrize(
        ("fields", "code", "status"),
        [
            ({"iss": "https://other.example"}, "lti_platform_unknown", 404),
            ({"client_id": "other"}, "lti_platform_unknown", 404),
            ({"iss": None}, "login_incomplete", 400),
            ({"login_hint": None}, "login_incomplete", 400),
            ({"target_link_uri": None}, "login_incomplete", 400),
            ({"target_link_uri": "https://evil.example/lti/open/m/1"}, "lti_target_elsewhere", 400),
            ({"target_link_uri": f"{OURS}.evil.example/lti/launch"}, "lti_target_elsewhere", 400),
            ({"target_link_uri": f"{OURS}/account"}, "lti_target_elsewhere", 400),
        ],
    )
    def test_a_login_that_fits_nothing(self, door, link, fields, code, status):
        self.refused(door, door.login(door.browser(), link=link, **fields), code, status)

    def test_nothing_was_chosen_yet(self, door):
        link = door.site.place("Trống", f"{OURS}/lti/launch").id
        self.refused(door, door.click(link=link), "lti_nothing_chosen")

    @pytest.mark.parametrize("place", ["m/00000000000000000000000000000000", "c/00000000000000000000000000000000"])
    def test_what_was_chosen_is_gone(self, door, place):
        link = door.site.place("Mất", f"{OURS}/lti/open/{place}").id
        self.refused(door, door.click(link=link), "lti_content_not_found", 404)

    def test_an_address_that_never_was(self, door):
        link = door.site.place("Lạ", f"{OURS}/lti/open/x/1").id
        self.refused(door, door.click(link=link), "lti_target_unknown", 404)

    def test_the_platform_says_no(self, door, link):
        browser = door.browser()
        state = door.answered(door.login(browser, link=link))["state"]
        answer = door.arrive(browser, {"state": state, "error": "login_required", "error_description": "<b>Ai?</b>"})
        self.refused(door, answer, "lti_platform_refused")
        assert "&lt;b&gt;Ai?" in answer.text

    def test_a_disabled_account(self, door, link, house):
        door.click(link=link)
        with house.database.write() as session:
            session.scalars(select(Account).where(Account.login.is_(None))).one().disabled_at = func.now()
        self.refused(door, door.click(link=link), "lti_account_disabled", 403)

    def test_an_empty_message(self, door):
        self.refused(door, door.browser().open("/lti/launch", method="POST"), "lti_state_over")


def test_a_name_may_be_missing(door, link, house):
    door.site.changes |= {"name": None, "given_name": None, "family_name": None, "locale": "???"}
    door.click(link=link)
    with house.database.read() as session:
        account = session.scalars(select(Account).where(Account.login.is_(None))).one()
        assert (account.display_name, account.locale) == ("(42)", None)


def test_somebody_with_a_role_elsewhere_only_learns(door, link):
    door.site.changes |= {f"{LTI}roles": [f"{MEMBERSHIP}#Mentor"]}
    assert "/play/" in door.click(link=link).location


@pytest.mark.parametrize("path", ["/lti/open/m/1", "/lti/launch"])
def test_the_address_of_an_activity_opened_by_itself(door, path):
    page = door.browser().get(path)
    assert page.status_code == 200
    assert "Hãy mở hoạt động này trong khóa học" in page.text


def cookie_of(state):
    """The name of the cookie of a login."""
    return f"elearn-lti-{token_digest(state)[:16]}"
