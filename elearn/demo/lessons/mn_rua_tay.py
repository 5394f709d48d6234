"""Mầm non, 4-5 tuổi: bé rửa tay sạch."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, MultipleChoice, Ordering, Page, Points, Sco, TrueFalse
from elearn.demo.pictures import childhood

LESSON = Lesson(
    slug="mn-rua-tay",
    title="Bé rửa tay sạch",
    level="MN",
    grade="4-5",
    subject="PTTC",
    description="Vì sao phải rửa tay, khi nào bé cần rửa tay và các bước rửa tay với xà phòng; hình thành thói quen vệ sinh.",
    keywords=("rửa tay", "vệ sinh cá nhân", "xà phòng", "sức khỏe", "mẫu giáo nhỡ"),
    author="Hoàng Thị Ngọc Lan",
    edition=Edition.SCORM_12,
    minutes=15,
    pronoun="bé",
    scos=(
        Sco(
            "RUATAY",
            "Bé rửa tay sạch",
            (
                Page(
                    "Vì sao phải rửa tay?",
                    (
                        childhood.hand_with_germs(),
                        "Trên bàn tay bẩn có rất nhiều **vi khuẩn** nhỏ xíu. Vi khuẩn theo thức ăn vào bụng làm bé đau bụng.",
                    ),
                ),
                Page(
                    "Khi nào bé rửa tay?",
                    (
                        Points(
                            (
                                "**Trước** khi ăn.",
                                "**Sau** khi đi vệ sinh.",
                                "**Sau** khi chơi, vẽ, nặn đất.",
                                "**Sau** khi vuốt ve con vật.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Bé rửa tay thế nào?",
                    (
                        childhood.washing(),
                        Points(
                            (
                                "Xắn tay áo, làm ướt hai bàn tay.",
                                "Lấy xà phòng, xoa hai lòng bàn tay vào nhau.",
                                "Chà mu bàn tay, kẽ ngón tay, đầu ngón tay.",
                                "Rửa sạch dưới vòi nước.",
                                "Lau khô bằng khăn sạch.",
                            ),
                            numbered=True,
                        ),
                        Box("Rửa tay lâu bằng hát hai lần một bài hát ngắn. Xong bé khóa vòi nước lại nhé!", "Bé nhớ"),
                    ),
                ),
                Choice(
                    title="Trước bữa ăn",
                    prompt="Trước khi ăn cơm, bé cần làm gì?",
                    options=("Rửa tay với xà phòng", "Chạy nhảy", "Cầm đồ chơi"),
                    answer=0,
                    explanation="Rửa tay trước khi ăn để vi khuẩn không theo thức ăn vào bụng.",
                ),
                Ordering(
                    title="Thứ tự các bước",
                    prompt="Bé xếp các bước rửa tay theo đúng thứ tự.",
                    items=("Làm ướt tay", "Xoa xà phòng", "Rửa sạch bằng nước", "Lau khô tay"),
                    points=2,
                    explanation="Ướt tay, xoa xà phòng, rửa sạch, lau khô.",
                ),
                TrueFalse(
                    title="Đúng hay sai?",
                    prompt="Nhìn thấy tay sạch thì không cần rửa trước khi ăn.",
                    answer=False,
                    explanation="Vi khuẩn rất nhỏ, mắt không nhìn thấy, nên trước khi ăn luôn phải rửa tay.",
                ),
                MultipleChoice(
                    title="Khi nào?",
                    prompt="Những lúc nào bé cần rửa tay?",
                    options=(
                        "Sau khi đi vệ sinh",
                        "Sau khi nặn đất",
                        "Trước khi đi ngủ trưa mới rửa, cả ngày không cần",
                    ),
                    answers=frozenset({0, 1}),
                    explanation="Bé rửa tay nhiều lần trong ngày: sau khi đi vệ sinh, sau khi chơi, trước khi ăn.",
                ),
            ),
        ),
    ),
)
