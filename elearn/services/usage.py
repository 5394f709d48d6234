"""The usage ledger: acts are added by pages, counted here, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from elearn.clock import now
from elearn.models.operations import DatabaseMark
from elearn.models.people import Enrolment, Post, SchoolClass
from elearn.models.usage import ActKind, ActSource, UsageAct

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.material import Material, Version
    from elearn.services.access import Identity

MERGE_SECONDS = 30  # a repeat within this time is a double click


class NotADemoError(Exception):
    """An act with source `demo` was offered to a database that is not a demo."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a material was used, and by how many accounts."""

    views: int = 0
    launches: int = 0
    downloads: int = 0
    completions: int = 0
    people: int = 0


def record(
    session: Session,
    identity: Identity,
    kind: ActKind,
    *,
    timezone: ZoneInfo,
    material: Material | None = None,
    version: Version | None = None,
    attempt_id: int | None = None,
    occurred_at: datetime | None = None,
    source: ActSource = ActSource.TRACKER,
    details: dict[str, Any] | None = None,
) -> UsageAct | None:
    """Add an act; None when it merges with the same act of a moment ago.

    Raises:
        NotADemoError: the source is `demo` and the database is not.
    """
    moment = occurred_at or now()
    if source is ActSource.DEMO and session.get(DatabaseMark, "demo") is None:
        raise NotADemoError
    if material is not None and _just_recorded(session, identity, kind, material.id, moment):
        return None
    day = moment.astimezone(timezone).date()
    act = UsageAct(
        kind=kind,
        source=source,
        occurred_at=moment,
        act_date=day,
        account_id=identity.account_id,
        person_id=identity.person_id,
        unit_id=unit_of_person(session, identity.person_id, day),
        material_id=material.id if material else None,
        version_id=version.id if version else None,
        attempt_id=attempt_id,
        details=details or {},
    )
    session.add(act)
    session.flush()
    return act


def _just_recorded(session: Session, identity: Identity, kind: ActKind, material_id: int, moment: datetime) -> bool:
    if identity.account_id is None:
        return False
    same = select(UsageAct.id).where(
        UsageAct.account_id == identity.account_id,
        UsageAct.act_date >= (moment - timedelta(days=1)).date(),
        UsageAct.kind == kind,
        UsageAct.material_id == material_id,
        UsageAct.occurred_at > moment - timedelta(seconds=MERGE_SECONDS),
        UsageAct.occurred_at <= moment,
    )
    return session.scalar(same.limit(1)) is not None


def unit_of_person(session: Session, person_id: int | None, day: date) -> int | None:
    """The unit where a person works (main post) or is taught on a day."""
    if person_id is None:
        return None
    posts = select(Post.unit_id).where(Post.person_id == person_id, Post.valid_on(day))
    unit = session.scalar(posts.order_by(Post.is_main.desc(), Post.id).limit(1))
    if unit is not None:
        return unit
    taught = select(SchoolClass.unit_id).join(Enrolment, Enrolment.class_id == SchoolClass.id)
    return session.scalar(taught.where(Enrolment.person_id == person_id, Enrolment.valid_on(day)).limit(1))


def use_of(session: Session, material_id: int) -> Use:
    """Count the acts about a material."""
    rows = session.execute(
        select(UsageAct.kind, func.count()).where(UsageAct.material_id == material_id).group_by(UsageAct.kind)
    )
    counts = dict(rows.all())
    people = session.scalar(
        select(func.count(func.distinct(UsageAct.account_id))).where(
            UsageAct.material_id == material_id, or_(UsageAct.kind == ActKind.LAUNCH, UsageAct.kind == ActKind.DOWNLOAD)
        )
    )
    return Use(
        views=counts.get(ActKind.VIEW, 0),
        launches=counts.get(ActKind.LAUNCH, 0),
        downloads=counts.get(ActKind.DOWNLOAD, 0),
        completions=counts.get(ActKind.COMPLETION, 0),
        people=people or 0,
    )
