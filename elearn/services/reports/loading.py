"""Reads what the register and the ledger know of many persons at once: a few statements, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from elearn.models.organisation import Unit, UnitClosure
from elearn.models.people import Leave, Post, PostRole
from elearn.models.reports import LeaveRecord, PostRecord
from elearn.models.usage import ActKind, UsageAct, UsageSign, UsageVoid
from elearn.services.reports.rules import CLASSES, ActFact, Audience, PeriodFact, PersonFacts, PostFact, period_fact
from elearn.services.reports.ruleset import Rules
from elearn.services.spans import Span
from elearn.services.usage.signs import newest_signs
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.models.reports import Ruleset

CHUNK = 1000  # persons per statement


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted: the rows of period and ruleset with their facts, and the moment of knowledge (None: now)."""

    period: Period
    ruleset: Ruleset
    days: PeriodFact
    rules: Rules
    as_of: datetime | None = None
    # Read once per count: a course has teachers in many chunks of persons.
    audiences: dict[int, Audience] = field(default_factory=dict, compare=False, repr=False)


def ask(period: Period, ruleset: Ruleset, as_of: datetime | None = None) -> Question:
    """The question about a period under a ruleset.

    Raises:
        ConflictError: `period_without_census`.
    """
    days = period_fact(period.code, period.starts_on, period.ends_on, period.census_on)
    return Question(period, ruleset, days, Rules.from_json(ruleset.rules), as_of)


def has_census(period: Period) -> bool:
    """Whether a period has a census date among its days, without which nobody can be counted."""
    return period.census_on is not None and period.starts_on <= period.census_on <= period.ends_on


def candidates(session: Session, question: Question, unit_id: int | None = None) -> list[int]:
    """The persons with a post as teacher or manager in the period; of a unit, in it or below it on the census date."""
    table, known = _posts_known(question.as_of)
    held = select(table.person_id).where(known, _meets(table, question.days), table.role != PostRole.STAFF).distinct()
    if unit_id is not None:
        held = held.where(table.unit_id.in_(below(unit_id, question)))
    return sorted(session.scalars(held))


def below(unit_id: int, question: Question) -> Select[tuple[int]]:
    """The ids of a unit and of all units below it on the census date."""
    closure = select(UnitClosure.unit_id).where(UnitClosure.ancestor_id == unit_id)
    return closure.where(UnitClosure.valid_on(question.days.census_on))


def facts_of(session: Session, question: Question, person_ids: Sequence[int]) -> Iterator[PersonFacts]:
    """The facts of some persons, in chunks; also reads the audiences of the courses they teach."""
    for start in range(0, len(person_ids), CHUNK):
        chunk = person_ids[start : start + CHUNK]
        posts, leaves = _posts(session, question, chunk), _leaves(session, question, chunk)
        acts = _acts(session, question, chunk)
        taught = [act for held in acts.values() for act in held if act.kind is ActKind.COURSE_TEACHING]
        courses = {act.course_id for act in taught if act.course_id is not None}
        read_audiences(session, question, courses - question.audiences.keys())
        for person_id in chunk:
            yield PersonFacts(person_id, posts[person_id], leaves[person_id], acts[person_id])


def _posts_known(as_of: datetime | None) -> tuple[Any, ColumnElement[bool]]:
    """The table of posts, and which of its rows were known: today's register, or the newest records of a moment."""
    return (Post, Post.id.is_not(None)) if as_of is None else _newest(PostRecord, PostRecord.post_id, as_of)


def _leaves_known(as_of: datetime | None) -> tuple[Any, ColumnElement[bool]]:
    return (Leave, Leave.id.is_not(None)) if as_of is None else _newest(LeaveRecord, LeaveRecord.leave_id, as_of)


def _newest(table: Any, key: Any, as_of: datetime) -> tuple[Any, ColumnElement[bool]]:
    # By number and not by time: a clock that was set back must not bring an overruled record to life.
    later = aliased(table)
    overruled = exists().where(getattr(later, key.key) == key, later.id > table.id, later.recorded_at <= as_of)
    return table, and_(table.recorded_at <= as_of, ~table.is_removed, ~overruled)


def _meets(table: Any, days: PeriodFact) -> ColumnElement[bool]:
    return and_(table.valid_from <= days.ends_on, or_(table.valid_to.is_(None), table.valid_to >= days.starts_on))


def _posts(session: Session, question: Question, chunk: Sequence[int]) -> dict[int, list[PostFact]]:
    table, known = _posts_known(question.as_of)
    key = table.id if table is Post else table.post_id
    columns = (table.unit_id, table.role, table.contract, table.level, table.subject_code, table.fte, table.is_main)
    rows = select(table.person_id, key, *columns, table.valid_from, table.valid_to, Unit.valid_from, Unit.valid_to)
    rows = rows.join(Unit, Unit.id == table.unit_id).where(table.person_id.in_(chunk), known)
    found: dict[int, list[PostFact]] = defaultdict(list)
    for person_id, post_id, *said, start, end, unit_start, unit_end in session.execute(
        rows.where(_meets(table, question.days))
    ):
        # A post holds only while its unit exists, whatever an import claimed.
        span = Span(start, end).meet(Span(unit_start, unit_end))
        if span is not None:
            found[person_id].append(PostFact(post_id, *said, span.start, span.end))
    return found


def _leaves(session: Session, question: Question, chunk: Sequence[int]) -> dict[int, list[Span]]:
    table, known = _leaves_known(question.as_of)
    rows = select(table.person_id, table.valid_from, table.valid_to).where(table.person_id.in_(chunk), known)
    found: dict[int, list[Span]] = defaultdict(list)
    for person_id, start, end in session.execute(rows.where(_meets(table, question.days))):
        found[person_id].append(Span(start, end))
    return found


def _acts(session: Session, question: Question, chunk: Sequence[int]) -> dict[int, list[ActFact]]:
    mine = and_(UsageAct.person_id.in_(chunk), *_in_question(question), UsageAct.kind.in_(CLASSES))
    void = set(session.scalars(void_acts(question.as_of).join(UsageAct, UsageAct.id == UsageVoid.act_id).where(mine)))
    rows = select(UsageAct.person_id, UsageAct.id, UsageAct.kind, UsageAct.act_date, UsageAct.course_id).where(mine)
    signs = newest_signs(question.as_of).join(UsageAct, UsageAct.id == UsageSign.act_id).where(mine)
    signed = {act_id: (step, day) for act_id, step, day in session.execute(signs)}
    found: dict[int, list[ActFact]] = defaultdict(list)
    for person_id, act_id, kind, day, course_id in session.execute(rows):
        sign = signed.get(act_id, (None, None))
        found[person_id].append(ActFact(act_id, kind, day, course_id, act_id in void, *sign))
    return found


def _in_question(question: Question) -> Iterator[ColumnElement[bool]]:
    yield UsageAct.act_date.between(question.days.starts_on, question.days.ends_on)
    if question.as_of is not None:
        yield UsageAct.recorded_at <= question.as_of


def read_audiences(session: Session, question: Question, course_ids: Iterable[int]) -> None:
    """Fill in who was active in the courses, with the teachers of each course left out."""
    ids = sorted(course_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        teachers = _course_teachers(session, question, chunk)
        active = _course_activity(session, question, chunk)
        for course_id in chunk:
            question.audiences[course_id] = _audience(active[course_id], teachers[course_id])


Actor = tuple[int | None, int | None]  # a person; of an account without one, the account


def _actor(person_id: int | None, account_id: int | None) -> Actor:
    # A learner with two accounts is one learner.
    return (person_id, None) if person_id is not None else (None, account_id)


def _course_rows(question: Question, kind: ActKind, chunk: Sequence[int]) -> list[ColumnElement[bool]]:
    held = [UsageAct.course_id.in_(chunk), UsageAct.kind == kind, *_in_question(question)]
    return [*held, UsageAct.id.not_in(void_acts(question.as_of))]


def _course_teachers(session: Session, question: Question, chunk: Sequence[int]) -> dict[int, set[Actor]]:
    rows = select(UsageAct.course_id, UsageAct.person_id, UsageAct.account_id).distinct()
    found: dict[int, set[Actor]] = defaultdict(set)
    for course_id, person_id, account_id in session.execute(
        rows.where(*_course_rows(question, ActKind.COURSE_TEACHING, chunk))
    ):
        found[course_id].add(_actor(person_id, account_id))
    return found


Activity = tuple[Actor, int | None, int | None]  # who, of which class, of which size


def _course_activity(session: Session, question: Question, chunk: Sequence[int]) -> dict[int, list[Activity]]:
    size = func.max(UsageAct.details["class_size"].as_integer())
    keys = (UsageAct.course_id, UsageAct.class_id, UsageAct.person_id, UsageAct.account_id)
    rows = select(*keys, size).where(*_course_rows(question, ActKind.COURSE_ACTIVITY, chunk)).group_by(*keys)
    found: dict[int, list[Activity]] = defaultdict(list)
    for course_id, class_id, person_id, account_id, largest in session.execute(rows):
        found[course_id].append((_actor(person_id, account_id), class_id, largest))
    return found


def _audience(active: Iterable[Activity], teachers: set[Actor]) -> Audience:
    """A class that grew or shrank is taken at its largest."""
    learners: set[Actor] = set()
    classes: dict[int, set[Actor]] = defaultdict(set)
    sizes: dict[int, int] = {}
    for actor, class_id, size in active:
        if actor in teachers:
            continue
        learners.add(actor)
        if class_id is not None:
            classes[class_id].add(actor)
            sizes[class_id] = max(size or 0, sizes.get(class_id, 0))
    shares = ((len(classes[class_id]), size) for class_id, size in sorted(sizes.items()) if size > 0)
    return Audience(len(learners), tuple(shares))


def teachers_of_courses(session: Session, question: Question, course_ids: Iterable[int]) -> set[int]:
    """The persons who have an act as teacher in one of the courses in the period, void or not."""
    ids = sorted(course_ids)
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        acts = select(UsageAct.person_id).distinct().where(UsageAct.course_id.in_(ids[start : start + CHUNK]))
        acts = acts.where(UsageAct.kind == ActKind.COURSE_TEACHING, UsageAct.person_id.is_not(None))
        found.update(session.scalars(acts.where(*_in_question(question))))
    return found
