"""The courses of the demo: who teaches them, with which materials, opened to which classes on which days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from elearn.demo.population.classes import PRESENT, PREVIOUS
from elearn.models.course import Grading


class CourseRow(NamedTuple):
    """A course. `share` of the pupils of its classes take part; days are those of the tables."""

    owner: str
    unit: str
    title: str
    description: str
    subject: str
    grade: str | None
    items: tuple[str, ...]
    classes: tuple[str, ...]
    year: int
    opens_on: date
    closes_on: date | None = None
    share: float = 0.8
    grading: Grading = Grading.BEST
    max_attempts: int = 0


COURSES: tuple[CourseRow, ...] = (
    CourseRow(
        "giaovien.th",
        "TH-LEQUYDON",
        "Khoa học và Toán lớp 4",
        "Học bài về nước, làm phiếu phân số rồi làm quen với số thập phân. Mỗi tuần một bài, được làm lại nhiều lần.",
        "KH",
        "4",
        ("kh4-nuoc", "phieu-bai-tap-toan-4", "toan5-so-thap-phan"),
        ("4A", "4B"),
        PRESENT,
        date(2026, 9, 21),
        share=0.85,
    ),
    CourseRow(
        "giaovien.thcs",
        "THCS-NAKHOANG",
        "Khám phá lớp 6: tế bào, Trái Đất, thời gian",
        "Ba bài mở đầu của Khoa học tự nhiên, Địa lí và Lịch sử lớp 6, học trên phòng máy của trường.",
        "KHTN",
        "6",
        ("khtn6-te-bao", "lsdl6-kinh-vi-tuyen", "ls6-thoi-gian"),
        ("6A", "6B"),
        PRESENT,
        date(2026, 9, 28),
        share=0.65,
    ),
    CourseRow(
        "giaovien.thpt",
        "THPT-CHUVANAN",
        "Nền tảng lớp 10: hệ nhị phân, bảng tuần hoàn, múi giờ",
        "Khóa tự học có hướng dẫn cho học sinh lớp 10; điểm lấy lần làm tốt nhất trong ba lần.",
        "TIN",
        "10",
        ("tin10-he-nhi-phan", "hh10-bang-tuan-hoan", "dl10-mui-gio"),
        ("10A1", "10A2"),
        PRESENT,
        date(2026, 10, 5),
        share=0.9,
        max_attempts=3,
    ),
    CourseRow(
        "giaovien.nguyendu",
        "THPT-NGUYENDU",
        "Sinh học 10: Chu kì tế bào",
        "Nguyên phân qua hình vẽ từng kì, kèm bài tập tính toán.",
        "SH",
        "10",
        ("sh10-nguyen-phan", "hh10-bang-tuan-hoan"),
        ("10A1", "10A2"),
        PRESENT,
        date(2026, 9, 14),
        share=0.75,
        grading=Grading.AVERAGE,
    ),
    CourseRow(
        "giaovien.gdtx",
        "GDTX-SONBINH",
        "Toán và Vật lí ứng dụng cho học viên vừa học vừa làm",
        "Học buổi tối, theo nhịp của từng người.",
        "TOAN",
        "10",
        ("gdtx10-thong-ke", "vl11-mach-dien"),
        ("10B", "11B"),
        PRESENT,
        date(2026, 10, 12),
        share=0.1,
    ),
    CourseRow(
        "giaovien.suoingan",
        "THCS-SUOINGAN",
        "Tin học 7: Tìm kiếm",
        "Hai thuật toán tìm kiếm, học theo nhóm hai em một máy.",
        "TIN",
        "7",
        ("tin7-tim-kiem",),
        ("7A",),
        PRESENT,
        date(2026, 10, 19),
        share=0.6,
        grading=Grading.LAST,
    ),
    CourseRow(
        "giaovien.tccn",
        "TCCN-SONBINH",
        "Nguyên lí kế toán và bảng tính",
        "Tài khoản, ghi sổ kép, rồi lập bảng bằng công thức.",
        "NGHE",
        None,
        ("tccn-ke-toan", "ktth-bang-tinh"),
        ("Kế toán",),
        PRESENT,
        date(2026, 9, 21),
        share=0.85,
    ),
    CourseRow(
        "giaovien.thanhbinh",
        "THCS-THANHBINH",
        "Toán – Khoa học tự nhiên 8",
        "Định lí Pythagore và áp suất; chỉ tính lần làm đầu tiên.",
        "TOAN",
        "8",
        ("toan8-pythagore", "khtn8-ap-suat"),
        ("8A", "8B"),
        PRESENT,
        date(2026, 10, 26),
        share=0.7,
        grading=Grading.FIRST,
    ),
    CourseRow(
        "giaovien.ktth",
        "KTTH-SONBINH",
        "Nghề Làm vườn: nhân giống cây ăn quả",
        "Chuẩn bị lí thuyết trước khi ra vườn thực hành.",
        "NGHE",
        None,
        ("ktth-ghep-cay",),
        ("Làm vườn",),
        PRESENT,
        date(2026, 10, 12),
        share=0.75,
    ),
    CourseRow(
        "giaovien.thpt",
        "THPT-CHUVANAN",
        "Vật lí 11: Dòng điện không đổi",
        "Ôn tập điện trở và định luật Ohm trước kì kiểm tra.",
        "VL",
        "11",
        ("vl11-mach-dien", "hh10-bang-tuan-hoan"),
        ("11A1",),
        PREVIOUS,
        date(2025, 10, 13),
        date(2026, 5, 15),
        share=0.85,
    ),
    CourseRow(
        "giaovien.th",
        "TH-LEQUYDON",
        "Tiếng Việt 3 và an toàn giao thông",
        "So sánh trong câu văn; đèn tín hiệu và biển báo.",
        "TV",
        "3",
        ("tv3-so-sanh", "tnxh2-bien-bao"),
        ("3A",),
        PREVIOUS,
        date(2025, 11, 24),
        date(2026, 4, 29),
        share=0.7,
    ),
    CourseRow(
        "giaovien.thanhbinh",
        "THCS-THANHBINH",
        "Toán 8: Định lí Pythagore",
        "Bài học và luyện tập cho hai tuần cuối tháng ba.",
        "TOAN",
        "8",
        ("toan8-pythagore",),
        ("8A",),
        PREVIOUS,
        date(2026, 3, 23),
        date(2026, 5, 22),
        share=0.75,
    ),
    CourseRow(
        "giaovien.nguyendu",
        "THPT-NGUYENDU",
        "Sinh học 10: Nguyên phân (năm học trước)",
        "Ôn tập trước kì kiểm tra cuối năm.",
        "SH",
        "10",
        ("sh10-nguyen-phan",),
        ("10A1",),
        PREVIOUS,
        date(2026, 4, 6),
        date(2026, 5, 22),
        share=0.7,
    ),
    CourseRow(
        "giaovien.toan",
        "THPT-NGUYENDU",
        "Hàm số bậc hai (đang soạn)",
        "Khóa học đang soạn, chưa mở cho lớp nào.",
        "TOAN",
        "10",
        ("toan10-parabol",),
        (),
        PRESENT,
        date(2026, 11, 16),
    ),
)

PRAISE = (
    "Em làm tốt, trình bày rõ. Thử làm lại câu cuối để chắc hơn nhé.",
    "Bài đạt yêu cầu. Em xem lại phần ghi nhớ ở trang hai.",
    "Rất cố gắng! Lần sau em đọc kĩ đề trước khi chọn.",
    "Kết quả tiến bộ so với lần trước, cô khen em.",
)
WORRY = (
    "Em chưa đạt, hãy xem lại bài và làm lại trước thứ Sáu, cần thì hỏi cô.",
    "Em bỏ dở ở giữa bài; tuần này thầy dành giờ ở phòng máy để em làm tiếp.",
)
