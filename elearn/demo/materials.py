"""All sixteen materials of the demo with what people would say of them: twelve lessons, two PDFs, two programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elearn.demo.builder import build
from elearn.demo.documents import document
from elearn.demo.lessons import LESSONS
from elearn.demo.software import SOFTWARE, build_software
from elearn.models.material import Licence, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.demo.builder import Lesson
    from elearn.demo.software import SoftwareEntry

# Login -> name of the teachers who bring the materials; one for each of the demo's four schools.
AUTHORS = {
    "giaovien.mn": "Hoàng Thị Ngọc Lan",
    "giaovien.th": "Vũ Thị Hồng Nhung",
    "giaovien.thcs": "Bàn Thị Mùi",
    "giaovien.thpt": "Phan Thị Diệu Linh",
}
AUTHOR_OF_LEVEL = {
    "MN": "giaovien.mn",
    "TH": "giaovien.th",
    "THCS": "giaovien.thcs",
    "THPT": "giaovien.thpt",
    "GDTX": "giaovien.thpt",
}
# Most are published; some wait on their way, so that reviewers and authors have something to do.
ON_THE_WAY = {
    "nghe-den-cau-thang": Status.SUBMITTED,
    "toan7-so-huu-ti": Status.SUBMITTED,
    "luyen-tinh-nham": Status.DRAFT,
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
    status: Status
    author_name: str = ""
    vendor: str = ""
    version: str = ""
    platforms: tuple[str, ...] = ()


def demo_materials() -> Iterator[DemoMaterial]:
    """Build and yield all materials, lessons first; the same bytes every time."""
    yield from map(_of_lesson, LESSONS)
    yield _worksheet()
    yield _guide()
    yield from map(_of_software, SOFTWARE)


def _of_lesson(lesson: Lesson) -> DemoMaterial:
    return DemoMaterial(
        file_name=f"{lesson.slug}.zip",
        data=build(lesson),
        kind="scorm",
        title=lesson.title,
        levels=(lesson.level,),
        grades=(lesson.grade,),
        subjects=(lesson.subject,),
        description=lesson.description,
        keywords=lesson.keywords,
        licence=Licence.CC_BY,
        author_login=AUTHOR_OF_LEVEL[lesson.level],
        author_name=lesson.author,
        status=ON_THE_WAY.get(lesson.slug, Status.PUBLISHED),
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
        status=Status.PUBLISHED,
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
        status=Status.PUBLISHED,
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
        status=ON_THE_WAY.get(entry.slug, Status.PUBLISHED),
        vendor=entry.vendor,
        version=entry.version,
        platforms=entry.platforms,
    )
