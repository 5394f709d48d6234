"""The worker's counting: what changed in order, periods never counted, everybody when it must be."""

from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import delete, func, select, update

from elearn.clock import today
from elearn.models.curriculum import Period
from elearn.models.people import Person, Post
from elearn.models.reports import CountChange, CountState, PersonCount, Standing
from elearn.models.usage import ActKind
from elearn.services import organisation, reports
from elearn.services.access import SYSTEM
from elearn.services.reports import agreement, counting
from elearn.worker import Worker
from tests.support.counting import Ledger
from tests.support.factories import World

DAY = date(2025, 10, 5)
CODE = "2025-2026-HK1"


@pytest.fixture
def counted(database):
    """A school with two teachers in committed rows, counted in every period that has begun."""
    with database.write() as session:
        world = World(session)
        school = world.unit("A", world.unit("SO"))
        for code in ("T1", "T2"):
            world.post(world.person(code=code), school)
    counting.count_all(database)
    return database


@pytest.fixture
def change(counted):
    """Do something in a transaction of its own; gives the codes of who is in Q once the worker has counted."""
    numbers = count(100)

    def made(act):
        with counted.write() as session:
            ledger = Ledger.__new__(Ledger)
            ledger.world, ledger.session = World(session), session
            ledger.world._numbers = numbers  # codes and logins stay different from one change to the next
            school = organisation.unit_by_code(session, "A")
            persons = {person.code: person for person in session.scalars(select(Person))}
            act(ledger, school, persons)
        counting.count_all(counted)
        return qualified(counted)

    return made


def qualified(database):
    with database.read() as session:
        rows = select(Person.code).join(PersonCount, PersonCount.person_id == Person.id)
        rows = rows.join(Period, Period.id == PersonCount.period_id).where(Period.code == CODE)
        some = PersonCount.acts_a + PersonCount.acts_b + PersonCount.acts_c > 0
        return sorted(session.scalars(rows.where(PersonCount.standing == Standing.COUNTED, some)))


def test_every_period_that_has_begun_is_counted_once(counted):
    with counted.read() as session:
        begun = session.scalar(select(func.count()).where(Period.starts_on <= today()))
        assert session.scalar(select(func.count()).select_from(CountState)) == begun
        assert session.scalar(select(func.count()).select_from(PersonCount)) == 2 * begun
    assert counting.step(counted) == 0


def test_an_act_puts_exactly_that_person_into_q(change):
    assert change(lambda ledger, school, t: ledger.act(ActKind.TAUGHT, t["T1"], school, DAY)) == ["T1"]


def test_a_void_takes_the_person_out_and_a_restoration_puts_them_back(change):
    acts = []
    change(lambda ledger, school, t: acts.append(ledger.act(ActKind.TAUGHT, t["T1"], school, DAY)))
    assert change(lambda ledger, school, t: ledger.void(acts[0])) == []
    assert change(lambda ledger, school, t: ledger.void(acts[0], restores=True)) == ["T1"]


def test_the_activity_of_learners_counts_for_the_teacher_of_the_course(change):
    courses = []

    def teach(ledger, school, t):
        courses.append(ledger.course(school))
        ledger.act(ActKind.COURSE_TEACHING, t["T2"], school, DAY, course_id=courses[0].id)

    assert change(teach) == []
    assert change(lambda ledger, school, t: ledger.activity(courses[0], DAY, learners=4)) == []
    assert change(lambda ledger, school, t: ledger.activity(courses[0], DAY, learners=1)) == ["T2"]


def test_a_learner_with_two_accounts_is_one_learner_and_a_teacher_is_none(change):
    def learn(ledger, school, t):
        course = ledger.course(school)
        ledger.act(ActKind.COURSE_TEACHING, t["T2"], school, DAY, course_id=course.id)
        ledger.activity(course, DAY, learners=3)
        pupil = ledger.world.person()
        for person in (pupil, pupil, t["T2"]):
            account = ledger.world.account(person=person)
            ledger.act(ActKind.COURSE_ACTIVITY, person, None, DAY, course_id=course.id, account_id=account.id)

    assert change(learn) == []


def test_an_act_without_a_person_counts_for_nobody(change):
    def act(ledger, school, t):
        account = ledger.world.account(person=t["T1"])
        ledger.act(ActKind.TAUGHT, None, school, DAY, account_id=account.id)

    assert change(act) == []


def test_acts_of_two_accounts_of_a_person_are_acts_of_the_person(change):
    def act(ledger, school, t):
        for _ in range(2):
            account = ledger.world.account(person=t["T1"])
            ledger.act(ActKind.TAUGHT, t["T1"], school, DAY, account_id=account.id)

    assert change(act) == ["T1"]


def test_a_post_that_is_deleted_takes_the_person_out_of_the_kept_rows(counted, change):
    change(lambda ledger, school, t: ledger.session.delete(ledger.session.get(Post, t["T1"].posts[0].id)))
    with counted.read() as session:
        assert (
            session.scalar(select(func.count()).select_from(PersonCount).join(Person).where(Person.code == "T1")) == 0
        )
        assert agreement.check_counts(session, deep=True).agrees


def test_a_new_census_date_counts_everybody_anew(counted, change):
    def move(ledger, school, t):
        t["T1"].posts[0].valid_to = date(2026, 1, 10)
        ledger.act(ActKind.TAUGHT, t["T1"], school, DAY)

    assert change(move) == []

    def earlier(ledger, school, t):
        period = ledger.session.scalars(select(Period).where(Period.code == CODE)).one()
        period.census_on = date(2026, 1, 5)

    assert change(earlier) == ["T1"]


def test_a_unit_that_ends_concerns_whoever_has_a_post_there(counted):
    with counted.write() as session:
        session.execute(delete(CountChange))
        school = organisation.unit_by_code(session, "A")
        for post in session.scalars(select(Post)):
            post.valid_to = date(2025, 12, 31)
        session.flush()
        session.execute(delete(CountChange))
        organisation.end_unit(session, SYSTEM, school, date(2025, 12, 31))
        assert session.scalar(select(func.count()).select_from(CountChange)) == 2


def test_a_recount_takes_what_changed_meanwhile_afterwards(counted):
    with counted.write() as session:
        reports.mark_changed(session, None, DAY)
    assert counting.step(counted) == 1
    with counted.read() as session:
        assert session.scalar(select(CountChange.id)) is None


def test_days_limit_the_periods_that_are_counted_anew(counted):
    with counted.write() as session:
        session.execute(update(PersonCount).values(acts_a=9))
        reports.mark_changed(session, session.scalar(select(Person.id)), DAY)
    counting.count_all(counted)
    with counted.read() as session:
        rows = select(Period.code).join(PersonCount, PersonCount.period_id == Period.id)
        right = set(session.scalars(rows.where(PersonCount.acts_a == 0)))
    assert right == {"2025-2026", CODE, "2025-H2"}


def test_the_check_names_what_a_recount_gives_differently(counted):
    with counted.write() as session:
        session.execute(update(PersonCount).where(PersonCount.acts_a == 0).values(acts_a=9))
    with counted.read() as session:
        report = agreement.check_counts(session, deep=True)
    assert f"{CODE} T1" in report.differing
    assert not report.agrees


def test_the_check_passes_over_whoever_still_waits(counted):
    with counted.write() as session:
        session.execute(update(PersonCount).values(acts_a=9))
        for person_id in session.scalars(select(Person.id)).all():
            reports.mark_changed(session, person_id)
    with counted.read() as session:
        assert agreement.check_counts(session, deep=True).differing == []


def test_many_changes_are_taken_in_batches(counted, monkeypatch):
    monkeypatch.setattr(counting, "BATCH", 3)
    with counted.write() as session:
        for number in range(7):
            reports.mark_changed(session, session.scalar(select(Person.id)), DAY + timedelta(days=number))
    assert [counting.step(counted) for _ in range(4)] == [3, 3, 1, 0]


def test_the_worker_counts(house):
    with house.database.write() as session:
        world = World(session)
        world.post(world.person(code="T1"), world.unit("A"))
    worker = Worker(house)
    while worker.step():
        pass
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(PersonCount)) > 0


def test_what_is_waiting_is_seen_before_the_worker_has_counted(counted):
    """A page computes the few who changed, so that the head sees the ratio rise by exactly that person at once."""
    with counted.write() as session:
        ledger = Ledger.__new__(Ledger)
        ledger.world, ledger.session = World(session), session
        school = organisation.unit_by_code(session, "A")
        person = session.scalars(select(Person).where(Person.code == "T1")).one()
        ledger.act(ActKind.TAUGHT, person, school, DAY)
    with counted.read() as session:
        period = session.scalars(select(Period).where(Period.code == CODE)).one()
        school = organisation.unit_by_code(session, "A")
        assert reports.unit_report(session, SYSTEM, school, period).total.text() == "1/2 (50,0 %)"
