"""Whether a session counts as use in teaching, and if not, why."""

from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from elearn.models.account import Account, Role
from elearn.models.material import Status
from elearn.models.reports import Ruleset
from elearn.models.usage import ActKind
from elearn.services import usage
from elearn.services.teach import counting, sessions
from elearn.services.teach.counting import Verdict
from elearn.services.teach.listing import own_sessions
from tests.support.contributing import counted
from tests.support.teaching import MORNING

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def verdict(session):
    return lambda row: counting.standing_of(session, row, HANOI).verdict


@pytest.fixture
def record(session, lan):
    def act(row, identity=lan):
        return usage.record(session, identity, ActKind.TAUGHT, timezone=HANOI, **counting.act_of(row, HANOI))

    return act


def test_ten_active_minutes_are_due_and_not_a_second_less(begin, teach, clock, session, lan, verdict):
    row = teach(begin(), 9.75)
    clock.move(14)
    sessions.beat(session, lan, row.uid)
    assert (row.active_seconds, verdict(row)) == (599, Verdict.NOT_YET)
    clock.move(1)
    sessions.beat(session, lan, row.uid)
    assert verdict(row) is Verdict.DUE


def test_the_act_names_session_class_material_and_the_day_it_began(session, begin, teach, record, verdict, lan, school):
    row = teach(begin(), 10)
    act = record(row)
    assert (act.class_id, act.material_id, act.unit_id) == (row.class_id, row.version.material_id, school.id)
    assert (act.occurred_at, act.person_id) == (MORNING, lan.person_id)
    assert act.details == {"by": "teach", "session": row.uid, "minutes": 10}
    assert verdict(row) is Verdict.COUNTED
    assert record(row) is None


def test_a_second_lesson_of_the_day_with_the_same_class_and_material_counts_already(begin, teach, record, verdict):
    record(teach(begin(), 10))
    again = teach(begin(), 10)
    assert verdict(again) is Verdict.ALREADY
    assert record(again) is None


def test_another_class_is_another_lesson(world, school, begin, teach, record):
    assert record(teach(begin(), 10)) is not None
    other = world.school_class(school, "5B")
    world.enrolment(world.person(), other)
    assert record(teach(begin(school_class=other), 10)) is not None


def test_another_day_is_another_lesson(begin, teach, record, clock):
    assert record(teach(begin(), 10)) is not None
    clock.move(24 * 3600)
    assert record(teach(begin(), 10)) is not None


def test_a_void_is_told(session, world, school, begin, teach, record, verdict):
    row = teach(begin(), 10)
    act = record(row)
    usage.void(session, world.somebody(Role.UNIT_MANAGER, school), act, "Không dạy thật")
    assert verdict(row) is Verdict.VOID


def test_an_account_of_nobody_in_the_register_teaches_without_an_act(world, school, begin, teach, verdict):
    account = world.account("khach")
    world.grant(account, Role.TEACHER, school)
    guest = world.identity(account, MORNING.date())
    assert verdict(teach(begin(guest), 10, guest)) is Verdict.NO_PERSON


def test_without_a_post_that_day_there_is_no_act(world, school, begin, teach, verdict, make_teacher):
    person = world.person()
    world.post(person, school, valid_to=date(2026, 11, 19))
    late = make_teacher("late", school, person)
    assert verdict(teach(begin(late), 10, late)) is Verdict.NO_POST


def test_a_class_without_pupils_that_day_is_taught_without_an_act(world, school, begin, teach, verdict):
    empty = world.school_class(school, "5B")
    world.enrolment(world.person(), empty, valid_to=date(2026, 11, 19))
    colleague = world.person()
    world.enrolment(colleague, empty)
    world.post(colleague, school)
    assert verdict(teach(begin(school_class=empty), 10)) is Verdict.NO_PUPILS


def test_an_unpublished_material_is_no_shared_one(session, begin, teach, lesson, lan, world, school, verdict):
    own = world.material(school, session.get_one(Account, lan.account_id), Status.DRAFT)
    session.refresh(own)
    assert verdict(teach(begin(material=own), 10)) is Verdict.NOT_SHARED


def test_a_session_that_ended_early_says_so(session, begin, teach, lan, verdict):
    row = teach(begin(), 3)
    sessions.end(session, lan, row.uid)
    assert counting.standing_of(session, row, HANOI) == counting.Standing(Verdict.TOO_SHORT, 3, 10)


def test_the_ruleset_of_the_day_says_how_many_minutes(session, world, begin, teach, verdict):
    world.add(Ruleset(code="THU-1", name="Thử", valid_from=date(2026, 9, 1), rules={"b_minutes": 2}))
    assert verdict(teach(begin(), 2)) is Verdict.DUE


def test_a_page_of_sessions_asks_as_much_as_one(database, session, begin, teach, lan):
    teach(begin(), 1)
    asked = []
    for wanted in (1, 6):
        while own_sessions(session, lan)[0] < wanted:
            begin()
        session.flush()
        session.expire_all()
        with counted(SimpleNamespace(database=database)) as statements:
            rows = own_sessions(session, lan)[1]
            counting.standings(session, rows, HANOI)
        asked.append(len(statements))
    assert asked[0] == asked[1]
