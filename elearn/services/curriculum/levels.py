"""The levels of education with their names, and the grades of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from elearn.models.curriculum import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


class LevelNames(NamedTuple):
    """The name of a level."""

    vi: str
    en: str


LEVEL_NAMES: Mapping[Level, LevelNames] = {
    Level.MN: LevelNames("Mầm non", "Preschool"),
    Level.TH: LevelNames("Tiểu học", "Primary"),
    Level.THCS: LevelNames("Trung học cơ sở", "Lower secondary"),
    Level.THPT: LevelNames("Trung học phổ thông", "Upper secondary"),
    Level.GDTX: LevelNames("Giáo dục thường xuyên", "Continuing education"),
    Level.KTTH: LevelNames("Kỹ thuật tổng hợp", "General technical education"),
    Level.TCCN: LevelNames("Trung cấp chuyên nghiệp", "Vocational secondary"),
}


class GradeRow(NamedTuple):
    """A grade: its code, level and names."""

    code: str
    level: Level
    name_vi: str
    name_en: str


GRADES: tuple[GradeRow, ...] = (
    GradeRow("NT", Level.MN, "Nhà trẻ", "Nursery"),
    GradeRow("3-4", Level.MN, "Mẫu giáo 3–4 tuổi", "Kindergarten, age 3–4"),
    GradeRow("4-5", Level.MN, "Mẫu giáo 4–5 tuổi", "Kindergarten, age 4–5"),
    GradeRow("5-6", Level.MN, "Mẫu giáo 5–6 tuổi", "Kindergarten, age 5–6"),
    *(GradeRow(str(number), Level.TH, f"Lớp {number}", f"Grade {number}") for number in range(1, 6)),
    *(GradeRow(str(number), Level.THCS, f"Lớp {number}", f"Grade {number}") for number in range(6, 10)),
    *(GradeRow(str(number), Level.THPT, f"Lớp {number}", f"Grade {number}") for number in range(10, 13)),
)

# Continuing education teaches the programmes of the lower and the upper secondary school.
_ALSO_TAUGHT: Mapping[Level, tuple[Level, ...]] = {Level.THCS: (Level.GDTX,), Level.THPT: (Level.GDTX,)}


def levels_of_grade(home: Level) -> tuple[Level, ...]:
    """The levels at which a grade is taught: the one it belongs to, and others that follow its programme."""
    return home, *_ALSO_TAUGHT.get(home, ())
