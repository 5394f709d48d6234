"""What teachers say of a learner's work: feedback and grades by hand, and taking attempts back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.course import CourseFeedback
from elearn.models.learning import Attempt, AttemptStatus, Registration
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.player.course import end_attempt

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.course import CourseItem
    from elearn.services.access import Identity
    from elearn.services.courses.matrix import Learner

LONGEST_TEXT = 4000
SENT_TWICE = timedelta(minutes=1)  # the same words again within this time are a double click


@dataclass(frozen=True, slots=True)
class Said:
    """Feedback that was given; `is_new` is False when the same was sent twice."""

    row: CourseFeedback
    is_new: bool


def give_feedback(
    session: Session, identity: Identity, item: CourseItem, learner: Learner, *, text: str, score: float | None = None
) -> Said:
    """Write to a learner about an item; a score from 0 to 1 stands in for that of the attempts from now on.

    Raises:
        ForbiddenError: `may_not`; `person_needed` for the operator of the machine.
        ServiceError: `feedback_needed`, `score_range`.
        ConflictError: `learner_without_account`.
    """
    require(identity, Action.TEACH_COURSE, item.course)
    text = text.strip()[:LONGEST_TEXT]
    if identity.account_id is None:
        raise ForbiddenError("person_needed")
    if not text and score is None:
        raise ServiceError("feedback_needed")
    if score is not None and not 0 <= score <= 1:
        raise ServiceError("score_range")
    account_id = _account_of(session, item, learner)
    newest = session.scalar(
        select(CourseFeedback)
        .where(CourseFeedback.item_id == item.id, CourseFeedback.learner_id == account_id)
        .order_by(CourseFeedback.id.desc())
        .limit(1)
    )
    if newest is not None and _is_repeated(newest, identity, text, score):
        return Said(newest, is_new=False)
    row = CourseFeedback(
        item_id=item.id, learner_id=account_id, teacher_id=identity.account_id, text=text, score_scaled=score
    )
    session.add(row)
    session.flush()
    return Said(row, is_new=True)


def _is_repeated(newest: CourseFeedback, identity: Identity, text: str, score: float | None) -> bool:
    same = (newest.teacher_id, newest.text, newest.score_scaled) == (identity.account_id, text, score)
    return same and newest.at > now() - SENT_TWICE


def _account_of(session: Session, item: CourseItem, learner: Learner) -> int:
    """Of several accounts of a pupil, the one that last worked at the item."""
    if not learner.account_ids:
        raise ConflictError("learner_without_account", person=learner.person.full_name)
    worked = (
        select(Registration.account_id)
        .join(Attempt, Attempt.registration_id == Registration.id)
        .where(Registration.placement_id == item.placement_id, Registration.account_id.in_(learner.account_ids))
        .order_by(Attempt.id.desc())
    )
    return session.scalar(worked.limit(1)) or learner.account_ids[0]


def reset_item(session: Session, identity: Identity, item: CourseItem, learner: Learner) -> int:
    """Take a learner's attempts at an item back, so that the next launch is the first; they stay in the rows.

    Returns how many registrations were closed.

    Raises:
        ForbiddenError: `may_not`.
        ConflictError: `nothing_to_reset`.
    """
    require(identity, Action.TEACH_COURSE, item.course)
    held = select(Registration).where(
        Registration.placement_id == item.placement_id,
        Registration.account_id.in_(learner.account_ids),
        Registration.reset_at.is_(None),
    )
    registrations = list(session.scalars(held.with_for_update()))
    if not registrations:
        raise ConflictError("nothing_to_reset")
    ids = [registration.id for registration in registrations]
    for registration in registrations:
        registration.reset_at = now()
    for attempt in session.scalars(
        select(Attempt).where(Attempt.registration_id.in_(ids), Attempt.status != AttemptStatus.ENDED)
    ):
        end_attempt(attempt, suspended=False)
    session.flush()
    audit.record(session, identity, "course.reset", item.course, item=item.uid, person=learner.person.code)
    return len(registrations)
