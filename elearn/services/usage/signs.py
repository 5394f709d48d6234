"""Which acts are countersigned: of the rows about an act that were known by a moment, the newest decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from elearn.models.usage import SignStep, UsageAct, UsageSign

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


def newest_signs(as_of: datetime | None = None) -> Select[tuple[int, Any, date]]:
    """Id of an act, step and day of the newest row about it, of those known by a moment."""
    newest = select(UsageSign.act_id, UsageSign.step, UsageSign.signed_on).where(_is_newest(as_of))
    return newest if as_of is None else newest.where(UsageSign.recorded_at <= as_of)


def _is_newest(as_of: datetime | None = None) -> ColumnElement[bool]:
    later = aliased(UsageSign)
    newer = [later.act_id == UsageSign.act_id, later.id > UsageSign.id]
    if as_of is not None:
        newer.append(later.recorded_at <= as_of)
    return ~exists().where(*newer)


def signed_acts() -> Select[tuple[int]]:
    """The acts that are countersigned now."""
    return select(UsageSign.act_id).where(_is_newest(), UsageSign.step == SignStep.SIGNED)


def signed_days(first: date, last: date) -> Select[tuple[int, date]]:
    """Id and day of the countersignature of the acts between two days that are countersigned now."""
    signed = select(UsageSign.act_id, UsageSign.signed_on).join(UsageAct, UsageAct.id == UsageSign.act_id)
    return signed.where(_is_newest(), UsageSign.step == SignStep.SIGNED, UsageAct.act_date.between(first, last))


def signs_of(session: Session, act_ids: Collection[int]) -> dict[int, UsageSign]:
    """Id of an act -> the newest row about it; of one that waits there is none."""
    if not act_ids:
        return {}
    newest = select(UsageSign).where(UsageSign.act_id.in_(act_ids), _is_newest())
    return {row.act_id: row for row in session.scalars(newest)}
