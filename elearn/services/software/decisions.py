"""Decisions about titles: a unit approves, declines or ends one for itself and all below, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.material import Material, Status
from elearn.models.software import Outcome, SoftwareDecision
from elearn.services import audit, review
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.organisation import load_names
from elearn.services.spans import check_day
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity


def decide(
    session: Session,
    identity: Identity,
    title: Material,
    unit: Unit,
    *,
    outcome: Outcome,
    decided_on: date,
    reason: str,
    document: str = "",
) -> SoftwareDecision:
    """Record what a unit decided; an approved title appears in the library of the unit and all below.

    Raises:
        ForbiddenError: the identity does not see the title or does not manage the unit.
        ServiceError: `reason_needed` (all but an approval), `decision_ahead` (a day to come), `day_range`.
        ConflictError: `decision_same` (it says so already), `decision_older` (a newer one is recorded),
            `wrong_status` (the title was withdrawn).
    """
    review.hold(session, title)
    require(identity, Action.SEE_MATERIAL, title)
    require(identity, Action.MANAGE_UNIT, unit)
    made = SoftwareDecision(
        title_id=title.id,
        unit_id=unit.id,
        outcome=outcome,
        decided_on=decided_on,
        reason=several_lines(reason),
        document=one_line(document)[:100],
        account_id=identity.account_id,
    )
    _check(session, title, made)
    session.add(made)
    if outcome is Outcome.APPROVED:
        _publish(session, title, unit)
    session.flush()
    told = {"title": title.title, "unit": unit.code, "outcome": outcome.value, "day": decided_on.isoformat()}
    audit.record(session, identity, "title.decide", title, note=made.reason, **told)
    return made


def _check(session: Session, title: Material, made: SoftwareDecision) -> None:
    check_day(made.decided_on)
    if title.status is Status.WITHDRAWN:
        raise ConflictError("wrong_status", status=title.status.value)
    if made.decided_on > day_of(session):
        raise ServiceError("decision_ahead")
    if made.outcome is not Outcome.APPROVED and not made.reason:
        raise ServiceError("reason_needed")
    last = session.scalar(
        select(SoftwareDecision)
        .where(SoftwareDecision.title_id == title.id, SoftwareDecision.unit_id == made.unit_id)
        .order_by(SoftwareDecision.decided_on.desc(), SoftwareDecision.id.desc())
        .limit(1)
    )
    if last is None:
        return
    if last.outcome is made.outcome:
        raise ConflictError("decision_same")
    if last.decided_on > made.decided_on:
        raise ConflictError("decision_older", day=last.decided_on)


def _publish(session: Session, title: Material, unit: Unit) -> None:
    """The library shows a title where the highest unit that approved it stands, and below."""
    if title.status is not Status.PUBLISHED:
        title.status, title.published_at = Status.PUBLISHED, now()
        title.unit_id = unit.id
    title.changed_at = now()
    mark_changed(session, title)


def decisions_of(session: Session, title: Material) -> list[SoftwareDecision]:
    """All decisions about a title, newest first."""
    made = (
        select(SoftwareDecision)
        .where(SoftwareDecision.title_id == title.id)
        .options(joinedload(SoftwareDecision.account), joinedload(SoftwareDecision.unit))
        .order_by(SoftwareDecision.decided_on.desc(), SoftwareDecision.id.desc())
    )
    rows = list(session.scalars(made))
    load_names(session, (row.unit for row in rows))
    return rows


def approved_titles(session: Session, units: Iterable[int], day: date) -> set[int]:
    """Ids of the titles whose newest decision by one of the units, up to and including a day, approves them.

    One query, whatever the number of titles. A title counts as soon as one of the units has approved it.
    """
    order = (SoftwareDecision.decided_on.desc(), SoftwareDecision.id.desc())
    rank = func.row_number().over(partition_by=(SoftwareDecision.title_id, SoftwareDecision.unit_id), order_by=order)
    ranked = (
        select(SoftwareDecision.title_id, SoftwareDecision.outcome, rank.label("rank"))
        .where(SoftwareDecision.unit_id.in_(tuple(units)), SoftwareDecision.decided_on <= day)
        .subquery()
    )
    held = select(ranked.c.title_id).where(ranked.c.rank == 1, ranked.c.outcome == Outcome.APPROVED)
    return set(session.scalars(held))
