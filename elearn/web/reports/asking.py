"""What a page of the ratio is asked about: unit, period and state of knowledge, read from its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from flask import g, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.curriculum import Period, PeriodKind
from elearn.models.organisation import Unit
from elearn.services.access import Action, may
from elearn.services.access.permissions import WATCHERS
from elearn.services.curriculum import period_by_code, periods_on
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.organisation import unit_by_code
from elearn.services.people.pasting import CellError, read_day
from elearn.web.people import current_identity
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit in a period, as known at a moment (None: now)."""

    unit: Unit
    period: Period
    as_of: datetime | None = None

    def address(self, endpoint: str, **values: Any) -> str:
        """The address of another page about the same, or about what `values` change."""
        asked = {"unit": self.unit.code, "period": self.period.code}
        if self.as_of is not None:
            asked["as_of"] = self.as_of.astimezone(house().settings.timezone).date().isoformat()
        return url_for(endpoint, **(asked | values))


def read_question() -> Asked:
    """What the address of this page asks; what it leaves out is the person's own unit and the present period.

    Raises:
        NotFoundError: `unit_not_found` (or out of reach), `period_unknown`.
    """
    return Asked(read_unit(), read_period(), read_moment())


def read_unit() -> Unit:
    """The unit asked for, else the first one that the person watches over.

    Raises:
        NotFoundError: `unit_not_found`.
    """
    identity, code = current_identity(), request.args.get("unit", "")
    if code:
        unit = unit_by_code(g.db, code)
        if unit is None or not may(identity, Action.INSPECT, unit):
            raise NotFoundError("unit_not_found")
        return unit
    own = select(Unit).where(Unit.id.in_(identity.units_of(WATCHERS))).order_by(Unit.id).limit(1)
    unit = g.db.scalar(own.options(selectinload(Unit.names)))
    if unit is None:
        raise NotFoundError("unit_not_found")
    return unit


def read_period() -> Period:
    """The period asked for, else the present semester, else the one that ended last.

    Raises:
        NotFoundError: `period_unknown`.
    """
    code = request.args.get("period", "")
    if code:
        period = period_by_code(g.db, code)
        if period is None:
            raise NotFoundError("period_unknown", period=code[:40])
        return period
    return present_period()


def present_period() -> Period:
    """The semester of today; in the summer the one that has just ended."""
    day = day_of(g.db)
    present = next(iter(periods_on(g.db, day, PeriodKind.SEMESTER)), None)
    if present is not None:
        return present
    semesters = select(Period).where(Period.kind == PeriodKind.SEMESTER)
    ended = g.db.scalar(semesters.where(Period.ends_on < day).order_by(Period.ends_on.desc()).limit(1))
    if ended is None:
        ended = g.db.scalars(semesters.order_by(Period.starts_on).limit(1)).one()
    return ended


def periods_to_choose() -> Sequence[Period]:
    """The periods that have begun, newest first, and those of one kind together."""
    begun = select(Period).where(Period.starts_on <= day_of(g.db))
    return g.db.scalars(begun.order_by(Period.kind, Period.starts_on.desc())).all()


def read_moment() -> datetime | None:
    """The end of the day whose knowledge is asked for; None for now and for today.

    Raises:
        ServiceError: `day_form`, or `as_of_future`.
    """
    text = request.args.get("as_of", "").strip()
    if not text:
        return None
    try:
        day = read_day(text)
    except CellError as error:
        raise ServiceError("day_form", value=text[:40]) from error
    if day > day_of(g.db):
        raise ServiceError("as_of_future")
    moment = datetime.combine(day, time.max, house().settings.timezone)
    return moment if moment < now() else None
