"""Who entered and who left the numerator lately: persons judged with the acts known today and with those known then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.people import Person
from elearn.models.reports import PersonCount
from elearn.services.reports.loading import ask, below, facts_of
from elearn.services.reports.report import open_scope
from elearn.services.reports.rules import judge
from elearn.services.reports.tallies import kept_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity
    from elearn.services.reports.tallies import Scope

MOST_COMPARED = 1000  # persons: twice the work of a report over them


@dataclass(frozen=True, slots=True)
class Movements:
    """Who is in Q now and was not, and the reverse; rows have `uid` and `full_name`, by given name."""

    entered: Sequence[Row]
    left: Sequence[Row]


def movements(session: Session, identity: Identity, unit: Unit, period: Period, *, since: datetime) -> Movements | None:
    """Whose acts made them enter or leave Q since a moment, of the persons who belong to a unit and those below now.

    Both sides are judged by today's register, so a transfer is no movement: the acts and voids known at either time
    make the difference. None where too many were counted anew to be compared on the way (as after a full recount of a
    province), or where nothing is kept yet.

    Raises:
        ForbiddenError: the identity does not inspect the unit; further as `unit_report`.
    """
    scope = open_scope(session, identity, unit, period)
    if not scope.basis.is_kept:
        return None
    anew = select(PersonCount.person_id).where(*kept_in(scope), PersonCount.counted_at > since)
    counted = set(session.scalars(anew.limit(MOST_COMPARED + 1))) | scope.basis.anew
    if len(counted) > MOST_COMPARED:
        return None
    entered, left = _compare(session, scope, since, sorted(counted))
    return Movements(_named(session, entered), _named(session, left))


def _compare(session: Session, scope: Scope, since: datetime, person_ids: Sequence[int]) -> tuple[list[int], list[int]]:
    question = scope.question
    then = ask(question.period, question.ruleset, since)
    here = set(session.scalars(below(scope.unit_id, question)))
    entered, left = [], []
    for today, before in zip(facts_of(session, question, person_ids), facts_of(session, then, person_ids), strict=True):
        result = judge(today, question.audiences, question.days, question.rules)
        was_in = judge(today._replace(acts=before.acts), then.audiences, then.days, then.rules).in_q
        if result.in_q != was_in and result.unit_id in here:
            (entered if result.in_q else left).append(today.person_id)
    return entered, left


def _named(session: Session, person_ids: Iterable[int]) -> Sequence[Row]:
    rows = select(Person.uid, Person.full_name).where(Person.id.in_(list(person_ids)))
    return session.execute(rows.order_by(Person.sort_name, Person.code, Person.id)).all()
