"""Lịch sử và Địa lí 6: cách tính thời gian trong lịch sử."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    Matching,
    Numeric,
    Page,
    Points,
    Sco,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import society

LINE = society.timeline(
    ((-179, "179 TCN"), (40, "40"), (938, "938"), (1945, "1945")),
    -300,
    2026,
    "Trục thời gian với các năm 179 TCN, 40, 938 và 1945.",
)

LESSON = Lesson(
    slug="ls6-thoi-gian",
    title="Thời gian trong lịch sử",
    level="THCS",
    grade="6",
    subject="LSDL",
    description="Vì sao phải xác định thời gian; âm lịch và dương lịch; Công nguyên, thập kỉ, thế kỉ, thiên niên kỉ; "
    "tính khoảng cách giữa các năm trước và sau Công nguyên.",
    keywords=("thời gian trong lịch sử", "Công nguyên", "thế kỉ", "âm lịch", "dương lịch", "lịch sử 6"),
    author="Bàn Thị Mùi",
    edition=Edition.SCORM_12,
    minutes=40,
    scos=(
        Sco(
            "THOIGIAN",
            "Thời gian trong lịch sử",
            (
                Page(
                    "Hai cách làm lịch",
                    (
                        Points(
                            (
                                "**Âm lịch** dựa vào chu kì Mặt Trăng quay quanh Trái Đất.",
                                "**Dương lịch** dựa vào chu kì Trái Đất quay quanh Mặt Trời.",
                                "**Công lịch** là dương lịch được hoàn chỉnh, nay dùng chung trên thế giới.",
                            )
                        ),
                        Box(
                            "Tết Nguyên đán tính theo âm lịch; ngày Quốc khánh 2 tháng 9 tính theo dương lịch.",
                            "Em biết không?",
                        ),
                    ),
                ),
                Page(
                    "Công nguyên và trục thời gian",
                    (
                        LINE,
                        "Năm đầu tiên của Công nguyên là **năm 1**. Trước đó là **trước Công nguyên (TCN)**; không có năm 0.",
                        Table(
                            ("Tên gọi", "Số năm"), (("Thập kỉ", "10"), ("Thế kỉ", "100"), ("Thiên niên kỉ", "1 000"))
                        ),
                    ),
                ),
                Page(
                    "Tính thế kỉ và khoảng cách",
                    (
                        "Năm 938 thuộc **thế kỉ X** (từ năm 901 đến năm 1000).",
                        "Hai năm sau Công nguyên: lấy số lớn trừ số nhỏ. Từ năm 179 TCN đến năm 40, ta cộng hai số rồi **bớt 1** vì không có năm 0:",
                        Formula("179 + 40 − 1 = 218 (năm)"),
                    ),
                ),
                Choice(
                    prompt="Năm 1010 thuộc thế kỉ nào?",
                    options=("Thế kỉ IX", "Thế kỉ X", "Thế kỉ XI", "Thế kỉ XII"),
                    answer=2,
                    explanation="Thế kỉ XI kéo dài từ năm 1001 đến năm 1100.",
                ),
                Numeric(
                    prompt="Từ năm 938 đến năm 1945 là bao nhiêu năm?",
                    answer=1007,
                    unit="năm",
                    explanation="1945 − 938 = 1007.",
                ),
                Numeric(
                    prompt="Từ năm 10 TCN đến năm 10 là bao nhiêu năm?",
                    answer=19,
                    unit="năm",
                    points=2,
                    explanation="10 + 10 − 1 = 19, vì không có năm 0.",
                ),
                TrueFalse(
                    prompt="Năm 200 TCN xảy ra trước năm 100 TCN.",
                    answer=True,
                    explanation="Trước Công nguyên, số càng lớn càng xa ngày nay.",
                ),
                Matching(
                    prompt="Ghép tên gọi với độ dài.",
                    pairs=(("Thập kỉ", "10 năm"), ("Thế kỉ", "100 năm"), ("Thiên niên kỉ", "1 000 năm")),
                    explanation="Thập kỉ 10 năm, thế kỉ 100 năm, thiên niên kỉ 1 000 năm.",
                ),
            ),
        ),
    ),
)
