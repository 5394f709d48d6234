"""The plan's targets for teaching software, and how far a unit is on a day (H314-316, H408, H468; indicator I6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.curriculum import Level
from elearn.models.material import MaterialLevel
from elearn.models.organisation import Unit, UnitLevel
from elearn.models.software import QuotaKind, SoftwareQuota
from elearn.services import audit
from elearn.services.access import Action, load_tree, may, require
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.software.decisions import approved_titles
from elearn.services.spans import check_day
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_TITLES = 10_000


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan asks for: so many titles for some levels, between two days."""

    levels: frozenset[Level]
    kind: QuotaKind
    target: int
    starts_on: date
    due_on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """A target on a day: `titles` are the ids of the materials that count for it."""

    quota: SoftwareQuota
    titles: frozenset[int]

    @property
    def actual(self) -> int:
        """How many titles there are."""
        return len(self.titles)

    @property
    def missing(self) -> int:
        """How many are still to come; never negative."""
        return max(self.quota.target - self.actual, 0)

    @property
    def part(self) -> float:
        """The part of the target that is reached, 0 to 1."""
        return min(self.actual / self.quota.target, 1.0)


def add_quota(session: Session, identity: Identity, unit: Unit, target: Target) -> SoftwareQuota:
    """Enter a target of a unit's plan.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `quota_target`, `quota_span`, `quota_levels`, `quota_level_absent` (no school of the unit has
            this level on any of the days), `day_range`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    check_day(target.starts_on, target.due_on)
    if not 0 < target.target <= MOST_TITLES:
        raise ServiceError("quota_target", most=MOST_TITLES)
    if target.due_on < target.starts_on:
        raise ServiceError("quota_span")
    if not target.levels:
        raise ServiceError("quota_levels")
    absent = target.levels - _levels_taught(session, unit, target)
    if absent:
        raise ServiceError("quota_level_absent", level=min(absent).value)
    quota = SoftwareQuota(
        unit_id=unit.id,
        levels=[level.value for level in Level if level in target.levels],
        kind=target.kind,
        target=target.target,
        starts_on=target.starts_on,
        due_on=target.due_on,
        source=one_line(target.source)[:300],
    )
    session.add(quota)
    session.flush()
    told = {"unit": unit.code, "levels": quota.levels, "target": quota.target, "due_on": quota.due_on.isoformat()}
    audit.record(session, identity, "quota.add", quota, **told)
    return quota


def _levels_taught(session: Session, unit: Unit, target: Target) -> set[Level]:
    below = load_tree(session).below([unit.id])
    taught = select(UnitLevel.level).where(
        UnitLevel.unit_id.in_(below),
        UnitLevel.valid_from <= target.due_on,
        (UnitLevel.valid_to.is_(None)) | (UnitLevel.valid_to >= target.starts_on),
    )
    return set(session.scalars(taught.distinct()))


def get_quota(session: Session, identity: Identity, uid: str) -> SoftwareQuota:
    """A target by its uid, for whoever manages its unit.

    Raises:
        NotFoundError: `quota_not_found`.
    """
    quota = session.scalar(select(SoftwareQuota).where(SoftwareQuota.uid == uid))
    if quota is None or quota.removed_at is not None:
        raise NotFoundError("quota_not_found")
    if not may(identity, Action.MANAGE_UNIT, session.get_one(Unit, quota.unit_id)):
        raise NotFoundError("quota_not_found")
    return quota


def remove_quota(session: Session, identity: Identity, quota: SoftwareQuota) -> None:
    """Take a target out of the plan; the row stays as evidence."""
    quota.removed_at = now()
    audit.record(session, identity, "quota.remove", quota, levels=quota.levels, target=quota.target)


def progress(session: Session, unit: Unit, day: date) -> Sequence[Progress]:
    """How far each target of a unit is on a day, in the order of levels; no query for each title."""
    quotas = session.scalars(
        select(SoftwareQuota).where(SoftwareQuota.unit_id == unit.id, SoftwareQuota.removed_at.is_(None))
    ).all()
    if not quotas:
        return []
    units = load_tree(session).ancestors(unit.id)  # what a unit above approves is approved here
    approved = {day: approved_titles(session, units, day)}
    for quota in quotas:
        eve = quota.starts_on - timedelta(days=1)
        if quota.kind is QuotaKind.INCREMENT and eve not in approved:
            approved[eve] = approved_titles(session, units, eve)
    levels = _levels_of(session, set().union(*approved.values()))
    order = {level.value: number for number, level in enumerate(Level)}
    counted = []
    for quota in sorted(quotas, key=lambda row: (min(order[code] for code in row.levels), row.due_on, row.id)):
        titles = set(approved[day])
        if quota.kind is QuotaKind.INCREMENT:
            titles -= approved[quota.starts_on - timedelta(days=1)]
        wanted = set(quota.levels)
        counted.append(Progress(quota, frozenset(title for title in titles if levels.get(title, set()) & wanted)))
    return counted


def _levels_of(session: Session, titles: set[int]) -> dict[int, set[str]]:
    levels: dict[int, set[str]] = {}
    rows = select(MaterialLevel.material_id, MaterialLevel.level).where(MaterialLevel.material_id.in_(titles))
    for title, level in session.execute(rows):
        levels.setdefault(title, set()).add(level.value)
    return levels
