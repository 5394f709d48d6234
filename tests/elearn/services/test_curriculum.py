"""The tables of the curriculum and the periods."""

from datetime import date

import pytest
from sqlalchemy import func, select

from elearn.models.curriculum import Grade, Level, Period, PeriodKind, Subject
from elearn.services import curriculum
from elearn.services.curriculum import LEVEL_NAMES, grades, levels_of_grade, period_by_code, periods_on, subjects


def test_seeding_again_adds_nothing_and_corrects_nothing(session):
    session.get(Subject, "TOAN").name_vi = "Toán học"
    assert curriculum.seed(session) == 0
    assert session.get(Subject, "TOAN").name_vi == "Toán học"
    assert session.scalar(select(func.count()).select_from(Grade)) == 16


def test_what_is_missing_is_added(session):
    session.delete(period_by_code(session, "2024-H1"))
    session.flush()
    assert curriculum.seed(session) == 1


def test_every_level_has_names_and_every_grade_belongs_to_one(session):
    assert set(LEVEL_NAMES) == set(Level)
    assert [grade.code for grade in grades(session, [Level.THCS])] == ["6", "7", "8", "9"]
    assert [grade.code for grade in grades(session)][:5] == ["NT", "3-4", "4-5", "5-6", "1"]


def test_continuing_education_has_the_grades_of_secondary_school():
    assert {home for home in Level if Level.GDTX in levels_of_grade(home)} == {Level.GDTX, Level.THCS, Level.THPT}


@pytest.mark.parametrize(
    ("level", "some", "none"),
    [
        (Level.MN, {"PTNN", "PTNT", "PTTC", "PTTM", "PTTCXH"}, {"TOAN"}),
        (Level.TH, {"TOAN", "TV", "TNXH", "KH", "LSDL", "DD", "TINCN"}, {"NV", "KHTN"}),
        (Level.THCS, {"NV", "KHTN", "LSDL", "GDCD"}, {"TV", "VL"}),
        (Level.THPT, {"VL", "HH", "SH", "GDKTPL", "GDQPAN"}, {"KHTN", "GDCD"}),
        (Level.TCCN, {"NGHE"}, {"TOAN"}),
    ],
)
def test_subjects_are_those_of_the_programme_of_2018(session, level, some, none):
    codes = {subject.code for subject in subjects(session, [level])}
    assert some <= codes
    assert not none & codes


def test_a_day_lies_in_a_school_year_a_semester_and_a_calendar_half_year(session):
    found = {period.code for period in periods_on(session, date(2026, 11, 20))}
    assert found == {"2026-2027", "2026-2027-HK1", "2026-H2"}


def test_a_half_year_cuts_across_two_semesters(session):
    first_half = periods_on(session, date(2026, 3, 1), PeriodKind.HALF_YEAR)[0]
    inside = session.scalars(
        select(Period.code).where(
            Period.kind == PeriodKind.SEMESTER,
            Period.starts_on <= first_half.ends_on,
            Period.ends_on >= first_half.starts_on,
        )
    ).all()
    assert sorted(inside) == ["2025-2026-HK1", "2025-2026-HK2"]


def test_the_census_is_on_the_last_day_and_semesters_fill_the_year(session):
    for period in session.scalars(select(Period)):
        assert period.census_on == period.ends_on
    year, first, second = (period_by_code(session, f"2026-2027{part}") for part in ("", "-HK1", "-HK2"))
    assert (year.starts_on, first.ends_on.toordinal() + 1) == (first.starts_on, second.starts_on.toordinal())
    assert year.ends_on == second.ends_on
    assert first.school_year_id == second.school_year_id == year.id
