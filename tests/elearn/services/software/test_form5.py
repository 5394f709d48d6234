"""Report R5 and indicator I6: titles of each level with licences, installations, use, cost and the plan."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from elearn.models.curriculum import Level
from elearn.models.installations import Installation, ReportedBy
from elearn.models.software import LicenceKind, Outcome, QuotaKind
from elearn.models.usage import ActKind, ActSource, SignStep, UsageAct, UsageSign
from elearn.services.errors import ForbiddenError
from elearn.services.software.decisions import decide
from elearn.services.software.form5 import form5
from elearn.services.software.licences import LicenceTerms, add_licence
from elearn.services.software.quota import Target, add_quota
from tests.support.statements import counted

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
SEATS = LicenceTerms(
    LicenceKind.SEATS, date(2026, 1, 1), date(2026, 12, 31), seats=40, cost_per_year=36_500_000, contract_number="1"
)


def approved(session, catalogue, name, **said):
    title = catalogue.title(name, **said)
    decide(session, catalogue.officer, title, catalogue.department,
           outcome=Outcome.APPROVED, decided_on=date(2026, 1, 15), reason="")  # fmt: skip
    return title


def installed(catalogue, unit, title, machines=8):
    return catalogue.world.add(
        Installation(unit_id=unit.id, title_id=title.id, name=title.title, machines=machines, reported_on=LAST,
                     confirmed_on=LAST, via=ReportedBy.FORM)
    )  # fmt: skip


def taught(catalogue, unit, title, person, kind=ActKind.TAUGHT, day=date(2026, 5, 4)):
    return catalogue.world.add(
        UsageAct(kind=kind, source=ActSource.TRACKER, occurred_at=datetime(2026, 5, 4, tzinfo=UTC), act_date=day,
                 person_id=person.id, unit_id=unit.id, material_id=title.id)
    )  # fmt: skip


def signed(catalogue, act, step):
    by = catalogue.world.account().id
    catalogue.world.add(UsageSign(act_id=act.id, step=step, signed_on=LAST, reason="", account_id=by))


@pytest.fixture
def titles(session, catalogue):
    """A title of one level and one of two, with licences, installations and lessons."""
    one = approved(session, catalogue, "Bảng cộng", levels=frozenset({"TH"}))
    two = approved(session, catalogue, "Chữ cái", levels=frozenset({"TH", "MN"}))
    catalogue.title("Chưa duyệt")
    add_licence(session, catalogue.officer, one, catalogue.department, SEATS)
    add_licence(session, catalogue.officer, one, catalogue.school, replace(SEATS, seats=5, contract_number="2"))
    site = replace(SEATS, kind=LicenceKind.SITE, seats=None, expires_on=date(2026, 3, 31))
    add_licence(session, catalogue.officer, two, catalogue.department, site)
    installed(catalogue, catalogue.school, one)
    installed(catalogue, catalogue.other, two, 3)
    lan, hoa = catalogue.world.person("Lan"), catalogue.world.person("Hoa")
    taught(catalogue, catalogue.school, one, lan)
    taught(catalogue, catalogue.school, one, lan)
    taught(catalogue, catalogue.school, two, lan)
    taught(catalogue, catalogue.school, one, hoa, day=date(2026, 7, 1))
    target = Target(frozenset({Level.TH}), QuotaKind.LEVEL, 10, date(2012, 1, 1), date(2026, 12, 31))
    add_quota(session, catalogue.officer, catalogue.department, target)
    session.flush()
    return one, two


def test_each_level_has_its_titles_with_everything_beside_them(session, catalogue, titles):
    told = form5(session, catalogue.officer, catalogue.department, FIRST, LAST)
    assert [group.levels for group in told.groups] == [(Level.MN,), (Level.TH,)]
    preschool, primary = told.groups
    assert (preschool.target, preschool.missing, preschool.installed, preschool.schools) == (None, 0, 1, 1)
    assert (primary.target.actual, primary.missing, primary.installed, primary.schools) == (2, 8, 1, 1)
    assert (primary.teachers, primary.lessons) == (1, 3)
    one, two = primary.lines
    half = 36_500_000 * 181 // 365
    assert (one.title.uid, one.kinds, one.seats, one.expires_on) == (
        titles[0].uid,
        (LicenceKind.SEATS,),
        45,
        SEATS.expires_on,
    )
    assert (one.schools, one.machines, one.teachers, one.lessons, one.cost) == (1, 8, 1, 2, 2 * half)
    assert (two.title.uid, two.kinds, two.seats, two.expires_on) == (titles[1].uid, (), 0, None)
    assert two.cost + preschool.lines[0].cost == 36_500_000 * 90 // 365


def test_a_school_sees_its_own_figures_under_the_licences_of_the_department(session, catalogue, titles):
    told = form5(session, catalogue.head, catalogue.school, FIRST, LAST)
    (primary,) = [group for group in told.groups if Level.TH in group.levels]
    one = primary.lines[0]
    assert (one.seats, one.schools, one.lessons, one.cost) == (45, 1, 2, 36_500_000 * 181 // 365)
    with pytest.raises(ForbiddenError):
        form5(session, catalogue.teacher, catalogue.school, FIRST, LAST)


def test_before_the_decision_there_was_nothing(session, catalogue, titles):
    told = form5(session, catalogue.officer, catalogue.department, FIRST, date(2026, 1, 14))
    assert [line for group in told.groups for line in group.lines] == []
    assert [group.missing for group in told.groups if group.target] == [10]


def test_declared_lessons_count_once_they_are_countersigned(session, catalogue, titles):
    one, person = titles[0], catalogue.world.person("Minh")
    act = taught(catalogue, catalogue.school, one, person, ActKind.TAUGHT_WITH)

    def lessons():
        session.flush()
        told = form5(session, catalogue.officer, catalogue.department, FIRST, LAST)
        return next(line.lessons for group in told.groups for line in group.lines if line.title.uid == one.uid)

    assert lessons() == 2
    signed(catalogue, act, SignStep.SIGNED)
    assert lessons() == 3
    signed(catalogue, act, SignStep.REFUSED)
    assert lessons() == 2


def test_levels_of_one_target_are_one_group(session, catalogue, titles):
    target = Target(frozenset({Level.MN, Level.TH}), QuotaKind.LEVEL, 3, date(2012, 1, 1), LAST)
    add_quota(session, catalogue.officer, catalogue.department, target)
    told = form5(session, catalogue.officer, catalogue.department, FIRST, LAST)
    both = next(group for group in told.groups if len(group.levels) == 2)
    assert (both.target.actual, both.schools, len(both.lines)) == (2, 2, 2)
    assert both.lines[1].cost == 36_500_000 * 90 // 365


def test_the_number_of_questions_does_not_grow_with_the_titles(session, catalogue, titles):
    def asked():
        session.expire_all()
        with counted(session.get_bind().engine) as statements:
            told = form5(session, catalogue.officer, catalogue.department, FIRST, LAST)
            assert [line.title.vendor for group in told.groups for line in group.lines]
        return len(statements)

    first = asked()
    for name in ("Ba", "Bốn", "Năm"):
        title = approved(session, catalogue, name)
        add_licence(session, catalogue.officer, title, catalogue.department, SEATS)
        installed(catalogue, catalogue.school, title)
    assert asked() <= first
