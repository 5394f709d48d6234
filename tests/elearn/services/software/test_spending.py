"""What software costs: by days over calendar years, once for each licence, in sums that agree."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from elearn.models.curriculum import Level
from elearn.models.installations import Installation, ReportedBy
from elearn.models.software import LicenceKind, Money
from elearn.models.usage import ActKind, ActSource, UsageAct, UsageVoid
from elearn.services.errors import ForbiddenError
from elearn.services.software.licences import LicenceTerms, add_licence, remove_licence
from elearn.services.software.spending import cost_in, spending, split
from elearn.services.software.unused import paid_and_not_used
from tests.support.software import refused
from tests.support.statements import counted

YEAR = LicenceTerms(
    LicenceKind.SITE, date(2026, 1, 1), date(2026, 12, 31), cost_per_year=12_000_000, money=Money.BUDGET
)


@pytest.mark.parametrize(
    ("year", "first", "last", "cost"),
    [
        (2026, date(2026, 1, 1), date(2026, 12, 31), 3_650_000),
        (2026, date(2026, 12, 31), None, 10_000),
        (2026, date(2025, 9, 1), date(2026, 1, 10), 100_000),
        (2025, date(2025, 9, 1), date(2026, 1, 10), 1_220_000),
        (2024, date(2024, 2, 29), date(2024, 2, 29), 9_973),  # a leap year has 366 days
        (2027, date(2026, 1, 1), date(2026, 12, 31), 0),
        (2026, date(2027, 1, 1), None, 0),
        (2030, date(2020, 1, 1), None, 3_650_000),
    ],
)
def test_the_cost_of_a_year_is_spread_over_days(year, first, last, cost):
    assert cost_in(year, 3_650_000, first, last) == cost


def test_parts_of_an_amount_add_up():
    assert split(100, 3) == [34, 33, 33]
    assert split(0, 2) == [0, 0]


def test_every_table_has_the_same_sums(session, catalogue):
    both = catalogue.title("Hai cấp", levels=frozenset({"TH", "THCS"}))
    one = catalogue.title("Một cấp", levels=frozenset({"MN"}))
    add_licence(session, catalogue.officer, both, catalogue.department, replace(YEAR, cost_per_year=1_000_001))
    add_licence(session, catalogue.officer, both, catalogue.school, replace(YEAR, money=None))
    autumn = replace(YEAR, starts_on=date(2025, 9, 1), expires_on=date(2026, 8, 31))
    add_licence(session, catalogue.officer, one, catalogue.other, autumn)
    taken_back = add_licence(session, catalogue.officer, one, catalogue.department, YEAR)
    remove_licence(session, catalogue.officer, taken_back, "Nhập nhầm")
    told = spending(session, catalogue.officer, catalogue.department, 2026)
    half = cost_in(2026, 12_000_000, date(2025, 9, 1), date(2026, 8, 31))
    assert told.years == (2022, 2023, 2024, 2025, 2026)
    assert told.total == (0, 0, 0, 12_000_000 * 122 // 365 + 1, 13_000_001 + half)
    for lines in (told.titles, told.units, told.levels, told.money):
        assert tuple(map(sum, zip(*(line.amounts for line in lines), strict=True))) == told.total
    assert [(line.about.title, line.amounts[-1]) for line in told.titles] == [
        ("Hai cấp", 13_000_001),
        ("Một cấp", half),
    ]
    assert [(line.about.code, line.amounts[-1]) for line in told.units] == [
        ("SO", 1_000_001), ("MN1", half), ("TH1", 12_000_000),
    ]  # fmt: skip
    by_level = {line.about: line.amounts[-1] for line in told.levels}
    assert by_level == {Level.MN: half, Level.TH: 6_500_001, Level.THCS: 6_500_000}
    assert [(line.about, line.amounts[-1]) for line in told.money] == [
        (Money.BUDGET, 1_000_001 + half), (None, 12_000_000),
    ]  # fmt: skip


def test_a_school_sees_its_own_money_and_no_year_out_of_range(session, catalogue):
    add_licence(session, catalogue.officer, catalogue.title(), catalogue.department, YEAR)
    assert spending(session, catalogue.officer, catalogue.school, 2026).total == (0,) * 5
    with pytest.raises(ForbiddenError):
        spending(session, catalogue.head, catalogue.department, 2026)
    with pytest.raises(ForbiddenError):
        spending(session, catalogue.teacher, catalogue.school, 2026)
    with refused("year_range"):
        spending(session, catalogue.officer, catalogue.department, 99999)


def taught(catalogue, unit, title, day):
    person = catalogue.world.person()
    return catalogue.world.add(
        UsageAct(kind=ActKind.TAUGHT, source=ActSource.TRACKER, occurred_at=datetime(2026, 5, 4, tzinfo=UTC),
                 act_date=day, person_id=person.id, unit_id=unit.id, material_id=title.id)
    )  # fmt: skip


def installed(catalogue, unit, title, day, machines=8, **values):
    return catalogue.world.add(
        Installation(unit_id=unit.id, title_id=title.id, name=title.title, machines=machines, reported_on=day,
                     confirmed_on=day, via=ReportedBy.FORM, **values)
    )  # fmt: skip


def test_what_was_paid_and_not_used(session, catalogue):
    used, idle, elsewhere = catalogue.title("Dùng"), catalogue.title("Để đó"), catalogue.title("Nơi khác")
    for title in (used, idle):
        seats = replace(YEAR, kind=LicenceKind.SEATS, seats=10)
        add_licence(session, catalogue.officer, title, catalogue.department, seats)
    add_licence(session, catalogue.officer, elsewhere, catalogue.school, replace(YEAR, cost_per_year=1_000_000))
    taught(catalogue, catalogue.other, used, date(2026, 5, 4))
    installed(catalogue, catalogue.other, used, date(2025, 5, 4))
    installed(catalogue, catalogue.school, elsewhere, date(2026, 5, 4))
    installed(catalogue, catalogue.school, elsewhere, date(2026, 6, 4), machines=5)
    installed(catalogue, catalogue.other, elsewhere, date(2026, 5, 4))  # under no licence of that school
    add_licence(session, catalogue.officer, used, catalogue.school, replace(YEAR, cost_per_year=2_000_000))
    installed(catalogue, catalogue.school, idle, date(2025, 5, 4), is_current=False)
    installed(catalogue, catalogue.school, idle, date(2027, 5, 4))
    taught(catalogue, catalogue.other, elsewhere, date(2026, 5, 4))
    old, void = (taught(catalogue, catalogue.school, idle, day) for day in (date(2025, 5, 4), date(2026, 5, 4)))
    by = catalogue.world.account().id
    catalogue.world.add(UsageVoid(act_id=void.id, restores=False, reason="Không có tiết này", account_id=by))
    session.flush()
    found = paid_and_not_used(session, spending(session, catalogue.officer, catalogue.department, 2026))
    assert old.id
    assert [(row.title.title, row.amount, row.lessons, row.machines) for row in found] == [
        ("Để đó", 12_000_000, 0, 0), ("Dùng", 2_000_000, 0, 0), ("Nơi khác", 1_000_000, 0, 8),
    ]  # fmt: skip


def test_the_number_of_questions_does_not_grow_with_the_licences(session, catalogue):
    def asked():
        session.expire_all()
        with counted(session.get_bind().engine) as statements:
            told = spending(session, catalogue.officer, catalogue.department, 2026)
            paid_and_not_used(session, told)
            assert [line.about.name for line in told.units]
        return len(statements)

    add_licence(session, catalogue.officer, catalogue.title("Một"), catalogue.department, YEAR)
    add_licence(session, catalogue.officer, catalogue.title("Hai"), catalogue.school, YEAR)
    first = asked()
    for name in ("Ba", "Bốn", "Năm"):
        add_licence(session, catalogue.officer, catalogue.title(name), catalogue.other, YEAR)
    assert asked() <= first
