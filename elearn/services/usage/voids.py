"""Voiding acts and restoring them: a person decides, with a reason, in rows that are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from elearn.models.usage import UsageAct, UsageVoid
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.access.reach import owns
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

LONGEST_REASON = 2000


def void(session: Session, identity: Identity, act: UsageAct, reason: str) -> UsageVoid:
    """Declare an act void: it stays in the ledger and counts no more (INDICATORS, anti-gaming 4).

    That the person must be counted anew is noted by `elearn.models.history`, which sees the row.

    Raises:
        ForbiddenError: `may_not` outside the own scope, `own_act`, `person_needed` for the operator of the machine.
        ServiceError: `void_reason_needed`.
        ConflictError: `act_void_already`.
    """
    return _decide(session, identity, act, reason, restores=False)


def restore(session: Session, identity: Identity, act: UsageAct, reason: str) -> UsageVoid:
    """Take a void back.

    Raises:
        ForbiddenError: as `void`.
        ServiceError: `void_reason_needed`.
        ConflictError: `act_not_void`.
    """
    return _decide(session, identity, act, reason, restores=True)


def is_void(session: Session, act: UsageAct) -> bool:
    """Whether the newest decision about an act voids it."""
    newest = select(UsageVoid.restores).where(UsageVoid.act_id == act.id).order_by(UsageVoid.id.desc()).limit(1)
    return session.scalar(newest) is False


def void_acts(as_of: datetime | None = None) -> Select[tuple[int]]:
    """The acts about which the newest decision, of those known by a moment, is a void."""
    later = aliased(UsageVoid)
    newer = [later.act_id == UsageVoid.act_id, later.id > UsageVoid.id]
    void = select(UsageVoid.act_id).where(~UsageVoid.restores)
    if as_of is not None:
        newer.append(later.recorded_at <= as_of)
        void = void.where(UsageVoid.recorded_at <= as_of)
    return void.where(~exists().where(*newer))


def _decide(session: Session, identity: Identity, act: UsageAct, reason: str, *, restores: bool) -> UsageVoid:
    if identity.account_id is None:
        raise ForbiddenError("person_needed")
    if owns(identity, act):
        raise ForbiddenError("own_act")
    require(identity, Action.JUDGE_ACT, act)
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ServiceError("void_reason_needed")
    # Two people decide one after the other, so that the second one sees what the first one did.
    session.execute(select(UsageAct.id).where(UsageAct.id == act.id).with_for_update())
    if is_void(session, act) is not restores:
        raise ConflictError("act_not_void" if restores else "act_void_already")
    row = UsageVoid(act_id=act.id, restores=restores, reason=reason, account_id=identity.account_id)
    session.add(row)
    session.flush()
    audit.record(session, identity, "act.restore" if restores else "act.void", act, note=reason, kind=act.kind.value)
    return row
