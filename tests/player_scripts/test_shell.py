"""The shell opens lessons, keeps the journal and tells the truth about it, whatever browser and network do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.stage import APP, PORTAL

pytestmark = [pytest.mark.journey]

NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });"""
FULL = """IDBObjectStore.prototype.put = function () {
  const put = this.add({ session: Math.random() });
  this.transaction.abort();
  return put;
};"""
BROKEN = {
    "no database at all": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "a database that is forbidden": "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };",
    "a private window that opens none": """indexedDB.open = () => {
      const request = {};
      setTimeout(() => request.onerror());
      return request;
    };""",
    "a full device": FULL,
}


def change(stage, number, delta):
    stage.player.evaluate("([number, delta]) => change(number, delta)", [number, delta])


def tell(stage, **message):
    stage.player.evaluate("message => tell(message)", message)


def state(stage, name):
    expect(stage.page.locator("#saved")).to_have_attribute("data-state", name)


def explained(stage):
    return stage.page.locator("#saved-text").text_content()


def try_now(stage, mend):
    """Let the network answer, and press the button that asks it; the button goes when the shell has asked by itself."""
    stage.page.locator("#saved").click()
    expect(stage.page.locator("#saved-now")).to_be_visible()
    mend()
    stage.page.locator("#saved-now").dispatch_event("click")


def fails(stage, *paths):
    """The network is gone for these paths."""
    for path in paths:
        stage.answers[path] = lambda route: route.abort()


def test_changes_are_kept_before_anything_is_acknowledged(stage):
    stage.open()
    change(stage, 1, {"cmi.location": "4"})
    stage.await_journal(1)
    [entry] = stage.journal()
    assert (entry["account"], entry["attempt"], entry["session"]) == ("lan", "luot", "s1")
    tell(stage, type="journal", message=None)
    stage.await_journal(0)


class TestABrowserThatKeepsNothing:
    @pytest.fixture(params=BROKEN.values(), ids=BROKEN)
    def opened(self, stage, request):
        stage.page.add_init_script(request.param)
        return stage.open()

    def test_plays_and_says_so(self, opened):
        change(opened, 1, {"cmi.location": "4", "cmi.suspend_data": "x"})
        tell(opened, type="state", state="offline", reason="network")
        state(opened, "offline")
        expect(opened.page.locator("#saved")).to_have_attribute("data-kept", "no")
        expect(opened.page.locator("#saved")).to_contain_text("notKept")
        assert "(notKept 2)" in explained(opened)

    def test_warns_before_leaving_what_is_not_saved(self, opened):
        change(opened, 1, {"cmi.location": "4"})
        expect(opened.page.locator("#saved")).to_have_attribute("data-kept", "no")
        assert opened.page.evaluate("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))")
        tell(opened, type="journal", message=None)
        opened.page.wait_for_function("() => dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def test_a_database_that_never_answers_is_not_waited_for(stage):
    stage.page.clock.install()
    stage.page.add_init_script("indexedDB.open = () => ({});")
    stage.page.goto(f"{APP}/play/luot")
    stage.page.clock.run_for(6000)
    state(stage, "saved")


def test_a_lesson_that_keeps_its_work_is_left_without_a_question(stage):
    stage.open()
    change(stage, 1, {"cmi.location": "4"})
    stage.await_journal(1)
    assert stage.page.evaluate("() => dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def test_a_lesson_opens_where_storage_is_forbidden(stage):
    stage.page.add_init_script(NO_STORAGE)
    stage.open()
    assert len(stage.posted("/play/luot/code")[0]["tab"]) > 16


STRANGE = {
    "a portal": (200, PORTAL),
    "a busy proxy": (503, "<html>"),
    "our server that is busy": (503, {"status": 503, "message": "…", "detail": "…", "request_id": "r"}),
    "too many requests": (429, {"status": 429, "message": "…", "detail": "…", "request_id": "r"}),
}


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE)
def test_a_lesson_opens_as_soon_as_the_server_itself_answers(stage, answer):
    stage.answers["/play/luot/code"] = answer
    stage.page.goto(f"{APP}/play/luot")
    state(stage, "offline")
    try_now(stage, stage.answers.clear)
    state(stage, "saved")


def test_a_connection_that_fails_between_the_code_and_the_page_is_tried_again(stage):
    fails(stage, "/p/s1")
    stage.page.goto(f"{APP}/play/luot")
    state(stage, "saved")
    assert stage.codes == 2


class TestWhatAnEarlierPageLeft:
    @pytest.fixture
    def left(self, stage):
        """A shell whose page has gone with something in the journal that cannot be delivered now."""
        stage.open()
        stage.answers["/play/journal"] = (503, PORTAL)
        change(stage, 3, {"cmi.location": "4"})
        stage.await_journal(1)
        return stage

    def test_is_delivered_before_the_lesson_goes_on(self, left):
        left.page.goto(f"{APP}/play/luot")
        state(left, "offline")
        assert left.codes == 1
        try_now(left, left.answers.clear)
        state(left, "saved")
        assert left.journal() == []
        assert left.posted("/play/journal")[-1] == {
            "session": "s1",
            "number": 3,
            "launch": 1,
            "delta": {"cmi.location": "4"},
            "final": False,
        }

    @pytest.mark.parametrize("answer", [*STRANGE.values(), (401, {"status": 401, "message": "…", "request_id": "r"})])
    def test_stays_when_nobody_of_ours_has_taken_it(self, left, answer):
        left.answers["/play/journal"] = answer
        left.page.evaluate("() => Journal.drain()")
        assert len(left.journal()) == 1

    @pytest.mark.parametrize(
        "answer",
        [(409, {"status": 409, "message": "…", "request_id": "r", "code": "launch_ended"}), (200, {"number": 9})],
    )
    def test_goes_when_the_server_has_judged_it(self, left, answer):
        left.answers["/play/journal"] = answer
        left.page.evaluate("() => Journal.drain()")
        assert left.journal() == []

    def test_is_nobody_elses(self, left):
        left.account = "an"
        del left.answers["/play/journal"]
        before = len(left.posted("/play/journal"))
        left.page.goto(f"{APP}/play/khac")
        assert left.page.evaluate("() => Journal.drain()") == []
        assert len(left.posted("/play/journal")) == before
        assert len(left.journal()) == 1

    def test_is_kept_when_its_page_has_written_more_meanwhile(self, left):
        newer = "entry => Journal.put('s1', 'luot', { number: 3, launch: 1, delta: { 'cmi.location': '5' } })"

        def write_more(route):
            left.page.evaluate(newer)
            route.fulfill(json={"number": 3})

        left.answers["/play/journal"] = write_more
        left.page.evaluate("() => Journal.drain()")
        assert left.journal()[0]["message"]["delta"] == {"cmi.location": "5"}


class TestRenewal:
    def renewed(self, stage):
        tell(stage, type="renew")
        stage.player.wait_for_function("() => heard.length === 1")
        return stage.player.evaluate("() => heard[0].ok")

    @pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE)
    def test_without_an_answer_of_ours_is_no_refusal(self, stage, answer):
        stage.open().answers["/play/sessions/s1/renew"] = answer
        assert self.renewed(stage) is True

    def test_is_refused_when_nobody_is_signed_in(self, stage):
        signed_out = (401, {"status": 401, "message": "…", "request_id": "r"})
        stage.open().answers["/play/sessions/s1/renew"] = signed_out
        assert self.renewed(stage) is False

    def test_follows_a_sign_in_in_another_tab(self, stage):
        stage.open()
        stage.token = "hai"

        def needs_new_token(route):
            if route.request.headers["x-csrftoken"] == "hai":
                return route.fulfill(json={"ok": True})
            return route.fulfill(status=400, json={"status": 400, "message": "…", "request_id": "r"})

        stage.answers["/play/sessions/s1/renew"] = needs_new_token
        assert self.renewed(stage) is True

    def test_does_not_follow_somebody_else(self, stage):
        stage.open()
        stage.token, stage.account = "hai", "an"
        stage.answers["/play/sessions/s1/renew"] = (400, {"status": 400, "message": "…", "request_id": "r"})
        assert self.renewed(stage) is False

    def test_a_learner_who_comes_back_from_signing_in_goes_on(self, stage):
        signed_out = (401, {"status": 401, "message": "…", "request_id": "r"})
        stage.open()
        for path in ("/play/sessions/s1/renew", "/play/luot/code"):
            stage.answers[path] = signed_out
        tell(stage, type="state", state="refused", reason="server", code="signed_out")
        expect(stage.page.locator("#saved")).to_contain_text("signedOut")
        stage.page.locator("#saved").click()
        stage.page.locator("#saved-now").click()
        expect(stage.page.locator("#saved")).to_contain_text("signedOut")
        assert stage.codes == 1
        stage.answers.clear()
        stage.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        state(stage, "saved")
        assert stage.codes == 2


class TestTheBadge:
    def test_tells_how_many_changes_are_kept_and_since_when(self, stage):
        stage.open()
        change(stage, 1, {"cmi.location": "4", "cmi.suspend_data": "x"})
        tell(stage, type="state", state="offline", reason="network")
        expect(stage.page.locator("#saved")).to_have_text("kept 2")
        assert explained(stage) == "(network) (kept 2)"

    def test_tells_a_silent_network_from_a_server_in_trouble(self, stage):
        stage.open()
        change(stage, 1, {"cmi.location": "4"})
        tell(stage, type="state", state="offline", reason="server")
        expect(stage.page.locator("#saved")).to_have_text("kept 1")
        assert explained(stage) == "(server) (kept 1)"

    def test_explains_itself_by_keyboard_and_offers_to_try(self, stage):
        stage.open()
        tell(stage, type="state", state="offline", reason="network")
        stage.page.locator("#saved").press("Enter")
        expect(stage.page.locator("#saved-why")).to_be_visible()
        expect(stage.page.locator("#saved")).to_have_attribute("aria-expanded", "true")
        stage.page.locator("#saved-now").press("Enter")
        stage.player.wait_for_function("() => heard.some((message) => message.type === 'hurry')")
        stage.page.keyboard.press("Escape")
        expect(stage.page.locator("#saved-why")).to_be_hidden()

    def test_does_not_call_it_saving_while_nothing_gets_through(self, stage):
        stage.open()
        change(stage, 1, {"cmi.location": "4"})
        tell(stage, type="state", state="offline", reason="network")
        state(stage, "offline")
        tell(stage, type="state", state="saving")
        change(stage, 2, {"cmi.location": "4", "cmi.suspend_data": "x"})
        expect(stage.page.locator("#saved")).to_have_text("kept 2")
        tell(stage, type="state", state="saved")
        state(stage, "saved")

    def test_speaks_to_screen_readers_of_trouble_and_its_end_only(self, stage):
        stage.open()
        told = stage.page.locator("#saved-told")
        for _ in range(3):
            tell(stage, type="state", state="saving")
            tell(stage, type="state", state="saved")
        state(stage, "saved")
        expect(told).to_have_text("")
        tell(stage, type="state", state="offline", reason="network")
        expect(told).to_contain_text("offline")
        tell(stage, type="state", state="saved")
        expect(told).to_contain_text("saved")


def test_the_network_that_is_back_is_used_at_once(stage):
    stage.open()
    stage.page.evaluate("() => dispatchEvent(new Event('online'))")
    stage.player.wait_for_function("() => heard.some((message) => message.type === 'hurry')")


def test_the_last_words_of_a_page_that_is_replaced_are_delivered_first(stage):
    stage.open()
    stage.player.evaluate("() => addEventListener('pagehide', () => change(7, { 'cmi.location': '9' }))")
    tell(stage, type="again")
    expect(stage.page.frame_locator("#player").locator("body")).to_have_attribute("data-session", "s2")
    assert [path for path, _ in stage.asked] == ["/play/luot/code", "/play/journal", "/play/luot/code"]
    assert stage.posted("/play/journal")[0]["number"] == 7
    assert stage.journal() == []
