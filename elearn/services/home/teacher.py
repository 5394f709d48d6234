"""A teacher's desk: own materials and their use, what came back, classes, courses, lessons under way, the own count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.material import Material, ReviewEvent, ReviewStep, Status
from elearn.models.usage import ActKind, UsageAct
from elearn.services import courses, library, reports
from elearn.services.errors import ServiceError
from elearn.services.teach import classes, listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.models.people import SchoolClass
    from elearn.models.teach import TeachSession
    from elearn.services.access import Identity
    from elearn.services.courses.finding import CourseCard
    from elearn.services.reports import OwnResult

SHOWN = 5
USES = (ActKind.VIEW, ActKind.LAUNCH, ActKind.DOWNLOAD, ActKind.TAUGHT)


@dataclass(frozen=True, slots=True)
class UsedMaterial:
    """A material and how often it was looked at, opened, downloaded and taught with."""

    material: Material
    views: int
    launches: int
    downloads: int
    taught: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything of a teacher's section; `counted` is None where the register knows no such person or no rules hold.

    `states` has the number of own materials by status, `returned` drafts that came back with the reviewer's words,
    `classes` those of the register's assignments, `running` lessons in teach mode that have not ended,
    `behind` how many items of a course (by its id) keep to an older version than is offered.
    """

    states: Mapping[Status, int]
    materials: Sequence[UsedMaterial]
    returned: Sequence[tuple[Material, str]]
    classes: Sequence[SchoolClass]
    courses: Sequence[CourseCard]
    running: Sequence[TeachSession]
    counted: OwnResult | None
    behind: Mapping[int, int]


def desk_of(session: Session, identity: Identity, period: Period) -> Desk:
    """What the teacher who asks finds on the start page; the count is that of a period."""
    choices = classes.classes_of(session, identity, day_of(session))
    _, taught = listing.own_sessions(session, identity, limit=SHOWN)
    return Desk(
        states=_states(session, identity),
        materials=_used(session, identity),
        returned=_returned(session, identity),
        classes=[choice.school_class for choice in choices if choice.is_assigned],
        courses=courses.courses_taught(session, identity)[:SHOWN],
        running=[row for row in taught if row.ended_at is None],
        counted=_counted(session, identity, period),
        behind=courses.courses_behind(session, identity),
    )


def _states(session: Session, identity: Identity) -> dict[Status, int]:
    mine = select(Material.status, func.count()).where(Material.owner_id == identity.account_id)
    return dict(session.execute(mine.group_by(Material.status)).all())


def _used(session: Session, identity: Identity) -> list[UsedMaterial]:
    _, materials = library.own(session, identity, limit=SHOWN)
    ids = [material.id for material in materials]
    acts = select(UsageAct.material_id, UsageAct.kind, func.count())
    acts = acts.where(UsageAct.material_id.in_(ids), UsageAct.kind.in_(USES))
    counts: dict[int, dict[ActKind, int]] = defaultdict(dict)
    for material_id, kind, number in session.execute(acts.group_by(UsageAct.material_id, UsageAct.kind)):
        counts[material_id][kind] = number
    return [UsedMaterial(row, *(counts[row.id].get(kind, 0) for kind in USES)) for row in materials]


def _returned(session: Session, identity: Identity) -> list[tuple[Material, str]]:
    """Own drafts whose last step was a return, longest waiting first."""
    last = select(func.max(ReviewEvent.id)).where(ReviewEvent.material_id == Material.id).correlate(Material)
    query = (
        select(Material, ReviewEvent.note)
        .join(ReviewEvent, ReviewEvent.id == last.scalar_subquery())
        .where(Material.owner_id == identity.account_id, Material.status == Status.DRAFT)
        .where(ReviewEvent.step == ReviewStep.RETURNED)
        .order_by(ReviewEvent.id)
        .limit(SHOWN)
    )
    return [(material, note) for material, note in session.execute(query)]


def _counted(session: Session, identity: Identity, period: Period) -> OwnResult | None:
    if identity.person_id is None:
        return None
    try:
        return reports.own_result(session, identity, period)
    except ServiceError:  # no census date or no rules: the page of the count says so in full
        return None
