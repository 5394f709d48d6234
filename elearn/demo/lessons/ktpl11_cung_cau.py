"""Giáo dục kinh tế và pháp luật 11: cung, cầu trong kinh tế thị trường."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Page,
    Points,
    Sco,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import society

LESSON = Lesson(
    slug="ktpl11-cung-cau",
    title="Cung – cầu trong kinh tế thị trường",
    level="THPT",
    grade="11",
    subject="GDKTPL",
    description="Khái niệm cung, cầu và các nhân tố ảnh hưởng; quan hệ cung – cầu và giá cả; vận dụng của người sản xuất và người tiêu dùng.",
    keywords=("cung", "cầu", "giá cả", "thị trường", "giáo dục kinh tế và pháp luật 11"),
    author="Chu Thị Minh Tâm",
    edition=Edition.SCORM_12,
    minutes=45,
    scos=(
        Sco(
            "CUNGCAU",
            "Cung – cầu trong kinh tế thị trường",
            (
                Page(
                    "Cung và cầu là gì?",
                    (
                        Points(
                            (
                                "**Cung** là lượng hàng hóa, dịch vụ mà người bán **sẵn sàng và có khả năng** bán ở các mức giá trong một thời gian.",
                                "**Cầu** là lượng hàng hóa, dịch vụ mà người mua **sẵn sàng và có khả năng** mua ở các mức giá trong một thời gian.",
                            )
                        ),
                        society.market(),
                        "Khi các yếu tố khác không đổi: giá tăng thì lượng cung tăng, lượng cầu giảm.",
                    ),
                ),
                Page(
                    "Nhân tố ảnh hưởng",
                    (
                        Table(
                            ("Ảnh hưởng đến cung", "Ảnh hưởng đến cầu"),
                            (
                                ("Giá các yếu tố sản xuất", "Thu nhập của người tiêu dùng"),
                                ("Trình độ công nghệ", "Thị hiếu, sở thích"),
                                ("Số lượng người bán", "Giá hàng hóa thay thế, bổ sung"),
                                ("Chính sách của nhà nước", "Quy mô dân số"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Cung – cầu và giá cả",
                    (
                        society.market(shift=True),
                        Points(
                            (
                                "Cung lớn hơn cầu: giá có xu hướng **giảm**.",
                                "Cung nhỏ hơn cầu: giá có xu hướng **tăng**.",
                                "Cung bằng cầu: giá **ổn định**.",
                            )
                        ),
                        Box("Được mùa vải thiều, lượng vải ra chợ nhiều hơn sức mua nên giá vải giảm.", "Ví dụ"),
                    ),
                ),
                Choice(
                    prompt="Trời nóng kéo dài, nhiều người mua quạt điện trong khi lượng quạt bán ra chưa tăng kịp. Giá quạt có xu hướng:",
                    options=("Giảm", "Tăng", "Không đổi", "Bằng giá trị sản xuất"),
                    answer=1,
                    explanation="Cầu lớn hơn cung nên giá có xu hướng tăng.",
                ),
                Matching(
                    prompt="Ghép quan hệ cung – cầu với xu hướng của giá.",
                    pairs=(
                        ("Cung lớn hơn cầu", "Giá giảm"),
                        ("Cung nhỏ hơn cầu", "Giá tăng"),
                        ("Cung bằng cầu", "Giá ổn định"),
                    ),
                    explanation="Giá thay đổi theo quan hệ giữa cung và cầu.",
                ),
                MultipleChoice(
                    prompt="Những nhân tố nào ảnh hưởng đến **cầu**?",
                    options=(
                        "Thu nhập của người mua",
                        "Trình độ công nghệ sản xuất",
                        "Sở thích của người mua",
                        "Giá nguyên liệu",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Công nghệ và giá nguyên liệu ảnh hưởng đến cung.",
                ),
                TrueFalse(
                    prompt="Khi các yếu tố khác không đổi, giá tăng thì lượng cầu tăng.",
                    answer=False,
                    explanation="Giá tăng thì người mua mua ít đi: lượng cầu giảm.",
                ),
                Choice(
                    prompt="Giá thịt lợn tăng cao, người tiêu dùng nên làm gì?",
                    options=(
                        "Mua tích trữ thật nhiều",
                        "Chọn thực phẩm thay thế có giá hợp lí",
                        "Ngừng ăn uống đủ chất",
                        "Yêu cầu cấm bán",
                    ),
                    answer=1,
                    explanation="Người tiêu dùng vận dụng quan hệ cung – cầu bằng cách chọn hàng thay thế.",
                ),
            ),
        ),
    ),
)
