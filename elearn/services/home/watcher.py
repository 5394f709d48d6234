"""What a head, an officer or an inspector looks at first: the ratio of their unit, what changed, and who to help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import selectinload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.material import Material, Status
from elearn.models.organisation import Unit
from elearn.models.people import Person, SchoolClass
from elearn.models.usage import ActKind, UsageAct
from elearn.services import reports
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import ServiceError
from elearn.services.reports.persons import NO_ACT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.services.access import Identity
    from elearn.services.reports import IctRatio, Movements, PersonPage

SHOWN = 5
POINTS = 5  # periods in the small chart
LATELY = timedelta(days=14)
HUNDRED = Decimal(100)
SHOWN_ACTS = (ActKind.AUTHORED, ActKind.TAUGHT, ActKind.TAUGHT_WITH)


@dataclass(frozen=True, slots=True)
class Recent:
    """What happened in a unit and below within `days`: materials published and waiting now, and the newest acts.

    `acts` are rows with `uid`, `kind`, `act_date`, `person`, `material` and `class_name`.
    """

    days: int
    published: int
    submitted: int
    acts: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Lookout:
    """A unit in a period: the ratio over time (oldest first, this period last), what changed, who to help.

    `change` is in percentage points against the period before. Of a unit with units below it `weakest` names those
    with nothing recorded, then the lowest; of any other `to_help` names persons in N without a qualifying act.
    `moved` says who entered or left Q within `recent.days`, None where too much changed to be told on the way.
    `ratio` is None where nobody can be counted, such as before the census date is set.
    """

    unit: Unit
    ratio: IctRatio | None
    points: Sequence[IctRatio]
    change: Decimal | None
    weakest: Sequence[IctRatio]
    to_help: PersonPage | None
    recent: Recent
    moved: Movements | None = None

    @property
    def lacking(self) -> int:
        """How many count and have no qualifying act yet."""
        return self.ratio.n - self.ratio.q if self.ratio else 0


def units_watched(session: Session, identity: Identity) -> list[Unit]:
    """The units that the identity answers for or inspects, in the order in which it got them."""
    query = select(Unit).where(Unit.id.in_(identity.units_of(WATCHERS))).options(selectinload(Unit.names))
    return list(session.scalars(query.order_by(Unit.id)))


def lookout_of(session: Session, identity: Identity, unit: Unit, period: Period) -> Lookout:
    """What whoever watches over a unit finds on the start page.

    Raises:
        ForbiddenError: the identity does not inspect the unit.
    """
    recent = _recent(session, identity, unit)
    try:
        report = reports.unit_report(session, identity, unit, period)
    except ServiceError as refused:
        if refused.code == "may_not":
            raise
        return Lookout(unit, None, (), None, (), None, recent)
    points = reports.trend(session, identity, unit, period, most=POINTS, at_once=True)
    to_help = None
    if not report.children:
        to_help = reports.persons_of(session, identity, unit, period, reasons=[NO_ACT], limit=SHOWN)
    moved = reports.movements(session, identity, unit, period, since=now() - LATELY)
    return Lookout(unit, report.total, points, _change(points), _weakest(report.children), to_help, recent, moved)


def _change(points: Sequence[IctRatio]) -> Decimal | None:
    if len(points) < 2 or points[-1].percent is None or points[-2].percent is None:  # noqa: PLR2004 - this and the one before
        return None
    return points[-1].percent - points[-2].percent


def _weakest(rows: Sequence[IctRatio]) -> list[IctRatio]:
    """Units in which somebody counts and not everybody qualifies: silent ones first, then by ratio."""
    open_rows = [row for row in rows if row.n and row.percent != HUNDRED]
    return sorted(open_rows, key=lambda row: (row.percent is not None, row.percent or 0))[:SHOWN]


def _recent(session: Session, identity: Identity, unit: Unit) -> Recent:
    units = sorted(identity.tree.below([unit.id]))
    # Written into the statement: a province has more units than a database takes parameters.
    held = bindparam(None, units, expanding=True, literal_execute=True)
    materials = select(Material.status, func.count()).where(Material.unit_id.in_(held))
    fresh = (Material.status == Status.SUBMITTED) | (
        (Material.status == Status.PUBLISHED) & (Material.published_at >= now() - LATELY)
    )
    states = dict(session.execute(materials.where(fresh).group_by(Material.status)).all())
    return Recent(
        days=LATELY.days,
        published=states.get(Status.PUBLISHED, 0),
        submitted=states.get(Status.SUBMITTED, 0),
        acts=_newest_acts(session, UsageAct.unit_id.in_(held), day_of(session) - LATELY),
    )


def _newest_acts(session: Session, within: ColumnElement[bool], first: date) -> Sequence[Row]:
    query = (
        select(
            UsageAct.uid,
            UsageAct.kind,
            UsageAct.act_date,
            Person.full_name.label("person"),
            Material.title.label("material"),
            SchoolClass.name.label("class_name"),
        )
        .join(Person, Person.id == UsageAct.person_id)
        .outerjoin(Material, Material.id == UsageAct.material_id)
        .outerjoin(SchoolClass, SchoolClass.id == UsageAct.class_id)
        .where(within, UsageAct.act_date >= first, UsageAct.kind.in_(SHOWN_ACTS))
    )
    return session.execute(query.order_by(UsageAct.act_date.desc(), UsageAct.id.desc()).limit(SHOWN)).all()
