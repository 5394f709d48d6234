"""The cookie of a browser that an account has used before."""

import time_machine

from elearn.services.account.known_devices import ACCOUNTS, LIFE, LONGEST, KnownDevice

SECRET = "s" * 32


def known(*accounts, secret=SECRET, cookie=""):
    for account in accounts:
        cookie = KnownDevice(secret, cookie).with_account(account)
    return KnownDevice(secret, cookie)


def test_a_browser_without_a_cookie_is_known_to_nobody():
    assert not KnownDevice(SECRET).is_known
    assert KnownDevice(SECRET).key_for("lan") == ""


def test_a_browser_is_known_to_every_account_that_used_it_under_a_key_of_its_own():
    device = known("lan", "hoa")
    assert device.is_known
    assert device.key_for("lan") != device.key_for("hoa") != ""
    assert device.key_for("mai") == ""
    assert known("lan").key_for("lan") != device.key_for("lan")


def test_a_key_stays_when_the_cookie_is_made_anew():
    device = known("lan")
    assert known("hoa", "lan", cookie=device.cookie).key_for("lan") == device.key_for("lan")


def test_a_cookie_that_somebody_wrote_is_none():
    cookie = known("lan").cookie
    forged = [
        cookie[:-1] + ("A" if cookie[-1] != "A" else "B"),
        "x" + cookie,
        cookie.replace(".", "~"),
        known("lan", secret="t" * 32).cookie,
        known("lan").cookie.rpartition(".")[0] + "." + cookie.rpartition(".")[2],
        "a.b.c.d",
        "é.ff.x.y",
        "." * 3000,
    ]
    for value in forged:
        assert not KnownDevice(SECRET, value).is_known
        assert KnownDevice(SECRET, value).key_for("lan") == ""


def test_a_cookie_ends():
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        device = known("lan")
        clock.shift(LIFE.total_seconds() - 1)
        assert device.key_for("lan")
        clock.shift(1)
        assert not device.is_known


def test_the_browser_of_a_staff_room_forgets_who_came_first():
    people = [f"account-{number}" for number in range(ACCOUNTS + 1)]
    device = known(*people)
    assert [bool(device.key_for(uid)) for uid in people] == [False] + [True] * ACCOUNTS
    assert len(device.cookie) < LONGEST


def test_the_cookie_names_no_account():
    assert "lan" not in known("lan").cookie
