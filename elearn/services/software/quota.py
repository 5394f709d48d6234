"""The plan's targets for teaching software, and how far a unit is on a day (H314-316, H408, H468; indicator I6)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import String, select, type_coerce

from elearn.clock import now
from elearn.models.curriculum import Level
from elearn.models.material import MaterialLevel
from elearn.models.organisation import Unit, UnitLevel
from elearn.models.software import QuotaKind, SoftwareQuota
from elearn.services import audit
from elearn.services.access import Action, load_tree, may, require
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.software.decisions import approved_titles
from elearn.services.software.taught_or_installed import written
from elearn.services.spans import check_day
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
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


def quotas_of(session: Session, unit: Unit) -> Sequence[SoftwareQuota]:
    """The targets of a unit's plan, but for those taken out of it."""
    rows = select(SoftwareQuota).where(SoftwareQuota.unit_id == unit.id, SoftwareQuota.removed_at.is_(None))
    return session.scalars(rows).all()


def progress(session: Session, unit: Unit, day: date) -> Sequence[Progress]:
    """How far each target of a unit is on a day, in the order of levels; no query for each title."""
    quotas = quotas_of(session, unit)
    if not quotas:
        return []
    approved = approved_titles(session, load_tree(session).ancestors(unit.id), day)
    return progress_with(session, quotas, unit, approved, levels_of(session, approved))


def progress_with(
    session: Session,
    quotas: Iterable[SoftwareQuota],
    unit: Unit,
    approved: Collection[int],
    levels: Mapping[int, frozenset[str]],
) -> Sequence[Progress]:
    """How far targets are where the approved titles of the day, and the levels of each, have been read already."""
    units = load_tree(session).ancestors(unit.id)  # what a unit above approves is approved here
    eves = {quota.starts_on - timedelta(days=1) for quota in quotas if quota.kind is QuotaKind.INCREMENT}
    before = {eve: approved_titles(session, units, eve) for eve in eves}
    order = {level.value: number for number, level in enumerate(Level)}
    counted = []
    for quota in sorted(quotas, key=lambda row: (min(order[code] for code in row.levels), row.due_on, row.id)):
        wanted = set(quota.levels)
        titles = {title for title in approved if not wanted.isdisjoint(levels.get(title, ()))}
        if quota.kind is QuotaKind.INCREMENT:
            titles -= before[quota.starts_on - timedelta(days=1)]
        counted.append(Progress(quota, frozenset(titles)))
    return counted


def levels_of(session: Session, titles: Collection[int]) -> dict[int, frozenset[str]]:
    """Id of a title -> the codes of its levels; a title without any is left out."""
    code = type_coerce(MaterialLevel.level, String)
    rows = select(MaterialLevel.material_id, code).where(MaterialLevel.material_id.in_(written(titles)))
    levels: dict[int, set[str]] = defaultdict(set)
    for title, level in session.execute(rows):
        levels[title].add(level)
    return {title: frozenset(codes) for title, codes in levels.items()}
