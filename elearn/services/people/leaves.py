"""Leave of persons: dated, never two on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.models.people import Leave, LeaveKind, Person
from elearn.services import audit
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.people.persons import hold_person, require_manager
from elearn.services.spans import Span, check_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def leaves_of(session: Session, person: Person) -> Sequence[Leave]:
    """All leave of a person, newest first."""
    rows = select(Leave).where(Leave.person_id == person.id)
    return session.scalars(rows.order_by(Leave.valid_from.desc(), Leave.id)).all()


def get_leave(session: Session, person: Person, leave_id: int) -> Leave:
    """One leave of a person.

    Raises:
        NotFoundError: `leave_not_found`.
    """
    leave = session.scalar(select(Leave).where(Leave.person_id == person.id, Leave.id == leave_id))
    if leave is None:
        raise NotFoundError("leave_not_found")
    return leave


def add_leave(
    session: Session,
    identity: Identity,
    person: Person,
    kind: LeaveKind,
    *,
    valid_from: date,
    valid_to: date | None = None,
) -> Leave:
    """Record that a person is away for a span of days.

    Raises:
        ForbiddenError: the identity does not answer for the person.
        ServiceError: `leave_span` or `day_range`; ConflictError: `leave_overlap`.
    """
    require_manager(session, identity, person)
    hold_person(session, person)
    _check(session, person, Span(valid_from, valid_to))
    leave = Leave(person_id=person.id, kind=kind, valid_from=valid_from, valid_to=valid_to)
    session.add(leave)
    session.flush()
    audit.record(session, identity, "leave.add", person, person=person.code, after=_told(leave))
    return leave


def end_leave(session: Session, identity: Identity, person: Person, leave: Leave, last_day: date | None) -> None:
    """Change the last day of a leave; None: until further notice.

    Raises:
        ServiceError: `leave_span` or `day_range`; ConflictError: `leave_overlap`.
    """
    require_manager(session, identity, person)
    _check(session, person, Span(leave.valid_from, last_day), but=leave)
    before, leave.valid_to = _told(leave), last_day
    session.flush()
    audit.record(session, identity, "leave.end", person, person=person.code, before=before, after=_told(leave))


def remove_leave(session: Session, identity: Identity, person: Person, leave: Leave, reason: str) -> None:
    """Take away a leave that never was, with a reason.

    Raises:
        ServiceError: `correction_reason`.
    """
    require_manager(session, identity, person)
    if not reason.strip():
        raise ServiceError("correction_reason")
    told = {"before": _told(leave), "after": None}
    audit.record(session, identity, "leave.remove", person, note=reason.strip(), person=person.code, **told)
    session.delete(leave)
    session.flush()


def _check(session: Session, person: Person, span: Span, but: Leave | None = None) -> None:
    check_day(span.start, span.end)
    if span.end is not None and span.end < span.start:
        raise ServiceError("leave_span")
    for held in leaves_of(session, person):
        common = Span.of(held).meet(span)
        if held is not but and common is not None:
            raise ConflictError("leave_overlap", person=person.code, day=common.start)


def _told(leave: Leave) -> dict[str, Any]:
    until = leave.valid_to and leave.valid_to.isoformat()
    return {"kind": leave.kind.value, "valid_from": leave.valid_from.isoformat(), "valid_to": until}
