"""Grades on their way: claimed under a lease, and marked with what became of them; each in a short transaction."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager

from elearn.clock import now
from elearn.lti.grades import ActivityProgress, Fate, GradingProgress, Score, next_moment, wait
from elearn.models.learning import Placement
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiGrade, LtiLink
from elearn.services.lti.columns import Column
from elearn.services.lti.delivering import Parcel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.lti.delivering import Verdict

LEASE: Final = timedelta(minutes=5)  # longer than all requests of one delivery together may take
MOST_TRIES: Final = 20  # about ten days
JITTER: Final = 0.2  # of a wait, more or less: what failed together does not come again together


def claim(database: Database, most: int, shut: Collection[int] = ()) -> list[Parcel]:
    """Take up to so many grades that are due, longest first, except those of the platforms that are `shut`.

    The time that a score will be told to be of is stored before it is sent: whatever happens then, the next one of
    the learner is told to be later.
    """
    with database.read() as session:
        if session.scalar(_due(now(), shut).with_only_columns(LtiGrade.id).limit(1)) is None:
            return []
    with database.write() as session:
        moment = now()
        query = _due(moment, shut).order_by(LtiGrade.next_at, LtiGrade.id).limit(most)
        whole = contains_eager(LtiGrade.link)
        query = query.options(
            whole.contains_eager(LtiLink.deployment).contains_eager(LtiDeployment.platform),
            whole.joinedload(LtiLink.placement).joinedload(Placement.material),
            whole.joinedload(LtiLink.course),
        )
        return [_take(grade, moment) for grade in session.scalars(query.with_for_update(of=LtiGrade, skip_locked=True))]


def _due(moment: datetime, shut: Collection[int]):  # noqa: ANN202
    query = select(LtiGrade).join(LtiGrade.link).join(LtiLink.deployment).join(LtiDeployment.platform)
    query = query.where(LtiGrade.next_at <= moment, _is_free(moment), LtiPlatform.status == PlatformStatus.ACTIVE)
    return query.where(LtiPlatform.id.not_in(shut)) if shut else query


def _is_free(moment: datetime) -> ColumnElement[bool]:
    return or_(LtiGrade.claimed_until.is_(None), LtiGrade.claimed_until < moment)


def _take(grade: LtiGrade, moment: datetime) -> Parcel:
    grade.claimed_until = moment + LEASE
    grade.last_moment = next_moment(moment, grade.last_moment)
    # From now on the platform may have a grade, also when nobody hears of it.
    grade.is_graded = grade.is_graded or grade.share is not None
    column = Column.of(grade.link)
    score = Score(
        grade.subject,
        grade.share,
        column.maximum,
        ActivityProgress(grade.activity),
        GradingProgress(grade.grading),
    )
    platform = grade.link.deployment.platform
    return Parcel(grade.id, grade.number, grade.claimed_until, grade.last_moment, score, platform, column)


def mark(database: Database, judged: Iterable[tuple[Parcel, Verdict]]) -> None:
    """Write down what became of grades. One whose lease was lost is left to whoever has it now."""
    with database.write() as session:
        for parcel, verdict in judged:
            grade = _held(session, parcel)
            if grade is not None:
                _write(grade, parcel, verdict)


def _held(session: Session, parcel: Parcel) -> LtiGrade | None:
    query = select(LtiGrade).where(and_(LtiGrade.id == parcel.grade_id, LtiGrade.claimed_until == parcel.held_until))
    return session.scalar(query.with_for_update())


def _write(grade: LtiGrade, parcel: Parcel, verdict: Verdict) -> None:
    moment = now()
    has_changed = grade.number != parcel.number
    grade.claimed_until = None
    grade.code, grade.params = verdict.code, verdict.params
    if verdict.fate in {Fate.DELIVERED, Fate.SUPERSEDED}:
        grade.sent_number, grade.sent_at, grade.tries = parcel.number, moment, 0
        if verdict.fate is Fate.DELIVERED:
            grade.is_graded = parcel.score.share is not None
        # What has changed on the way says itself when it is to be sent.
        grade.next_at = grade.next_at if has_changed else None
        return
    grade.tries += 1
    if has_changed and (verdict.fate is Fate.REFUSED or grade.next_at is None):
        return  # whether and when the newer one is sent has been said with it
    if verdict.fate is Fate.REFUSED or grade.tries >= MOST_TRIES:
        grade.next_at, grade.refused_at = None, moment
        return
    pause = verdict.pause or wait(grade.tries)
    grade.next_at = moment + pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
