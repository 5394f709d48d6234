"""Limits: counted before the work, in a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from elearn.models.account import ThrottleEvent
from elearn.services import throttle
from elearn.services.throttle import Limit, ThrottledError

THREE = Limit("three", 3, timedelta(minutes=1))


def count(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(ThrottleEvent))


def test_the_limit_is_of_each_key_by_itself(database):
    for _ in range(3):
        throttle.take(database, {THREE: "a"})
    throttle.take(database, {THREE: "b"})
    with pytest.raises(ThrottledError):
        throttle.take(database, {THREE: "a"})


def test_a_refused_try_is_not_counted_so_the_wait_ends(database):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        for _ in range(3):
            throttle.take(database, {THREE: "a"})
        for _ in range(5):
            with pytest.raises(ThrottledError) as refusal:
                throttle.take(database, {THREE: "a"})
        assert refusal.value.params["seconds"] == 60
        clock.shift(60)
        throttle.take(database, {THREE: "a"})


def test_what_is_given_back_does_not_count(database):
    for _ in range(5):
        taken = throttle.take(database, {THREE: "a"})
        with database.write() as session:
            throttle.give_back(session, taken)
    assert count(database) == 0


def test_the_longest_wait_of_several_limits_is_told(database):
    long = Limit("long", 1, timedelta(minutes=10))
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False):
        throttle.take(database, {THREE: "a", long: "x"})
        with pytest.raises(ThrottledError) as refusal:
            throttle.take(database, {THREE: "a", long: "x"})
    assert refusal.value.params["seconds"] == 600


def test_many_tries_at_once_do_not_slip_past(database):
    def attempt(_):
        try:
            throttle.take(database, {THREE: "a"})
        except ThrottledError:
            return 0
        return 1

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(12))) == 3


def test_keys_are_not_kept_in_clear(database):
    throttle.take(database, {THREE: "co.lan"})
    with database.read() as session:
        assert "lan" not in session.scalars(select(ThrottleEvent.key)).one()


def test_old_events_are_purged(database):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        throttle.take(database, {THREE: "a"})
        clock.shift(timedelta(days=1, seconds=1))
        throttle.take(database, {THREE: "a"})
        with database.write() as session:
            assert throttle.purge(session) == 1
    assert count(database) == 1


def test_events_are_kept_as_long_as_any_limit_counts_them():
    limits = [value for value in vars(throttle).values() if isinstance(value, Limit)]
    assert len(limits) >= 5
    assert max(limit.window for limit in limits) <= throttle.LONGEST_WINDOW


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_what_an_address_stands_for(address, network):
    assert throttle.network_of(address) == network
