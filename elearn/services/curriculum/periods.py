"""School years, their semesters, and calendar half years, as dated rows."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from elearn.models.curriculum import PeriodKind

SCHOOL_YEARS = range(2024, 2028)  # the calendar years in which they begin


class PeriodRow(NamedTuple):
    """A period, both days included; the census date is its last day."""

    code: str
    kind: PeriodKind
    name_vi: str
    name_en: str
    starts_on: date
    ends_on: date
    school_year: str | None = None


def periods_of_school_year(year: int) -> tuple[PeriodRow, ...]:
    """The school year that begins in a calendar year, with its two semesters.

    The ministry's yearly plan (khung kế hoạch thời gian năm học) opens the year on 5 September, ends
    semester I in the middle of January and the year on 31 May; a department may correct the days of its rows.
    """
    code = f"{year}-{year + 1}"
    span = f"{year}–{year + 1}"
    first = PeriodRow(
        f"{code}-HK1",
        PeriodKind.SEMESTER,
        f"Học kỳ I năm học {span}",
        f"Semester I, {span}",
        date(year, 9, 5),
        date(year + 1, 1, 17),
        code,
    )
    second = PeriodRow(
        f"{code}-HK2",
        PeriodKind.SEMESTER,
        f"Học kỳ II năm học {span}",
        f"Semester II, {span}",
        date(year + 1, 1, 18),
        date(year + 1, 5, 31),
        code,
    )
    whole = PeriodRow(
        code, PeriodKind.SCHOOL_YEAR, f"Năm học {span}", f"School year {span}", first.starts_on, second.ends_on
    )
    return whole, first, second


def half_years_of(year: int) -> tuple[PeriodRow, ...]:
    """The two reporting periods of a calendar year (H515)."""
    first = PeriodRow(
        f"{year}-H1",
        PeriodKind.HALF_YEAR,
        f"6 tháng đầu năm {year}",
        f"First half of {year}",
        date(year, 1, 1),
        date(year, 6, 30),
    )
    second = PeriodRow(
        f"{year}-H2",
        PeriodKind.HALF_YEAR,
        f"6 tháng cuối năm {year}",
        f"Second half of {year}",
        date(year, 7, 1),
        date(year, 12, 31),
    )
    return first, second


def all_periods() -> tuple[PeriodRow, ...]:
    """Every period that a new database gets; a school year stands before its semesters."""
    years = [row for year in SCHOOL_YEARS for row in periods_of_school_year(year)]
    halves = [row for year in range(SCHOOL_YEARS.start, SCHOOL_YEARS.stop + 1) for row in half_years_of(year)]
    return (*years, *halves)
