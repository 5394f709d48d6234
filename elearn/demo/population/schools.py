"""The units of the province beside those of `elearn.demo.register`, and what each school has of people."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from elearn.demo.register import BUREAU, FOUNDED, REFORM, UnitRow
from elearn.models.curriculum import Level
from elearn.models.organisation import UnitKind

SECOND_BUREAU = "PGD-SUOINGAN"
BUREAUS = (BUREAU, SECOND_BUREAU)
NON_PUBLIC = frozenset({"MN-ANHDUONG"})

MORE_UNITS: tuple[UnitRow, ...] = (
    UnitRow(SECOND_BUREAU, "Phòng Giáo dục và Đào tạo huyện Suối Ngàn", UnitKind.BUREAU, date(2000, 1, 1), "SO"),
    UnitRow("X-SUOINGAN", "Ủy ban nhân dân xã Suối Ngàn", UnitKind.COMMUNE, REFORM, "SO"),
    UnitRow("X-BANMAY", "Ủy ban nhân dân xã Bản Mây", UnitKind.COMMUNE, REFORM, "SO"),
    UnitRow(
        "MN-ANHDUONG",
        "Trường Mầm non tư thục Ánh Dương",
        UnitKind.SCHOOL,
        date(2016, 8, 1),
        BUREAU,
        (Level.MN,),
        "P-THANHBINH",
    ),
    UnitRow("TH-BANMAY", "Trường Tiểu học Bản Mây", UnitKind.SCHOOL, FOUNDED, SECOND_BUREAU, (Level.TH,), "X-BANMAY"),
    UnitRow("THCS-THANHBINH", "Trường THCS Thanh Bình", UnitKind.SCHOOL, FOUNDED, BUREAU, (Level.THCS,), "P-THANHBINH"),
    UnitRow(
        "THCS-SUOINGAN",
        "Trường PTDTBT THCS Suối Ngàn",
        UnitKind.SCHOOL,
        FOUNDED,
        SECOND_BUREAU,
        (Level.THCS,),
        "X-SUOINGAN",
    ),
    UnitRow("THPT-NGUYENDU", "Trường THPT Nguyễn Du", UnitKind.SCHOOL, FOUNDED, "SO", (Level.THPT,)),
    UnitRow("GDTX-SONBINH", "Trung tâm Giáo dục thường xuyên tỉnh", UnitKind.SCHOOL, FOUNDED, "SO", (Level.GDTX,)),
    UnitRow(
        "KTTH-SONBINH",
        "Trung tâm Kỹ thuật tổng hợp – Hướng nghiệp tỉnh",
        UnitKind.SCHOOL,
        FOUNDED,
        "SO",
        (Level.KTTH,),
    ),
    UnitRow(
        "TCCN-SONBINH", "Trường Trung cấp Kinh tế – Kỹ thuật Sơn Bình", UnitKind.SCHOOL, FOUNDED, "SO", (Level.TCCN,)
    ),
)

GROUP = ("KHO-KHAN", "Các trường vùng đặc biệt khó khăn")
GROUP_UNITS = ("TH-BANMAY", "THCS-NAKHOANG", "THCS-SUOINGAN")


class Section(NamedTuple):
    """Classes of one grade: their names in this school year, and how many pupils each has."""

    level: Level
    grade: str | None
    names: tuple[str, ...]
    size: int


class SchoolPlan(NamedTuple):
    """A school: who works and learns there.

    `teachers` counts them by level and main subject, beside those of the tables; `keen` is the share of them who
    take up materials in a semester, in the previous and in the present school year.
    """

    unit: str
    tag: str  # in logins
    minorities: tuple[str, ...]
    share: float
    teachers: tuple[tuple[Level, str, int], ...]
    sections: tuple[Section, ...]
    keen: tuple[float, float]
    founded: date = FOUNDED


def _counts(level: Level, text: str) -> tuple[tuple[Level, str, int], ...]:
    """Read "TOAN 4, NV 3"."""
    return tuple((level, pair.split()[0], int(pair.split()[1])) for pair in text.split(","))


def _grades(level: Level, grades: range, letters: tuple[str, ...], size: int) -> tuple[Section, ...]:
    return tuple(Section(level, str(g), tuple(f"{g}{letter}" for letter in letters), size) for g in grades)


MN, TH, THCS, THPT = Level.MN, Level.TH, Level.THCS, Level.THPT
HIGHLAND = ("thai", "hmong", "dao")
VALLEY = ("tay", "muong", "thai")

SCHOOLS: tuple[SchoolPlan, ...] = (
    SchoolPlan(
        "MN-HOASEN",
        "hoasen",
        HIGHLAND,
        0.5,
        _counts(MN, "PTNT 4, PTNN 4, PTTM 3, PTTC 2"),
        (
            Section(MN, "NT", ("Nhóm trẻ A",), 20),
            Section(MN, "3-4", ("Lớp Mầm 1",), 20),
            Section(MN, "4-5", ("Lớp Chồi 1",), 20),
            Section(MN, "5-6", ("Lớp Lá 1", "Lớp Lá 2"), 20),
        ),
        (0.35, 0.6),
    ),
    SchoolPlan(
        "MN-ANHDUONG",
        "anhduong",
        VALLEY,
        0.1,
        _counts(MN, "PTNT 3, PTNN 3, PTTM 2, PTTC 1"),
        (
            Section(MN, "3-4", ("Lớp Mầm 1",), 20),
            Section(MN, "4-5", ("Lớp Chồi 1",), 20),
            Section(MN, "5-6", ("Lớp Lá 1",), 20),
        ),
        (0.5, 0.75),
        date(2016, 8, 1),
    ),
    SchoolPlan(
        "TH-LEQUYDON",
        "lequydon",
        VALLEY,
        0.15,
        _counts(TH, "TV 8, TOAN 7, KH 2, TNXH 2, NN1 3, TINCN 1"),
        _grades(TH, range(1, 6), ("A", "B"), 25),
        (0.6, 0.85),
    ),
    SchoolPlan(
        "TH-BANMAY",
        "banmay",
        HIGHLAND,
        0.75,
        _counts(TH, "TV 5, TOAN 5, TNXH 1, NN1 1, KH 1"),
        _grades(TH, range(1, 6), ("A",), 18),
        (0.15, 0.25),
    ),
    SchoolPlan(
        "THCS-NAKHOANG",
        "nakhoang",
        HIGHLAND,
        0.7,
        (*_counts(TH, "TV 4, TOAN 3, NN1 1"), *_counts(THCS, "TOAN 2, NV 3, NN1 2, KHTN 3, LSDL 2, TIN 1, GDCD 1")),
        (*_grades(TH, range(1, 6), ("A",), 18), *_grades(THCS, range(6, 10), ("A", "B"), 16)),
        (0.3, 0.55),
    ),
    SchoolPlan(
        "THCS-THANHBINH",
        "thanhbinh",
        VALLEY,
        0.15,
        _counts(THCS, "TOAN 4, NV 4, NN1 3, KHTN 4, LSDL 3, TIN 2, GDCD 1, GDTC 1, AN 1"),
        _grades(THCS, range(6, 10), ("A", "B"), 26),
        (0.5, 0.85),
    ),
    SchoolPlan(
        "THCS-SUOINGAN",
        "suoingan",
        HIGHLAND,
        0.85,
        _counts(THCS, "TOAN 2, NV 3, NN1 1, KHTN 3, LSDL 2, TIN 1, GDCD 1"),
        _grades(THCS, range(6, 10), ("A",), 22),
        (0.2, 0.4),
    ),
    SchoolPlan(
        "THPT-CHUVANAN",
        "chuvanan",
        VALLEY,
        0.2,
        _counts(THPT, "TOAN 5, NV 5, NN1 4, VL 3, HH 2, SH 2, DL 2, LS 2, TIN 2, GDKTPL 1, GDTC 2, GDQPAN 1"),
        _grades(THPT, range(10, 13), ("A1", "A2"), 32),
        (0.65, 0.88),
    ),
    SchoolPlan(
        "THPT-NGUYENDU",
        "nguyendu",
        VALLEY,
        0.3,
        _counts(THPT, "TOAN 4, NV 4, NN1 3, VL 2, HH 2, SH 2, DL 2, LS 1, TIN 1, GDKTPL 1, GDTC 1"),
        _grades(THPT, range(10, 13), ("A1", "A2"), 24),
        (0.5, 0.65),
    ),
    SchoolPlan(
        "GDTX-SONBINH",
        "gdtx",
        VALLEY,
        0.3,
        _counts(Level.GDTX, "TOAN 2, NV 2, TIN 1, NN1 1, SH 1, DL 1, VL 1, HH 1, NGHE 1"),
        tuple(Section(Level.GDTX, grade, (f"{grade}B",), 22) for grade in ("10", "11", "12")),
        (0.4, 0.6),
    ),
    SchoolPlan(
        "KTTH-SONBINH",
        "ktth",
        VALLEY,
        0.3,
        _counts(Level.KTTH, "NGHE 7"),
        (Section(Level.KTTH, None, ("Làm vườn", "Tin học văn phòng"), 20),),
        (0.35, 0.6),
    ),
    SchoolPlan(
        "TCCN-SONBINH",
        "trungcap",
        VALLEY,
        0.3,
        _counts(Level.TCCN, "NGHE 11"),
        (Section(Level.TCCN, None, ("Kế toán", "Cơ khí"), 22),),
        (0.45, 0.8),
    ),
)
