"""From the button on a material's page to a player: shell, one-time codes, the page itself."""

import pytest
import time_machine

from elearn.clock import now
from elearn.models.learning import PlaySession
from elearn.models.material import Material, Status
from elearn.models.usage import ActKind, UsageAct
from elearn.services.player.tokens import CODE_LIFETIME
from tests.support.manifests import manifest_xml, sco
from tests.support.packages import scorm_package
from tests.support.playing import some_scos
from tests.support.shelf import AUTHOR, Player, put
from tests.support.zips import simple_zip


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def player(sign_in):
    return Player(sign_in("hoc.sinh"))


def acts(house, kind):
    with house.database.read() as session:
        return session.query(UsageAct).filter_by(kind=kind).count()


class TestTheShell:
    def test_launching_leads_to_a_shell_that_frames_the_packages_own_host(self, player, lesson):
        attempt = player.launch(lesson)
        answer = player.browser.get(f"/play/{attempt}")
        assert answer.status_code == 200
        assert 'sandbox="allow-scripts allow-same-origin' in answer.text
        assert "allow-top-navigation" not in answer.text
        assert ".localhost" in answer.text
        assert "unload=*" in answer.headers["Permissions-Policy"]

    def test_content_may_open_a_window_that_still_finds_it(self, player, lesson):
        answer = player.browser.get(f"/play/{player.launch(lesson)}")
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"

    @pytest.mark.parametrize("tab", ["\ud800", "\0", "thẻ", 5, "x" * 10_000])
    def test_a_code_needs_no_readable_name_of_the_tab(self, player, lesson, tab):
        assert player.post_json(f"/play/{player.launch(lesson)}/code", {"tab": tab}).status_code == 200

    @pytest.mark.parametrize("way", ["/play/{}/code", "/play/journal"])
    def test_json_of_any_depth_is_no_fault_of_ours(self, player, lesson, way):
        path = way.format(player.launch(lesson))
        headers = {"X-CSRFToken": player.browser.csrf()}
        deep = {"data": "[" * 100_000, "content_type": "application/json", "headers": headers}
        assert player.browser.open(path, method="POST", **deep).status_code < 500

    def test_a_launch_is_an_act(self, player, lesson, house):
        player.launch(lesson)
        assert acts(house, ActKind.LAUNCH) == 1

    def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(self, client, lesson):
        answer = client.post(f"/materials/{lesson}/play")
        assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (302, True)

    @pytest.mark.parametrize("uid", ["0" * 32, "nothing"])
    def test_a_guessed_material_is_404(self, player, uid):
        assert player.browser.post(f"/materials/{uid}/play").status_code == 404

    @pytest.mark.parametrize("way", ["", "/code"])
    def test_the_attempt_of_somebody_else_is_404(self, player, lesson, sign_in, way):
        attempt = player.launch(lesson)
        other = Player(sign_in("ban.hoc"))
        if way:
            assert other.post_json(f"/play/{attempt}{way}", {}).status_code == 404
        else:
            assert other.browser.get(f"/play/{attempt}").status_code == 404

    def test_a_code_needs_the_forms_token(self, player, lesson):
        attempt = player.launch(lesson)
        assert player.browser.open(f"/play/{attempt}/code", method="POST", json={}).status_code == 400

    def test_a_withdrawn_lesson_gives_no_code(self, player, lesson, house):
        attempt = player.launch(lesson)
        with house.database.write() as session:
            session.query(Material).filter_by(uid=lesson).one().status = Status.WITHDRAWN
        assert player.post_json(f"/play/{attempt}/code", {}).status_code == 403

    def test_where_no_content_origin_is_known_the_page_says_what_to_set(self, player, lesson):
        attempt = player.launch(lesson)
        player.browser.peer = "192.168.1.7"
        answer = player.browser.get(f"/play/{attempt}")
        assert "ELEARN_CONTENT_ORIGIN" in answer.text
        assert 'id="player"' not in answer.text
        assert player.post_json(f"/play/{attempt}/code", {}).status_code == 503


class TestThePage:
    def test_carries_everything_the_first_activity_needs(self, player, lesson):
        opened = player.open(lesson)
        assert opened.delivery["path"] == "index.html"
        assert opened.start["view"]["lease"] is True
        assert opened.start["app"] == "http://localhost"
        assert opened.delivery["document"]["cmi.entry"] == "ab-initio"
        assert f'data-learner-id="{opened.delivery["document"]["cmi.learner_id"]}"' in opened.answer.text

    def test_sets_no_cookie_and_is_not_kept(self, player, lesson):
        answer = player.open(lesson).answer
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'self' http://localhost" in answer.headers["Content-Security-Policy"]

    def test_shows_titles_as_text_whatever_they_contain(self, player, house, lesson):
        title = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
        item = f'<item identifier="i1" identifierref="r1"><title>{title}</title></item>'
        manifest = manifest_xml("1.2", items=item, resources=sco("r1", "index.html"))
        opened = player.open(put(house, simple_zip({"imsmanifest.xml": manifest, "index.html": "<p>"})))
        assert "<script>alert" not in opened.answer.text

    def test_has_an_entry_for_every_activity_and_the_root(self, player, lesson):
        text = player.open(lesson).answer.text
        assert 'data-activity="o1"' in text
        assert 'data-activity="i1"' in text

    def test_offers_every_navigation_device(self, player, lesson):
        text = player.open(lesson).answer.text
        for name in ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"):
            assert f'data-nav="{name}"' in text

    def test_a_code_works_once_and_the_second_page_asks_the_shell(self, player, lesson):
        opened = player.open(lesson)
        again = player.follow(opened.url)
        assert again.status_code == 409
        assert 'data-reason="code_used"' in again.text
        assert opened.start["token"] not in again.text

    def test_an_old_code_asks_the_shell_for_another(self, player, lesson):
        with time_machine.travel(now(), tick=False) as clock:
            url = player.code(player.launch(lesson))
            clock.shift(CODE_LIFETIME.total_seconds() + 1)
            assert player.follow(url).status_code == 409

    def test_an_unknown_code_is_a_page_that_says_so(self, player, lesson):
        url = player.code(player.launch(lesson))
        answer = player.follow(url.partition("/p/")[0] + "/p/" + "x" * 43)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")

    def test_looking_does_not_use_the_code_up(self, player, lesson):
        url = player.code(player.launch(lesson))
        origin, _, code = url.partition("/p/")
        assert player.browser.open(f"/p/{code}", origin=origin, method="HEAD").status_code == 405
        assert player.follow(url).status_code == 200

    def test_a_code_on_the_host_of_another_package_is_404_and_stays_good(self, player, lesson, house):
        other = put(house, scorm_package("1.2", more__txt="1"))
        url = player.code(player.launch(lesson))
        elsewhere = player.code(player.launch(other)).partition("/p/")[0]
        assert player.follow(f"{elsewhere}/p/{url.rpartition('/')[2]}").status_code == 404
        assert player.follow(url).status_code == 200

    def test_a_second_tab_gets_the_page_without_the_lease(self, player, lesson):
        player.open(lesson, tab="one")
        second = player.open(lesson, tab="two")
        assert second.start["view"]["lease"] is False
        assert second.delivery is None

    def test_a_reload_in_the_same_tab_goes_on(self, player, lesson):
        player.open(lesson).commit({"cmi.location": "4"})
        assert player.open(lesson).delivery["document"]["cmi.location"] == "4"

    def test_the_address_of_an_ended_attempt_says_so(self, player, lesson):
        opened = player.open(lesson)
        url = player.code(opened.start["attempt"], "tab")
        assert opened.walk("exitAll").json["ended"]
        answer = player.follow(url)
        assert answer.status_code == 409
        assert 'data-reason="attempt_ended"' in answer.text
        assert player.post_json(f"/play/{opened.start['attempt']}/code", {}).status_code == 409

    def test_a_page_of_another_site_is_never_framed(self, player, house, lesson):
        manifest = some_scos("a", "b").replace('href="a.html"', 'href="https://example.org/bai.html"')
        opened = player.open(put(house, simple_zip({"imsmanifest.xml": manifest, "b.html": "<p>2</p>"})))
        assert opened.delivery["path"] == "https://example.org/bai.html"
        assert "example.org" not in opened.answer.headers["Content-Security-Policy"]


class TestRenewal:
    def test_the_learners_own_sign_in_lets_a_token_live_on(self, player, lesson):
        with time_machine.travel(now(), tick=False) as clock:
            opened = player.open(lesson)
            clock.shift(4 * 3600 + 1)
            assert opened.commit({"cmi.location": "4"}).json["error"] == "token_expired"
            assert player.post_json(f"/play/sessions/{opened.start['session']}/renew", {}).json == {"ok": True}
            assert opened.commit({"cmi.location": "4"}).status_code == 200

    def test_nobody_else_can_renew_it(self, player, lesson, sign_in):
        opened = player.open(lesson)
        other = Player(sign_in("ban.hoc"))
        assert other.post_json(f"/play/sessions/{opened.start['session']}/renew", {}).status_code == 404


class TestJournal:
    def entry(self, opened, delta, **fields):
        return {"session": opened.start["session"], **opened.message(delta, **fields)}

    def test_takes_what_a_page_could_not_deliver(self, player, lesson, house):
        opened = player.open(lesson)
        answer = player.post_json("/play/journal", self.entry(opened, {"cmi.completion_status": "completed"}))
        assert answer.status_code == 200
        assert answer.json["summary"]["completion"] == "completed"
        assert acts(house, ActKind.COMPLETION) == 1

    def test_still_takes_it_when_the_token_has_run_out(self, player, lesson):
        with time_machine.travel(now(), tick=False) as clock:
            opened = player.open(lesson)
            clock.shift(5 * 3600)
            assert player.post_json("/play/journal", self.entry(opened, {"cmi.location": "4"})).status_code == 200

    def test_of_somebody_else_is_404(self, player, lesson, sign_in):
        opened = player.open(lesson)
        other = Player(sign_in("ban.hoc"))
        assert other.post_json("/play/journal", self.entry(opened, {"cmi.score.scaled": "1"})).status_code == 404

    @pytest.mark.parametrize(
        "body", [None, [], {}, {"session": 1}, {"session": "x"}, {"session": "0" * 32, "number": 0}]
    )
    def test_of_another_form_is_refused(self, player, lesson, body):
        assert player.post_json("/play/journal", body).status_code in {400, 404}

    def test_that_is_too_large_is_413(self, player, lesson):
        opened = player.open(lesson)
        assert (
            player.post_json("/play/journal", self.entry(opened, {"cmi.suspend_data": "x" * 6_000_000})).status_code
            == 413
        )


def test_pages_that_were_never_opened_have_no_token(player, lesson, house):
    player.code(player.launch(lesson))
    with house.database.read() as session:
        assert session.query(PlaySession).one().token_digest is None
