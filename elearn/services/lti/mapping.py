"""Which class of ours a course of a platform is: only a teacher of that class's school can say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.database import day_of
from elearn.models.course import Course
from elearn.models.lti_courses import LtiLink
from elearn.services import audit
from elearn.services.errors import ForbiddenError
from elearn.services.teach.classes import classes_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.lti_courses import LtiContext, LtiSession
    from elearn.services.access import Identity
    from elearn.services.teach.classes import ClassChoice


def classes_to_map(session: Session, identity: Identity, launched: LtiSession) -> list[ClassChoice]:
    """The classes that the course of a launch may be: those the linked teacher may teach at the platform's schools."""
    if launched.context is None or not launched.is_teaching or identity.person_id is None:
        return []
    return classes_of(session, identity, day_of(session))


def map_course(session: Session, identity: Identity, launched: LtiSession, class_uid: str) -> LtiContext:
    """Say which class the course of a launch is; "" says that it is none.

    From now on its launches count as the class's, for the teacher who said so.

    Raises:
        ForbiddenError: `lti_map_needs_teacher`: whoever asks is not linked to a teacher of such a school;
            `teach_class_not_found`.
    """
    choices = {choice.school_class.uid: choice.school_class for choice in classes_to_map(session, identity, launched)}
    context = launched.context
    if context is None or not choices:
        raise ForbiddenError("lti_map_needs_teacher")
    if class_uid and class_uid not in choices:
        raise ForbiddenError("teach_class_not_found")
    chosen = choices.get(class_uid)
    before = context.school_class.uid if context.school_class else ""
    context.school_class = chosen
    context.class_id = chosen.id if chosen else None
    context.mapped_by_id, context.mapped_at = (identity.account_id, now()) if chosen else (None, None)
    session.flush()
    if before != class_uid:
        audit.record(session, identity, "lti.map", context, before=before, after=class_uid)
    return context


def courses_in(session: Session, context: LtiContext) -> list[Course]:
    """The courses of ours that stand in a course of a platform."""
    placed = select(LtiLink.course_id).where(LtiLink.context_id == context.id, LtiLink.course_id.is_not(None))
    return list(session.scalars(select(Course).where(Course.id.in_(placed))))
