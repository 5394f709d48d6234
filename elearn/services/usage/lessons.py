"""When the openings of a placement by a class become one lesson taught with it (INDICATORS, class B1)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.usage import ActKind, UsageAct
from elearn.services.access import Identity
from elearn.services.people.learners import works_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.models.account import Account

# Opened by >= 3 distinct students or >= 30 % of the class within 7 days.
ENOUGH_LEARNERS = 3
ENOUGH_OF_CLASS = Fraction(30, 100)
WINDOW = timedelta(days=7)

# A learner with two accounts is one learner; whoever is not in the register is known by the account.
Learner = tuple[int | None, int | None]


def enough_learners(size: int) -> int:
    """How many distinct learners of a class of a size make a lesson taught of what they opened."""
    return max(1, min(ENOUGH_LEARNERS, ceil(ENOUGH_OF_CLASS * size)))


def is_taught(session: Session, placement_id: int, class_id: int) -> bool:
    """Whether a placement has made a lesson with a class before."""
    held = select(UsageAct.id).where(
        UsageAct.placement_id == placement_id, UsageAct.kind == ActKind.TAUGHT, UsageAct.class_id == class_id
    )
    return session.scalar(held.limit(1)) is not None


def openings(session: Session, placement_id: int, class_id: int) -> list[tuple[datetime, Learner]]:
    """When which learners of the class opened the placement, in order; who held a post that day is no learner."""
    query = (
        select(UsageAct.occurred_at, UsageAct.person_id, UsageAct.account_id)
        .where(
            UsageAct.placement_id == placement_id,
            UsageAct.kind.in_([ActKind.LAUNCH, ActKind.DOWNLOAD]),
            UsageAct.class_id == class_id,
            ~works_on(UsageAct.person_id, UsageAct.act_date),
        )
        .order_by(UsageAct.occurred_at, UsageAct.id)
    )
    return [
        (moment, (person_id, None) if person_id is not None else (None, account_id))
        for moment, person_id, account_id in session.execute(query)
    ]


def reached(opened: Iterable[tuple[datetime, Learner]], needed: int) -> datetime | None:
    """When for the first time so many learners had opened it within one window; None: never yet."""
    latest: dict[Learner, datetime] = {}
    for moment, learner in opened:
        latest[learner] = moment
        if sum(last >= moment - WINDOW for last in latest.values()) >= needed:
            return moment
    return None


def identity_of_teacher(teacher: Account) -> Identity:
    """Who an act is about: the ledger asks only for the account and its person."""
    return Identity(teacher.id, teacher.uid, teacher.login or "", teacher.display_name, None, teacher.person_id)
