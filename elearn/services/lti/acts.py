"""What the ledger keeps of launches from a platform; they count for a teacher only in a course that one has mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.account import Account
from elearn.models.course import CourseTeacher
from elearn.models.lti_courses import LtiContext, LtiMember
from elearn.models.usage import ActKind
from elearn.services import usage
from elearn.services.courses import class_size
from elearn.services.lti.members import is_teacher, teaching_members
from elearn.services.people.learners import works_on
from elearn.services.usage.lessons import (
    ENOUGH_LEARNERS,
    enough_learners,
    identity_of_teacher,
    is_taught,
    openings,
    reached,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.course import Course
    from elearn.models.learning import Attempt
    from elearn.models.lti_courses import LtiLink
    from elearn.models.usage import UsageAct
    from elearn.services.access import Identity


def record_launch(
    session: Session, identity: Identity, link: LtiLink, attempt: Attempt, timezone: ZoneInfo
) -> UsageAct | None:
    """Record that somebody has opened a link; returns the lesson taught, if this made it.

    Without a class of ours it is a launch and no more. In a mapped course it is also a learner's day in the course
    behind the link, if there is one, and with enough learners a lesson taught by whoever mapped it.
    """
    registration = attempt.registration
    about = {
        "material": registration.placement.material,
        "version": registration.version,
        "attempt_id": attempt.id,
        "placement_id": registration.placement_id,
        "timezone": timezone,
    }
    context = link.context
    if context is None or context.class_id is None or not _is_learner(session, identity, context):
        usage.record(session, identity, ActKind.LAUNCH, **about)
        return None
    # Launches of one class are looked at one after the other: of two at once, the second one must see the first.
    session.execute(select(LtiContext.id).where(LtiContext.id == context.id).with_for_update())
    day = day_of(session).isoformat()
    about |= {"class_id": context.class_id, "course_id": link.course_id}
    key = f"lti-opened:{registration.placement_id}:{identity.account_id}:{day}"
    first = usage.record(session, identity, ActKind.LAUNCH, key=key, **about)
    if first is None:
        usage.record(session, identity, ActKind.LAUNCH, **about)
    size = size_of(session, context)
    if link.course_id is not None:
        usage.record(
            session,
            identity,
            ActKind.COURSE_ACTIVITY,
            timezone=timezone,
            class_id=context.class_id,
            course_id=link.course_id,
            placement_id=registration.placement_id,
            key=f"lti-active:{identity.account_id}:{link.course_id}:{day}",
            details={"class_size": size},
        )
    return _record_taught(session, link, attempt, size, timezone)


def _is_learner(session: Session, identity: Identity, context: LtiContext) -> bool:
    """Teachers who look at what they placed, or at the course as a pupil would, make no audience."""
    if identity.person_id is not None and session.scalar(select(works_on(identity.person_id, day_of(session)))):
        return False
    members = select(LtiMember).where(LtiMember.context_id == context.id, LtiMember.account_id == identity.account_id)
    return not any(is_teacher(member) for member in session.scalars(members))


def size_of(session: Session, context: LtiContext) -> int:
    """How many learners a mapped course has, by the register or the platform's list, whichever says more; 0: unknown.

    Who is known from launches alone makes no size: the first learner would be the whole class.
    """
    listed = select(func.count()).where(
        LtiMember.context_id == context.id,
        LtiMember.is_active,
        LtiMember.listed_at.is_not(None),
        ~teaching_members(),
    )
    known = session.scalar(listed) or 0
    enrolled = class_size(session, context.class_id, day_of(session)) if context.class_id is not None else 0
    return max(known, enrolled)


def _record_taught(session: Session, link: LtiLink, attempt: Attempt, size: int, timezone: ZoneInfo) -> UsageAct | None:
    context, placement = link.context, attempt.registration.placement
    if context is None or context.class_id is None or context.mapped_by_id is None:
        return None
    if is_taught(session, placement.id, context.class_id):
        return None
    needed = enough_learners(size) if size else ENOUGH_LEARNERS
    moment = reached(openings(session, placement.id, context.class_id), needed)
    teacher = session.get_one(Account, context.mapped_by_id)
    if moment is None or teacher.person_id is None:
        return None
    day = moment.astimezone(timezone).date()
    return usage.record(
        session,
        identity_of_teacher(teacher),
        ActKind.TAUGHT,
        timezone=timezone,
        material=placement.material,
        version=attempt.registration.version,
        class_id=context.class_id,
        course_id=link.course_id,
        placement_id=placement.id,
        key=usage.taught_key(teacher.person_id, context.class_id, placement.material_id, day),
        occurred_at=moment,
        details={"by": "lti", "link": link.uid, "learners": needed, "class_size": size},
    )


def record_release(
    session: Session, identity: Identity, course: Course, context: LtiContext, timezone: ZoneInfo
) -> UsageAct | None:
    """Record that a teacher has put an own course into a course of the platform that is a class here; once."""
    if identity.person_id is None or context.class_id is None or not _teaches(session, identity, course):
        return None
    return usage.record(
        session,
        identity,
        ActKind.COURSE_TEACHING,
        timezone=timezone,
        class_id=context.class_id,
        course_id=course.id,
        key=f"lti-released:{identity.person_id}:{course.id}:{context.class_id}",
        details={"by": "lti", "context": context.uid, "class_size": size_of(session, context)},
    )


def _teaches(session: Session, identity: Identity, course: Course) -> bool:
    held = select(func.count()).where(
        CourseTeacher.course_id == course.id, CourseTeacher.account_id == identity.account_id
    )
    return bool(session.scalar(held))
