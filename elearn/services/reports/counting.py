"""Counting persons anew and keeping the result per person; what is kept equals a recount, or it is a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from elearn.clock import now
from elearn.database import day_of
from elearn.models.curriculum import Period
from elearn.models.reports import CountChange, CountState, PersonCount, Ruleset
from elearn.services.reports.loading import CHUNK, ask, candidates, facts_of, has_census, teachers_of_courses
from elearn.services.reports.rules import ActClass, judge
from elearn.services.reports.ruleset import rulesets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.reports.loading import Question
    from elearn.services.reports.rules import PersonResult

BATCH = 500  # changes per transaction


def results_of(session: Session, question: Question, person_ids: Sequence[int]) -> Iterator[PersonResult]:
    """The results of some persons, computed from register and ledger."""
    for facts in facts_of(session, question, person_ids):
        yield judge(facts, question.audiences, question.days, question.rules)


def count_persons(session: Session, question: Question, person_ids: Iterable[int]) -> int:
    """Write the results of some persons in place of those that were kept; returns how many persons have one."""
    ids = sorted(set(person_ids))
    written = 0
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = [kept_row(question, result) for result in results_of(session, question, chunk) if result.unit_id]
        session.execute(delete(PersonCount).where(*kept_under(question), PersonCount.person_id.in_(chunk)))
        if rows:
            session.execute(insert(PersonCount), rows)
        written += len(rows)
    return written


def kept_under(question: Question) -> tuple[Any, Any]:
    """The condition on the rows kept for a period under a ruleset."""
    return PersonCount.period_id == question.period.id, PersonCount.ruleset_id == question.ruleset.id


def kept_row(question: Question, result: PersonResult) -> dict[str, Any]:
    """The columns that are kept of a result."""
    return {
        "ruleset_id": question.ruleset.id,
        "period_id": question.period.id,
        "person_id": result.person_id,
        "unit_id": result.unit_id,
        "level": result.level,
        "subject_code": result.subject_code,
        "standing": result.standing,
        "fte": result.fte,
        "acts_a": result.count(ActClass.A),
        "acts_b": result.count(ActClass.B),
        "acts_c": result.count(ActClass.C),
    }


def recount(database: Database, period_id: int, ruleset_id: int) -> int:
    """Count everybody in a period anew, a chunk of persons per short transaction, so that others go on writing.

    What changes meanwhile leaves a change row of its own, which is taken afterwards. Returns how many persons have a
    result.
    """
    with database.write() as session:
        _take_turns(session)
        question = ask(session.get_one(Period, period_id), session.get_one(Ruleset, ruleset_id))
        # From now on no worker may pass over a change that touches this period.
        _state(session, question)
        kept = session.scalars(select(PersonCount.person_id).where(*kept_under(question)))
        ids = sorted({*candidates(session, question), *kept})
    written = 0
    for start in range(0, len(ids), CHUNK):
        with database.write() as session:
            _take_turns(session)
            # What was read of courses in an earlier transaction may have changed.
            question.audiences.clear()
            written += count_persons(session, question, ids[start : start + CHUNK])
    with database.write() as session:
        _take_turns(session)
        _state(session, question).counted_at = now()
    return written


def _take_turns(session: Session) -> None:
    """One counter at a time: of two the later one sees what the earlier one wrote."""
    session.execute(select(Ruleset.id).order_by(Ruleset.id).limit(1).with_for_update())


def _state(session: Session, question: Question) -> CountState:
    held = CountState.period_id == question.period.id, CountState.ruleset_id == question.ruleset.id
    state = session.scalar(select(CountState).where(*held))
    if state is None:
        state = CountState(period_id=question.period.id, ruleset_id=question.ruleset.id)
        session.add(state)
        session.flush()
    return state


def step(database: Database) -> int:
    """Do the next piece of counting: the oldest changes, else a period that was never counted; 0 when all is done."""
    return _take_changes(database) or _count_a_new_period(database)


def count_all(database: Database) -> int:
    """Do everything that is due; returns the number of steps."""
    steps = 0
    while step(database):
        steps += 1
    return steps


def _take_changes(database: Database) -> int:
    # A look without the write lock: there is nothing to do most of the time.
    with database.read() as session:
        if session.scalar(select(CountChange.id).limit(1)) is None:
            return 0
    with database.write() as session:
        _take_turns(session)
        changes = session.scalars(select(CountChange).order_by(CountChange.id).limit(BATCH)).all()
        sweeping = [change for change in changes if is_for_everybody(change)]
        if not sweeping:
            count_changed(session, changes)
            return len(changes)
        due = [
            (question.period.id, question.ruleset.id)
            for question in counted_questions(session)
            if any(touches(change, question) for change in sweeping)
        ]
    for period_id, ruleset_id in due:
        recount(database, period_id, ruleset_id)
    with database.write() as session:
        _forget(session, sweeping)
    return len(sweeping)


def count_changed(session: Session, changes: Sequence[CountChange]) -> None:
    """Count anew whoever is named by changes, in the periods they touch, and let go of the changes."""
    for question in counted_questions(session):
        count_persons(session, question, touched(session, question, changes))
    _forget(session, changes)


def _forget(session: Session, changes: Sequence[CountChange]) -> None:
    if changes:
        session.execute(delete(CountChange).where(CountChange.id.in_([change.id for change in changes])))


def is_for_everybody(change: CountChange) -> bool:
    """Whether a change names neither a person nor a course."""
    return change.person_id is None and change.course_id is None


def touches(change: CountChange, question: Question) -> bool:
    """Whether the days of a change meet those of the period."""
    if change.from_day is None:
        return True
    days = question.days
    return change.from_day <= days.ends_on and (change.to_day is None or change.to_day >= days.starts_on)


def touched(session: Session, question: Question, changes: Iterable[CountChange]) -> set[int]:
    """The persons named by changes that touch the period, and the teachers of the courses named."""
    near = [change for change in changes if touches(change, question)]
    courses = {change.course_id for change in near if change.course_id is not None}
    persons = {change.person_id for change in near if change.person_id is not None}
    return persons | (teachers_of_courses(session, question, courses) if courses else set())


def counted_questions(session: Session) -> list[Question]:
    """The periods whose counts are kept, each with its ruleset."""
    rows = session.execute(
        select(Period, Ruleset)
        .join(CountState, CountState.period_id == Period.id)
        .join(Ruleset, Ruleset.id == CountState.ruleset_id)
        .order_by(Period.starts_on, Period.id, Ruleset.id)
    )
    # A period whose census date is not right has no count until somebody mends it.
    return [ask(period, ruleset) for period, ruleset in rows if has_census(period)]


def _count_a_new_period(database: Database) -> int:
    with database.read() as session:
        following = next(_never_counted(session), None)
    if following is None:
        return 0
    recount(database, *following)
    return 1


def _never_counted(session: Session) -> Iterator[tuple[int, int]]:
    """Period and ruleset of the periods that have begun and were never counted to the end, newest first."""
    counted = select(CountState.period_id, CountState.ruleset_id).where(CountState.counted_at.is_not(None))
    done = {(period_id, ruleset_id) for period_id, ruleset_id in session.execute(counted)}
    known = rulesets(session)
    begun = select(Period).where(Period.starts_on <= day_of(session)).order_by(Period.starts_on.desc(), Period.id)
    for period in session.scalars(begun):
        ruleset = next((row for row in known if row.valid_from <= period.starts_on), None)
        if ruleset is not None and (period.id, ruleset.id) not in done and has_census(period):
            yield period.id, ruleset.id
