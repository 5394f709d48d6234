"""Licences of software that end: who is told and when, renewals, and what depends on them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from elearn.models.account import Role
from elearn.models.operations import Job
from elearn.models.software import LicenceKind
from elearn.models.software_life import SoftwareReminder
from elearn.models.usage import ActKind, ActSource, UsageAct
from elearn.services.errors import ForbiddenError
from elearn.services.software import reminders
from elearn.services.software.ending import ending_licences
from elearn.services.software.licences import LicenceTerms, add_licence, remove_licence
from elearn.services.software.renewals import proposed, renew
from elearn.services.software.standing import require_download
from elearn.settings import load_settings
from tests.support.software import refused
from tests.support.statements import counted

LAST = date(2026, 12, 31)
SEATS = LicenceTerms(LicenceKind.SEATS, date(2026, 1, 1), LAST, seats=40, cost_per_year=12_000_000)


@pytest.fixture
def settings(tmp_path):
    told = load_settings({"ELEARN_HOME": str(tmp_path)})
    return replace(told, smtp_url="smtp://mail.example", mail_from="hoclieu@example.vn")


@pytest.fixture
def head(session, catalogue):
    """A manager of the school who can be written to."""
    account = catalogue.world.account("truong", email="truong@example.vn")
    catalogue.world.grant(account, Role.UNIT_MANAGER, catalogue.school)
    session.flush()
    return account


@pytest.fixture
def licence(session, catalogue):
    title = catalogue.title(by=catalogue.head, at=catalogue.school)
    return add_licence(session, catalogue.head, title, catalogue.school, SEATS)


def on(day):
    """Noon in Vietnam."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), tick=False)


def told(session):
    payloads = session.scalars(select(Job.payload).where(Job.kind == reminders.KIND).order_by(Job.id))
    return [(payload["account_id"], payload["step"]) for payload in payloads]


def test_managers_of_the_unit_hear_of_it_three_times(session, licence, head, settings):
    for days, expected in ((91, []), (90, [90]), (31, [90]), (30, [90, 30]), (7, [90, 30, 7]), (0, [90, 30, 7])):
        with on(LAST - timedelta(days=days)):
            reminders.remind(session, settings)
            reminders.remind(session, settings)
        assert told(session) == [(head.id, step) for step in expected]
    with on(LAST + timedelta(days=1)):
        assert reminders.remind(session, settings) == 0


def test_after_an_outage_only_the_nearest_step_is_told_and_jobs_that_were_purged_do_not_bring_it_back(
    session, licence, head, settings
):
    with on(LAST - timedelta(days=5)):
        assert reminders.remind(session, settings) == 1
        session.execute(delete(Job))
        assert reminders.remind(session, settings) == 0
    assert [(row.step, row.told) for row in session.scalars(select(SoftwareReminder))] == [(7, 1)]


def test_a_step_stays_open_while_nobody_can_be_told(session, catalogue, licence, settings):
    with on(LAST - timedelta(days=20)):
        assert reminders.remind(session, settings) == 0  # nobody there has an address
        assert reminders.remind(session, replace(settings, smtp_url="")) == 0
        account = catalogue.world.account("moi", email="moi@example.vn")
        catalogue.world.grant(account, Role.UNIT_MANAGER, catalogue.school)
        session.flush()
        assert reminders.remind(session, settings) == 1
    assert told(session) == [(account.id, 30)]


def test_what_is_renewed_or_taken_back_is_no_longer_told(session, catalogue, licence, head, settings):
    renewal = renew(session, catalogue.head, licence, proposed(licence))
    with on(LAST - timedelta(days=5)):
        assert reminders.remind(session, settings) == 0
        assert reminders.endings(session, catalogue.head) == []
        remove_licence(session, catalogue.head, renewal, "Nhập nhầm")
        assert [ending.licence for ending in reminders.endings(session, catalogue.head)] == [licence]
        remove_licence(session, catalogue.head, licence, "Nhập nhầm")
        assert reminders.remind(session, settings) == 0


def test_start_pages_of_managers_tell_their_own_units_only(session, catalogue, licence):
    for days, expected in ((91, []), (90, [90]), (-30, [-30]), (-31, [])):
        with on(LAST - timedelta(days=days)):
            assert [ending.days for ending in reminders.endings(session, catalogue.head)] == expected
    with on(LAST):
        assert reminders.endings(session, catalogue.officer) == []
        assert reminders.endings(session, catalogue.teacher) == []


@pytest.mark.parametrize(
    ("first", "last", "next_first", "next_last"),
    [
        (date(2026, 1, 1), LAST, date(2027, 1, 1), date(2027, 12, 31)),
        (date(2023, 9, 1), date(2025, 8, 31), date(2025, 9, 1), date(2027, 8, 31)),
        (date(2024, 2, 29), date(2025, 2, 27), date(2025, 2, 28), date(2026, 2, 27)),
        (date(2026, 9, 5), date(2027, 5, 31), date(2027, 6, 1), date(2028, 2, 24)),
    ],
)
def test_a_renewal_is_proposed_for_as_long(session, catalogue, first, last, next_first, next_last):
    made = add_licence(
        session, catalogue.officer, catalogue.title(), catalogue.department,
        replace(SEATS, starts_on=first, expires_on=last),
    )  # fmt: skip
    terms = proposed(made)
    assert (terms.starts_on, terms.expires_on, terms.seats) == (next_first, next_last, 40)


def test_a_renewal_is_a_further_licence_that_names_the_one_it_follows(session, catalogue, licence):
    with refused("licence_renews_earlier"):
        renew(session, catalogue.head, licence, SEATS)
    with pytest.raises(ForbiddenError):
        renew(session, catalogue.teacher, licence, proposed(licence))
    made = renew(session, catalogue.head, licence, replace(proposed(licence), seats=60, expires_on=None))
    session.refresh(made, ["renewal"])
    assert made.renewal.former is licence
    with refused("licence_renewed"):
        renew(session, catalogue.head, licence, replace(proposed(licence), contract_number="2"))
    with refused("licence_endless"):
        proposed(made)
    with on(date(2027, 3, 1)):
        require_download(session, catalogue.teacher, licence.title)


def test_the_page_of_ends_says_what_depends_on_each(session, catalogue):
    title, world = catalogue.title(), catalogue.world
    province = replace(SEATS, kind=LicenceKind.PROVINCE, seats=None, expires_on=date(2026, 6, 30))
    whole = add_licence(session, catalogue.officer, title, catalogue.department, province)
    own = add_licence(session, catalogue.officer, title, catalogue.school, SEATS)
    for number, unit in enumerate((catalogue.school, catalogue.other)):
        person = world.person(f"Giáo viên {number}")
        about = {"occurred_at": datetime(2026, 5, 4, tzinfo=UTC), "act_date": date(2026, 5, 4), "unit_id": unit.id}
        about |= {"person_id": person.id, "material_id": title.id}
        world.add(UsageAct(kind=ActKind.TAUGHT, source=ActSource.TRACKER, **about))
    session.flush()
    with on(date(2026, 6, 1)):
        (end,) = ending_licences(session, catalogue.officer, catalogue.department, 30)
        assert (end.licence, end.days, end.lessons, end.others) == (whole, 29, 2, 0)
        ends = ending_licences(session, catalogue.officer, catalogue.department, 365)
        assert [(row.licence, row.lessons) for row in ends] == [(whole, 2), (own, 1)]
        assert [row.licence for row in ending_licences(session, catalogue.head, catalogue.school, 365)] == [own]
        with pytest.raises(ForbiddenError):
            ending_licences(session, catalogue.teacher, catalogue.school, 365)
    with on(date(2026, 7, 10)):
        (over,) = ending_licences(session, catalogue.officer, catalogue.department, 90, over=True)
        assert (over.licence, over.days) == (whole, -10)
        renewal = renew(session, catalogue.officer, whole, proposed(whole))
        assert ending_licences(session, catalogue.officer, catalogue.department, 90, over=True) == []
        (end,) = ending_licences(session, catalogue.officer, catalogue.school, 365)
        assert (end.licence, end.others) == (own, 0 if renewal.expires_on < LAST else 1)


def test_the_number_of_questions_does_not_grow_with_the_licences(session, catalogue):
    def asked():
        session.expire_all()
        with on(date(2026, 12, 1)), counted(session.get_bind().engine) as statements:
            rows = ending_licences(session, catalogue.officer, catalogue.department, 90)
            assert [row.licence.title.title for row in rows]
            assert [row.licence.unit.name for row in rows]
        return len(statements)

    add_licence(session, catalogue.officer, catalogue.title("Một"), catalogue.department, SEATS)
    first = asked()
    for name in ("Hai", "Ba", "Bốn"):
        add_licence(session, catalogue.officer, catalogue.title(name), catalogue.department, SEATS)
    assert asked() <= first
