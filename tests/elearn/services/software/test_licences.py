"""Licences: what can be entered, who sees the money, and under which one a school works."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from elearn.database import day_of
from elearn.models.software import LicenceKind, Money, Outcome
from elearn.services.errors import ForbiddenError
from elearn.services.software.decisions import decide
from elearn.services.software.licences import (
    LicenceTerms,
    add_licence,
    get_licence,
    licences_for,
    licences_of,
    remove_licence,
)
from elearn.services.software.standing import require_download
from tests.support.software import refused

SEATS = LicenceTerms(LicenceKind.SEATS, date(2026, 1, 1), date(2026, 12, 31), seats=40, cost_per_year=12_000_000)


@pytest.fixture
def title(session, catalogue):
    made = catalogue.title()
    decide(
        session, catalogue.officer, made, catalogue.department,
        outcome=Outcome.APPROVED, decided_on=date(2026, 1, 1), reason="",
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"expires_on": date(2025, 12, 31)}, "licence_span"),
        ({"seats": None}, "licence_seats"),
        ({"seats": 0}, "licence_seats"),
        ({"seats": -3}, "licence_seats"),
        ({"seats": 10**8}, "licence_seats"),
        ({"kind": LicenceKind.SITE}, "licence_seatless"),
        ({"cost_per_year": -1}, "licence_cost"),
        ({"cost_per_year": 10**14}, "licence_cost"),
        ({"kind": LicenceKind.FREE, "seats": None}, "licence_free"),
        ({"starts_on": date(204, 1, 1)}, "day_range"),
    ],
)
def test_terms_that_cannot_be_are_refused(session, catalogue, title, change, code):
    with refused(code):
        add_licence(session, catalogue.officer, title, catalogue.department, replace(SEATS, **change))
    assert licences_of(session, catalogue.officer, title) == []


def test_a_contract_counts_once_and_a_renewal_follows_it(session, catalogue, title):
    first = replace(SEATS, contract_number="15/HĐ", money=Money.BUDGET)
    add_licence(session, catalogue.officer, title, catalogue.department, first)
    with refused("licence_twice"):
        add_licence(session, catalogue.officer, title, catalogue.department, first)
    renewal = replace(first, starts_on=date(2027, 1, 1), expires_on=None)
    add_licence(session, catalogue.officer, title, catalogue.department, renewal)
    add_licence(session, catalogue.head, title, catalogue.school, first)
    assert len(licences_of(session, catalogue.officer, title)) == 3


def test_schools_enter_their_own_and_see_no_other_money(session, catalogue, title):
    add_licence(session, catalogue.officer, title, catalogue.department, SEATS)
    own = add_licence(session, catalogue.head, title, catalogue.school, SEATS)
    with pytest.raises(ForbiddenError):
        add_licence(session, catalogue.head, title, catalogue.department, SEATS)
    assert licences_of(session, catalogue.head, title) == [own]
    assert licences_of(session, catalogue.teacher, title) == []


def test_what_was_entered_by_mistake_is_taken_back_with_a_reason(session, catalogue, title):
    licence = add_licence(session, catalogue.officer, title, catalogue.department, SEATS)
    with refused("licence_not_found"):
        get_licence(session, catalogue.head, licence.uid)
    with refused("reason_needed"):
        remove_licence(session, catalogue.officer, licence, "  ")
    remove_licence(session, catalogue.officer, licence, "Nhập nhầm")
    assert licences_of(session, catalogue.officer, title) == []
    with refused("licence_not_found"):
        get_licence(session, catalogue.officer, licence.uid)


def test_licences_reach_down_only_when_they_are_meant_to(session, catalogue, title):
    day = date(2026, 6, 1)
    site = replace(SEATS, kind=LicenceKind.SITE, seats=None)
    add_licence(session, catalogue.officer, title, catalogue.department, site)
    assert licences_for(session, title, catalogue.school, day) == []
    assert len(licences_for(session, title, catalogue.department, day)) == 1
    seats = add_licence(session, catalogue.officer, title, catalogue.department, SEATS)
    assert licences_for(session, title, catalogue.school, day) == [seats]
    assert licences_for(session, title, catalogue.school, date(2027, 1, 1)) == []


def test_downloads_end_with_the_licence_and_begin_again_with_a_renewal(session, catalogue, title):
    today = day_of(session)
    require_download(session, catalogue.teacher, title)  # nothing is recorded: free to its readers
    over = replace(SEATS, starts_on=today - timedelta(days=400), expires_on=today - timedelta(days=1))
    add_licence(session, catalogue.officer, title, catalogue.department, over)
    with refused("licence_none"):
        require_download(session, catalogue.teacher, title)
    require_download(session, catalogue.officer, title)
    add_licence(session, catalogue.head, title, catalogue.school, replace(over, starts_on=today, expires_on=today))
    require_download(session, catalogue.teacher, title)
    stranger = catalogue.world.somebody(catalogue.teacher.grants[0].role, catalogue.other)
    with refused("licence_none"):
        require_download(session, stranger, title)
