"""Calls of content are recorded where somebody asked for it, once, within bounds, and for 90 days."""

from datetime import timedelta

import pytest
from sqlalchemy import event as engine_event
from sqlalchemy import update

from elearn.clock import now
from elearn.models.play_log import ApiCalls, ApiLog
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.player import api_log
from elearn.services.player.api_log import calls_of, filtered, is_recorded, page_of, purge_calls, take_calls
from elearn.services.player.tokens import TokenError
from tests.support.playing import one_sco

NOW = 1_700_000_000_000


@pytest.fixture
def page(classroom):
    return classroom.play(classroom.lesson(one_sco()))


@pytest.fixture
def recorded(session, page):
    api_log.record_attempt(session, None, page.attempt, on=True)
    return page


def batch(number=1, *calls, clock=NOW):
    given = calls or ([NOW - 1500, "LMSSetValue", ["cmi.core.lesson_location", "3"], "true", "0"],)
    return {"number": number, "now": clock, "calls": list(given)}


def test_nothing_is_recorded_unless_somebody_asked(session, page):
    assert not is_recorded(session, page.attempt)
    with pytest.raises(ConflictError, match="calls_unwanted"):
        take_calls(session, page.play, batch())


def test_it_is_asked_for_an_attempt_a_placement_or_a_material(session, page):
    placement, material = page.attempt.registration.placement, page.attempt.registration.version.material
    api_log.record_attempt(session, None, page.attempt, on=True)
    assert is_recorded(session, page.attempt)
    api_log.record_attempt(session, None, page.attempt, on=False)
    assert not is_recorded(session, page.attempt)
    api_log.record_placement(session, placement, on=True)
    assert is_recorded(session, page.attempt)
    api_log.record_placement(session, placement, on=False)
    material.play_options = {"api_log": True}
    assert is_recorded(session, page.attempt)


def test_a_call_is_kept_with_what_was_said_and_how_long_ago(session, recorded):
    before = now()
    assert take_calls(session, recorded.play, batch()) == 1
    (call,) = calls_of(session, recorded.attempt.id)
    assert (call.method, call.element, call.value) == ("LMSSetValue", "cmi.core.lesson_location", "3")
    assert (call.result, call.is_error) == ("true", False)
    assert abs(call.at - (before - timedelta(seconds=1.5))) < timedelta(minutes=1)


def test_a_repeated_batch_is_kept_once(session, recorded):
    assert [take_calls(session, recorded.play, batch(number)) for number in (1, 1, 2)] == [1, 0, 1]
    assert session.get(ApiLog, recorded.attempt.id).kept == 2


def test_values_are_shortened(session, recorded):
    take_calls(session, recorded.play, batch(1, [NOW, "LMSSetValue", ["cmi.suspend_data", "ư" * 9000], "true", "0"]))
    assert len(calls_of(session, recorded.attempt.id)[0].value) == api_log.LONGEST_VALUE


def test_an_attempt_keeps_so_many_calls_and_says_how_many_were_left_out(session, recorded, monkeypatch):
    monkeypatch.setattr(api_log, "CALLS_PER_ATTEMPT", 3)
    call = [NOW, "LMSGetValue", ["cmi.core.entry"], "", "0"]
    assert take_calls(session, recorded.play, batch(1, call, call)) == 2
    assert take_calls(session, recorded.play, batch(2, call, call)) == 1
    assert len(calls_of(session, recorded.attempt.id)) == 3
    assert session.get(ApiLog, recorded.attempt.id).left_out == 1


@pytest.mark.parametrize(
    "body",
    [
        None, [], {}, {"number": 0, "now": NOW, "calls": [[]]}, {"number": 2**31, "now": NOW, "calls": [[]]},
        {"number": 1, "now": "x", "calls": [[NOW, "a", [], "", "0"]]}, {"number": 1, "now": NOW, "calls": []},
        {"number": 1, "now": NOW, "calls": "x"}, {"number": 1, "now": NOW, "calls": [["x", "a", [], "", "0"]]},
        {"number": 1, "now": NOW, "calls": [[NOW, "a", [], "", "0"]] * 501}, {"number": True, "now": NOW, "calls": [1]},
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_and_keeps_nothing(session, recorded, body):
    with pytest.raises(ServiceError, match="calls_malformed"):
        take_calls(session, recorded.play, body)
    assert calls_of(session, recorded.attempt.id) == []


@pytest.mark.parametrize("at", [-(10**30), 0, 10**30])
def test_a_clock_that_is_wrong_harms_nothing(session, recorded, at):
    assert take_calls(session, recorded.play, batch(1, [at, "x\0y", ["\0"], "\0", "0"])) == 1
    assert calls_of(session, recorded.attempt.id)[0].method == "x\ufffdy"


def test_calls_are_filtered_by_error_and_element(session, recorded):
    refused = [NOW, "LMSSetValue", ["cmi.core.score.raw", "x"], "false", "405"]
    take_calls(session, recorded.play, batch(1, refused, [NOW, "LMSGetValue", ["cmi.core.entry"], "", "0"]))
    kept = calls_of(session, recorded.attempt.id)
    assert [call.error for call in filtered(kept, errors=True)] == ["405"]
    assert [call.element for call in filtered(kept, element=" ENTRY ")] == ["cmi.core.entry"]
    assert len(filtered(kept)) == 2


def test_a_page_is_found_by_its_token_without_a_lock(session, page):
    statements = []

    def note(*arguments):
        statements.append(arguments[2])

    engine_event.listen(session.get_bind(), "before_cursor_execute", note)
    assert page_of(session, page.token) is page.play
    engine_event.remove(session.get_bind(), "before_cursor_execute", note)
    assert not any("FOR" in statement.split() for statement in statements)
    with pytest.raises(TokenError, match="token_unknown"):
        page_of(session, "x")


def test_a_page_whose_token_has_run_out_is_refused(session, page):
    page.play.expires_at = now() - timedelta(seconds=1)
    session.flush()
    with pytest.raises(TokenError, match="token_expired"):
        page_of(session, page.token)


def test_after_ninety_days_calls_are_dropped(session, recorded):
    take_calls(session, recorded.play, batch(1))
    take_calls(session, recorded.play, batch(2))
    old = now() - timedelta(days=91)
    session.execute(update(ApiCalls).where(ApiCalls.number == 1).values(at=old))
    assert purge_calls(session) == 1
    assert len(calls_of(session, recorded.attempt.id)) == 1
