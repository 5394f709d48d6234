"""Signing in: one answer for every mistake, and a wait where too many come from one place."""

from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, AuditEvent
from elearn.services import account, throttle
from elearn.services.account import passwords
from elearn.services.account.known_devices import KnownDevice
from elearn.services.errors import ForbiddenError
from elearn.services.throttle import ThrottledError

PASSWORD = "mật khẩu đủ dài"


@pytest.fixture(autouse=True)
def _quick_hashing(monkeypatch):
    """The weakest argon2 that is still argon2: these tests are about what follows from its answer."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._hash_of_nobody.cache_clear()
    yield
    passwords._hash_of_nobody.cache_clear()


@pytest.fixture
def teacher(database, world):
    made = world.account("co.lan", password_hash=account.hash_password(PASSWORD))
    world.session.commit()
    return made


def wrong(database, login="co.lan", address="", **arguments):
    with pytest.raises(ForbiddenError) as refusal:
        account.authenticate(database, login, "sai", address=address, **arguments)
    return refusal.value.code


def right(database, **arguments):
    return account.authenticate(database, "co.lan", PASSWORD, **arguments)


@pytest.fixture
def own(teacher):
    """The browser that the teacher always uses."""
    return KnownDevice("s" * 32, KnownDevice("s" * 32).with_account(teacher.uid))


def test_the_right_password_gives_the_identity(database, teacher):
    identity = account.authenticate(database, "Co.Lan ", PASSWORD)
    assert (identity.account_id, identity.login) == (teacher.id, "co.lan")


def test_nobody_learns_whether_the_login_or_the_password_was_wrong(database, teacher):
    assert wrong(database) == wrong(database, "khong.co") == "wrong_login_or_password"


def test_an_unknown_login_costs_as_much_hashing_as_a_known_one(database, teacher, monkeypatch):
    verified = []

    class Counting(PasswordHasher):
        def verify(self, stored, password):
            verified.append(stored)
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    wrong(database)
    wrong(database, "khong.co")
    assert len(verified) == 2


def test_an_account_that_is_disabled_or_has_no_password_is_refused_like_an_unknown_one(database, world, teacher):
    world.account("lti.learner")
    teacher.disabled_at = now()
    world.session.commit()
    assert wrong(database, "lti.learner") == "wrong_login_or_password"
    with pytest.raises(ForbiddenError, match="wrong_login_or_password"):
        account.authenticate(database, "co.lan", PASSWORD)


def test_after_ten_wrong_passwords_even_the_right_one_waits_and_is_told_how_long(database, teacher):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        for _ in range(10):
            wrong(database)
            clock.shift(6)
        with pytest.raises(ThrottledError) as refusal:
            account.authenticate(database, "co.lan", PASSWORD)
        assert refusal.value.status == 429
        assert refusal.value.params["seconds"] == 15 * 60 - 60
        clock.shift(refusal.value.params["seconds"] - 1)
        with pytest.raises(ThrottledError):
            account.authenticate(database, "co.lan", PASSWORD)
        clock.shift(1)
        assert account.authenticate(database, "co.lan", PASSWORD).account_id == teacher.id


def test_a_right_password_forgets_the_wrong_ones_before_it(database, teacher):
    for _ in range(9):
        wrong(database)
    account.authenticate(database, "co.lan", PASSWORD)
    for _ in range(9):
        wrong(database)
    account.authenticate(database, "co.lan", PASSWORD)


def test_an_unknown_login_is_throttled_too(database):
    for _ in range(10):
        wrong(database, "khong.co")
    with pytest.raises(ThrottledError):
        account.authenticate(database, "khong.co", "sai")


def test_ten_wrong_passwords_from_one_network_do_not_shut_out_another(database, teacher):
    for _ in range(10):
        wrong(database, address="10.0.0.7")
    with pytest.raises(ThrottledError):
        right(database, address="10.0.0.7")
    assert right(database, address="10.0.0.8").account_id == teacher.id


def test_a_school_of_pupils_who_mistype_behind_one_address_is_not_shut_out(database, teacher):
    for pupil in range(40):
        for _ in range(5):
            wrong(database, f"hs{pupil}", address="10.0.0.7")
    assert right(database, address="10.0.0.7").account_id == teacher.id


def test_guessing_many_logins_from_one_address_is_throttled(database, teacher):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        limits = {throttle.WRONG_PASSWORDS_OF_NETWORK: "10.0.0.7"}
        for _ in range(throttle.WRONG_PASSWORDS_OF_NETWORK.events - 1):
            throttle.take(database, limits)
        wrong(database, "nguoi", address="10.0.0.7")
        with pytest.raises(ThrottledError):
            right(database, address="10.0.0.7")
        assert right(database, address="10.0.0.8").account_id == teacher.id
        clock.shift(timedelta(minutes=15))
        assert right(database, address="10.0.0.7").account_id == teacher.id


def test_all_addresses_of_one_line_are_one_network(database, teacher):
    for number in range(10):
        wrong(database, address=f"2001:db8:0:1::{number:x}")
    with pytest.raises(ThrottledError):
        right(database, address="2001:db8:0:1:ffff::1")
    assert right(database, address="2001:db8:0:2::1").account_id == teacher.id


def test_guessing_one_login_from_everywhere_is_slowed_for_strangers_and_never_for_a_browser_it_knows(
    database, teacher, own
):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        for number in range(30):
            wrong(database, address=f"10.0.{number}.7")
        with pytest.raises(ThrottledError) as refusal:
            right(database, address="10.9.9.9")
        assert refusal.value.params["seconds"] == 30 * 60
        assert right(database, address="10.9.9.9", device=own).account_id == teacher.id
        # The owner's sign-in does not give the strangers a new start.
        with pytest.raises(ThrottledError):
            right(database, address="10.9.9.9")
        clock.shift(timedelta(minutes=30))
        assert right(database, address="10.9.9.9").account_id == teacher.id


def test_pupils_in_the_network_of_the_school_do_not_shut_out_the_browser_of_a_teacher(database, teacher, own):
    for _ in range(10):
        wrong(database, address="10.0.0.7")
    throttle_full(database, throttle.WRONG_PASSWORDS_OF_NETWORK, "10.0.0.7")
    assert right(database, address="10.0.0.7", device=own).account_id == teacher.id


def throttle_full(database, limit, key):
    try:
        while True:
            throttle.take(database, {limit: key})
    except ThrottledError:
        return


def test_a_browser_it_knows_may_be_wrong_ten_times_and_shuts_out_no_other(database, teacher, own):
    for _ in range(10):
        wrong(database, address="10.0.0.7", device=own)
    with pytest.raises(ThrottledError):
        right(database, address="10.0.0.8", device=own)
    assert right(database, address="10.0.0.7").account_id == teacher.id


def test_a_browser_known_to_one_account_is_a_stranger_to_another(database, world, teacher, own):
    world.account("co.hoa", password_hash=account.hash_password(PASSWORD))
    world.session.commit()
    for _ in range(10):
        wrong(database, "co.hoa", address="10.0.0.7", device=own)
    with pytest.raises(ThrottledError):
        account.authenticate(database, "co.hoa", PASSWORD, address="10.0.0.7")


def test_a_hash_of_weaker_parameters_is_renewed_at_sign_in(database, world, teacher, monkeypatch):
    before = teacher.password_hash
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    account.authenticate(database, "co.lan", PASSWORD)
    with database.read() as session:
        after = session.get_one(Account, teacher.id).password_hash
    assert after != before
    assert not passwords.needs_rehash(after)
    assert passwords.verify_password(after, PASSWORD)


def test_every_try_is_in_the_audit_log_with_its_address(database, teacher):
    wrong(database, address="10.0.0.7")
    account.authenticate(database, "co.lan", PASSWORD, address="10.0.0.7")
    with database.read() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "signin").order_by(AuditEvent.id)).all()
    assert [(event.allowed, event.address, event.subject_uid) for event in events] == [
        (False, "10.0.0.7", teacher.uid),
        (True, "10.0.0.7", teacher.uid),
    ]


def test_no_transaction_is_open_while_a_password_is_hashed(database, teacher, monkeypatch):
    class Checking(PasswordHasher):
        def verify(self, stored, password):
            assert database.engine.pool.checkedout() == 0
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "_hasher", Checking(time_cost=1, memory_cost=8, parallelism=1))
    teacher_id = teacher.id
    assert account.authenticate(database, "co.lan", PASSWORD).account_id == teacher_id
