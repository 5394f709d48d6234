"""The demo's time: two school years around the day of first start."""

from datetime import date

import pytest

from elearn.demo.population.calendar import anchored, is_school_day, moment


@pytest.mark.parametrize(
    ("today", "codes", "until"),
    [
        (date(2026, 11, 22), ("2025-2026", "2026-2027"), date(2026, 11, 21)),
        (date(2026, 9, 5), ("2024-2025", "2025-2026"), date(2026, 5, 31)),
        (date(2026, 9, 6), ("2025-2026", "2026-2027"), date(2026, 9, 5)),
        (date(2026, 7, 1), ("2024-2025", "2025-2026"), date(2026, 5, 31)),
        (date(2027, 3, 1), ("2025-2026", "2026-2027"), date(2027, 2, 28)),
        (date(2031, 1, 1), ("2026-2027", "2027-2028"), date(2028, 5, 31)),
    ],
)
def test_the_present_school_year_is_the_one_that_began_last_among_those_that_are_seeded(today, codes, until):
    calendar = anchored(today)
    assert calendar.codes == codes
    assert calendar.until == until
    assert calendar.begins.isoformat() == f"{codes[0][:4]}-09-05"


def test_days_of_the_tables_move_with_the_anchor_and_history_stays():
    calendar = anchored(date(2027, 10, 1))
    assert calendar.moved(date(2026, 1, 12)) == date(2027, 1, 12)
    assert calendar.moved(date(2019, 8, 1)) == date(2019, 8, 1)


@pytest.mark.parametrize(
    ("day", "taught"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 2, 17), False),  # Tết
        (date(2026, 4, 30), False),
        (date(2026, 7, 15), False),
    ],
)
def test_schools_teach_from_monday_to_friday_but_not_on_holidays(day, taught):
    assert is_school_day(day) is taught


def test_a_time_of_day_is_that_of_the_province():
    assert moment(date(2026, 11, 20), 7, 15).isoformat() == "2026-11-20T00:15:00+00:00"
