"""Accounts of those who launch: one each, however they come."""

import threading

import pytest
from sqlalchemy import func, select

from elearn.lti.claims import Person
from elearn.models.account import Account, Identity
from elearn.services.lti.holders import KnownAs, holder, language_of, name_of

BICH = Person("42", "Trần Thị Bích", locale="vi-VN")
KNOWN = KnownAs("https://moodle.truong.example", "7Xk2pQ", "42")


def test_two_first_launches_at_once_make_one_account(database):
    ready, told = threading.Barrier(2), []

    def come():
        ready.wait(60)
        with database.write() as session:
            told.append(holder(session, KNOWN, BICH).account_id)

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 2
    assert len(set(told)) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_the_same_subject_elsewhere_is_somebody_else(session):
    others = (KNOWN, KnownAs("https://other.example", "7Xk2pQ", "42"), KnownAs(KNOWN.issuer, "other", "42"))
    assert len({holder(session, known, BICH).account_id for known in others}) == 3
    assert session.scalar(select(func.count()).select_from(Identity)) == 3


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person("1", " Trần  Bích "), "Trần Bích"),
        (Person("1", given_name="Bích", family_name="Trần Thị"), "Trần Thị Bích"),
        (Person("1"), ""),
        (Person("1", "x" * 900), "x" * 300),
    ],
)
def test_names(person, name):
    assert name_of(person) == name


@pytest.mark.parametrize(
    ("locale", "language"), [("vi", "vi"), ("vi_VN", "vi"), ("EN-us", "en"), ("", ""), ("tiếng Việt", ""), ("12", "")]
)
def test_languages(locale, language):
    assert language_of(locale) == language
