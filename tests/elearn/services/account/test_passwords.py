"""Passwords: their rules and their change."""

from datetime import timedelta

import pytest
import time_machine

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.models.account import Account, BrowserSession, Role
from elearn.services import account
from elearn.services.account import check_password, hash_password, passwords
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.throttle import ThrottledError

OLD, NEW = "mật khẩu cũ rất dài", "mật khẩu mới rất dài"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn quá", "password_short"),
        ("a" * 1001, "password_long"),
        ("CO.LAN.HN@edu", "password_login"),
        ("1234567890", "password_common"),
        ("Matkhau12345", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(password, code):
    with pytest.raises(ServiceError, match=code):
        check_password(password, "co.lan.hn@edu")


def test_a_long_sentence_is_a_good_password():
    check_password("con mèo trèo cây cau", "co.lan")


def test_a_hash_is_argon2id_and_fits_its_password_only():
    stored = hash_password(OLD)
    assert stored.startswith("$argon2id$")
    assert passwords.verify_password(stored, OLD)
    assert not passwords.verify_password(stored, NEW)
    assert not passwords.verify_password(None, OLD)
    assert not passwords.verify_password("not a hash", OLD)


@pytest.fixture
def teacher(world):
    made = world.account("co.lan", password_hash=hash_password(OLD), must_change_password=True)
    for name in ("here", "elsewhere"):
        world.add(
            BrowserSession(
                digest=token_digest(name),
                account_id=made.id,
                seen_at=now(),
                expires_at=now() + timedelta(hours=1),
            )
        )
    identity = world.identity(made)
    world.session.commit()
    return identity


def test_a_change_needs_the_old_password_and_ends_the_other_sessions(database, teacher):
    account.change_password(database, teacher, OLD, NEW, keep_session=token_digest("here"))
    with database.read() as session:
        row = session.get_one(Account, teacher.account_id)
        assert passwords.verify_password(row.password_hash, NEW)
        assert not row.must_change_password
        assert [held.digest for held in session.query(BrowserSession)] == [token_digest("here")]


def test_a_wrong_old_password_changes_nothing_and_is_throttled(database, teacher):
    for _ in range(10):
        with pytest.raises(ForbiddenError, match="password_wrong"):
            account.change_password(database, teacher, "sai", NEW)
    with pytest.raises(ThrottledError):
        account.change_password(database, teacher, OLD, NEW)
    with database.read() as session:
        assert passwords.verify_password(session.get_one(Account, teacher.account_id).password_hash, OLD)


def test_wrong_old_passwords_and_wrong_sign_ins_are_counted_apart(database, teacher):
    for _ in range(10):
        with pytest.raises(ForbiddenError):
            account.change_password(database, teacher, "sai", NEW)
    assert account.authenticate(database, "co.lan", OLD, address="10.0.0.7").account_id == teacher.account_id
    with pytest.raises(ThrottledError):
        account.change_password(database, teacher, OLD, NEW)


def test_the_wait_after_wrong_old_passwords_ends(database, teacher):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        for _ in range(10):
            with pytest.raises(ForbiddenError):
                account.change_password(database, teacher, "sai", NEW)
        clock.shift(15 * 60 - 1)
        with pytest.raises(ThrottledError) as refusal:
            account.change_password(database, teacher, OLD, NEW)
        assert refusal.value.params["seconds"] == 1
        clock.shift(1)
        account.change_password(database, teacher, OLD, NEW)


def test_the_old_password_is_no_new_one(database, teacher):
    with pytest.raises(ServiceError, match="password_same"):
        account.change_password(database, teacher, OLD, OLD)
    with database.read() as session:
        assert session.get_one(Account, teacher.account_id).must_change_password


def test_whoever_does_not_know_the_old_password_does_not_learn_it_from_the_new_one(database, teacher):
    with pytest.raises(ForbiddenError, match="password_wrong"):
        account.change_password(database, teacher, NEW, NEW)


def test_an_administrator_in_scope_sets_a_password_that_must_be_changed(world, session):
    root = world.unit("SO")
    school = world.unit("A", root)
    pupil = world.account("hs1")
    world.grant(pupil, Role.STUDENT, school)
    account.set_password(session, world.somebody(Role.ADMINISTRATOR, root), pupil, hash_password(NEW))
    assert pupil.must_change_password
    with pytest.raises(ForbiddenError):
        account.set_password(session, world.somebody(Role.TEACHER, school), pupil, hash_password(OLD))
