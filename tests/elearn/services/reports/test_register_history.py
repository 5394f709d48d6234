"""The history of the register writes itself, and `as_of` asks it again."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, insert, select, text

from elearn.database.schema import upgrade
from elearn.models.history import record_register
from elearn.models.people import Leave, Person, Post, PostRole
from elearn.models.reports import CountChange, LeaveRecord, PostRecord
from elearn.models.usage import ActKind
from elearn.services.errors import ServiceError
from elearn.services.reports import agreement
from tests.support.counting import Ledger

NOVEMBER = datetime(2026, 11, 1, 5, tzinfo=UTC)
FEBRUARY = datetime(2027, 2, 1, 5, tzinfo=UTC)
DAY = date(2026, 10, 5)


@pytest.fixture
def ledger(world):
    return Ledger(world, date(2026, 9, 5), date(2027, 1, 17))


@pytest.fixture
def school(world):
    return world.unit("A")


def records(session, table):
    return session.scalars(select(table).order_by(table.id)).all()


def test_a_post_that_is_added_changed_and_deleted_leaves_three_records(session, world, school):
    post = world.post(world.person(), school)
    post.fte = 0.5
    session.flush()
    session.delete(post)
    session.flush()
    told = [(record.post_id, record.fte, record.is_removed) for record in records(session, PostRecord)]
    assert told == [(post.id, 1.0, False), (post.id, 0.5, False), (post.id, 0.5, True)]


def test_leave_has_a_history_too(session, world, ledger):
    leave = ledger.leave(world.person(), DAY)
    leave.valid_to = DAY
    session.flush()
    assert [record.valid_to for record in records(session, LeaveRecord)] == [None, DAY]


def test_reading_a_post_writes_nothing(session, world, school):
    post = world.post(world.person(), school)
    post.fte = 1.0
    session.flush()
    assert len(records(session, PostRecord)) == 1


def test_a_change_of_the_register_names_the_days_before_and_after_it(session, world, school):
    post = world.post(world.person(), school, since=DAY, valid_to=DAY + timedelta(days=15))
    session.execute(delete(CountChange))
    post.valid_from, post.valid_to = DAY + timedelta(days=10), DAY + timedelta(days=20)
    session.flush()
    change = session.scalars(select(CountChange)).one()
    assert (change.person_id, change.from_day, change.to_day) == (post.person_id, DAY, DAY + timedelta(days=20))


def test_a_change_of_days_that_were_not_read_names_all_days(session, world, school):
    post = world.post(world.person(), school, since=DAY)
    session.execute(delete(CountChange))
    session.expire(post)
    post.valid_to = DAY
    session.flush()
    change = session.scalars(select(CountChange)).one()
    assert (change.person_id, change.from_day, change.to_day) == (post.person_id, None, None)


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        (ActKind.AUTHORED, ["person"]),
        (ActKind.TAUGHT, ["person"]),
        (ActKind.COURSE_ACTIVITY, ["course"]),
        (ActKind.COURSE_TEACHING, ["person", "course"]),
        (ActKind.VIEW, []),
    ],
)
def test_acts_and_their_voids_name_whom_they_may_concern(session, world, school, ledger, kind, marks):
    course = ledger.course(school)
    person = world.person()
    session.execute(delete(CountChange))
    act = ledger.act(kind, person, school, DAY, course_id=course.id)
    ledger.void(act)
    changes = session.scalars(select(CountChange).order_by(CountChange.id)).all()
    assert ["person" if change.person_id else "course" for change in changes] == marks * 2


def test_rows_written_at_once_get_their_first_records_by_one_call(session, world, school):
    person = world.person()
    row = {"person_id": person.id, "unit_id": school.id, "role": PostRole.TEACHER, "valid_from": DAY}
    session.execute(insert(Post), [row])
    assert agreement.check_counts(session).unrecorded == [f"post {session.scalar(select(Post.id))}"]
    record_register(session, NOVEMBER)
    record_register(session)
    assert [record.recorded_at for record in records(session, PostRecord)] == [NOVEMBER]
    assert agreement.check_counts(session).unrecorded == []


def test_the_migration_begins_the_history_of_what_is_there(empty_database):
    upgrade(empty_database, "0003")
    with empty_database.engine.begin() as connection:
        unit = "(id, uid, code, kind, ownership, valid_from) VALUES (1, 'u', 'A', 'school', 'public', '2010-01-01')"
        connection.execute(text(f"INSERT INTO unit {unit}"))
        connection.execute(insert(Person).values(id=1, uid="p", code="P", full_name="An", sort_name="An"))
        connection.execute(insert(Post).values(uid="q", person_id=1, unit_id=1, role=PostRole.TEACHER, valid_from=DAY))
        connection.execute(insert(Leave).values(person_id=1, kind="study", valid_from=DAY))
    upgrade(empty_database)
    with empty_database.read() as session:
        assert agreement.check_counts(session).unrecorded == []
        assert session.scalar(select(func.count()).select_from(PostRecord)) == 1


@pytest.fixture
def known_in_november(world, school, ledger):
    """A school with one teacher in N and Q, and what became known in February."""
    with time_machine.travel(NOVEMBER, tick=False):
        first, second = world.person(code="T1"), world.person(code="T2")
        post = world.post(first, school)
        ledger.act(ActKind.TAUGHT, first, school, DAY, recorded_at=NOVEMBER)
    return first, second, post


def late_hire(world, school, ledger, known):
    world.post(known[1], school)


def late_transfer(world, school, ledger, known):
    known[2].valid_to = DAY
    world.session.flush()
    world.post(known[0], world.unit("B"), since=DAY + timedelta(days=1))


def late_deletion(world, school, ledger, known):
    world.session.delete(known[2])
    world.session.flush()


def late_leave(world, school, ledger, known):
    ledger.leave(known[0], date(2026, 9, 1))


def late_act(world, school, ledger, known):
    late_hire(world, school, ledger, known)
    ledger.act(ActKind.AUTHORED, known[1], school, DAY, recorded_at=FEBRUARY)


def late_void(world, school, ledger, known):
    act = ledger.act(ActKind.AUTHORED, known[0], school, DAY, recorded_at=FEBRUARY)
    for row in world.session.scalars(select(type(act))).all():
        ledger.void(row, recorded_at=FEBRUARY)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (late_hire, "1/2 (50,0 %)"),
        (late_transfer, "m"),
        (late_deletion, "m"),
        (late_leave, "a"),
        (late_act, "2/2 (100,0 %)"),
        (late_void, "0/1 (0,0 %)"),
    ],
)
def test_a_late_fact_changes_the_figure_of_now_and_not_that_of_then(
    world, school, ledger, known_in_november, fact, text
):
    with time_machine.travel(FEBRUARY, tick=False):
        fact(world, school, ledger, known_in_november)
    with time_machine.travel(FEBRUARY + timedelta(days=1)):
        assert ledger.report(school, as_of=NOVEMBER).total.text() == "1/1 (100,0 %)"
        assert ledger.report(school).total.text() == text
        assert ledger.report(school, as_of=FEBRUARY).total.text() == text


def test_before_the_history_began_nobody_was_registered(school, ledger, known_in_november):
    with time_machine.travel(FEBRUARY):
        assert ledger.report(school, as_of=NOVEMBER - timedelta(days=1)).total.text() == "m"


def test_the_future_is_refused(school, ledger, known_in_november):
    with time_machine.travel(NOVEMBER), pytest.raises(ServiceError, match="as_of_future"):
        ledger.report(school, as_of=FEBRUARY)
