"""Levels, grades and subjects of the general curriculum, and the periods in which things are counted."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import Code, Key, Name, Row


class Level(StrEnum):
    """The levels of education both plans name (DOMAIN A3); the value is the code in the database and in URLs."""

    MN = "MN"  # mầm non
    TH = "TH"  # tiểu học
    THCS = "THCS"  # trung học cơ sở
    THPT = "THPT"  # trung học phổ thông
    GDTX = "GDTX"  # giáo dục thường xuyên
    KTTH = "KTTH"  # kỹ thuật tổng hợp
    TCCN = "TCCN"  # trung cấp chuyên nghiệp


class Subject(Row):
    """A subject (môn học) or, in mầm non, an area of education (lĩnh vực)."""

    __tablename__ = "subject"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    name_vi: Mapped[Name]
    name_en: Mapped[Name]
    position: Mapped[int]


class SubjectLevel(Row):
    """A subject is taught at a level."""

    __tablename__ = "subject_level"

    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), primary_key=True)
    level: Mapped[Level] = mapped_column(Choice(Level, 8), primary_key=True)


class Grade(Row):
    """A grade (khối lớp), or an age group in mầm non; it belongs to one level."""

    __tablename__ = "grade"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    level: Mapped[Level] = mapped_column(Choice(Level, 8), index=True)
    name_vi: Mapped[Name]
    name_en: Mapped[Name]
    position: Mapped[int]


class PeriodKind(StrEnum):
    """The kinds of period."""

    SCHOOL_YEAR = "school_year"
    SEMESTER = "semester"
    HALF_YEAR = "half_year"  # calendar six months, the reporting period of H515


class Period(Row):
    """A dated period: both days included; the census date decides who belongs to the register."""

    __tablename__ = "period"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(String(32), unique=True)
    kind: Mapped[PeriodKind] = mapped_column(Choice(PeriodKind, 16), index=True)
    name_vi: Mapped[Name]
    name_en: Mapped[Name]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    census_on: Mapped[date]
    school_year_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"))
