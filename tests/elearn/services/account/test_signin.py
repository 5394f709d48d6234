"""Signing in: one answer for every mistake, and a wait after ten of them."""

from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, AuditEvent
from elearn.services import account, throttle
from elearn.services.account import passwords
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


def wrong(database, login="co.lan", address=""):
    with pytest.raises(ForbiddenError) as refusal:
        account.authenticate(database, login, "sai", address=address)
    return refusal.value.code


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


def test_guessing_many_logins_from_one_address_is_throttled(database, teacher, monkeypatch):
    monkeypatch.setattr(
        "elearn.services.account.signin.throttle.WRONG_PASSWORDS_OF_ADDRESS",
        throttle.Limit("address", 3, timedelta(minutes=15)),
    )
    for number in range(3):
        wrong(database, f"nguoi{number}", address="10.0.0.7")
    with pytest.raises(ThrottledError):
        account.authenticate(database, "co.lan", PASSWORD, address="10.0.0.7")
    assert account.authenticate(database, "co.lan", PASSWORD, address="10.0.0.8").account_id == teacher.id


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
