"""What of requests and trials waits for somebody, and what became of their own requests; for the start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.software_request import RequestState, RequestVoice, SoftwareRequest, TrialSchool
from elearn.services.access import MANAGERS
from elearn.services.people.subject_groups import groups_led
from elearn.services.software.wishes.supporting import said_by, speaks_for
from elearn.services.software.wishes.trials import trials_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

SHOWN = 5
LOOKED_AT = 100
LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Notices:
    """Requests to support or decide about, trials to report on, and own requests that moved on lately."""

    to_support: Sequence[SoftwareRequest]
    to_decide: Sequence[SoftwareRequest]
    to_report: Sequence[TrialSchool]
    own: Sequence[SoftwareRequest]

    def __bool__(self) -> bool:
        return bool(self.to_support or self.to_decide or self.to_report or self.own)


def notices(session: Session, identity: Identity) -> Notices:
    """What waits for somebody, in a fixed number of statements; the longest waiting first."""
    managed = sorted(identity.units_of(MANAGERS))
    led = {group.unit_id for group in groups_led(session, identity.person_id, day_of(session))}
    return Notices(
        to_support=_to_support(session, identity, sorted({*managed, *led})),
        to_decide=_to_decide(session, managed),
        to_report=trials_due(session, identity)[:SHOWN],
        own=_own(session, identity),
    )


def _to_support(session: Session, identity: Identity, units: Sequence[int]) -> list[SoftwareRequest]:
    """Those of one's teachers about which the school, or one's group there, has not said anything."""
    if not units:
        return []
    raised = select(RequestVoice.request_id).where(RequestVoice.unit_id.in_(units), RequestVoice.withdrawn_at.is_(None))
    held = (
        select(SoftwareRequest)
        .where(SoftwareRequest.id.in_(raised), SoftwareRequest.state.in_([RequestState.ASKED, RequestState.GROUP]))
        .options(selectinload(SoftwareRequest.steps))
        .order_by(SoftwareRequest.id)
        .limit(LOOKED_AT)
    )
    rows = session.scalars(held).all()
    speaks = speaks_for(session, identity, rows)
    return [
        row
        for row in rows
        if any(said_by(row, unit, for_school=whole) is None for unit, whole in speaks[row.id].items())
    ][:SHOWN]


def _to_decide(session: Session, units: Sequence[int]) -> Sequence[SoftwareRequest]:
    if not units:
        return []
    held = select(SoftwareRequest).where(SoftwareRequest.decider_id.in_(units))
    held = held.where(SoftwareRequest.state == RequestState.SCHOOL)
    return session.scalars(held.order_by(SoftwareRequest.changed_at).limit(SHOWN)).all()


def _own(session: Session, identity: Identity) -> Sequence[SoftwareRequest]:
    mine = select(RequestVoice.request_id).where(
        RequestVoice.account_id == identity.account_id, RequestVoice.withdrawn_at.is_(None)
    )
    held = select(SoftwareRequest).where(SoftwareRequest.id.in_(mine), SoftwareRequest.changed_at >= now() - LATELY)
    held = held.options(joinedload(SoftwareRequest.title))
    return session.scalars(held.order_by(SoftwareRequest.changed_at.desc()).limit(SHOWN)).all()
