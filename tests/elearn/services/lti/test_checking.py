"""The checks of ourselves and of a platform, and the launch against ourselves."""

import json
from datetime import timedelta
from email.utils import format_datetime
from itertools import cycle

import pytest

from elearn.clock import now
from elearn.house import open_house
from elearn.lti import keys
from elearn.services.errors import ServiceError
from elearn.services.health import State
from elearn.services.lti import connection, rehearsal, self_check
from elearn.services.lti.connection import examine_platform
from elearn.services.lti.keys import ensure_key, keyset, signing_key
from elearn.services.lti.our_side import our_side
from elearn.services.lti.rehearsal import rehearse
from elearn.services.lti.self_check import examine_reach
from elearn.services.outside import Answer
from elearn.settings import load_settings
from tests.support.lti_http import Fault

PUBLIC = "https://elearn.example"
PRIVATE, *OTHERS = (keys.new_key() for _ in range(3))


@pytest.fixture
def open_with(settings):
    opened = []

    def make(**environment):
        opened.append(open_house(load_settings(environment, home=settings.home)))
        return opened[-1]

    yield make
    for house in opened:
        house.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Keys that are made are those of before: a new one takes a second."""
    ready = cycle([PRIVATE, *OTHERS])
    monkeypatch.setattr(keys, "new_key", lambda: next(ready))


def states(found):
    return {finding.code: finding.state for finding in found}


def reach(house, site, answer=None, *, is_secure=True, content="https://x.example", monkeypatch):
    def fetch(_guard, url, **_limits):
        assert url == f"{site}/lti/jwks.json"
        if answer is None:
            with house.database.read() as session:
                return Answer(200, {}, json.dumps(keyset(session)).encode())
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(self_check, "fetch", fetch)
    return states(examine_reach(house, our_side(site), is_secure=is_secure, content=content))


def test_a_proper_installation_is_well(open_with, monkeypatch):
    found = reach(open_with(ELEARN_PUBLIC_URL=PUBLIC), PUBLIC, monkeypatch=monkeypatch)
    assert set(found) == {"reach_address", "reach_https", "reach_content", "reach_keyset"}
    assert set(found.values()) == {State.GOOD}


def test_a_missing_public_address_is_trouble(house, monkeypatch):
    assert reach(house, PUBLIC, monkeypatch=monkeypatch)["reach_address_unset"] is State.BAD


def test_a_proxy_that_does_not_tell_of_https_is_trouble(house, monkeypatch):
    assert reach(house, PUBLIC, is_secure=False, monkeypatch=monkeypatch)["reach_proxy"] is State.BAD


@pytest.mark.parametrize(
    ("site", "codes"),
    [
        ("http://elearn.example", {"reach_plain"}),
        ("http://localhost:8000", {"reach_localhost", "reach_port", "reach_inner"}),
        ("https://10.1.2.3", {"reach_inner"}),
        ("https://elearn.example:8443", {"reach_port"}),
    ],
)
def test_what_a_moodle_refuses_to_ask_is_said_before_it_fails(house, monkeypatch, site, codes):
    found = reach(house, site, is_secure=site.startswith("https"), monkeypatch=monkeypatch)
    assert {code for code, state in found.items() if state is not State.GOOD} - {"reach_address_unset"} == codes | (
        {"reach_content_plain"} & set(found)
    )


@pytest.mark.parametrize(("content", "code"), [(None, "reach_content_unset"), ("http://x", "reach_content_plain")])
def test_lessons_that_could_not_be_played_in_a_frame_are_trouble(house, monkeypatch, content, code):
    assert reach(house, PUBLIC, content=content, monkeypatch=monkeypatch)[code] is State.BAD


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ServiceError("outside_silent", host="x"), "reach_keyset_silent"),
        (Answer(200, {}, b'{"keys": []}'), "reach_keyset_other"),
        (Answer(502, {}, b"<html>"), "reach_keyset_other"),
    ],
)
def test_a_public_address_behind_which_somebody_else_answers_is_trouble(house, monkeypatch, answer, code):
    assert reach(house, PUBLIC, answer, monkeypatch=monkeypatch)[code] is State.BAD


def test_the_first_key_is_made_when_it_is_needed_and_only_once(house):
    first = ensure_key(house.database)
    assert ensure_key(house.database) == first
    with house.database.read() as session:
        assert signing_key(session) == first
        assert len(keyset(session)["keys"]) == 1


def test_a_launch_against_ourselves_goes_through_every_step(house):
    found = states(rehearse(house, our_side(PUBLIC)))
    assert list(found) == ["rehearsal_login", "rehearsal_token", "rehearsal_forgery", "rehearsal_answer"]
    assert set(found.values()) == {State.GOOD}


def test_a_launch_against_ourselves_stops_where_something_is_wrong(house, monkeypatch):
    monkeypatch.setattr(rehearsal, "keyset", lambda _session: {"keys": []})
    *_, last = rehearse(house, our_side(PUBLIC))
    assert (last.code, last.state) == ("rehearsal_failed", State.BAD)
    assert last.params["error"].code == "token_key_unknown"


def test_a_verification_that_lets_forgeries_through_is_noticed(house, monkeypatch):
    launched = rehearsal._launched
    monkeypatch.setattr(rehearsal, "_launched", lambda tool, key, nonce, _published="": launched(tool, key, nonce))
    assert [finding.code for finding in rehearse(house, our_side(PUBLIC))][-1] == "rehearsal_open"


@pytest.fixture
def registered(registered, site):
    registered.platform.keyset_url = f"{site.issuer}/mod/lti/certs.php"
    return registered


def test_a_platform_that_answers_and_reads_our_keyset_is_well(asking, registered):
    found = states(examine_platform(asking, registered.platform))
    assert found["platform_keyset"] is found["platform_access"] is State.GOOD


def test_a_token_that_is_kept_does_not_pass_for_a_connection(asking, registered, site):
    examine_platform(asking, registered.platform)
    site.reaches_tool = False
    [*_, finding] = examine_platform(asking, registered.platform)
    assert (finding.code, finding.params["error"].code) == ("platform_access_failed", "access_keyset")


@pytest.mark.parametrize(
    ("ahead", "code", "state"),
    [
        (0, "platform_clock", State.GOOD),
        (45, "platform_clock_ahead", State.NOTE),
        (240, "platform_clock_ahead", State.BAD),
        (-240, "platform_clock_behind", State.BAD),
    ],
)
def test_a_platform_with_a_wrong_clock_is_noticed(asking, registered, site, monkeypatch, ahead, code, state):
    told = {"date": format_datetime(now() + timedelta(seconds=ahead), usegmt=True)}
    answer = Answer(200, told, json.dumps(site.keyset()).encode())
    monkeypatch.setattr(connection, "fetch", lambda *_given, **_limits: answer)
    assert states(examine_platform(asking, registered.platform))[code] is state


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (404, "lti_keyset_status"),
        (Fault(200, b"<html>"), "keyset_malformed"),
        (Fault(302, headers={"Location": "https://x.example"}), "outside_redirects"),
        (Fault(200, b"x" * 300_000), "outside_too_large"),
    ],
)
def test_a_keyset_that_cannot_be_read_says_why(asking, site, registered, fault, code):
    site.misbehave("keyset", fault)
    finding, *_ = examine_platform(asking, registered.platform)
    assert (finding.code, finding.params["error"].code) == ("platform_keyset_failed", code)
