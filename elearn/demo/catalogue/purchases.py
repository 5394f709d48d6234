"""What the demo's province pays for: three programs that do not exist, with seats, costs and a licence that has ended.

Real names stand for real terms, so nothing of the 46 titles is given a price that its makers do not ask.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from elearn.models.software import LicenceKind, Money

MADE_UP = "Đơn vị mẫu, không có thật"
LANGUAGES, CLASSROOM, ACCOUNTS = "Phòng học ngoại ngữ Sơn Bình", "Lớp học tương tác Ban Mai", "Kế toán máy Đồng Xanh"


class Bought(NamedTuple):
    """A licence: of whom, which, how many seats, what it costs a year, and its first and last day of the tables."""

    unit: str
    kind: LicenceKind
    seats: int | None
    cost: int
    money: Money
    contract: str
    starts_on: date
    expires_on: date | None


class PaidTitle(NamedTuple):
    """A program that is bought: what it is for, its versions with the days on which they came out, its licences."""

    name: str
    levels: tuple[str, ...]
    subjects: tuple[str, ...]
    what: str
    releases: tuple[tuple[str, date], ...]
    licences: tuple[Bought, ...]


YEAR = timedelta(days=364)
PAID = (
    PaidTitle(
        LANGUAGES, ("THCS", "THPT"), ("NN1",), "Luyện nghe nói theo nhóm, giáo viên nghe từng máy (phần mềm mẫu).",
        (("3.1", date(2025, 9, 2)), ("3.4", date(2026, 3, 2))),
        (Bought("SO", LicenceKind.SEATS, 120, 96_000_000, Money.BUDGET, "12/HĐ-SGDĐT", date(2025, 9, 3), None),),
    ),
    PaidTitle(
        CLASSROOM, ("THPT",), ("TIN",), "Giáo viên trình chiếu lên mọi máy và xem bài làm của học sinh (phần mềm mẫu).",
        (("7.0", date(2025, 9, 2)),),
        (Bought("THPT-NGUYENDU", LicenceKind.SEATS, 40, 18_000_000, Money.SCHOOL, "03/HĐ-ND", date(2025, 9, 3), None),),
    ),
    PaidTitle(
        ACCOUNTS, ("TCCN",), ("NGHE",), "Thực hành kế toán trên bộ chứng từ mẫu (phần mềm mẫu).",
        (("2025", date(2025, 9, 2)),),
        (Bought("TCCN-SONBINH", LicenceKind.SITE, None, 25_000_000, Money.PROJECT, "07/HĐ-TC", date(2025, 9, 3),
                date(2026, 6, 30)),),
    ),
)  # fmt: skip

# Versions of some of the 46 titles with the days on which their makers published them.
RELEASES: dict[str, tuple[tuple[str, date], ...]] = {
    "GCompris": (("4.0", date(2024, 2, 21)), ("25.0", date(2025, 1, 30))),
    "Tux Paint": (("0.9.33", date(2024, 6, 29)), ("0.9.34", date(2024, 10, 10))),
    "Inkscape": (("1.3", date(2023, 7, 23)), ("1.4", date(2024, 10, 9))),
    "QGIS": (("3.34", date(2023, 10, 27)), ("3.40", date(2024, 10, 25))),
    "LibreOffice": (("24.2", date(2024, 1, 31)), ("24.8", date(2024, 8, 22)), ("25.2", date(2025, 2, 6))),
    "GIMP": (("2.10.38", date(2024, 5, 5)), ("3.0", date(2025, 3, 16))),
    "Blender": (("4.1", date(2024, 3, 26)), ("4.2", date(2024, 7, 16))),
    "FreeCAD": (("0.21", date(2023, 8, 2)), ("1.0", date(2024, 11, 18))),
    "KiCad": (("8.0", date(2024, 2, 23)), ("9.0", date(2025, 2, 20))),
}
