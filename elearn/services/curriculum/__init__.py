"""Levels, grades, subjects and periods: the tables of the general curriculum and questions about them."""

from elearn.services.curriculum.levels import GRADES, LEVEL_NAMES, LevelNames, levels_of_grade
from elearn.services.curriculum.periods import SCHOOL_YEARS, periods_of_school_year
from elearn.services.curriculum.programme import SUBJECTS
from elearn.services.curriculum.queries import grades, period_by_code, periods_on, subjects
from elearn.services.curriculum.seed import seed

__all__ = [
    "GRADES",
    "LEVEL_NAMES",
    "SCHOOL_YEARS",
    "SUBJECTS",
    "LevelNames",
    "grades",
    "levels_of_grade",
    "period_by_code",
    "periods_of_school_year",
    "periods_on",
    "seed",
    "subjects",
]
