"""Adding acts to the ledger: by pages, in the transaction of what they record, once per key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, insert, select
from sqlalchemy.exc import IntegrityError

from elearn.clock import now
from elearn.models.operations import DatabaseMark
from elearn.models.people import Enrolment, Post, SchoolClass
from elearn.models.usage import ActKind, ActSource, UsageAct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.material import Material, Version
    from elearn.services.access import Identity

MERGE_SECONDS = 30  # a repeat within this time is a double click


class NotADemoError(Exception):
    """An act with source `demo` was offered to a database that is not a demo."""


def taught_key(person_id: int, class_id: int, material_id: int, day: date) -> str:
    """The key of class B: a person, a class, a material and a day make one lesson, however it was given.

    Teach mode and course items share it (INDICATORS, anti-gaming 1).
    """
    return f"taught:{person_id}:{class_id}:{material_id}:{day.isoformat()}"


def authored_key(person_id: int, material_id: int) -> str:
    """The key of class A: a person authors a material once."""
    return f"authored:{person_id}:{material_id}"


def revised_key(person_id: int, material_id: int, day: date) -> str:
    """The key of class A for a lesson made anew: once a day at most for a person and a material."""
    return f"authored:{person_id}:{material_id}:{day.isoformat()}"


def record(
    session: Session,
    identity: Identity,
    kind: ActKind,
    *,
    timezone: ZoneInfo,
    material: Material | None = None,
    version: Version | None = None,
    attempt_id: int | None = None,
    class_id: int | None = None,
    course_id: int | None = None,
    placement_id: int | None = None,
    key: str | None = None,
    occurred_at: datetime | None = None,
    source: ActSource = ActSource.TRACKER,
    details: dict[str, Any] | None = None,
) -> UsageAct | None:
    """Add an act; None when its key is there already, or without a key when it merges with one of a moment ago.

    What the act changes in somebody's count is noted by `elearn.models.history`, which sees the row.

    Raises:
        NotADemoError: the source is `demo` and the database is not.
    """
    moment = occurred_at or now()
    if source is ActSource.DEMO and session.get(DatabaseMark, "demo") is None:
        raise NotADemoError
    if key is None and material is not None and _just_recorded(session, identity, kind, material.id, moment):
        return None
    day = moment.astimezone(timezone).date()
    act = UsageAct(
        kind=kind,
        source=source,
        occurred_at=moment,
        act_date=day,
        account_id=identity.account_id,
        person_id=identity.person_id,
        unit_id=unit_of_person(session, identity.person_id, day, class_id),
        material_id=material.id if material else None,
        version_id=version.id if version else None,
        attempt_id=attempt_id,
        class_id=class_id,
        course_id=course_id,
        placement_id=placement_id,
        key=key,
        details=details or {},
    )
    return _add_once(session, act) if key is not None else _add(session, act)


def record_downloads(
    session: Session, identity: Identity, versions: Iterable[tuple[int, int]], *, timezone: ZoneInfo
) -> None:
    """Add a download of each (material id, version id) that was taken out together, however many, by few statements.

    Those that the identity has downloaded a moment ago are merged with that.
    """
    moment = now()
    day = moment.astimezone(timezone).date()
    unit_id = unit_of_person(session, identity.person_id, day)
    same = select(UsageAct.material_id).where(
        UsageAct.account_id == identity.account_id,
        UsageAct.act_date >= (moment - timedelta(days=1)).date(),
        UsageAct.kind == ActKind.DOWNLOAD,
        UsageAct.occurred_at > moment - timedelta(seconds=MERGE_SECONDS),
    )
    lately = set(session.scalars(same))
    act = {
        "kind": ActKind.DOWNLOAD,
        "source": ActSource.TRACKER,
        "occurred_at": moment,
        "act_date": day,
        "account_id": identity.account_id,
        "person_id": identity.person_id,
        "unit_id": unit_id,
        "details": {"by": "export"},
    }
    rows = [act | {"material_id": one, "version_id": version} for one, version in versions if one not in lately]
    if rows:  # not by the session, which notes whose count changes: a download is in nobody's
        session.execute(insert(UsageAct), rows)


def _add(session: Session, act: UsageAct) -> UsageAct:
    session.add(act)
    session.flush()
    return act


def _add_once(session: Session, act: UsageAct) -> UsageAct | None:
    """Add an act unless its key is taken; a transaction that takes it at the same moment is waited for."""
    if _is_taken(session, act.key):
        return None
    try:
        with session.begin_nested():
            return _add(session, act)
    except IntegrityError:
        if _is_taken(session, act.key):
            return None
        raise


def _is_taken(session: Session, key: str | None) -> bool:
    return session.scalar(select(UsageAct.id).where(UsageAct.key == key)) is not None


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


def unit_of_person(session: Session, person_id: int | None, day: date, class_id: int | None = None) -> int | None:
    """The unit where a person works or is taught on a day.

    Whoever works at several is at the unit of the class, when there is one, else at that of the main post.
    """
    if person_id is None:
        return None
    school = select(SchoolClass.unit_id).where(SchoolClass.id == class_id).scalar_subquery()
    there = case((Post.unit_id == school, 0), else_=1)
    posts = select(Post.unit_id).where(Post.person_id == person_id, Post.valid_on(day))
    unit = session.scalar(posts.order_by(there, Post.is_main.desc(), Post.id).limit(1))
    if unit is not None:
        return unit
    taught = select(SchoolClass.unit_id).join(Enrolment, Enrolment.class_id == SchoolClass.id)
    return session.scalar(taught.where(Enrolment.person_id == person_id, Enrolment.valid_on(day)).limit(1))
