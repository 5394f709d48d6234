"""All materials of the demo with what people would say of them: lessons, two PDFs, two programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from elearn.demo.builder import build
from elearn.demo.documents import document
from elearn.demo.lessons import FIRST_LESSONS, MORE_LESSONS
from elearn.demo.software import SOFTWARE, build_software
from elearn.models.describing import Licence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.demo.builder import Lesson
    from elearn.demo.software import SoftwareEntry

# Login -> name of the teachers who bring the materials.
AUTHORS = {
    "giaovien.mn": "Hoàng Thị Ngọc Lan",
    "giaovien.th": "Vũ Thị Hồng Nhung",
    "giaovien.thcs": "Bàn Thị Mùi",
    "giaovien.thpt": "Phan Thị Diệu Linh",
    "giaovien.tuthuc": "Nguyễn Thị Phương Thảo",
    "giaovien.anh": "Ngô Thị Thảo",
    "giaovien.banmay": "Sùng Thị Mỷ",
    "giaovien.thanhbinh": "Trần Thị Bích Ngọc",
    "giaovien.van": "Hoàng Thị Khuê",
    "totruong.thanhbinh": "Đỗ Quang Huy",
    "giaovien.suoingan": "Vàng Seo Lử",
    "giaovien.nguyendu": "Lê Hoàng Yến",
    "giaovien.toan": "Trịnh Đức Toàn",
    "giaovien.ktpl": "Chu Thị Minh Tâm",
    "giaovien.gdtx": "Mông Thị Hiên",
    "giaovien.ktth": "Bế Văn Luân",
    "giaovien.tccn": "Phạm Thị Thanh Hà",
    "giaovien.cokhi": "Lục Văn Tiệp",
}
LOGIN_OF = {name: login for login, name in AUTHORS.items()}


class Way(StrEnum):
    """How far a material has come; every queue has something to show."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


ON_THE_WAY = {
    "nghe-den-cau-thang": Way.SUBMITTED,
    "toan7-so-huu-ti": Way.SUBMITTED,
    "luyen-tinh-nham": Way.DRAFT,
    "mn-mau-sac": Way.DRAFT,
    "gdcd7-quan-li-tien": Way.SUBMITTED,
    "tccn-hinh-chieu": Way.SUBMITTED,
    "ktpl11-cung-cau": Way.RETURNED,
    "tin3-may-tinh": Way.WITHDRAWN,
}
# When a material was submitted, in the years of the tables; others came in September 2025, one a day.
SUBMITTED_ON = {
    "mn-con-vat": date(2025, 10, 6),
    "toan2-phep-nhan": date(2025, 10, 20),
    "tnxh2-bien-bao": date(2025, 11, 3),
    "tin3-may-tinh": date(2025, 11, 17),
    "ta4-gio": date(2025, 12, 1),
    "nv6-tu": date(2025, 12, 15),
    "ls6-thoi-gian": date(2026, 1, 12),
    "khtn8-ap-suat": date(2026, 1, 26),
    "toan8-pythagore": date(2026, 3, 2),
    "sh10-nguyen-phan": date(2026, 3, 16),
    "gdtx10-thong-ke": date(2026, 3, 30),
    "ktth-ghep-cay": date(2026, 4, 13),
    "mn-rua-tay": date(2026, 4, 27),
    "tccn-ke-toan": date(2026, 5, 11),
    "tin7-tim-kiem": date(2026, 9, 7),
    "toan10-parabol": date(2026, 9, 14),
    "dl10-mui-gio": date(2026, 9, 21),
    "ktth-bang-tinh": date(2026, 10, 5),
    "ktpl11-cung-cau": date(2026, 10, 19),
    "gdcd7-quan-li-tien": date(2026, 11, 2),
    "tccn-hinh-chieu": date(2026, 11, 9),
    "nghe-den-cau-thang": date(2026, 11, 12),
    "toan7-so-huu-ti": date(2026, 11, 13),
}


@dataclass(frozen=True, slots=True)
class DemoMaterial:
    """One file with its metadata.

    Codes are the library's; `kind` is what intake will find; `vendor`, `version`, `platforms` are of software only.
    """

    file_name: str
    data: bytes
    kind: str
    title: str
    levels: tuple[str, ...]
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    licence: Licence
    author_login: str
    way: Way
    submitted_on: date
    author_name: str = ""
    vendor: str = ""
    version: str = ""
    platforms: tuple[str, ...] = ()


def demo_materials(*, whole: bool = True) -> Iterator[DemoMaterial]:
    """Build and yield all materials (or those of the small demo), lessons first; the same bytes every time."""
    yield from map(_of_lesson, FIRST_LESSONS)
    yield _worksheet()
    yield _guide()
    yield from map(_of_software, SOFTWARE)
    if whole:
        yield from map(_of_lesson, MORE_LESSONS)


def _submitted_on(slug: str) -> date:
    place = next((number for number, lesson in enumerate(FIRST_LESSONS) if lesson.slug == slug), len(FIRST_LESSONS))
    return SUBMITTED_ON.get(slug, date(2025, 9, 8) + timedelta(place))


def _of_lesson(lesson: Lesson) -> DemoMaterial:
    return DemoMaterial(
        file_name=f"{lesson.slug}.zip",
        data=build(lesson),
        kind="scorm",
        title=lesson.title,
        levels=(lesson.level,),
        grades=(lesson.grade,) if lesson.grade else (),
        subjects=(lesson.subject,),
        description=lesson.description,
        keywords=lesson.keywords,
        licence=Licence.CC_BY,
        author_login=LOGIN_OF[lesson.author],
        author_name=lesson.author,
        way=ON_THE_WAY.get(lesson.slug, Way.PUBLISHED),
        submitted_on=_submitted_on(lesson.slug),
    )


def _worksheet() -> DemoMaterial:
    return DemoMaterial(
        file_name="phieu-bai-tap-toan-4.pdf",
        data=document("phieu-bai-tap-toan-4"),
        kind="pdf",
        title="Phiếu bài tập Toán lớp 4: Phân số",
        levels=("TH",),
        grades=("4",),
        subjects=("TOAN",),
        description="Tám bài luyện tập về phân số: nhận biết, rút gọn, so sánh, bốn phép tính và giải toán có lời văn; "
        "kèm đáp án và gợi ý chấm.",
        keywords=("phân số", "phiếu bài tập", "rút gọn phân số", "so sánh phân số", "đáp án"),
        licence=Licence.CC_BY,
        author_login="giaovien.th",
        author_name=AUTHORS["giaovien.th"],
        way=Way.PUBLISHED,
        submitted_on=date(2025, 9, 25),
    )


def _guide() -> DemoMaterial:
    return DemoMaterial(
        file_name="huong-dan-giao-vien.pdf",
        data=document("huong-dan-giao-vien"),
        kind="pdf",
        title="Hướng dẫn giáo viên: Tổ chức giờ học với bài giảng điện tử",
        levels=("TH", "THCS", "THPT"),
        grades=(),
        subjects=(),
        description="Chuẩn bị, tổ chức và rút kinh nghiệm giờ học có bài giảng điện tử; lớp chỉ có một máy tính; "
        "bản quyền, dữ liệu học sinh và bảng tự kiểm trước khi gửi duyệt.",
        keywords=("hướng dẫn giáo viên", "bài giảng điện tử", "kế hoạch bài dạy", "học liệu số"),
        licence=Licence.CC_BY,
        author_login="giaovien.thcs",
        author_name=AUTHORS["giaovien.thcs"],
        way=Way.PUBLISHED,
        submitted_on=date(2025, 9, 25),
    )


def _of_software(entry: SoftwareEntry) -> DemoMaterial:
    return DemoMaterial(
        file_name=f"{entry.slug}-{entry.version}.zip",
        data=build_software(entry),
        kind="software",
        title=entry.title,
        levels=entry.levels,
        grades=entry.grades,
        subjects=entry.subjects,
        description=entry.description,
        keywords=entry.keywords,
        licence=Licence(entry.licence),
        author_login="giaovien.th",
        author_name=entry.vendor,
        way=ON_THE_WAY.get(entry.slug, Way.PUBLISHED),
        submitted_on=_submitted_on(entry.slug),
        vendor=entry.vendor,
        version=entry.version,
        platforms=entry.platforms,
    )
