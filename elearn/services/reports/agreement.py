"""Whether kept counts equal a recount, and the history of the register its present; nothing is repaired."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from elearn.database import day_of
from elearn.models.history import LEAVE_COLUMNS, POST_COLUMNS
from elearn.models.people import Leave, Person, Post
from elearn.models.reports import CountChange, CountState, LeaveRecord, PersonCount, PostRecord
from elearn.services.reports.counting import counted_questions, kept_under, results_of, touched, touches
from elearn.services.reports.loading import CHUNK, candidates
from elearn.services.reports.tallies import COLUMNS, Kept, kept_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from elearn.services.reports.loading import Question

    Watch = Callable[[Iterable, int], Iterable]

RECENT = timedelta(days=400)  # a period that ended earlier is recounted only on request


@dataclass(slots=True)
class CountReport:
    """How many results of persons were compared, and what does not agree.

    `differing` are period and code of persons whose kept result is not that of a recount; `unrecorded` are posts and
    leave whose newest record says something else; `overlapping` are codes of persons with two main posts on a day.
    """

    compared: int = 0
    differing: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    overlapping: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether what is derived equals what it is derived from; overlapping posts are a fault of the register."""
        return not (self.differing or self.unrecorded)


def _unwatched(things: Iterable, total: int) -> Iterable:
    del total
    return things


def check_counts(session: Session, *, deep: bool = False, watch: Watch = _unwatched) -> CountReport:
    """Recount the periods of the last year, `deep` all, and compare person by person.

    Whoever a change is waiting for is passed over: their count is allowed to be late.
    """
    report = CountReport(overlapping=_overlapping(session), unrecorded=_unrecorded(session))
    changes = session.scalars(select(CountChange)).all()
    eve = day_of(session) - RECENT
    finished = _finished(session)
    questions = [
        question
        for question in counted_questions(session)
        if (question.period.id, question.ruleset.id) in finished and (deep or question.days.ends_on >= eve)
    ]
    for question in watch(questions, len(questions)):
        near = [change for change in changes if touches(change, question)]
        if all(change.person_id is not None or change.course_id is not None for change in near):
            _compare(session, question, touched(session, question, near), report)
    return report


def _finished(session: Session) -> set[tuple[int, int]]:
    rows = select(CountState.period_id, CountState.ruleset_id).where(CountState.counted_at.is_not(None))
    return {(period_id, ruleset_id) for period_id, ruleset_id in session.execute(rows)}


def _compare(session: Session, question: Question, late: set[int], report: CountReport) -> None:
    held = select(PersonCount.person_id).where(*kept_under(question))
    ids = sorted({*candidates(session, question), *session.scalars(held)} - late)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        wrong = sorted(_differing(session, question, chunk))
        report.compared += len(chunk)
        codes = session.scalars(select(Person.code).where(Person.id.in_(wrong)).order_by(Person.code))
        report.differing += [f"{question.period.code} {code}" for code in codes]


def _differing(session: Session, question: Question, chunk: Sequence[int]) -> Iterator[int]:
    rows = session.execute(select(*COLUMNS).where(*kept_under(question), PersonCount.person_id.in_(chunk)))
    kept = {row.person_id: Kept(*row) for row in rows}
    for result in results_of(session, question, chunk):
        if kept.get(result.person_id) != kept_of(result):
            yield result.person_id


def _overlapping(session: Session) -> list[str]:
    later = aliased(Post)
    pairs = select(Person.code).join(Post, Post.person_id == Person.id).join(later, later.person_id == Post.person_id)
    pairs = pairs.where(Post.is_main, later.is_main, Post.id != later.id, Post.valid_from <= later.valid_from)
    pairs = pairs.where(or_(Post.valid_to.is_(None), Post.valid_to >= later.valid_from))
    return list(session.scalars(pairs.distinct().order_by(Person.code)))


def _unrecorded(session: Session) -> list[str]:
    posts = _strays(session, Post, PostRecord, PostRecord.post_id, POST_COLUMNS)
    leaves = _strays(session, Leave, LeaveRecord, LeaveRecord.leave_id, LEAVE_COLUMNS)
    return [*(f"post {number}" for number in posts), *(f"leave {number}" for number in leaves)]


def _strays(session: Session, table: Any, record: Any, key: Any, columns: tuple[str, ...]) -> list[int]:
    """The rows whose newest record is absent, says something else, or is of a row that is gone."""
    newest = select(func.max(record.id)).group_by(key)
    said = select(key, *(getattr(record, name) for name in columns)).where(record.id.in_(newest), ~record.is_removed)
    there = select(table.id, *(getattr(table, name) for name in columns))
    different = [*session.execute(there.except_(said)), *session.execute(said.except_(there))]
    return sorted({row[0] for row in different})
