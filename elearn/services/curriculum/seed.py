"""Fills the tables of the curriculum; running it again adds only what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.curriculum import Grade, Period, Subject, SubjectLevel
from elearn.services.curriculum.levels import GRADES
from elearn.services.curriculum.periods import PeriodRow, all_periods
from elearn.services.curriculum.programme import SUBJECTS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def seed(session: Session) -> int:
    """Add missing subjects, grades and periods; returns how many.

    Rows that are there stay as they are, because an office may have corrected a name or a day.
    """
    return _seed_subjects(session) + _seed_grades(session) + _seed_periods(session)


def _seed_subjects(session: Session) -> int:
    known = set(session.scalars(select(Subject.code)))
    missing = [(place, row) for place, row in enumerate(SUBJECTS) if row.code not in known]
    session.add_all(
        Subject(code=row.code, name_vi=row.name_vi, name_en=row.name_en, position=place) for place, row in missing
    )
    session.flush()
    session.add_all(SubjectLevel(subject_code=row.code, level=level) for _, row in missing for level in row.levels)
    session.flush()
    return len(missing)


def _seed_grades(session: Session) -> int:
    known = set(session.scalars(select(Grade.code)))
    missing = [(place, row) for place, row in enumerate(GRADES) if row.code not in known]
    session.add_all(
        Grade(code=row.code, level=row.level, name_vi=row.name_vi, name_en=row.name_en, position=place)
        for place, row in missing
    )
    session.flush()
    return len(missing)


def _seed_periods(session: Session) -> int:
    known = {row.code: row.id for row in session.execute(select(Period.code, Period.id))}
    missing = [row for row in all_periods() if row.code not in known]
    for row in missing:
        period = _period(row, known)
        session.add(period)
        session.flush()
        known[row.code] = period.id
    return len(missing)


def _period(row: PeriodRow, known: dict[str, int]) -> Period:
    return Period(
        code=row.code,
        kind=row.kind,
        name_vi=row.name_vi,
        name_en=row.name_en,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        census_on=row.ends_on,
        school_year_id=known[row.school_year] if row.school_year else None,
    )
