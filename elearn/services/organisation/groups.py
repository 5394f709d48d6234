"""Named lists of units beside the tree, such as the difficult districts of H388, with dated members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.organisation import Unit, UnitGroup, UnitGroupMember
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.organisation.changes import tidy_name
from elearn.services.spans import Span, check_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def list_groups(session: Session, day: date) -> Sequence[tuple[UnitGroup, int]]:
    """All groups by name, each with the number of its members on a day."""
    counted = func.count(UnitGroupMember.id)
    rows = select(UnitGroup, counted).outerjoin(
        UnitGroupMember, (UnitGroupMember.group_id == UnitGroup.id) & UnitGroupMember.valid_on(day)
    )
    return [(group, count) for group, count in session.execute(rows.group_by(UnitGroup).order_by(UnitGroup.name))]


def get_group(session: Session, code: str) -> UnitGroup:
    """The group with a code.

    Raises:
        NotFoundError: `group_not_found`.
    """
    group = session.scalar(select(UnitGroup).where(UnitGroup.code == code))
    if group is None:
        raise NotFoundError("group_not_found")
    return group


def create_group(session: Session, identity: Identity, *, code: str, name: str) -> UnitGroup:
    """Begin a list of units; it stands beside the tree, so only managers of the whole house may.

    Raises:
        ConflictError: `group_code_taken`; ServiceError: `unit_nameless` or `unit_name_long`.
    """
    require(identity, Action.MANAGE_UNIT)
    if session.scalar(select(UnitGroup.id).where(UnitGroup.code == code)) is not None:
        raise ConflictError("group_code_taken", group=code)
    group = UnitGroup(code=code, name=tidy_name(name))
    session.add(group)
    session.flush()
    audit.record(session, identity, "group.create", group, code=code, after=group.name)
    return group


def rename_group(session: Session, identity: Identity, group: UnitGroup, name: str) -> None:
    """Give a group another name."""
    require(identity, Action.MANAGE_UNIT)
    before, group.name = group.name, tidy_name(name)
    session.flush()
    audit.record(session, identity, "group.rename", group, code=group.code, before=before, after=group.name)


def members_of(session: Session, group: UnitGroup) -> Sequence[tuple[UnitGroupMember, Unit]]:
    """All members ever, those of today first, by the code of the unit."""
    rows = select(UnitGroupMember, Unit).join(Unit, Unit.id == UnitGroupMember.unit_id)
    found = session.execute(rows.where(UnitGroupMember.group_id == group.id).order_by(Unit.code)).all()
    today = day_of(session)
    return sorted(((row, unit) for row, unit in found), key=lambda pair: not pair[0].holds_on(today))


def groups_of(session: Session, unit: Unit, day: date) -> Sequence[UnitGroup]:
    """The groups a unit belongs to on a day."""
    rows = select(UnitGroup).join(UnitGroupMember, UnitGroupMember.group_id == UnitGroup.id)
    rows = rows.where(UnitGroupMember.unit_id == unit.id, UnitGroupMember.valid_on(day))
    return session.scalars(rows.order_by(UnitGroup.name)).all()


def add_member(
    session: Session,
    identity: Identity,
    group: UnitGroup,
    unit: Unit,
    *,
    valid_from: date,
    valid_to: date | None = None,
) -> UnitGroupMember:
    """Put a unit into a group for a span of days.

    Raises:
        ServiceError: `group_span` or `day_range`.
        ConflictError: `unit_absent` on some of the days, or `group_member_twice`.
    """
    require(identity, Action.MANAGE_UNIT)
    check_day(valid_from, valid_to)
    if valid_to is not None and valid_to < valid_from:
        raise ServiceError("group_span")
    span = Span(valid_from, valid_to)
    if not Span.of(unit).covers(Span(valid_from, valid_to or unit.valid_to)):
        raise ConflictError("unit_absent", unit=unit.code, day=valid_from)
    held = select(UnitGroupMember).where(UnitGroupMember.group_id == group.id, UnitGroupMember.unit_id == unit.id)
    if any(Span.of(row).meet(span) for row in session.scalars(held)):
        raise ConflictError("group_member_twice", unit=unit.code)
    member = UnitGroupMember(group_id=group.id, unit_id=unit.id, valid_from=valid_from, valid_to=valid_to)
    session.add(member)
    session.flush()
    audit.record(session, identity, "group.add", unit, group=group.code, **_days(member))
    return member


def end_member(session: Session, identity: Identity, member: UnitGroupMember, unit: Unit, last_day: date) -> None:
    """Let a unit leave a group after a last day.

    Raises:
        ServiceError: `group_span`; it was not in the group that day.
    """
    require(identity, Action.MANAGE_UNIT)
    check_day(last_day)
    if not member.holds_on(last_day):
        raise ServiceError("group_span")
    before, member.valid_to = member.valid_to, last_day
    session.flush()
    changed = {"before": before and before.isoformat(), "after": last_day.isoformat()}
    audit.record(session, identity, "group.leave", unit, **changed)


def _days(row: UnitGroupMember) -> dict[str, str | None]:
    return {"valid_from": row.valid_from.isoformat(), "valid_to": row.valid_to and row.valid_to.isoformat()}
