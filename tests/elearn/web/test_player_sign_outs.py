"""Player pages end with the sign-in from which they were opened, and what they had not saved is not lost."""

import re

import pytest
import time_machine

from elearn.clock import now
from elearn.models.learning import ActivityState
from elearn.services.player.tokens import TOKEN_LIFETIME
from elearn.web.sessions import ABSOLUTE
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Player, put
from tests.support.web import PASSWORD

NEW = "một mật khẩu khác hẳn"


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def learner(sign_in):
    return sign_in("hoc.sinh")


@pytest.fixture
def elsewhere(make_browser, learner):
    """Another browser in which the learner is signed in."""
    browser = make_browser()
    browser.sign_in("hoc.sinh")
    return browser


@pytest.fixture
def opened(learner, lesson):
    return Player(learner).open(lesson)


@pytest.fixture
def location(house):
    """Where the lesson is stored to be."""

    def read():
        with house.database.read() as session:
            return session.query(ActivityState).one().document.get("cmi.location")

    return read


def change_password(browser):
    return browser.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})


def end_the_other(browser):
    handle = re.search(r'name="session" value="([^"]+)"', browser.get("/account").text)[1]
    return browser.post("/account/sessions/end", {"session": handle})


ENDINGS = {
    "signing out": lambda own, other: own.post("/sign-out"),
    "signing out everywhere": lambda own, other: other.post("/account/sign-out-everywhere"),
    "ending the device": lambda own, other: end_the_other(other),
    "a new password": lambda own, other: change_password(other),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("path", ["/rt/commit", "/rt/navigate", "/rt/lease", "/rt/beat", "/rt/release"])
def test_the_end_of_a_sign_in_ends_its_pages_at_once(opened, learner, elsewhere, location, end, path):
    opened.commit({"cmi.location": "4"})
    end(learner, elsewhere)
    answer = opened.post(path, opened.message({"cmi.location": "5"}))
    assert (answer.status_code, answer.json["error"]) == (401, "signed_out")
    assert location() == "4"


@pytest.mark.parametrize(("language", "words"), [("vi", "đăng nhập lại"), ("en", "Sign in again")])
def test_the_page_is_told_in_the_learners_language(opened, learner, language, words):
    learner.post("/sign-out")
    answer = opened.post("/rt/beat", headers={"Accept-Language": language})
    assert words in answer.json["message"]


def test_a_code_that_was_not_used_opens_nothing_after_the_end(learner, lesson):
    player = Player(learner)
    url = player.code(player.launch(lesson))
    learner.post("/sign-out")
    assert player.follow(url).status_code == 409


def test_the_next_sign_in_delivers_what_was_not_saved(opened, learner, location):
    learner.post("/sign-out")
    assert learner.sign_in("hoc.sinh").status_code == 303
    message = opened.message({"cmi.location": "5"}) | {"session": opened.start["session"]}
    answer = Player(learner).post_json("/play/journal", message)
    assert (answer.status_code, answer.json["late"]) == (200, False)
    assert location() == "5"
    assert opened.post("/rt/beat").status_code == 401


def test_the_lease_of_a_page_that_ended_is_free(opened, learner, elsewhere, lesson):
    assert Player(elsewhere).open(lesson, tab="two").start["view"]["lease"] is False
    learner.post("/sign-out")
    assert Player(elsewhere).open(lesson, tab="two").start["view"]["lease"] is True


@pytest.mark.parametrize(
    "change",
    [change_password, lambda browser: browser.post("/account/sign-out-everywhere")],
    ids=["a new password", "signing out everywhere"],
)
def test_the_browser_that_ends_all_others_plays_on_and_keeps_its_lease(opened, learner, elsewhere, lesson, change):
    before = learner.cookie()
    change(learner)
    assert opened.commit({"cmi.location": "5"}).status_code == 200
    assert (learner.cookie() != before) is (change is change_password)
    elsewhere.sign_in("hoc.sinh", NEW if change is change_password else PASSWORD)
    assert Player(elsewhere).open(lesson, tab="two").start["view"]["lease"] is False


def test_no_later_sign_in_at_the_same_browser_brings_them_back(opened, learner, make_account):
    make_account("ban.hoc")
    for login in ("ban.hoc", "hoc.sinh"):
        learner.post("/sign-out")
        assert learner.sign_in(login).status_code == 303
        assert opened.commit({"cmi.location": "5"}).json["error"] == "signed_out"


def renew(browser, opened):
    return Player(browser).post_json(f"/play/sessions/{opened.start['session']}/renew", {})


def test_a_learner_who_only_plays_is_not_signed_out_before_the_session_is_over(opened, learner):
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(6):
            clock.shift(TOKEN_LIFETIME.total_seconds() + 1)
            assert opened.commit({"cmi.location": "5"}).json["error"] == "token_expired"
            assert renew(learner, opened).status_code == 200
            assert opened.commit({"cmi.location": "5"}).status_code == 200
        clock.shift(ABSOLUTE.total_seconds())
        assert opened.commit({"cmi.location": "5"}).json["error"] == "signed_out"
        assert renew(learner, opened).status_code == 401


def test_a_renewal_ties_the_page_to_the_sign_in_that_vouches_for_it(opened, learner, elsewhere):
    assert renew(elsewhere, opened).status_code == 200
    learner.post("/sign-out")
    assert opened.commit({"cmi.location": "5"}).status_code == 200
    elsewhere.post("/sign-out")
    assert opened.commit({"cmi.location": "5"}).status_code == 401
