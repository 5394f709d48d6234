"""Teach sessions: begun with a class, kept alive by heartbeats, ended by the teacher or by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.account import Account
from elearn.models.learning import Attempt, Placement, PlacementKind, Registration
from elearn.models.material import Version
from elearn.models.teach import TeachEnd, TeachSession
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.player.attempts import PLAYABLE, keep_to, open_at, placement_at
from elearn.services.teach.classes import class_to_teach

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.course import Course
    from elearn.models.material import Material
    from elearn.services.access import Identity

LONGEST_CREDIT = 30.0  # seconds that one heartbeat adds at most
SILENCE = timedelta(minutes=5)
LONGEST = timedelta(hours=3)
PERIODS = range(1, 13)  # tiết


class Ending(NamedTuple):
    """When and how a session ended."""

    at: datetime
    end: TeachEnd


def start(
    session: Session,
    identity: Identity,
    material: Material,
    class_uid: str,
    *,
    lesson_period: int | None = None,
    course: Course | None = None,
) -> TeachSession:
    """Begin to present a material to a class; another open session of the teacher ends.

    With a course it is the version that the course keeps to, else the current one.

    Raises:
        ForbiddenError: the identity may not play the material, or may not teach the class.
        ServiceError: `teach_period`; the lesson period is not one.
        ConflictError: `not_playable`; the material has no version.
    """
    require(identity, Action.PLAY_MATERIAL, material)
    if lesson_period is not None and lesson_period not in PERIODS:
        raise ServiceError("teach_period")
    version = _kept_by(course, material) or material.current_version
    if version is None:
        raise ConflictError("not_playable", kind=material.kind)
    school_class = class_to_teach(session, identity, class_uid, day_of(session))
    moment = now()
    _replace(session, identity, moment)
    row = TeachSession(
        account_id=identity.account_id,
        class_id=school_class.id,
        version_id=version.id,
        course_id=course.id if course else None,
        lesson_period=lesson_period,
        started_at=moment,
        beat_at=moment,
        active_seconds=0.0,
    )
    session.add(row)
    session.flush()
    if material.kind in PLAYABLE:
        # A placement of its own: each lesson begins afresh, and nothing of it is a learner's.
        placement = placement_at(session, material, PlacementKind.TEACH, row.uid)
        keep_to(session, placement, version)
        open_at(session, identity, placement)
    return row


def _kept_by(course: Course | None, material: Material) -> Version | None:
    """The version that a course keeps to, so that a class sees the same in the lesson and at home."""
    items = course.items if course is not None else ()
    kept = (item.placement.version for item in items if item.removed_at is None)
    return next((version for version in kept if version is not None and version.material_id == material.id), None)


def _replace(session: Session, identity: Identity, moment: datetime) -> None:
    """End what is open, also under another account of the same person: nobody teaches two classes at once."""
    same = Account.id == identity.account_id
    if identity.person_id is not None:
        same = or_(same, Account.person_id == identity.person_id)
    # The accounts are locked, so that two starts at once follow each other.
    accounts = session.scalars(select(Account.id).where(same).order_by(Account.id).with_for_update(key_share=True))
    held = _open().where(TeachSession.account_id.in_(accounts.all()))
    for row in session.scalars(held.with_for_update()):
        _settle(row, moment)
        if row.ended_at is None:
            row.ended_at, row.end = max(row.beat_at, moment), TeachEnd.REPLACED


def beat(session: Session, identity: Identity, uid: str) -> TeachSession:
    """Credit an own session with the time since its last sign of life; one that has ended stays as it is.

    Nothing the browser says is believed but that its page was visible: the time is the server's.

    Raises:
        NotFoundError: `teach_session_not_found`; there is none, or it is somebody else's.
    """
    row = _held(session, identity, uid)
    moment = now()
    _settle(row, moment)
    if row.ended_at is None:
        _credit(row, moment)
    session.flush()
    return row


def end(session: Session, identity: Identity, uid: str) -> TeachSession:
    """End an own session at the teacher's word; one that has ended before stays as it ended.

    Raises:
        NotFoundError: as `beat`.
    """
    row = beat(session, identity, uid)
    if row.ended_at is None:
        row.ended_at, row.end = row.beat_at, TeachEnd.TEACHER
        session.flush()
    return row


def close_silent(session: Session) -> int:
    """End the sessions that have ended by themselves; returns how many. The worker does it, lest one stay open."""
    moment = now()
    late = or_(TeachSession.beat_at < moment - SILENCE, TeachSession.started_at < moment - LONGEST)
    rows = session.scalars(_open().where(late).with_for_update(skip_locked=True)).all()
    for row in rows:
        _settle(row, moment)
    session.flush()
    return sum(row.ended_at is not None for row in rows)


def ending_of(row: TeachSession, moment: datetime) -> Ending | None:
    """How a session has ended as of a moment, also when nobody has written that down yet; None while it runs."""
    if row.ended_at is not None and row.end is not None:
        return Ending(row.ended_at, row.end)
    last_moment = row.started_at + LONGEST
    if row.beat_at + SILENCE < min(moment, last_moment):
        return Ending(row.beat_at, TeachEnd.SILENCE)
    return Ending(last_moment, TeachEnd.OVERLONG) if last_moment < moment else None


def _settle(row: TeachSession, moment: datetime) -> None:
    ending = ending_of(row, moment)
    if ending is not None:
        row.ended_at, row.end = ending


def _credit(row: TeachSession, moment: datetime) -> None:
    """Add the time since the last beat. `beat_at` never goes back, so that no moment is credited twice."""
    gap = (moment - row.beat_at).total_seconds()
    if gap > 0:
        row.active_seconds += min(gap, LONGEST_CREDIT)
        row.beat_at = moment


def own_session(session: Session, identity: Identity, uid: str) -> TeachSession:
    """The identity's own session with a uid, for reading.

    Raises:
        NotFoundError: as `beat`.
    """
    return _found(session, identity, uid, _whole())


def attempt_of_session(session: Session, row: TeachSession) -> Attempt | None:
    """The attempt in which the lesson of a session is shown; None when the material is no lesson to play."""
    query = (
        select(Attempt)
        .join(Registration, Registration.id == Attempt.registration_id)
        .join(Placement, Placement.id == Registration.placement_id)
        .where(Placement.kind == PlacementKind.TEACH, Placement.context == row.uid)
        .order_by(Attempt.id.desc())
    )
    return session.scalar(query.limit(1))


def _held(session: Session, identity: Identity, uid: str) -> TeachSession:
    locked = select(TeachSession).with_for_update().execution_options(populate_existing=True)
    return _found(session, identity, uid, locked)


def _found(session: Session, identity: Identity, uid: str, query: Select[TeachSession]) -> TeachSession:
    row = session.scalar(query.where(TeachSession.uid == uid)) if is_uid(uid) else None
    if row is None or identity.account_id is None or row.account_id != identity.account_id:
        raise NotFoundError("teach_session_not_found")
    return row


def _open() -> Select[TeachSession]:
    return select(TeachSession).where(TeachSession.ended_at.is_(None))


def _whole() -> Select[TeachSession]:
    return select(TeachSession).options(
        joinedload(TeachSession.version).joinedload(Version.material),
        joinedload(TeachSession.school_class),
        joinedload(TeachSession.account),
    )
