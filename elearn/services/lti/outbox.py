"""Grades that wait to be sent: written in the transaction that stores the outcome, so that none is ever lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.lti.grades import LINE_ITEM_SCOPE, SCORE_SCOPE, GradingProgress
from elearn.models.account import Identity as Holder
from elearn.models.course import Grading
from elearn.models.learning import PlacementKind
from elearn.models.lti import LtiDeployment
from elearn.models.lti_courses import LtiGrade, LtiLink, LtiMember, LtiSession
from elearn.services.errors import ServiceError
from elearn.services.lti.members import is_teacher
from elearn.services.lti.reached import Reached, load_reached
from elearn.services.player.attempts import PLAYABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt

# Those that take a score of 0 for "not yet", and keep a grade when they hear only of progress. Moodle erases it.
KEEP_GRADES = frozenset({"canvas", "desire2learn", "brightspace", "blackboard", "sakai"})
# Much content says that it is done and gives its score a moment later; nobody is to see full marks in between.
SCORE_MAY_FOLLOW = timedelta(seconds=15)


def follow(session: Session, attempt: Attempt) -> None:
    """Let the grade follow an attempt whose outcome may have changed; of no matter for one from elsewhere."""
    registration = attempt.registration
    if registration.placement.kind is not PlacementKind.LTI:
        return
    whole = joinedload(LtiLink.deployment).joinedload(LtiDeployment.platform)
    query = select(LtiLink).where(LtiLink.uid == registration.placement.context).options(whole)
    link = session.scalar(query)
    if link is not None:
        follow_learner(session, link, registration.account_id)


def follow_learner(session: Session, link: LtiLink, account_id: int) -> LtiGrade | None:
    """Let the grade of a learner at a link follow all attempts there; None where no grade is told.

    The row is locked before the attempts are read: of two outcomes at once the second sees the first.
    """
    grade = session.scalar(_grade(link.id, account_id)) or _begin(session, link, account_id)
    if grade is None:
        return None
    found = load_reached(session, link, account_id)
    told = (found.share, found.activity.value, found.grading.value)
    if (grade.share, grade.activity, grade.grading) != told:
        grade.share, grade.activity, grade.grading = told
        grade.number += 1
        grade.changed_at = now()
        _schedule(grade, link, found)
    session.flush()
    return grade


def set_grading(session: Session, link: LtiLink, wanted: str) -> None:
    """Say which of several attempts at a link counts (`Grading`); the grades there follow at once.

    Raises:
        ServiceError: there is no such way (`grading_unknown`).
    """
    if wanted not in {grading.value for grading in Grading}:
        raise ServiceError("grading_unknown")
    link.policy = {**link.policy, "grading": wanted}
    session.flush()
    for account_id in session.scalars(select(LtiGrade.account_id).where(LtiGrade.link_id == link.id)).all():
        follow_learner(session, link, account_id)


def follow_link(session: Session, link: LtiLink) -> None:
    """Send what the link's gradebook has not been told: it may just have got its column."""
    if not takes_grades(link):
        return
    untold = update(LtiGrade).where(
        LtiGrade.link_id == link.id,
        LtiGrade.next_at.is_(None),
        LtiGrade.refused_at.is_(None),
        LtiGrade.share.is_not(None),
        LtiGrade.sent_number < LtiGrade.number,
    )
    session.execute(untold.values(next_at=now()))


def send_again(session: Session, grades: Iterable[LtiGrade]) -> int:
    """Try grades once more that were refused or that wait for their turn; returns how many."""
    count = 0
    for grade in grades:
        if grade.sent_number < grade.number:
            grade.next_at, grade.refused_at, grade.tries = now(), None, 0
            count += 1
    session.flush()
    return count


def takes_grades(link: LtiLink) -> bool:
    """Whether the platform has a column for the link, or lets us make one that makes sense.

    Of a file nobody knows more than that it was opened, so no column is made for it.
    """
    if SCORE_SCOPE not in link.scopes:
        return False
    if link.line_item:
        return True
    may_make = bool(link.line_items) and LINE_ITEM_SCOPE in link.scopes
    placement = link.placement
    return may_make and (link.course_id is not None or (placement is not None and placement.material.kind in PLAYABLE))


def _schedule(grade: LtiGrade, link: LtiLink, found: Reached) -> None:
    """Say when to send: a score at once, its end after a reset too, progress only where it does no harm."""
    is_taken_back = grade.is_graded and not found.attempts
    product = link.deployment.platform.product
    is_welcome = product in KEEP_GRADES and not grade.is_graded and found.attempts > 0
    wanted = grade.grading == GradingProgress.FULLY_GRADED or is_taken_back or is_welcome
    moment = now() if found.is_scored or found.share is None else now() + SCORE_MAY_FOLLOW
    grade.next_at = moment if wanted and takes_grades(link) else None
    grade.refused_at, grade.tries = None, 0


def _grade(link_id: int, account_id: int) -> Select[tuple[LtiGrade]]:
    row = select(LtiGrade).where(LtiGrade.link_id == link_id, LtiGrade.account_id == account_id)
    return row.with_for_update().execution_options(populate_existing=True)


def _begin(session: Session, link: LtiLink, account_id: int) -> LtiGrade | None:
    subject = _subject(session, link, account_id)
    if subject is None:
        return None
    grade = LtiGrade(link_id=link.id, account_id=account_id, subject=subject, share=None, activity="", grading="")
    grade.number, grade.params = 0, {}
    try:
        with session.begin_nested():
            session.add(grade)
    except IntegrityError:  # another page of the same learner was quicker
        return session.scalar(_grade(link.id, account_id))
    return grade


def _subject(session: Session, link: LtiLink, account_id: int) -> str | None:
    """How the platform calls the learner; None for whoever teaches there, who has no grade."""
    if link.context_id is not None:
        known = select(LtiMember).where(LtiMember.context_id == link.context_id, LtiMember.account_id == account_id)
        member = session.scalar(known.order_by(LtiMember.id.desc()).limit(1))
        if member is not None:
            return None if is_teacher(member) else member.subject
    launched = select(LtiSession.is_teaching).where(LtiSession.account_id == account_id, LtiSession.link_id == link.id)
    if session.scalar(launched.order_by(LtiSession.created_at.desc()).limit(1)):
        return None
    platform = link.deployment.platform
    holder = select(Holder.subject).where(
        Holder.account_id == account_id,
        Holder.provider == "lti",
        Holder.issuer == platform.issuer,
        Holder.client == platform.client_id,
    )
    return session.scalar(holder.order_by(Holder.id.desc()).limit(1))
