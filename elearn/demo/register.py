"""The units and the register of the demo: a small province before and after the reform of 1 July 2025."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from elearn.models.curriculum import Level
from elearn.models.organisation import UnitKind
from elearn.models.people import Contract, LeaveKind, PostRole

REFORM = date(2025, 7, 1)  # the district tier ended on the eve, communes took over
FOUNDED = date(2008, 8, 1)
YEAR_BEGINS = date(2026, 9, 1)
YEAR_ENDS = date(2027, 8, 31)

ROOT_NAME = "Sở Giáo dục và Đào tạo tỉnh Sơn Bình"
BUREAU = "PGD-TANLAM"


class UnitRow(NamedTuple):
    """A unit: since when, under which unit, and under which one since the reform."""

    code: str
    name: str
    kind: UnitKind
    since: date
    parent: str
    levels: tuple[Level, ...] = ()
    since_reform: str | None = None


UNITS: tuple[UnitRow, ...] = (
    UnitRow(BUREAU, "Phòng Giáo dục và Đào tạo huyện Tân Lâm", UnitKind.BUREAU, date(2000, 1, 1), "SO"),
    UnitRow("X-HUONGLAM", "Ủy ban nhân dân xã Hương Lâm", UnitKind.COMMUNE, REFORM, "SO"),
    UnitRow("P-THANHBINH", "Ủy ban nhân dân phường Thanh Bình", UnitKind.COMMUNE, REFORM, "SO"),
    UnitRow("MN-HOASEN", "Trường Mầm non Hoa Sen", UnitKind.SCHOOL, FOUNDED, BUREAU, (Level.MN,), "X-HUONGLAM"),
    UnitRow("TH-LEQUYDON", "Trường Tiểu học Lê Quý Đôn", UnitKind.SCHOOL, FOUNDED, BUREAU, (Level.TH,), "P-THANHBINH"),
    UnitRow(
        "THCS-NAKHOANG",
        "Trường TH&THCS Nà Khoang",
        UnitKind.SCHOOL,
        FOUNDED,
        BUREAU,
        (Level.TH, Level.THCS),
        "X-HUONGLAM",
    ),
    UnitRow("THPT-CHUVANAN", "Trường THPT Chu Văn An", UnitKind.SCHOOL, FOUNDED, "SO", (Level.THPT,)),
)


class StaffRow(NamedTuple):
    """Somebody with a post."""

    code: str
    name: str
    unit: str
    role: PostRole
    since: date
    level: Level | None = None
    subject: str | None = None
    contract: Contract = Contract.PERMANENT
    until: date | None = None


TEACHER, MANAGER, STAFF = PostRole.TEACHER, PostRole.MANAGER, PostRole.STAFF

STAFF_ROWS: tuple[StaffRow, ...] = (
    StaffRow("CB001", "Đỗ Minh Quân", "SO", STAFF, date(2016, 3, 1)),
    StaffRow("CB002", "Nguyễn Thị Thu Hiền", "SO", MANAGER, date(2012, 5, 1)),
    StaffRow("CB003", "Trần Quốc Bảo", "SO", STAFF, date(2014, 9, 1)),
    StaffRow("CB004", "Lương Văn Thắng", "SO", STAFF, date(2018, 1, 1)),
    StaffRow("CB005", "Bùi Thị Ánh Nguyệt", "X-HUONGLAM", MANAGER, REFORM),
    StaffRow("GV101", "Phạm Thị Mai Hoa", "MN-HOASEN", MANAGER, date(2015, 8, 1), Level.MN),
    StaffRow("GV102", "Hoàng Thị Ngọc Lan", "MN-HOASEN", TEACHER, date(2019, 8, 1), Level.MN, "PTNN"),
    StaffRow("GV103", "Vi Thị Duyên", "MN-HOASEN", TEACHER, date(2021, 8, 1), Level.MN, "PTNT"),
    StaffRow("GV201", "Lê Thanh Tùng", "TH-LEQUYDON", MANAGER, date(2017, 8, 1), Level.TH),
    StaffRow("GV202", "Vũ Thị Hồng Nhung", "TH-LEQUYDON", TEACHER, date(2013, 8, 1), Level.TH, "TOAN"),
    StaffRow("GV203", "Đặng Văn Ân", "TH-LEQUYDON", TEACHER, date(2020, 8, 1), Level.TH, "TV"),
    StaffRow("GV204", "Ngô Thị Thảo", "TH-LEQUYDON", TEACHER, date(2022, 8, 1), Level.TH, "NN1", Contract.CONTRACT),
    StaffRow("GV301", "Hà Công Đức", "THCS-NAKHOANG", MANAGER, date(2016, 8, 1), Level.THCS),
    StaffRow("GV302", "Bàn Thị Mùi", "THCS-NAKHOANG", TEACHER, date(2018, 8, 1), Level.THCS, "KHTN"),
    StaffRow("GV303", "Nguyễn Hữu Phước", "THCS-NAKHOANG", TEACHER, date(2011, 8, 1), Level.THCS, "TOAN"),
    StaffRow("GV304", "Lò Văn Pâng", "THCS-NAKHOANG", TEACHER, date(2019, 8, 1), Level.TH, "TV"),
    # Moved within the province in the middle of a school year: two posts, never two on one day.
    StaffRow(
        "GV305",
        "Trịnh Thị Kim Oanh",
        "TH-LEQUYDON",
        TEACHER,
        date(2015, 8, 1),
        Level.TH,
        "TOAN",
        until=date(2026, 1, 15),
    ),
    StaffRow("GV305", "Trịnh Thị Kim Oanh", "THCS-NAKHOANG", TEACHER, date(2026, 1, 16), Level.THCS, "TOAN"),
    StaffRow("GV401", "Đinh Trọng Nghĩa", "THPT-CHUVANAN", MANAGER, date(2014, 8, 1), Level.THPT),
    StaffRow("GV402", "Phan Thị Diệu Linh", "THPT-CHUVANAN", TEACHER, date(2016, 8, 1), Level.THPT, "VL"),
    StaffRow("GV403", "Tô Hoài An", "THPT-CHUVANAN", TEACHER, date(2019, 8, 1), Level.THPT, "HH"),
    StaffRow("GV404", "Lý Gia Hân", "THPT-CHUVANAN", TEACHER, date(2023, 8, 1), Level.THPT, "TIN"),
)


class LeaveRow(NamedTuple):
    """Somebody who is away."""

    person: str
    kind: LeaveKind
    since: date
    until: date


LEAVES: tuple[LeaveRow, ...] = (LeaveRow("GV204", LeaveKind.MATERNITY, date(2026, 9, 15), date(2027, 3, 15)),)


class ClassRow(NamedTuple):
    """A class with its form teacher and its pupils (code and name)."""

    unit: str
    name: str
    grade: str
    teacher: str
    pupils: tuple[tuple[str, str], ...]


CLASSES: tuple[ClassRow, ...] = (
    ClassRow(
        "MN-HOASEN",
        "Lớp Lá 1",
        "5-6",
        "GV102",
        (("HS101", "Nguyễn Bảo Châu"), ("HS102", "Quàng Minh Khôi"), ("HS103", "Trần An Nhiên")),
    ),
    ClassRow(
        "TH-LEQUYDON",
        "4A",
        "4",
        "GV202",
        (
            ("HS201", "Nguyễn Gia Bách"),
            ("HS202", "Lê Khánh An"),
            ("HS203", "Phạm Tuệ Anh"),
            ("HS204", "Đỗ Đức Anh"),
            ("HS205", "Vũ Hà My"),
            ("HS206", "Trần Hoàng Nam"),
        ),
    ),
    ClassRow(
        "THCS-NAKHOANG",
        "6B",
        "6",
        "GV302",
        (
            ("HS301", "Lò Thị Ánh Dương"),
            ("HS302", "Hà Văn Tiến"),
            ("HS303", "Bàn Quỳnh Chi"),
            ("HS304", "Nông Đình Hiếu"),
            ("HS305", "Triệu Mùi Nái"),
        ),
    ),
    ClassRow(
        "THPT-CHUVANAN",
        "10A1",
        "10",
        "GV402",
        (
            ("HS401", "Đoàn Nhật Minh"),
            ("HS402", "Hồ Thị Yến Nhi"),
            ("HS403", "Cao Thế Vinh"),
            ("HS404", "Mai Phương Thảo"),
        ),
    ),
)
