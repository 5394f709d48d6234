"""Our signing keys overlap: what signs is known to every platform, and what has signed stays published."""

from datetime import timedelta

import pytest

from elearn.lti.keys import key_id, new_key
from elearn.services.lti.keys import GONE_AFTER, KNOWN_AFTER, keyset, published, rotate, signing_key

FIRST, SECOND, THIRD = (new_key() for _ in range(3))


def kids(session):
    return [key["kid"] for key in keyset(session)["keys"]]


def test_without_a_key_nothing_signs(session):
    assert signing_key(session) is None
    assert keyset(session) == {"keys": []}


def test_the_first_key_signs_at_once(session):
    rotate(session, FIRST)
    assert signing_key(session) == FIRST
    assert kids(session) == [key_id(FIRST)]


def test_a_new_key_is_published_a_day_before_it_signs(session, time_machine):
    rotate(session, FIRST)
    rotate(session, SECOND)
    assert kids(session) == [key_id(SECOND), key_id(FIRST)]
    assert signing_key(session) == FIRST
    time_machine.shift(KNOWN_AFTER + timedelta(minutes=1))
    assert signing_key(session) == SECOND


def test_an_old_key_goes_a_week_after_it_last_signed(session, time_machine):
    rotate(session, FIRST)
    rotate(session, SECOND)
    time_machine.shift(KNOWN_AFTER + GONE_AFTER - timedelta(minutes=1))
    assert key_id(FIRST) in kids(session)
    time_machine.shift(timedelta(minutes=2))
    assert kids(session) == [key_id(SECOND)]


def test_rotating_twice_in_a_row_keeps_a_key_that_signs(session, time_machine):
    for private in (FIRST, SECOND, THIRD):
        rotate(session, private)
    for hours in range(0, 24 * 12, 6):
        time_machine.shift(timedelta(hours=6 if hours else 0))
        assert signing_key(session) in {row.private_pem for row in published(session)}
    assert signing_key(session) == THIRD


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to("2026-11-02T05:00:00Z", tick=False)


def test_a_key_in_other_hands_leaves_the_keyset_at_once(session):
    rotate(session, FIRST)
    rotate(session, SECOND, at_once=True)
    assert signing_key(session) == SECOND
    assert [row.private_pem for row in published(session)] == [SECOND]


def test_a_key_that_waited_to_sign_goes_too(session):
    for private in (FIRST, SECOND):
        rotate(session, private)
    rotate(session, THIRD, at_once=True)
    assert [row.private_pem for row in published(session)] == [THIRD]
    assert signing_key(session) == THIRD
