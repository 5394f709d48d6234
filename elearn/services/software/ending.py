"""The licences of a unit and all below that end soon, and what depends on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from elearn.database import day_of
from elearn.models.organisation import Unit, UnitKind
from elearn.models.software import SoftwareGuide, SoftwareLicence
from elearn.models.software_life import SoftwareRenewal
from elearn.services.access import Action, load_tree, require
from elearn.services.software.licences import FOR_ALL_BELOW, WITHOUT_COST
from elearn.services.software.renewals import is_renewed
from elearn.services.software.taught_or_installed import lessons_by_unit, machines_now, within, written

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.software import LicenceKind
    from elearn.services.access import Identity, Tree
    from elearn.services.software.spending import Paid

WITHIN = (30, 90, 365)  # days ahead that can be asked for
MOST = 500
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class End:
    """A licence that ends: the days that are left (less than 0: over), what follows it, and what depends on it.

    `schools` lose it, of the whole tree below where it reaches down; `lessons` were taught with the title there in the
    last 365 days, on `machines` it is installed there now; `others` are further licences that reach all of them still
    on the day after.
    """

    licence: SoftwareLicence
    days: int
    renewal: SoftwareLicence | None
    schools: int
    lessons: int
    machines: int
    guides: int
    others: int


def ending_licences(session: Session, identity: Identity, unit: Unit, days: int, *, over: bool = False) -> list[End]:
    """The licences that end within so many days, the soonest first; `over`: that ended so many days ago or less.

    Of those that are over only the ones that nothing follows. At most `MOST`, in a fixed number of queries.

    Raises:
        ForbiddenError: the identity does not see what software of the unit costs.
    """
    require(identity, Action.SEE_SPENDING, unit)
    today, tree = day_of(session), load_tree(session)
    span = (today - timedelta(days=days), today - timedelta(days=1)) if over else (today, today + timedelta(days=days))
    query = select(SoftwareLicence).where(
        SoftwareLicence.unit_id.in_(written(tree.below([unit.id]))),
        SoftwareLicence.removed_at.is_(None),
        SoftwareLicence.expires_on.between(*span),
    )
    if over:
        query = query.where(~is_renewed())
    query = query.options(joinedload(SoftwareLicence.title), joinedload(SoftwareLicence.unit).selectinload(Unit.names))
    rows = session.scalars(query.order_by(SoftwareLicence.expires_on, SoftwareLicence.id).limit(MOST)).unique().all()
    return _told(session, rows, tree, today)


def _told(session: Session, rows: Sequence[SoftwareLicence], tree: Tree, today: date) -> list[End]:
    titles = {row.title_id for row in rows}
    renewals, guides = _renewals(session, rows), _guides(session, titles)
    lessons = lessons_by_unit(session, titles, today - _YEAR, today)
    machines = machines_now(session, titles)
    schools = set(session.scalars(select(Unit.id).where(Unit.kind == UnitKind.SCHOOL, Unit.valid_on(today))))
    held = _held(session, titles)
    ends = []
    for row in rows:
        reach = reach_of(row, tree)
        ends.append(
            End(
                licence=row,
                days=(row.expires_on - today).days if row.expires_on else 0,
                renewal=renewals.get(row.id),
                schools=len(schools & reach),
                lessons=within(lessons.get(row.title_id), reach),
                machines=within(machines.get(row.title_id), reach),
                guides=guides.get(row.title_id, 0),
                others=sum(_covers(other, row, tree) for other in held.get(row.title_id, ())),
            )
        )
    return ends


def reach_of(licence: SoftwareLicence | Paid, tree: Tree) -> frozenset[int]:
    """The units that work under a licence: its own, and all below where it is meant for them."""
    return tree.below([licence.unit_id]) if reaches_down(licence.kind) else frozenset({licence.unit_id})


def reaches_down(kind: LicenceKind) -> bool:
    """Whether licences of a kind are meant for all below the unit that holds them, too."""
    return kind in FOR_ALL_BELOW or kind in WITHOUT_COST


def _covers(other: SoftwareLicence, ending: SoftwareLicence, tree: Tree) -> bool:
    """Whether another licence holds on the day after for every unit that the ending one reaches."""
    if other.id == ending.id or ending.expires_on is None:
        return False
    after = ending.expires_on + timedelta(days=1)
    holds = other.starts_on <= after and (other.expires_on is None or other.expires_on >= after)
    same = other.unit_id == ending.unit_id and (other.kind in FOR_ALL_BELOW or ending.kind not in FOR_ALL_BELOW)
    above = other.kind in FOR_ALL_BELOW and other.unit_id in tree.ancestors(ending.unit_id)
    return holds and (same or above or other.kind in WITHOUT_COST)


def _renewals(session: Session, rows: Sequence[SoftwareLicence]) -> dict[int, SoftwareLicence]:
    later = aliased(SoftwareLicence)
    query = select(SoftwareRenewal.former_id, later).join(later, later.id == SoftwareRenewal.licence_id)
    query = query.where(SoftwareRenewal.former_id.in_([row.id for row in rows]), later.removed_at.is_(None))
    return dict(session.execute(query).all())


def _guides(session: Session, titles: Collection[int]) -> dict[int, int]:
    query = select(SoftwareGuide.title_id, func.count()).where(SoftwareGuide.title_id.in_(titles))
    return dict(session.execute(query.group_by(SoftwareGuide.title_id)).all())


def _held(session: Session, titles: Collection[int]) -> dict[int, list[SoftwareLicence]]:
    query = select(SoftwareLicence).where(SoftwareLicence.title_id.in_(titles), SoftwareLicence.removed_at.is_(None))
    held: dict[int, list[SoftwareLicence]] = {}
    for row in session.scalars(query):
        held.setdefault(row.title_id, []).append(row)
    return held
