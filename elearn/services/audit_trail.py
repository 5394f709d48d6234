"""Reading the audit log: what people within one's reach did, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from elearn.models.account import Account, AuditEvent, RoleGrant
from elearn.models.course import Course
from elearn.models.material import Material
from elearn.models.organisation import Unit
from elearn.models.people import Person, SchoolClass
from elearn.services.access import Action, may
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import ForbiddenError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

PER_PAGE = 50
# The tables whose rows have a name to show.
NAMED = {
    "account": (Account, lambda row: row.display_name),
    "person": (Person, lambda row: row.full_name),
    "unit": (Unit, lambda row: row.name),
    "school_class": (SchoolClass, lambda row: row.name),
    "material": (Material, lambda row: row.title),
    "course": (Course, lambda row: row.title),
}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is asked for: the beginning of an action, a login, days (both included), one row by its uid."""

    action: str = ""
    login: str = ""
    first: date | None = None
    last: date | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event with the names of who did it and of what it was done to."""

    event: AuditEvent
    actor: str
    subject: str


def trail(
    session: Session, identity: Identity, wanted: AuditFilter, zone: ZoneInfo, *, before: int | None = None
) -> list[AuditLine]:
    """One page of events, older than the event `before`; one more than a page tells that there is another.

    Whoever watches over the whole tree sees everything; others see what was done by accounts with a role in
    their units.

    Raises:
        ForbiddenError: the identity watches over no unit.
    """
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(PER_PAGE + 1)
    query = _filtered(query.where(_within_reach(identity)), wanted, zone)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    return _named(session, session.scalars(query).all())


def _within_reach(identity: Identity) -> ColumnElement[bool]:
    if may(identity, Action.INSPECT):
        return AuditEvent.id > 0
    units = identity.tree.below(identity.units_of(WATCHERS))
    if not units:
        raise ForbiddenError("may_not", action=Action.INSPECT.value)
    return AuditEvent.account_id.in_(select(RoleGrant.account_id).where(RoleGrant.unit_id.in_(sorted(units))))


def _filtered(query: Select[tuple[AuditEvent]], wanted: AuditFilter, zone: ZoneInfo) -> Select[tuple[AuditEvent]]:
    if wanted.action:
        query = query.where(AuditEvent.action.startswith(wanted.action, autoescape=True))
    if wanted.login:
        query = query.where(
            AuditEvent.account_id.in_(select(Account.id).where(Account.login == wanted.login.strip().casefold()))
        )
    if wanted.first is not None:
        query = query.where(AuditEvent.at >= datetime.combine(wanted.first, time(), zone))
    if wanted.last is not None:
        query = query.where(AuditEvent.at < datetime.combine(wanted.last + timedelta(days=1), time(), zone))
    if wanted.subject:
        query = query.where(AuditEvent.subject_uid == wanted.subject)
    return query


def _named(session: Session, events: Sequence[AuditEvent]) -> list[AuditLine]:
    actors = dict(
        session.execute(
            select(Account.id, Account.display_name).where(Account.id.in_({event.account_id for event in events}))
        ).all()
    )
    names: dict[tuple[str, str], str] = {}
    for kind, (model, name_of) in NAMED.items():
        uids = {event.subject_uid for event in events if event.subject_kind == kind}
        query = select(model).where(model.uid.in_(uids))
        if model is Unit:
            query = query.options(selectinload(Unit.names))
        names |= {(kind, row.uid): name_of(row) for row in session.scalars(query)} if uids else {}
    return [
        AuditLine(
            event,
            actors.get(event.account_id, "") if event.account_id else "",
            names.get((event.subject_kind, event.subject_uid), ""),
        )
        for event in events
    ]
