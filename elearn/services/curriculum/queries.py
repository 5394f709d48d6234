"""Questions about subjects, grades and periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.curriculum import Grade, Period, Subject, SubjectLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level, PeriodKind


def subjects(session: Session, levels: Iterable[Level] = ()) -> Sequence[Subject]:
    """The subjects taught at one of the levels (none given: all), in the order of the programme."""
    wanted = select(Subject)
    chosen = list(levels)
    if chosen:
        taught = select(SubjectLevel.subject_code).where(SubjectLevel.level.in_(chosen))
        wanted = wanted.where(Subject.code.in_(taught))
    return session.scalars(wanted.order_by(Subject.position)).all()


def grades(session: Session, levels: Iterable[Level] = ()) -> Sequence[Grade]:
    """The grades of the levels (none given: all), youngest first."""
    wanted = select(Grade)
    chosen = list(levels)
    if chosen:
        wanted = wanted.where(Grade.level.in_(chosen))
    return session.scalars(wanted.order_by(Grade.position)).all()


def period_by_code(session: Session, code: str) -> Period | None:
    """The period with a code such as 2026-2027-HK1."""
    return session.scalar(select(Period).where(Period.code == code))


def periods_on(session: Session, day: date, kind: PeriodKind | None = None) -> Sequence[Period]:
    """The periods in which a day lies."""
    held = select(Period).where(Period.starts_on <= day, Period.ends_on >= day)
    if kind is not None:
        held = held.where(Period.kind == kind)
    return session.scalars(held.order_by(Period.starts_on, Period.id)).all()
