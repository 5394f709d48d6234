"""Grades that did not reach their gradebook: refused ones wait for a person, others are tried again by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from elearn.clock import now
from elearn.models.lti import LtiDeployment
from elearn.models.lti_courses import LtiGrade, LtiLink
from elearn.services import audit
from elearn.services.lti.outbox import send_again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.models.lti import LtiPlatform
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One page of grades, the refused ones first, and how many there are; `waiting` counts those on their first way."""

    total: int
    waiting: int
    grades: Sequence[LtiGrade]


def undelivered_of(session: Session, platform: LtiPlatform, *, limit: int, offset: int = 0) -> Undelivered:
    """The grades that a platform has refused, or that could not be sent to it yet."""
    mine = (LtiDeployment.platform_id == platform.id, _is_stuck())
    total = session.scalar(_counted().where(*mine)) or 0
    first = _counted().where(
        LtiDeployment.platform_id == platform.id, LtiGrade.next_at.is_not(None), LtiGrade.tries == 0
    )
    query = select(LtiGrade).join(LtiGrade.link).join(LtiLink.deployment).where(*mine)
    query = query.options(
        joinedload(LtiGrade.account), contains_eager(LtiGrade.link).options(joinedload(LtiLink.context))
    )
    query = query.order_by(LtiGrade.refused_at.is_(None), LtiGrade.changed_at.desc(), LtiGrade.id.desc())
    grades = session.scalars(query.limit(limit).offset(offset)).all()
    return Undelivered(total, session.scalar(first) or 0, grades)


def _counted():  # noqa: ANN202
    return select(func.count()).select_from(LtiGrade).join(LtiGrade.link).join(LtiLink.deployment)


def is_stuck(grade: LtiGrade) -> bool:
    """Whether a grade was refused, or could not be sent yet."""
    return grade.refused_at is not None or (grade.next_at is not None and grade.tries > 0)


def _is_stuck() -> ColumnElement[bool]:
    return or_(LtiGrade.refused_at.is_not(None), and_(LtiGrade.next_at.is_not(None), LtiGrade.tries > 0))


def retry_platform(session: Session, identity: Identity, platform: LtiPlatform, grade_id: int | None = None) -> int:
    """Send grades of a platform again that are stuck: one, or all of them; returns how many."""
    query = select(LtiGrade).join(LtiGrade.link).join(LtiLink.deployment)
    query = query.where(LtiDeployment.platform_id == platform.id, _is_stuck())
    if grade_id is not None:
        query = query.where(LtiGrade.id == grade_id)
    count = send_again(session, session.scalars(query.with_for_update(of=LtiGrade)))
    audit.record(session, identity, "lti.grades_again", platform, count=count)
    return count


def retry_link(session: Session, link: LtiLink) -> int:
    """Send the stuck grades of a link again, at the word of its teacher; returns how many."""
    query = select(LtiGrade).where(LtiGrade.link_id == link.id, _is_stuck())
    return send_again(session, session.scalars(query.with_for_update()))


def count_undelivered(session: Session) -> tuple[int, int]:
    """How many grades are due, and how many were refused, over all platforms."""
    late = select(func.count()).select_from(LtiGrade).where(LtiGrade.next_at <= now())
    refused = select(func.count()).select_from(LtiGrade).where(LtiGrade.refused_at.is_not(None))
    return session.scalar(late) or 0, session.scalar(refused) or 0
