"""The worked example of the definition: two schools, eight teachers, one semester."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from elearn.models.people import Person
from elearn.models.reports import PersonCount, Standing
from elearn.models.usage import ActKind, UsageAct
from elearn.services import reports
from elearn.services.reports.ratio import spoken
from tests.support.counting import LONG_AGO, Ledger, keep_counts

OCTOBER = date(2014, 10, 5)


@pytest.fixture
def ledger(world):
    return Ledger(world, date(2014, 9, 1), date(2015, 1, 15))


@pytest.fixture
def example(world, ledger):
    """Units by name; the persons have the codes T1 to T8."""
    units = {"so": world.unit("SO", since=LONG_AGO)}
    units |= {name: world.unit(name, units["so"], since=LONG_AGO) for name in ("A", "B")}
    a, b = units["A"], units["B"]
    t = {number: world.person(f"Giáo viên {number}", code=f"T{number}") for number in range(1, 9)}
    for number, unit in ((1, a), (2, a), (5, b), (8, b)):
        world.post(t[number], unit)
    ledger.act(ActKind.AUTHORED, t[1], a, OCTOBER)
    ledger.void(ledger.act(ActKind.TAUGHT, t[2], a, OCTOBER))
    world.post(t[3], a, valid_to=date(2014, 11, 15))
    world.post(t[3], b, since=date(2014, 11, 16))
    ledger.act(ActKind.AUTHORED, t[3], a, OCTOBER)
    world.post(t[4], a, fte=0.5)
    world.post(t[4], b, fte=0.5, is_main=False)
    ledger.act(ActKind.TAUGHT, t[4], b, OCTOBER)
    ledger.leave(t[5], date(2014, 9, 1), date(2015, 1, 15))
    world.post(t[6], b, since=date(2015, 1, 2))
    world.post(t[7], b, valid_to=date(2014, 12, 20))
    ledger.act(ActKind.AUTHORED, t[7], b, OCTOBER)
    course = ledger.course(b)
    ledger.activity(course, OCTOBER, learners=5)
    ledger.act(ActKind.COURSE_TEACHING, t[8], b, OCTOBER, course_id=course.id)
    return units


@pytest.fixture(params=["computed", "kept", "kept with changes waiting"])
def counted(request, session, ledger, example):
    """The same figures must come from the ledger, from the rows kept per person, and from a mixture of both."""
    if request.param != "computed":
        keep_counts(session, ledger)
    if request.param == "kept with changes waiting":
        for code in ("T1", "T2", "T8"):
            person = session.scalars(select(Person).where(Person.code == code)).one()
            wrong = update(PersonCount).where(PersonCount.person_id == person.id)
            session.execute(wrong.values(acts_a=7, standing=Standing.NEW))
            reports.mark_changed(session, person.id)
    return example


def test_the_schools_and_the_province_are_as_printed(ledger, counted):
    province = ledger.report(counted["so"])
    a, b = province.children
    assert [a.text(), b.text(), province.total.text()] == ["2/3 (66,7 %)", "2/2 (100,0 %)", "4/5 (80,0 %)"]
    fte = [spoken(ratio.percent_fte, comma=False) for ratio in (a, b, province.total)]
    assert fte == ["60.0 %", "100.0 %", "77.8 %"]


def test_each_class_has_its_own_ratio(ledger, counted):
    province = ledger.report(counted["so"]).total
    assert [str(share) for share in (province.percent_a, province.percent_b, province.percent_c)] == [
        "40.0",
        "20.0",
        "20.0",
    ]


def test_who_is_excluded_is_listed_with_the_reason(ledger, counted):
    province = ledger.report(counted["so"])
    assert province.children[0].tally.excluded == {}
    assert province.children[1].tally.excluded == {
        Standing.NO_MAIN_POST: 1,
        Standing.NEW: 1,
        Standing.ON_LEAVE: 1,
    }
    reasons = {code: row.reason for code, row in ledger.persons(counted["B"]).items()}
    assert reasons == {
        "T3": "qualifies",
        "T5": "on_leave",
        "T6": "new",
        "T7": "no_main_post",
        "T8": "qualifies",
    }


def test_the_persons_of_a_school_are_its_own(ledger, counted):
    persons = ledger.persons(counted["A"])
    assert {code: (row.in_n, row.in_q) for code, row in persons.items()} == {
        "T1": (True, True),
        "T2": (True, False),
        "T4": (True, True),
    }


def test_the_act_of_somebody_who_left_is_in_the_volumes_only(session, ledger, counted):
    leaver = ledger.persons(counted["B"])["T7"]
    assert not leaver.in_n
    assert leaver.acts_a == 1
    volumes = select(func.count()).where(UsageAct.unit_id == counted["B"].id, UsageAct.kind == ActKind.AUTHORED)
    assert session.scalar(volumes) == 1
