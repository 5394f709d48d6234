"""Tallies by unit, level and subject: from what is kept per person where that is up to date, else computed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, or_, select

from elearn.models.reports import CountChange, CountState, PersonCount, Standing
from elearn.models.usage import UsageAct
from elearn.services.reports.counting import is_for_everybody, kept_under, results_of, touched, touches
from elearn.services.reports.loading import below, candidates
from elearn.services.reports.ratio import EMPTY, Tally
from elearn.services.reports.rules import ActClass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.services.reports.loading import Question
    from elearn.services.reports.rules import PersonResult

MOST_OVERLAID = 10_000  # changes that a page counts by itself while the worker has not taken them: about a second


class Kept(NamedTuple):
    """What is kept of one person, in the order of `COLUMNS`."""

    person_id: int
    unit_id: int
    level: Level | None
    subject_code: str | None
    standing: Standing
    fte: float
    acts_a: int
    acts_b: int
    acts_c: int

    @property
    def in_q(self) -> bool:
        """Whether the person counts in the numerator."""
        return self.standing is Standing.COUNTED and self.acts_a + self.acts_b + self.acts_c > 0


COLUMNS = tuple(getattr(PersonCount, name) for name in Kept._fields)


def kept_of(result: PersonResult) -> Kept | None:
    """What would be kept of a result; None of somebody without any post in the period."""
    if result.unit_id is None:
        return None
    place = (result.unit_id, result.level, result.subject_code)
    counts = (result.count(ActClass.A), result.count(ActClass.B), result.count(ActClass.C))
    return Kept(result.person_id, *place, result.standing, result.fte, *counts)


@dataclass(frozen=True, slots=True)
class Basis:
    """Where the figures of a question come from.

    `anew` are the persons who changed since the kept rows were written and are computed on the way. `is_kept` False:
    everybody is computed.
    """

    is_kept: bool
    anew: frozenset[int] = frozenset()


COMPUTED = Basis(is_kept=False)


def basis_of(session: Session, question: Question) -> Basis:
    """Whether the kept rows can answer a question, and for whom they are out of date."""
    if question.as_of is not None:
        return COMPUTED
    held = CountState.period_id == question.period.id, CountState.ruleset_id == question.ruleset.id
    if session.scalar(select(CountState.counted_at).where(*held)) is None:
        return COMPUTED
    days = question.days
    near = or_(CountChange.from_day.is_(None), CountChange.from_day <= days.ends_on)
    columns = (CountChange.person_id, CountChange.course_id, CountChange.from_day, CountChange.to_day)
    waiting = select(*columns).where(near).order_by(CountChange.id).limit(MOST_OVERLAID + 1)
    changes = [change for change in session.execute(waiting) if touches(change, question)]
    if len(changes) > MOST_OVERLAID or any(is_for_everybody(change) for change in changes):
        return COMPUTED
    return Basis(is_kept=True, anew=frozenset(touched(session, question, changes)))


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit with all below it on the census date, and from where its figures come."""

    question: Question
    unit_id: int
    basis: Basis


def scope_of(session: Session, question: Question, unit_id: int) -> Scope:
    """The scope of a unit, from kept rows wherever they can answer."""
    return Scope(question, unit_id, basis_of(session, question))


def persons_below(session: Session, scope: Scope) -> list[Kept]:
    """What is counted of each person whose unit lies in the scope."""
    computed = list(_computed(session, scope))
    if not scope.basis.is_kept:
        return computed
    rows = session.execute(select(*COLUMNS).where(*kept_in(scope)))
    return [*(Kept(*row) for row in rows), *computed]


def kept_in(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions on `PersonCount` for the kept rows that answer for a scope."""
    under = PersonCount.unit_id.in_(below(scope.unit_id, scope.question))
    held = [*kept_under(scope.question), under]
    return [*held, PersonCount.person_id.not_in(sorted(scope.basis.anew))] if scope.basis.anew else held


def _computed(session: Session, scope: Scope) -> Iterator[Kept]:
    """Whoever has to be computed: those who changed, or everybody."""
    question = scope.question
    ids = sorted(scope.basis.anew) if scope.basis.is_kept else candidates(session, question, scope.unit_id)
    if ids:
        units = set(session.scalars(below(scope.unit_id, question)))
        results = (kept_of(result) for result in results_of(session, question, ids))
        yield from (kept for kept in results if kept is not None and kept.unit_id in units)


def tallies_by_unit(session: Session, scope: Scope) -> dict[int, Tally]:
    """The tally of each unit of the scope by its id, with those directly there only."""
    tallies = _tallies(session, scope, (PersonCount.unit_id,), lambda kept: (kept.unit_id,))
    return {unit_id: tally for (unit_id,), tally in tallies.items()}


def tallies_by_level_and_subject(session: Session, scope: Scope) -> dict[tuple[Level | None, str | None], Tally]:
    """The tallies of the scope by main level and main subject."""
    columns = (PersonCount.level, PersonCount.subject_code)
    return _tallies(session, scope, columns, lambda kept: (kept.level, kept.subject_code))


def _tallies(
    session: Session, scope: Scope, columns: tuple[Any, ...], key_of: Callable[[Kept], tuple[Any, ...]]
) -> dict[Any, Tally]:
    found: dict[Any, Tally] = defaultdict(Tally)
    if scope.basis.is_kept:
        for *key, standing, persons, a, b, c, q, fte_q, fte_n in _grouped(session, scope, columns):
            found[tuple(key)] += _tally(standing, persons, (a, b, c, q), fte_q, fte_n)
    for kept in _computed(session, scope):
        found[key_of(kept)] += tally_of(kept)
    return dict(found)


def _tally(standing: Standing, persons: int, counts: tuple[int, int, int, int], fte_q: float, fte_n: float) -> Tally:
    if standing is not Standing.COUNTED:
        return Tally(excluded={standing: persons})
    a, b, c, q = counts
    return Tally(q=q, n=persons, a=a, b=b, c=c, fte_q=round(float(fte_q), 3), fte_n=round(float(fte_n), 3))


def tally_of(kept: Kept) -> Tally:
    """The tally of one person."""
    counts = (kept.acts_a > 0, kept.acts_b > 0, kept.acts_c > 0, kept.in_q)
    a, b, c, q = (int(count) for count in counts)
    return _tally(kept.standing, 1, (a, b, c, q), kept.fte if kept.in_q else 0.0, kept.fte)


def _grouped(session: Session, scope: Scope, columns: tuple[Any, ...]) -> Any:
    qualifies = PersonCount.acts_a + PersonCount.acts_b + PersonCount.acts_c > 0
    sums = (
        func.count(),
        _how_many(PersonCount.acts_a > 0),
        _how_many(PersonCount.acts_b > 0),
        _how_many(PersonCount.acts_c > 0),
        _how_many(qualifies),
        func.coalesce(func.sum(case((qualifies, PersonCount.fte))), 0),
        func.sum(PersonCount.fte),
    )
    rows = select(*columns, PersonCount.standing, *sums).where(*kept_in(scope))
    return session.execute(rows.group_by(*columns, PersonCount.standing))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def units_heard_of(session: Session, question: Question, unit_id: int) -> set[int]:
    """The units, of one and all below it, in which any act at all was recorded in the period."""
    acts = select(UsageAct.id).where(UsageAct.act_date.between(question.days.starts_on, question.days.ends_on))
    if question.as_of is not None:
        acts = acts.where(UsageAct.recorded_at <= question.as_of)
    units = below(unit_id, question).subquery()
    heard = acts.where(UsageAct.unit_id == units.c.unit_id).exists()
    return set(session.scalars(select(units.c.unit_id).where(heard)))


def tally_below(tallies: dict[int, Tally], unit_ids: Iterable[int]) -> Tally:
    """The sum over some units."""
    return sum((tallies.get(unit_id, EMPTY) for unit_id in unit_ids), EMPTY)
