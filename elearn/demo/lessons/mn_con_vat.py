"""Mầm non, 3-4 tuổi: những con vật nuôi trong gia đình."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Matching, Page, Sco, TrueFalse
from elearn.demo.pictures import animals

NAMES = ("Con gà", "Con vịt", "Con mèo", "Con trâu")
PICTURES = (animals.hen(), animals.duck(), animals.cat(), animals.buffalo())

LESSON = Lesson(
    slug="mn-con-vat",
    title="Những con vật nuôi quanh bé",
    level="MN",
    grade="3-4",
    subject="PTNT",
    description="Bé gọi tên các con vật nuôi quen thuộc, biết tiếng kêu, nơi ở, thức ăn và ích lợi của chúng; "
    "biết yêu quý và chăm sóc con vật cùng người lớn.",
    keywords=("con vật nuôi", "gia súc", "gia cầm", "tiếng kêu", "mẫu giáo bé"),
    author="Nguyễn Thị Phương Thảo",
    edition=Edition.SCORM_12,
    minutes=15,
    pronoun="bé",
    scos=(
        Sco(
            "CONVAT",
            "Những con vật nuôi quanh bé",
            (
                Page(
                    "Bạn gà",
                    (
                        animals.hen(),
                        "Đây là **con gà**. Gà có hai chân, có cánh và mỏ nhọn. Gà mái kêu *cục tác* và đẻ trứng.",
                    ),
                ),
                Page(
                    "Bạn vịt",
                    (animals.duck(), "Đây là **con vịt**. Vịt kêu *cạp cạp*. Chân vịt có màng nên vịt bơi rất giỏi."),
                ),
                Page(
                    "Bạn mèo",
                    (animals.cat(), "Đây là **con mèo**. Mèo kêu *meo meo*, có bốn chân và biết bắt chuột."),
                ),
                Page(
                    "Bạn trâu",
                    (
                        animals.buffalo(),
                        "Đây là **con trâu**. Trâu có bốn chân, có sừng, thích ăn cỏ và giúp bác nông dân cày ruộng.",
                        Box("Bé chỉ vuốt ve con vật khi có người lớn ở bên, rồi rửa tay thật sạch nhé!", "Bé nhớ"),
                    ),
                ),
                Choice(
                    title="Ai kêu cạp cạp?",
                    prompt="Con vật nào kêu cạp cạp và biết bơi?",
                    options=NAMES,
                    pictures=PICTURES,
                    answer=1,
                    explanation="Con vịt kêu cạp cạp và bơi trên mặt nước.",
                ),
                Choice(
                    title="Ai có sừng?",
                    prompt="Con vật nào có sừng?",
                    options=NAMES,
                    pictures=PICTURES,
                    answer=3,
                    explanation="Con trâu có hai chiếc sừng cong.",
                ),
                TrueFalse(
                    title="Đúng hay sai?",
                    prompt="Con gà có bốn chân.",
                    answer=False,
                    explanation="Con gà có hai chân và hai cánh.",
                ),
                Matching(
                    title="Con vật thích gì?",
                    prompt="Mỗi con vật thích ăn gì nhất?",
                    pairs=(("Con trâu", "Cỏ"), ("Con gà", "Thóc"), ("Con mèo", "Cá")),
                    explanation="Trâu ăn cỏ, gà mổ thóc, mèo thích cá.",
                ),
            ),
        ),
    ),
)
