"""Who entered and who left the numerator lately."""

from datetime import UTC, date, datetime, timedelta

import pytest

from elearn.clock import now
from elearn.models.usage import ActKind
from elearn.services import reports
from elearn.services.access import SYSTEM, Identity
from elearn.services.errors import ForbiddenError
from elearn.services.reports import moving
from tests.support.counting import Ledger, keep_counts
from tests.support.factories import World

START, END = date(2025, 9, 5), date(2026, 1, 15)
DAY = date(2025, 10, 5)
THEN = datetime(2025, 11, 1, tzinfo=UTC)
BEFORE, AFTER = THEN - timedelta(days=3), THEN + timedelta(days=3)


@pytest.fixture
def ledger(session):
    return Ledger(World(session), START, END)


@pytest.fixture
def school(ledger):
    return ledger.world.unit("A", ledger.world.unit("SO"))


@pytest.fixture
def teacher(ledger, school):
    person = ledger.world.person("Lê Văn Đạt")
    ledger.world.post(person, school)
    return person


@pytest.fixture
def moved(ledger, school):
    def ask(unit=school):
        keep_counts(ledger.session, ledger)
        told = reports.movements(ledger.session, SYSTEM, unit, ledger.period, since=THEN)
        return [row.full_name for row in told.entered], [row.full_name for row in told.left]

    return ask


def test_whoever_did_the_first_act_that_counts_has_entered(ledger, school, teacher, moved):
    ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=AFTER)
    assert moved() == (["Lê Văn Đạt"], [])


def test_a_further_act_moves_nobody(ledger, school, teacher, moved):
    ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=BEFORE)
    ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=AFTER)
    assert moved() == ([], [])


def test_whose_only_act_was_declared_void_has_left(ledger, school, teacher, moved):
    ledger.void(ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=BEFORE), recorded_at=AFTER)
    assert moved() == ([], ["Lê Văn Đạt"])


def test_an_act_that_does_not_qualify_moves_nobody(ledger, school, teacher, moved):
    ledger.act(ActKind.VIEW, teacher, school, DAY, recorded_at=AFTER)
    assert moved() == ([], [])


def test_a_school_hears_only_of_its_own(ledger, school, teacher, moved):
    ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=AFTER)
    assert moved(ledger.world.unit("B", ledger.world.unit("P"))) == ([], [])


def test_the_units_above_hear_of_those_below(ledger, school, teacher, moved):
    ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=AFTER)
    root = ledger.world.session.get_one(type(school), school.id)
    parent = ledger.world.session.get_one(type(school), root.parents[0].parent_id)
    assert moved(parent) == (["Lê Văn Đạt"], [])


def test_whoever_waits_to_be_counted_is_told_already(ledger, school, teacher):
    keep_counts(ledger.session, ledger)
    ledger.act(ActKind.TAUGHT, teacher, school, DAY, recorded_at=now())
    told = reports.movements(ledger.session, SYSTEM, school, ledger.period, since=THEN)
    assert [row.full_name for row in told.entered] == ["Lê Văn Đạt"]


def test_nothing_is_told_before_anything_was_counted(ledger, school, teacher):
    assert reports.movements(ledger.session, SYSTEM, school, ledger.period, since=THEN) is None


def test_nothing_is_told_where_too_many_changed(ledger, school, teacher, monkeypatch):
    monkeypatch.setattr(moving, "MOST_COMPARED", 0)
    keep_counts(ledger.session, ledger)
    assert reports.movements(ledger.session, SYSTEM, school, ledger.period, since=THEN) is None


def test_nobody_hears_of_a_unit_that_is_not_theirs(ledger, school):
    nobody = Identity(None, "", "", "", None, None)
    with pytest.raises(ForbiddenError):
        reports.movements(ledger.session, nobody, school, ledger.period, since=THEN)
