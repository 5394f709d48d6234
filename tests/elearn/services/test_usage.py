"""The ledger of acts: added, merged, counted, never changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from elearn.models.account import Role
from elearn.models.operations import DatabaseMark
from elearn.models.usage import ActKind, ActSource
from elearn.services import usage
from elearn.services.access import ANONYMOUS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def school(world):
    return world.unit("TH1")


@pytest.fixture
def lesson(world, school):
    return world.material(school, world.account())


@pytest.fixture
def pupil(world, school):
    return world.somebody(Role.STUDENT, school)


@pytest.fixture
def note(session, lesson, pupil):
    def record(kind=ActKind.VIEW, identity=pupil, at=NOON, **values):
        values = {"material": lesson, **values}
        return usage.record(session, identity, kind, timezone=HANOI, occurred_at=at, **values)

    return record


def test_an_act_keeps_when_it_was_by_the_departments_day(note):
    act = note(at=datetime(2026, 11, 19, 17, 30, tzinfo=UTC))
    assert act.act_date == date(2026, 11, 20)
    assert act.source is ActSource.TRACKER


@pytest.mark.parametrize(("seconds", "merges"), [(0, True), (29, True), (30, False), (31, False)])
def test_the_same_act_within_half_a_minute_is_one(note, seconds, merges):
    note()
    assert (note(at=NOON + timedelta(seconds=seconds)) is None) is merges


def test_half_a_minute_over_midnight_is_one_act_too(note):
    note(at=datetime(2026, 11, 19, 16, 59, 50, tzinfo=UTC))
    assert note(at=datetime(2026, 11, 19, 17, 0, 5, tzinfo=UTC)) is None


def test_other_kinds_people_and_materials_do_not_merge(world, school, note):
    assert note() is not None
    assert note(ActKind.LAUNCH) is not None
    assert note(identity=world.somebody(Role.STUDENT, school)) is not None
    assert note(material=world.material(school, world.account())) is not None


def test_acts_of_nobody_in_particular_are_each_their_own(note):
    assert note(identity=ANONYMOUS) is not None
    assert note(identity=ANONYMOUS) is not None


def test_use_is_counted_by_kind_and_by_people(session, world, school, note, lesson):
    other = world.somebody(Role.TEACHER, school)
    note()
    note(ActKind.LAUNCH)
    note(ActKind.LAUNCH, at=NOON + timedelta(hours=1))
    note(ActKind.DOWNLOAD, other)
    note(ActKind.COMPLETION)
    assert usage.use_of(session, lesson.id) == usage.Use(views=1, launches=2, downloads=1, completions=1, people=2)


def test_what_nobody_used_has_no_use(session, lesson):
    assert usage.use_of(session, lesson.id) == usage.Use()


def test_an_act_belongs_to_the_unit_of_the_day(session, world, school):
    person = world.person()
    elsewhere = world.unit("TH2")
    world.post(person, school, valid_to=date(2026, 8, 31))
    world.post(person, elsewhere, since=date(2026, 9, 1))
    assert usage.unit_of_person(session, person.id, date(2026, 8, 31)) == school.id
    assert usage.unit_of_person(session, person.id, date(2026, 9, 1)) == elsewhere.id
    assert usage.unit_of_person(session, None, date(2026, 9, 1)) is None


def test_a_pupil_belongs_to_the_school_of_the_class(session, world, school):
    person = world.person()
    world.enrolment(person, world.school_class(school))
    assert usage.unit_of_person(session, person.id, date(2026, 11, 20)) == school.id


def test_demo_acts_are_refused_where_people_really_work(session, note):
    with pytest.raises(usage.NotADemoError):
        note(source=ActSource.DEMO)
    session.add(DatabaseMark(name="demo", value="2026-11-20"))
    session.flush()
    assert note(source=ActSource.DEMO).source is ActSource.DEMO
