"""What the shell's script gets: JSON, also when the request is refused before any view has seen it."""

import pytest

from elearn.web import limits
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Player, put

HTML = {"Accept": "text/html"}  # a script that forgot to say what it wants


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def learner(sign_in):
    return sign_in("hoc.sinh")


@pytest.fixture(params=["/play/{attempt}/code", "/play/sessions/{session}/renew", "/play/journal"])
def path(request, learner, lesson):
    """An address to which the shell posts."""
    opened = Player(learner).open(lesson)
    return request.param.format(attempt=opened.start["attempt"], session=opened.start["session"])


def refused(answer, status):
    assert answer.status_code == status
    assert answer.content_type == "application/json"
    assert len(answer.json["message"]) > 10
    return answer.json


def post(browser, path, *, token=True, **arguments):
    headers = HTML | ({"X-CSRFToken": browser.csrf()} if token else {}) | arguments.pop("headers", {})
    return browser.open(path, method="POST", headers=headers, **({"json": {}} | arguments))


def test_without_the_token_of_our_pages(learner, path):
    refused(post(learner, path, token=False), 400)


def test_from_a_page_of_another_site(learner, path):
    refused(post(learner, path, headers={"Origin": "https://evil.example"}), 400)


def test_from_somebody_who_is_not_signed_in(make_browser, path):
    told = refused(post(make_browser(), path), 401)
    assert "code" not in told


def test_from_somebody_who_must_change_the_password_first(make_account, make_browser, path):
    make_account("moi", must_change_password=True)
    browser = make_browser()
    browser.sign_in("moi")
    refused(post(browser, path), 401)


def test_about_a_page_of_somebody_else(sign_in, path):
    body = {"session": "0" * 32, "number": 1, "launch": 1}
    assert refused(post(sign_in("ban.hoc"), path, json=body), 404)["code"] == "attempt_not_found"


def test_with_more_than_anybody_sends(learner, lesson):
    refused(post(learner, "/play/journal", data=b" " * 6_000_000, content_type="application/json", json=None), 413)
    attempt = Player(learner).launch(lesson)
    sent = {"data": b" " * 2_000_000, "content_type": "application/json", "json": None}
    refused(post(learner, f"/play/{attempt}/code", **sent), 413)


def test_more_often_than_any_person_asks(learner, path, monkeypatch):
    monkeypatch.setattr(limits, "PER_ACCOUNT", "2 per minute")
    answers = [learner.open(path, method="POST", headers=HTML, json={}) for _ in range(8)]
    refused(answers[-1], 429)


def test_a_page_for_people_stays_a_page(learner):
    answer = learner.open("/materials/nothing/play", method="POST", headers=HTML)
    assert answer.content_type.startswith("text/html")


class TestOtherAuthorizations:
    """Only a bearer token replaces the cookie; nothing else signs anybody out."""

    @pytest.mark.parametrize("header", ["Basic dGhhbTp0aHU=", "Negotiate abc", "", "Digest username=x"])
    def test_beside_a_cookie_count_for_nothing(self, learner, header):
        assert learner.get("/account", headers={"Authorization": header}).status_code == 200

    @pytest.mark.parametrize("header", ["Basic dGhhbTp0aHU=", "Digest username=x"])
    def test_free_nobody_from_the_token_of_our_pages(self, learner, path, header):
        refused(post(learner, path, token=False, headers={"Authorization": header}), 400)

    @pytest.mark.parametrize("header", ["Bearer xyz", "bearer xyz", "Bearer", "BEARER x y z"])
    def test_a_bearer_that_nobody_gave_opens_nothing_at_the_api(self, learner, header):
        answer = learner.get("/api/v1/materials", headers={"Authorization": header})
        assert refused(answer, 401)
        assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")

    def test_without_any_the_api_answers_visitors_and_people(self, make_browser, learner):
        for browser in (make_browser(), learner):
            assert browser.get("/api/v1/materials").status_code == 200
