"""Reports of the ratio: of a unit with the units below it, over the periods, by level and subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.database import day_of
from elearn.models.curriculum import Period, Subject
from elearn.services.access import Action, require
from elearn.services.errors import ServiceError
from elearn.services.organisation import name_on
from elearn.services.reports.loading import ask
from elearn.services.reports.ratio import EMPTY, IctRatio, total
from elearn.services.reports.ruleset import ruleset_of
from elearn.services.reports.tallies import (
    Scope,
    scope_of,
    tallies_by_level_and_subject,
    tallies_by_unit,
    tally_below,
    units_heard_of,
)
from elearn.services.reports.units import branches, exists_on, require_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.models.organisation import Unit
    from elearn.models.reports import Ruleset
    from elearn.services.access import Identity
    from elearn.services.reports.loading import Question
    from elearn.services.reports.ratio import Tally


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit in a period: `total` is the sum of `own` (whoever is posted directly there) and of `children`.

    `silent` counts the units with registered persons of which nothing at all was recorded; their persons stay in N.
    """

    total: IctRatio
    own: IctRatio
    children: tuple[IctRatio, ...]
    silent: int = 0


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A row of the level x subject table: of a subject at a level, None where a post names none."""

    level: Level | None
    subject_code: str | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class LevelTable:
    """Level x subject of a unit and all below it; each way of adding up gives `total`."""

    total: IctRatio
    rows: tuple[SubjectRow, ...]
    by_level: dict[Level | None, Tally] = field(default_factory=dict)
    by_subject: dict[str | None, Tally] = field(default_factory=dict)


def unit_report(
    session: Session,
    identity: Identity,
    unit: Unit,
    period: Period,
    *,
    ruleset: Ruleset | None = None,
    as_of: datetime | None = None,
) -> UnitReport:
    """The ratio of a unit and of each unit directly below it, in the tree of the census date.

    Raises:
        ForbiddenError: the identity does not inspect the unit.
        ServiceError: `as_of_future`; ConflictError: `period_without_census`, or `unit_absent` on the census date;
            NotFoundError: `ruleset_absent`.
    """
    scope = open_scope(session, identity, unit, period, ruleset=ruleset, as_of=as_of)
    tallies = tallies_by_unit(session, scope)
    heard = units_heard_of(session, scope.question, unit.id)
    day = scope.question.days.census_on
    rows = tuple(
        _ratio(scope.question, branch.unit, branch.name, tally_below(tallies, branch.unit_ids), heard & branch.unit_ids)
        for branch in branches(session, unit, day)
    )
    name = name_on(unit, day)
    silent = sum(1 for unit_id, tally in tallies.items() if tally.n and not tally.q and unit_id not in heard)
    return UnitReport(
        total=_ratio(scope.question, unit, name, total(tallies.values()), heard),
        own=_ratio(scope.question, unit, name, tallies.get(unit.id, EMPTY), heard & {unit.id}),
        children=rows,
        silent=silent,
    )


def open_scope(
    session: Session,
    identity: Identity,
    unit: Unit,
    period: Period,
    *,
    ruleset: Ruleset | None = None,
    as_of: datetime | None = None,
) -> Scope:
    """What a report is about, after asking whether the identity may see it. Raises as `unit_report`."""
    require(identity, Action.INSPECT, unit)
    question = question_of(session, period, ruleset, as_of)
    require_on(session, unit, question.days.census_on)
    return scope_of(session, question, unit.id)


def question_of(
    session: Session, period: Period, ruleset: Ruleset | None = None, as_of: datetime | None = None
) -> Question:
    """The question about a period; by default under its own ruleset and with the knowledge of now.

    Raises:
        ServiceError: `as_of_future`; ConflictError: `period_without_census`; NotFoundError: `ruleset_absent`.
    """
    if as_of is not None and as_of > now():
        raise ServiceError("as_of_future")
    return ask(period, ruleset or ruleset_of(session, period), as_of)


def _ratio(question: Question, unit: Unit, name: str, tally: Tally, heard: Iterable[int]) -> IctRatio:
    return IctRatio(
        unit=unit,
        name=name,
        period=question.period,
        ruleset=question.ruleset,
        as_of=question.as_of,
        tally=tally,
        is_silent=not any(True for _ in heard),
    )


def trend(
    session: Session, identity: Identity, unit: Unit, period: Period, *, most: int = 8, at_once: bool = False
) -> list[IctRatio]:
    """The ratio of a unit in the last periods of the same kind up to this one, oldest first.

    Each point is counted in the tree of its own census date; a period in which the unit did not exist is left out.
    `at_once` also leaves out earlier periods that the worker has not counted yet, rather than count them on the way.

    Raises:
        ForbiddenError: the identity does not inspect the unit.
    """
    require(identity, Action.INSPECT, unit)
    before = select(Period).where(Period.kind == period.kind, Period.starts_on <= period.starts_on)
    before = before.where(Period.starts_on <= day_of(session)).order_by(Period.starts_on.desc()).limit(most)
    points = (_point(session, unit, held, at_once and held is not period) for held in session.scalars(before).all())
    return [point for point in points if point is not None][::-1]


def _point(session: Session, unit: Unit, period: Period, only_kept: bool) -> IctRatio | None:  # noqa: FBT001 - see trend
    try:
        question = question_of(session, period)
    except ServiceError:  # a period without rules or census date has no point
        return None
    day = question.days.census_on
    if not exists_on(session, unit, day):
        return None
    scope = scope_of(session, question, unit.id)
    if only_kept and not scope.basis.is_kept:
        return None
    tally = total(tallies_by_unit(session, scope).values())
    heard = () if tally.q else units_heard_of(session, question, unit.id)
    return _ratio(question, unit, name_on(unit, day), tally, heard)


def table_by_level_and_subject(
    session: Session,
    identity: Identity,
    unit: Unit,
    period: Period,
    *,
    ruleset: Ruleset | None = None,
    as_of: datetime | None = None,
) -> LevelTable:
    """The ratio by main level and main subject, in the order of the programme. Raises as `unit_report`."""
    scope = open_scope(session, identity, unit, period, ruleset=ruleset, as_of=as_of)
    tallies = tallies_by_level_and_subject(session, scope)
    places = {row.code: row.position for row in session.execute(select(Subject.code, Subject.position))}
    ordered = sorted(tallies, key=lambda key: (_place(key[0]), places.get(key[1] or "", len(places)), key[1] or ""))
    by_level: dict[Level | None, Tally] = {}
    by_subject: dict[str | None, Tally] = {}
    for level, subject in ordered:
        by_level[level] = by_level.get(level, EMPTY) + tallies[level, subject]
    for level, subject in sorted(ordered, key=lambda key: (places.get(key[1] or "", len(places)), key[1] or "")):
        by_subject[subject] = by_subject.get(subject, EMPTY) + tallies[level, subject]
    whole = total(tallies.values())
    heard = units_heard_of(session, scope.question, unit.id)
    return LevelTable(
        total=_ratio(scope.question, unit, name_on(unit, scope.question.days.census_on), whole, heard),
        rows=tuple(SubjectRow(level, subject, tallies[level, subject]) for level, subject in ordered),
        by_level=by_level,
        by_subject=by_subject,
    )


def _place(level: Level | None) -> int:
    return list(type(level)).index(level) if level is not None else 99
