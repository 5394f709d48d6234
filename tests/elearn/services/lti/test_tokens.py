"""Access tokens: asked for with a proof of our key, kept, renewed, and refusals told in plain words."""

import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.lti.grades import LINE_ITEM_SCOPE, SCORE_SCOPE
from elearn.models.lti import LtiEvent
from elearn.services.lti.tokens import bearer
from elearn.services.outside import OutsideError
from tests.support.lti_http import Fault


@pytest.fixture
def ask(asking, registered):
    return partial(bearer, asking, registered.platform, (SCORE_SCOPE,))


def events(house):
    with house.database.read() as session:
        return [(row.kind, row.code, row.params) for row in session.scalars(select(LtiEvent).order_by(LtiEvent.id))]


def code(ask):
    with pytest.raises(OutsideError) as refused:
        ask()
    return refused.value.code


def test_a_token_is_given_for_an_assertion_that_our_keyset_proves(site, ask):
    assert site.tokens[ask()] == ("7Xk2pQ", {SCORE_SCOPE})


def test_a_token_is_kept(site, ask):
    assert ask() == ask()
    assert len(site.requests("token")) == 1


def test_other_scopes_are_another_token(asking, registered, ask):
    assert ask() != bearer(asking, registered.platform, (SCORE_SCOPE, LINE_ITEM_SCOPE))


def test_a_token_is_asked_for_anew_shortly_before_its_end(site, ask, time_machine):
    time_machine.move_to(now(), tick=False)
    first = ask()
    time_machine.shift(timedelta(seconds=3540))
    assert ask() == first
    time_machine.shift(timedelta(seconds=50))
    assert ask() != first


def test_a_token_that_was_refused_is_replaced_once_for_all_who_hold_it(site, ask):
    first = ask()
    second = ask(refused=first)
    assert second != first
    assert ask(refused=first) == second
    assert len(site.requests("token")) == 2


def test_threads_that_need_a_token_ask_once(site, ask):
    found = []
    threads = [threading.Thread(target=lambda: found.append(ask())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(site.requests("token")) == 1


def test_a_moodle_that_cannot_reach_our_keyset_is_recognised(asking, site, ask):
    site.reaches_tool = False
    assert code(ask) == "access_keyset"
    assert events(asking) == [("token", "access_keyset", {"host": "hoclieu.example.vn", "port": 443})]


def test_no_host_and_port_are_named_while_nobody_has_set_our_address(asking, site, registered):
    nameless = replace(asking, settings=replace(asking.settings, public_url=""))
    site.reaches_tool = False
    assert code(partial(bearer, nameless, registered.platform, (SCORE_SCOPE,))) == "access_keyset_somewhere"
    assert events(asking) == [("token", "access_keyset_somewhere", {})]


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, b'{"error": "invalid_client", "error_description": "unknown"}', "access_refused"),
        (404, b'{"error": "nothing here"}', "access_refused"),
        (401, b"no json", "access_refused"),
        (503, b"<html>", "access_later"),
        (429, b"", "access_later"),
        (200, b'{"token_type": "Bearer"}', "access_malformed"),
        (200, b"[" * 100_000, "access_malformed"),
        (302, b"", "outside_redirects"),
    ],
)
def test_a_refusal_is_named_and_the_next_time_is_asked_again(site, ask, status, body, expected):
    site.misbehave("token", Fault(status, body))
    assert code(ask) == expected
    assert ask() in site.tokens


def test_the_word_of_the_platform_is_kept_for_the_administrator(asking, site, ask):
    site.misbehave("token", Fault(400, b'{"error": "invalid_client", "error_description": "no such tool"}'))
    code(ask)
    assert events(asking)[0][2] == {"status": 400, "reason": "invalid_client: no such tool"}
