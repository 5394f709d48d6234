"""The run-time endpoints as a page, a load generator or an attacker speaks to them."""

import pytest
import time_machine

from elearn.clock import now
from elearn.models.learning import ActivityState, Attempt
from elearn.models.play_log import PlayRemark
from elearn.models.usage import ActKind, UsageAct
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Player, put

ENDPOINTS = ("/rt/commit", "/rt/navigate", "/rt/lease", "/rt/beat")


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def player(sign_in):
    return Player(sign_in("hoc.sinh"))


@pytest.fixture
def opened(player, lesson):
    return player.open(lesson)


@pytest.fixture
def stored(house):
    """Everything that commits can change, as it is stored now."""

    def read():
        with house.database.read() as session:
            documents = [dict(row.document) for row in session.query(ActivityState).order_by(ActivityState.id)]
            attempts = [
                (row.status, row.completion, row.score_scaled, row.time_seconds) for row in session.query(Attempt)
            ]
            return documents, attempts, session.query(UsageAct).filter_by(kind=ActKind.COMPLETION).count()

    return read


def test_a_commit_is_acknowledged_when_it_is_stored(opened, stored):
    answer = opened.commit({"cmi.location": "4"})
    assert answer.status_code == 200
    assert answer.json["number"] == 1
    assert answer.json["rejected"] == {}
    assert stored()[0][0]["cmi.location"] == "4"


def test_a_completion_is_an_act_once(opened, stored):
    for _ in range(2):
        opened.commit({"cmi.completion_status": "completed"})
    assert stored()[2] == 1


def test_an_attempt_that_is_completed_again_is_no_second_act(opened, stored):
    with time_machine.travel(now(), tick=False) as clock:
        for status in ("completed", "incomplete", "completed"):
            clock.shift(3600)
            assert opened.commit({"cmi.completion_status": status}).status_code == 200
    assert stored()[2] == 1


def test_a_repeat_is_answered_and_stores_nothing(opened, stored):
    opened.commit({"cmi.location": "4"})
    before = stored()
    opened.number = 0
    answer = opened.commit({"cmi.location": "1"})
    assert (answer.status_code, answer.json["repeated"]) == (200, True)
    assert stored() == before


def test_navigation_ends_the_attempt(opened):
    answer = opened.walk("exitAll", delta={"cmi.completion_status": "completed"})
    assert answer.json["ended"] is True
    assert answer.json["summary"]["completion"] == "completed"


def test_the_lease_can_be_taken_over_and_the_other_page_learns_it(player, lesson, opened):
    second = player.open(lesson, tab="two")
    assert opened.post("/rt/beat").status_code == 200
    assert second.post("/rt/lease").json["lease"] is True
    refused = opened.post("/rt/beat")
    assert (refused.status_code, refused.json["error"]) == (409, "lease_lost")


BAD = {
    "number 0": ({"number": 0, "launch": 1}, 400, "commit_malformed"),
    "a negative number": ({"number": -5, "launch": 1}, 400, "commit_malformed"),
    "a number in words": ({"number": "một", "launch": 1}, 400, "commit_malformed"),
    "a huge number": ({"number": 10**40, "launch": 1}, 400, "commit_malformed"),
    "a number far ahead": ({"number": 2**31 - 1, "launch": 1}, 409, "number_ahead"),
    "another launch": ({"number": 1, "launch": 7}, 409, "launch_ended"),
    "no launch": ({"number": 1}, 400, "commit_malformed"),
    "a list": ([1], 400, "commit_malformed"),
    "a delta that is none": ({"number": 1, "launch": 1, "delta": "x"}, 400, "commit_malformed"),
    "too many elements": (
        {"number": 1, "launch": 1, "delta": {f"a{n}": "" for n in range(20_001)}},
        400,
        "commit_malformed",
    ),
    "broken JSON": (b'{"number": 1, "launch"', 400, "commit_malformed"),
    "no JSON at all": (b"\xff\xfe\x00", 400, "commit_malformed"),
    "an empty body": (b"", 400, "commit_malformed"),
    "endless brackets": (b"[" * 200_000, 400, "commit_malformed"),
    "a number of a million digits": (b'{"number": ' + b"9" * 1_000_000 + b"}", 400, "commit_malformed"),
    "5 MB of suspend data": (
        {"number": 1, "launch": 1, "delta": {"cmi.suspend_data": "x" * 5_000_000}},
        413,
        "commit_too_large",
    ),
}


@pytest.mark.parametrize("path", ["/rt/commit", "/rt/navigate"])
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_messages_are_refused_with_a_sentence_and_change_nothing(opened, stored, path, bad):
    body, status, code = bad
    before = stored()
    answer = opened.post(path, body)
    assert (answer.status_code, answer.json["error"]) == (status, code)
    assert len(answer.json["message"]) > 20
    assert stored() == before
    assert opened.commit({"cmi.location": "4"}).json["repeated"] is False


@pytest.mark.parametrize("language", ["vi", "en"])
def test_refusals_speak_the_learners_language(opened, language):
    answer = opened.post("/rt/commit", {"number": 0}, headers={"Accept-Language": language})
    assert ("không" in answer.json["message"]) is (language == "vi")


@pytest.mark.parametrize("value", ["NaN", "1e400", "Infinity", "12,5", "9", ""])
def test_scores_that_are_none_are_refused_one_by_one(opened, stored, value):
    answer = opened.commit({"cmi.score.scaled": value, "cmi.location": "4"})
    assert answer.status_code == 200
    assert answer.json["rejected"].keys() == {"cmi.score.scaled"}
    assert stored()[1][0][2] is None


def test_json_numbers_that_are_none_are_refused_one_by_one(opened):
    body = b'{"number": 1, "launch": 1, "delta": {"cmi.score.scaled": NaN, "cmi.score.raw": 1e400}}'
    answer = opened.post("/rt/commit", body)
    assert answer.json["rejected"] == {"cmi.score.scaled": "406", "cmi.score.raw": "406"}


def test_what_no_database_keeps_is_refused_one_by_one(opened):
    delta = b'{"cmi.location": "\\ud800", "cmi.suspend_data": "\\u0000", "\\ud800": ""}'
    body = b'{"number": 1, "launch": 1, "delta": ' + delta + b"}"
    answer = opened.post("/rt/commit", body)
    assert answer.status_code == 200
    assert len(answer.json["rejected"]) == 3


@pytest.mark.parametrize(
    "request_",
    [
        {"kind": "retry"},
        {"kind": "start"},
        {"kind": 1},
        {"kind": ["exit"]},
        {"kind": {}},
        "continue",
        [],
        {"kind": "choice", "target": 5},
    ],
)
def test_a_request_that_no_learner_can_make_is_refused(opened, stored, request_):
    before = stored()
    answer = opened.post("/rt/navigate", opened.message() | {"request": request_})
    assert (answer.status_code, answer.json["error"]) == (400, "request_malformed")
    assert stored() == before


class TestTokens:
    @pytest.mark.parametrize("path", ENDPOINTS)
    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer " + "x" * 43])
    def test_without_a_good_one_the_answer_is_401(self, opened, path, header):
        answer = opened.post(path, opened.message(), headers={"Authorization": header})
        assert (answer.status_code, answer.json["error"]) == (401, "token_unknown")

    @pytest.mark.parametrize("path", ENDPOINTS)
    def test_one_works_only_on_the_host_of_its_package(self, opened, player, house, path):
        other = player.open(put(house, scorm_package("1.2", more__txt="1")))
        answer = opened.post(path, opened.message(), origin=other.origin)
        assert (answer.status_code, answer.json["error"]) == (401, "token_unknown")

    def test_one_reaches_its_own_attempt_only(self, opened, lesson, sign_in, stored):
        other = Player(sign_in("ban.hoc")).open(lesson)
        answer = other.post("/rt/commit", other.message({"cmi.score.scaled": "1"}), token=opened.start["token"])
        assert answer.status_code == 200
        scores = [attempt[2] for attempt in stored()[1]]
        assert scores == [1.0, None]

    @pytest.mark.parametrize("path", ENDPOINTS)
    def test_the_cookie_of_the_application_opens_nothing(self, opened, path):
        headers = {"Authorization": "", "Cookie": f"elearn={opened.learner.browser.cookie()}"}
        assert opened.post(path, opened.message(), headers=headers).status_code == 401

    @pytest.mark.parametrize("path", ENDPOINTS)
    def test_other_sites_get_no_permission_to_ask(self, opened, path):
        answer = opened.get(path, method="OPTIONS", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_after_the_end_everything_is_refused(opened, stored):
    opened.walk("exitAll", delta={"cmi.completion_status": "incomplete"})
    before = stored()
    for answer in (
        opened.commit({"cmi.completion_status": "completed"}),
        opened.walk("continue"),
        opened.post("/rt/lease"),
    ):
        assert (answer.status_code, answer.json["error"]) == (409, "attempt_ended")
    assert stored() == before


def test_the_page_is_told_which_faults_are_let_pass(opened):
    assert opened.start["tolerance"]["long_values"] is True
    assert opened.start["tolerance"]["loose_words"] is False


class TestRemarksOnThePackage:
    """What the page notices is counted for the author; content could write it too, so hardly anything is taken."""

    def test_are_counted_by_code_and_place(self, opened, house):
        told = {"remarks": [{"code": "content_silent"}, {"code": "content_missing_file", "place": "img/a.png"}]}
        told["remarks"].append({"code": "tolerated_long_values"})
        for _ in range(2):
            assert opened.post("/rt/remarks", told).json == {"ok": True}
        with house.database.read() as session:
            rows = session.query(PlayRemark).order_by(PlayRemark.code).all()
            assert [(row.code, row.place, row.count) for row in rows] == [
                ("content_missing_file", "img/a.png", 2),
                ("content_silent", "", 2),
                ("tolerated_long_values", "", 2),
            ]

    @pytest.mark.parametrize(
        "body",
        [
            None,
            {},
            {"remarks": "content_silent"},
            {"remarks": ["content_silent"]},
            {"remarks": [{"code": "tolerated_everything"}]},
            {"remarks": [{"code": ["content_silent"]}]},
            {"remarks": [{"code": "content_silent", "place": 5}]},
            {"remarks": [{"code": "content_silent"}] * 51},
        ],
    )
    def test_of_any_other_form_are_refused(self, opened, house, body):
        assert opened.post("/rt/remarks", body).status_code == 400
        with house.database.read() as session:
            assert session.query(PlayRemark).count() == 0

    def test_need_the_token_of_a_page(self, opened):
        assert opened.post("/rt/remarks", {"remarks": []}, token="nobody").status_code == 401
