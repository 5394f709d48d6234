"""Whatever happens to the register and the ledger: sums add up, kept counts equal a recount, two counts agree."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from elearn.models.curriculum import Level, Period
from elearn.models.people import Contract, Enrolment, LeaveKind, Post, PostRole
from elearn.models.reports import CountChange, CountState
from elearn.models.usage import ActKind, UsageAct
from elearn.services import organisation, people, reports
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError
from elearn.services.reports import agreement, counting, loading
from elearn.services.spans import DAY
from tests.support.counting import Ledger
from tests.support.databases import opened
from tests.support.factories import World
from tests.support.properties import unhurried
from tests.support.second_count import Figures, second_count

FIRST, LAST = date(2025, 9, 5), date(2026, 5, 31)
pytestmark = pytest.mark.long
CODES = ("2025-2026-HK1", "2025-2026-HK2", "2025-H2")
SCHOOLS, TEACHERS, COURSES = 3, 5, 2

days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))
teacher = st.integers(0, TEACHERS - 1)
school = st.integers(0, SCHOOLS - 1)
course = st.integers(0, COURSES - 1)
register_events = (
    st.tuples(st.just("transfer"), teacher, school, days),
    st.tuples(st.just("leave"), teacher, days, st.integers(1, 200)),
    st.tuples(st.just("part_time"), teacher, st.sampled_from([0.25, 0.5, 1.0]), st.sampled_from(list(Contract))),
    st.tuples(st.just("end"), teacher, days),
    st.tuples(st.just("promote"), teacher, st.sampled_from(list(PostRole))),
    st.tuples(st.just("second_post"), teacher, school, days),
)
act_events = (
    st.tuples(st.just("act"), teacher, st.sampled_from([ActKind.AUTHORED, ActKind.TAUGHT]), days),
    st.tuples(st.just("teach"), teacher, course, days),
    st.tuples(st.just("learn"), course, st.integers(0, 6), days),
    st.tuples(st.just("void"), st.integers(0, 20), st.booleans()),
)
events = st.one_of(*register_events, *act_events)
moves = st.tuples(st.just("move"), school, st.integers(0, 1), days)


class Province:
    """A department, two communes, three schools, five teachers, and what happens to them."""

    def __init__(self, session):
        self.session, self.world = session, World(session)
        self.ledger = Ledger.__new__(Ledger)
        self.ledger.world, self.ledger.session = self.world, session
        self.root = self.world.unit("SO")
        self.communes = [self.world.unit(f"X{number}", self.root) for number in range(2)]
        self.schools = [self.world.unit(f"T{number}", self.communes[number % 2]) for number in range(SCHOOLS)]
        self.teachers = [self.world.person(code=f"GV{number}") for number in range(TEACHERS)]
        for number, person in enumerate(self.teachers):
            self.world.post(person, self.schools[number % SCHOOLS], level=list(Level)[number % 2])
        self.courses = [self.ledger.course(self.schools[number]) for number in range(COURSES)]
        self.classes = [self.world.school_class(self.schools[number], year="2025-2026") for number in range(COURSES)]
        self.pupils = [self.world.person(code=f"HS{number}") for number in range(7)]
        self.periods = [session.scalars(select(Period).where(Period.code == code)).one() for code in CODES]
        self.units = [self.root, *self.communes, *self.schools]

    def happen(self, event):
        name, *values = event
        try:
            getattr(self, name)(*values)
        except ConflictError:  # the register refuses some of what chance proposes
            self.session.flush()

    def _main(self, number, day):
        return people.main_post_on(self.session, self.teachers[number], day)

    def transfer(self, number, school, day):
        post = self._main(number, day)
        if post is None or post.valid_from == day:
            return
        role, last = post.role, post.valid_to
        post.valid_to = day - DAY
        self.session.flush()
        people.add_post(
            self.session, SYSTEM, self.teachers[number], self.schools[school], role=role, valid_from=day, valid_to=last
        )

    def end(self, number, day):
        if post := self._main(number, day):
            people.end_post(self.session, SYSTEM, post, day)

    def leave(self, number, day, length):
        last = day + timedelta(days=length)
        people.add_leave(self.session, SYSTEM, self.teachers[number], LeaveKind.STUDY, valid_from=day, valid_to=last)

    def part_time(self, number, fte, contract):
        if post := self._main(number, FIRST):
            post.fte, post.contract = fte, contract
            self.session.flush()

    def promote(self, number, role):
        if post := self._main(number, LAST):
            post.role = role
            self.session.flush()

    def second_post(self, number, school, day):
        people.add_post(
            self.session,
            SYSTEM,
            self.teachers[number],
            self.schools[school],
            role=PostRole.TEACHER,
            valid_from=day,
            is_main=False,
            fte=0.5,
        )

    def _note(self, kind, person, day, **values):
        unit = self.schools[0]
        self.ledger.act(kind, person, unit, day, recorded_at=counting.now(), **values)

    def act(self, number, kind, day):
        self._note(kind, self.teachers[number], day)

    def teach(self, number, course, day):
        self._note(ActKind.COURSE_TEACHING, self.teachers[number], day, course_id=self.courses[course].id)

    def learn(self, course, pupil, day):
        """Half of a class of ten at once, so that courses come to life."""
        for number in range(pupil):
            self._note(
                ActKind.COURSE_ACTIVITY,
                self.pupils[number],
                day,
                course_id=self.courses[course].id,
                class_id=self.classes[course].id,
                details={"class_size": 10},
            )

    def void(self, number, restores):
        acts = self.session.scalars(select(UsageAct).order_by(UsageAct.id)).all()
        if number < len(acts):
            self.ledger.void(acts[number], restores=restores, recorded_at=counting.now())

    def move(self, school, commune, day):
        organisation.move_unit(self.session, SYSTEM, self.schools[school], self.communes[commune], day)

    def count_everything(self):
        for question in self.questions():
            counting.count_persons(self.session, question, loading.candidates(self.session, question))
            held = {"period_id": question.period.id, "ruleset_id": question.ruleset.id}
            self.world.add(CountState(counted_at=counting.now(), **held))
        self.session.execute(delete(CountChange))

    def questions(self):
        return [reports.question_of(self.session, period) for period in self.periods]

    def figures(self, **values):
        """What the first count says, by unit and period, where anybody counts."""
        reported = [
            (period, self.ledger.report(unit, period, **values))
            for period in self.periods
            for unit in (self.root, *self.communes)
        ]
        rows = {(row.unit.code, period.code): row for period, told in reported for row in (told.total, *told.children)}
        return {key: figures_of(row.tally) for key, row in rows.items() if row.n}


def figures_of(tally):
    return Figures(tally.q, tally.n, tally.a, tally.b, tally.c, tally.fte_q, tally.fte_n)


@pytest.fixture(scope="module")
def database(sqlite_template, tmp_path_factory):
    with sqlite_template.copy(tmp_path_factory.mktemp("properties")) as copy, opened(copy.url) as database:
        yield database


@pytest.fixture(scope="module")
def province(database):
    """A fresh province in a transaction that is rolled back."""

    def made():
        session = database.writer()
        return Province(session)

    return made


def lived(province, happened):
    for event in happened:
        province.happen(event)
    return province


# An example is a small province in a database: few are tried, and none is made smaller when it fails.
few = settings(unhurried, max_examples=6, phases=[Phase.explicit, Phase.generate])


@few
@given(happened=st.lists(st.one_of(events, moves), max_size=14))
def test_two_independent_counts_agree_for_every_unit_and_period(province, happened):
    place = lived(province(), happened)
    with place.session as session:
        second = second_count(session, place.periods)
        assert place.figures() == {key: value for key, value in second.items() if key[1] in CODES}


@few
@given(before=st.lists(st.one_of(events, moves), max_size=8), after=st.lists(st.one_of(events, moves), max_size=8))
def test_counting_what_changed_equals_counting_everybody(province, before, after):
    place = lived(province(), before)
    with place.session as session:
        place.count_everything()
        lived(place, after)
        waiting = place.figures()
        counting.count_changed(session, session.scalars(select(CountChange)).all())
        report = agreement.check_counts(session, deep=True)
        assert (report.differing, report.unrecorded) == ([], [])
        kept = place.figures()
        session.execute(delete(CountState))
        assert waiting == kept == place.figures()


@few
@given(happened=st.lists(st.one_of(events, moves), max_size=12))
def test_children_sum_to_their_parents_on_every_census_date(province, happened):
    place = lived(province(), happened)
    with place.session:
        for period in place.periods:
            for unit in (place.root, *place.communes):
                report = place.ledger.report(unit, period)
                parts = sum((row.tally for row in report.children), report.own.tally)
                assert parts == report.total.tally


@few
@given(happened=st.lists(st.one_of(*register_events, moves), max_size=12))
def test_a_transfer_keeps_a_person_in_n_exactly_once(province, happened):
    place = lived(province(), happened)
    with place.session:
        for period in place.periods:
            codes = [code for unit in place.schools for code in place.ledger.persons(unit, period)]
            assert sorted(codes) == sorted(set(codes))


@few
@given(transfers=st.lists(st.tuples(st.just("transfer"), teacher, school, days), max_size=10))
def test_transfers_alone_never_take_anybody_out_of_n(province, transfers):
    place = lived(province(), transfers)
    with place.session:
        assert {place.ledger.report(place.root, period).total.n for period in place.periods} == {TEACHERS}


unqualified = st.sampled_from([ActKind.VIEW, ActKind.LAUNCH, ActKind.DOWNLOAD, ActKind.COMPLETION])


@few
@given(happened=st.lists(events, max_size=8), others=st.lists(st.tuples(unqualified, teacher, days), max_size=8))
def test_an_act_that_does_not_qualify_never_changes_q(province, happened, others):
    place = lived(province(), happened)
    with place.session:
        before = place.figures()
        for kind, number, day in others:
            place._note(kind, place.teachers[number], day)
        assert place.figures() == before


@few
@given(happened=st.lists(st.one_of(*act_events), min_size=1, max_size=10), data=st.data())
def test_voiding_and_restoring_is_as_if_nothing_had_been(province, happened, data):
    place = lived(province(), happened)
    with place.session as session:
        before = place.figures()
        void = set(session.scalars(loading.void_acts()))
        acts = [act for act in session.scalars(select(UsageAct)) if act.id not in void]
        for act in data.draw(st.lists(st.sampled_from(acts), max_size=4)) if acts else ():
            place.ledger.void(act)
            place.ledger.void(act, restores=True)
        assert place.figures() == before


@few
@given(steps=st.lists(st.lists(events, max_size=4), min_size=2, max_size=3))
def test_as_of_a_moment_gives_the_figures_of_that_moment(province, steps):
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    with time_machine.travel(moment, tick=False) as clock:
        place = province()
        told = {}
        for happened in steps:
            lived(place, happened)
            told[counting.now()] = place.figures()
            clock.shift(timedelta(days=1))
        with place.session:
            assert {then: place.figures(as_of=then) for then in told} == told


def test_nobody_is_a_teacher_by_learning(database):
    """Enrolments are no posts: pupils are never candidates."""
    with database.writer() as session:
        place = Province(session)
        place.world.add(Enrolment(person_id=place.pupils[0].id, class_id=place.classes[0].id, valid_from=FIRST))
        candidates = loading.candidates(session, place.questions()[0])
        assert candidates == sorted({post.person_id for post in session.scalars(select(Post))})
