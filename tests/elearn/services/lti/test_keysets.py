"""The keysets of platforms: asked for once, again for an unknown key, and nothing bad is taken for one."""

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from elearn.clock import now
from elearn.lti.errors import LtiError
from elearn.lti.keys import keys_of
from elearn.models.lti import LtiPlatform
from elearn.services.errors import ServiceError
from elearn.services.lti import keysets
from tests.support.lti_http import Fault
from tests.support.lti_platform import SigningKey


@pytest.fixture
def registered(asking, registered, site):
    with asking.database.write() as session:
        platform = session.get_one(LtiPlatform, registered.platform.id)
        platform.keyset_url = registered.platform.keyset_url = f"{site.issuer}/mod/lti/certs.php"
    return registered


@pytest.fixture
def judge(asking, registered, site):
    """The claims of a token that the platform signs now, by the keys that are known now."""

    def check(**header):
        with asking.database.read() as session:
            platform = session.get_one(LtiPlatform, registered.platform.id)
        token = site.sign(site.claims(now=now().timestamp()), **header)
        return keysets.judge(asking, platform, token, "n-1")

    return check


def refusal(judge, **header):
    with pytest.raises((LtiError, ServiceError)) as refused:
        judge(**header)
    return refused.value.code


def test_the_first_token_brings_the_keyset(judge, site):
    assert judge()["sub"] == "42"
    assert judge()["sub"] == "42"
    assert len(site.requests("keyset")) == 1


def test_a_new_key_is_known_after_a_minute_at_most(judge, site, time_machine):
    time_machine.move_to(now(), tick=False)
    judge()
    site.key = SigningKey("k2", 1)
    time_machine.shift(keysets.EVERY - timedelta(seconds=1))
    assert refusal(judge) == "token_key_unknown"
    time_machine.shift(timedelta(seconds=1))
    assert judge()["sub"] == "42"
    assert len(site.requests("keyset")) == 2


def test_invented_keys_do_not_make_us_ask_all_the_time(judge, site, monkeypatch):
    judge()
    monkeypatch.setattr(keysets, "PAUSE", 1000)  # nobody waits for an answer that is there
    assert {refusal(judge, kid=f"invented{number}") for number in range(5)} == {"token_key_unknown"}
    assert len(site.requests("keyset")) == 1


def test_a_class_that_comes_at_once_waits_for_one_answer(judge, site):
    holds = threading.Event()
    site.misbehave("keyset", Fault(200, json.dumps(site.keyset()).encode(), holds=holds))
    told = []
    pupils = [threading.Thread(target=lambda: told.append(judge()["sub"])) for _ in range(4)]
    for pupil in pupils:
        pupil.start()
    holds.set()
    for pupil in pupils:
        pupil.join()
    assert told == ["42"] * 4
    assert len(site.requests("keyset")) == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(302, headers={"Location": "http://169.254.169.254/"}), "outside_redirects"),
        (Fault(200, b"x" * (keysets.LARGEST + 1)), "outside_too_large"),
        (Fault(404, b"<html>"), "lti_keyset_status"),
        (Fault(200, b"<html>"), "keyset_malformed"),
        (Fault(200, b'{"keys": 1}'), "keyset_malformed"),
        (Fault(200, b"[" * 100_000), "keyset_malformed"),
        (Fault(200, b'{"keys": []}'), "token_key_unknown"),
    ],
)
def test_what_is_no_keyset_is_named_and_asked_for_again_a_minute_later(judge, site, fault, code, time_machine):
    time_machine.move_to(now(), tick=False)
    site.misbehave("keyset", fault)
    assert refusal(judge) == code
    time_machine.shift(keysets.EVERY)
    assert judge()["sub"] == "42"


def test_a_platform_that_does_not_answer_is_given_up(judge, site, monkeypatch):
    monkeypatch.setattr(keysets, "SECONDS", 0.1)
    holds = threading.Event()
    site.misbehave("keyset", Fault(holds=holds))
    assert refusal(judge) == "outside_silent"
    holds.set()


def test_an_inner_host_that_nobody_allowed_is_not_asked(asking, registered, site):
    closed = replace(asking, settings=replace(asking.settings, private_hosts=()))
    token = site.sign(site.claims(now=now().timestamp()))
    with pytest.raises(ServiceError) as refused:
        keysets.judge(closed, registered.platform, token, "n-1")
    assert refused.value.code == "outside_inner_host"
    assert site.requests("keyset") == []


def test_a_platform_without_an_address_keeps_the_keys_that_were_pasted(asking, registered, site, judge):
    with asking.database.write() as session:
        platform = session.get_one(LtiPlatform, registered.platform.id)
        platform.keyset_url, platform.keyset = "", list(keys_of(site.keyset()))
    assert judge()["sub"] == "42"
    assert refusal(judge, kid="k9") == "token_key_unknown"
    assert site.requests("keyset") == []
