"""What pages record of courses: launches, days of activity, teaching, and the lesson taught that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.account import Account
from elearn.models.course import CourseOpening
from elearn.models.people import Enrolment
from elearn.models.usage import ActKind
from elearn.services import usage
from elearn.services.people.learners import learns_on, works_on
from elearn.services.player.attempts import offered_at
from elearn.services.usage.lessons import enough_learners, identity_of_teacher, is_taught, openings, reached

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.course import CourseItem
    from elearn.models.usage import UsageAct
    from elearn.services.access import Identity
    from elearn.services.courses.launching import Launch
    from elearn.services.courses.matrix import Learner


def record_launch(
    session: Session, identity: Identity, launch: Launch, timezone: ZoneInfo, kind: ActKind = ActKind.LAUNCH
) -> UsageAct | None:
    """Record that a learner has opened an item, with what follows from it; returns the lesson taught, if this made it.

    `launch` has found that the learner is in the class today and does not teach the course. The ledger gets the
    launch (or download), the learner's activity in the course once a day, and at most one lesson taught per item
    and class.
    """
    opening, item, material = launch.seat.opening, launch.item, launch.item.placement.material
    # Launches of one class are looked at one after the other: of two at once, the second one must see the first.
    session.execute(select(CourseOpening.id).where(CourseOpening.id == opening.id).with_for_update())
    size = class_size(session, opening.class_id, launch.seat.day)
    about = {
        "material": material,
        "version": launch.attempt.registration.version,
        "attempt_id": launch.attempt.id,
        "class_id": opening.class_id,
        "course_id": item.course_id,
        "placement_id": item.placement_id,
        "timezone": timezone,
    }
    day = launch.seat.day.isoformat()
    # The first launch of a day has a key, so that it never merges with a launch of the same material from elsewhere.
    first = usage.record(session, identity, kind, key=f"opened:{item.placement_id}:{identity.person_id}:{day}", **about)
    if first is None:
        usage.record(session, identity, kind, **about)
    # A colleague in the class makes no audience: their launch is kept, and is no activity of a learner (class C).
    if identity.person_id is None or not session.scalar(select(works_on(identity.person_id, launch.seat.day))):
        usage.record(
            session,
            identity,
            ActKind.COURSE_ACTIVITY,
            timezone=timezone,
            class_id=opening.class_id,
            course_id=item.course_id,
            placement_id=item.placement_id,
            key=f"active:{identity.person_id}:{item.course_id}:{day}",
            details={"class_size": size},
        )
    return _record_taught(session, opening, item, size, timezone)


def class_size(session: Session, class_id: int, day: date) -> int:
    """How many pupils a class has on a day; who holds a post that day is none."""
    enrolled = select(func.count(func.distinct(Enrolment.person_id)))
    return session.scalar(enrolled.where(learns_on(class_id, day))) or 0


def _record_taught(
    session: Session, opening: CourseOpening, item: CourseItem, size: int, timezone: ZoneInfo
) -> UsageAct | None:
    if is_taught(session, item.placement_id, opening.class_id):
        return None
    needed = enough_learners(size)
    moment = reached(openings(session, item.placement_id, opening.class_id), needed)
    teacher = session.get_one(Account, opening.opened_by_id)
    if moment is None or teacher.person_id is None:
        return None
    material = item.placement.material
    day = moment.astimezone(timezone).date()
    return usage.record(
        session,
        identity_of_teacher(teacher),
        ActKind.TAUGHT,
        timezone=timezone,
        material=material,
        version=offered_at(item.placement),
        class_id=opening.class_id,
        course_id=item.course_id,
        placement_id=item.placement_id,
        key=usage.taught_key(teacher.person_id, opening.class_id, material.id, day),
        occurred_at=moment,
        details={"by": "course", "item": item.uid, "learners": needed, "class_size": size},
    )


def record_opening(session: Session, identity: Identity, opening: CourseOpening, timezone: ZoneInfo) -> None:
    """Record that a teacher has released a course to a class; a manager who gives a class has not taught."""
    if opening.opened_by_id == identity.account_id:
        _record_teaching(session, identity, opening, timezone, {"by": "opening"})


def record_feedback(
    session: Session,
    identity: Identity,
    opening: CourseOpening,
    item: CourseItem,
    learner: Learner,
    *,
    timezone: ZoneInfo,
) -> None:
    """Record that a teacher has answered or graded a learner."""
    details = {"by": "feedback", "item": item.uid, "learner": learner.person.uid}
    _record_teaching(session, identity, opening, timezone, details)


def _record_teaching(
    session: Session, identity: Identity, opening: CourseOpening, timezone: ZoneInfo, details: dict[str, object]
) -> None:
    size = class_size(session, opening.class_id, day_of(session))
    usage.record(
        session,
        identity,
        ActKind.COURSE_TEACHING,
        timezone=timezone,
        class_id=opening.class_id,
        course_id=opening.course_id,
        details={**details, "class_size": size},
    )
