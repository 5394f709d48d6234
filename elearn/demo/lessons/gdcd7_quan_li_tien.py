"""Giáo dục công dân 7: quản lí tiền."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Numeric,
    Page,
    Points,
    Sco,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import society

LESSON = Lesson(
    slug="gdcd7-quan-li-tien",
    title="Quản lí tiền",
    level="THCS",
    grade="7",
    subject="GDCD",
    description="Ý nghĩa của việc quản lí tiền hiệu quả, các nguyên tắc, cách lập kế hoạch chi tiêu và tạo nguồn thu nhập phù hợp với lứa tuổi.",
    keywords=("quản lí tiền", "tiết kiệm", "chi tiêu", "kế hoạch chi tiêu", "giáo dục công dân 7"),
    author="Hoàng Thị Khuê",
    edition=Edition.SCORM_12,
    minutes=40,
    scos=(
        Sco(
            "TIEN",
            "Quản lí tiền",
            (
                Page(
                    "Quản lí tiền là gì?",
                    (
                        "**Quản lí tiền** là biết sử dụng tiền hợp lí, có kế hoạch. Nhờ vậy ta chủ động trong cuộc sống, có khoản dự phòng và giúp được người khác.",
                        society.jars(),
                    ),
                ),
                Page(
                    "Các nguyên tắc",
                    (
                        Points(
                            (
                                "**Chi tiêu hợp lí**: phân biệt *cái cần* và *cái muốn*.",
                                "**Tiết kiệm thường xuyên**: để dành trước, chi tiêu sau.",
                                "**Tăng nguồn thu** phù hợp: làm đồ thủ công, thu gom giấy vụn, giúp bố mẹ bán hàng.",
                            ),
                            numbered=True,
                        ),
                        Box(
                            "Ghi lại mỗi khoản thu, chi trong một tuần; cuối tuần xem khoản nào có thể bớt.", "Thử làm"
                        ),
                    ),
                ),
                Page(
                    "Lập kế hoạch",
                    (
                        "Mỗi tháng bạn Nam có 200 000 đồng. Bạn chia như sau:",
                        Table(
                            ("Khoản", "Số tiền"),
                            (
                                ("Đồ dùng học tập", "90 000 đồng"),
                                ("Ăn sáng thêm", "50 000 đồng"),
                                ("Tiết kiệm", "50 000 đồng"),
                                ("Chia sẻ", "10 000 đồng"),
                            ),
                        ),
                    ),
                ),
                Numeric(
                    prompt="Mỗi tháng Nam tiết kiệm 50 000 đồng. Sau 6 tháng Nam để dành được bao nhiêu nghìn đồng?",
                    answer=300,
                    unit="nghìn đồng",
                    explanation="50 × 6 = 300 (nghìn đồng).",
                ),
                Choice(
                    prompt="Lan muốn mua truyện nhưng tháng này phải mua sách giáo khoa. Lan nên làm gì?",
                    options=(
                        "Vay bạn để mua cả hai",
                        "Mua sách trước, để dành mua truyện sau",
                        "Mua truyện trước",
                        "Xin thêm tiền ông bà",
                    ),
                    answer=1,
                    explanation="Ưu tiên cái cần, cái muốn thì để dành.",
                ),
                MultipleChoice(
                    prompt="Những việc nào thể hiện quản lí tiền tốt?",
                    options=(
                        "Ghi chép thu chi",
                        "Mua theo quảng cáo",
                        "So sánh giá trước khi mua",
                        "Tiêu hết ngay khi có tiền",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Ghi chép và so sánh giá giúp chi tiêu hợp lí.",
                ),
                TrueFalse(
                    prompt="Tiết kiệm là không bao giờ tiêu tiền.",
                    answer=False,
                    explanation="Tiết kiệm là chi tiêu hợp lí, đúng mức, không lãng phí.",
                ),
                Matching(
                    prompt="Ghép khoản chi với loại.",
                    pairs=(
                        ("Vở viết", "Cái cần"),
                        ("Món đồ chơi mới ra", "Cái muốn"),
                        ("Ủng hộ bạn khó khăn", "Chia sẻ"),
                    ),
                    explanation="Vở viết là cần thiết; đồ chơi là mong muốn; ủng hộ là chia sẻ.",
                ),
            ),
        ),
    ),
)
