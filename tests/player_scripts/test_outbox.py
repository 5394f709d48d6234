"""What counts as acknowledged, and how messages get through networks that fail in every way."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.journey]

PORTAL = "<!doctype html><p>Xin đăng nhập mạng không dây"
MINUTES = 60_000


def put(page, value, element="cmi.location"):
    page.evaluate("([element, value]) => { outbox.add({ [element]: value }); outbox.flush(); }", [element, value])


def states(page):
    return page.evaluate("() => states")


def sent(page):
    return page.evaluate("() => sent.map((each) => each.message)")


def is_clean(page):
    return page.evaluate("() => outbox.isClean")


STRANGE = {
    "a portal that says 200 to everything": [200, PORTAL],
    "a portal that answers with JSON of its own": [200, {"ok": True, "login": "https://portal.example"}],
    "a proxy that is busy": [503, "<html>Service Unavailable</html>"],
    "a proxy that counts requests": [429, "<html>Too Many Requests</html>"],
    "a filter that forbids": [403, "<html>Forbidden</html>"],
    "a gateway without a server": [502, ""],
    "an acknowledgement of an older message": [200, {"number": 0}],
    "an empty answer": [200, ""],
}


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE)
def test_what_the_server_has_not_said_acknowledges_nothing_and_is_tried_again(outbox, answer):
    page = outbox(answer, answer, "ok")
    put(page, "4")
    page.clock.run_for(300)
    assert not is_clean(page)
    assert states(page)[-1] == "offline:server"
    page.clock.run_for(5000)
    assert is_clean(page)
    assert states(page)[-1] == "saved"
    assert [message["number"] for message in sent(page)] == [1, 1, 1]


def test_a_redirect_to_another_page_is_no_answer(outbox):
    page = outbox("ok")
    put(page, "4")
    page.clock.run_for(10)
    assert page.evaluate("() => sent.every((each) => each.redirect === 'error')")


def test_a_request_without_an_answer_is_given_up_and_sent_again(outbox):
    page = outbox("hangs", "ok")
    put(page, "4")
    page.clock.run_for(29_000)
    assert len(sent(page)) == 1
    page.clock.run_for(3000)
    assert is_clean(page)
    assert sent(page)[0] == sent(page)[1]


def test_answers_that_take_ten_seconds_are_waited_for(outbox):
    page = outbox({"after": 10_000, "answer": "ok"})
    put(page, "4")
    page.clock.run_for(11_000)
    assert is_clean(page)
    assert len(sent(page)) == 1


def test_a_line_on_which_every_answer_takes_a_minute_still_gets_through(outbox):
    page = outbox({"after": MINUTES, "answer": "ok"})
    put(page, "4")
    page.clock.run_for(4 * MINUTES)
    assert is_clean(page)


def test_a_large_message_has_the_time_that_a_slow_line_needs(outbox):
    page = outbox({"after": 2 * MINUTES, "answer": "ok"})
    put(page, "x" * 500_000, "cmi.suspend_data")
    page.clock.run_for(2 * MINUTES + 1000)
    assert is_clean(page)
    assert len(sent(page)) == 1


def test_an_answer_that_is_lost_is_asked_for_under_the_same_number(outbox):
    page = outbox("fails", [200, {"number": 1, "repeated": True}])
    put(page, "4")
    page.clock.run_for(2000)
    assert is_clean(page)
    assert states(page) == ["saving", "offline:network", "saved"]


def test_an_answer_that_comes_twice_acknowledges_nothing_newer(outbox):
    page = outbox("ok", "hangs")
    put(page, "4")
    page.clock.run_for(100)
    put(page, "5")
    page.clock.run_for(10)
    page.evaluate("() => outbox.acknowledge(1)")
    assert not is_clean(page)


def test_a_hundred_values_without_a_network_become_two_messages(outbox):
    page = outbox("fails", "fails", "ok")
    for value in range(100):
        put(page, str(value))
    page.clock.run_for(10_000)
    assert is_clean(page)
    assert [message["number"] for message in sent(page)] == [1, 1, 1, 2]
    assert sent(page)[-1]["delta"] == {"cmi.location": "99"}


def test_five_minutes_without_a_network_lose_nothing(outbox):
    page = outbox("fails")
    for minute in range(5):
        put(page, str(minute))
        put(page, f"câu {minute}", f"cmi.interactions.{minute}.id")
        page.clock.run_for(MINUTES)
    assert states(page)[-1] == "offline:network"
    page.evaluate("() => { answers.length = 0; answers.push('ok'); }")
    page.clock.run_for(20_000)
    assert is_clean(page)
    delivered = sent(page)[-1]["delta"]
    assert delivered["cmi.location"] == "4"
    assert len(delivered) == 6


def test_whoever_knows_better_ends_the_pause(outbox):
    page = outbox(*["fails"] * 6, "ok")
    put(page, "4")
    page.clock.run_for(20_000)
    assert not is_clean(page)
    page.evaluate("() => outbox.hurry()")
    page.clock.run_for(10)
    assert is_clean(page)


def test_the_token_is_renewed_and_the_same_message_sent_again(outbox):
    page = outbox([401, {"error": "token_expired", "message": "…"}], "ok")
    put(page, "4")
    page.clock.run_for(2000)
    assert is_clean(page)
    assert page.evaluate("() => renewals") == 1
    assert [message["number"] for message in sent(page)] == [1, 1]


def test_a_refusal_of_the_server_is_told_and_keeps_the_changes(outbox):
    page = outbox([401, {"error": "signed_out", "message": "…"}])
    put(page, "4")
    page.clock.run_for(60_000)
    assert states(page)[-1] == "refused:server"
    assert len(sent(page)) == 1
    assert not is_clean(page)
    assert page.evaluate("() => kept.at(-1).delta") == {"cmi.location": "4"}


@pytest.mark.parametrize(("length", "keepalive"), [(1000, True), (59_000, True), (61_000, False), (200_000, False)])
def test_a_goodbye_outlives_its_page_as_far_as_browsers_allow(outbox, length, keepalive):
    page = outbox("ok")
    page.evaluate("length => outbox.add({ 'cmi.suspend_data': 'x'.repeat(length) })", length)
    page.evaluate("() => outbox.farewell('/rt/commit')")
    assert page.evaluate("() => sent[0].keepalive") is keepalive
    assert page.evaluate("() => sent[0].message.leave")
    assert page.evaluate("() => kept[0].delta['cmi.suspend_data'].length") == length


def test_a_goodbye_that_a_portal_answers_leaves_the_journal_as_it_is(outbox):
    page = outbox([200, PORTAL])
    page.evaluate("() => { outbox.add({ 'cmi.location': '4' }); outbox.farewell('/rt/commit'); }")
    page.clock.run_for(10)
    assert page.evaluate("() => kept.at(-1).delta") == {"cmi.location": "4"}


def test_the_device_clock_plays_no_part(outbox):
    page = outbox("fails", "ok")
    put(page, "4")
    page.evaluate("() => { Date.now = () => 0; }")
    page.clock.run_for(2000)
    assert is_clean(page)
    assert page.evaluate("() => outbox.sentAt <= performance.now()")
