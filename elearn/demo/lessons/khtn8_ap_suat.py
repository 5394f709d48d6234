"""Khoa học tự nhiên 8: áp suất trên một bề mặt và áp suất chất lỏng."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
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
from elearn.demo.pictures import science

LESSON = Lesson(
    slug="khtn8-ap-suat",
    title="Áp suất và áp suất chất lỏng",
    level="THCS",
    grade="8",
    subject="KHTN",
    description="Áp lực và áp suất, công thức p = F/S, đơn vị pascal; cách tăng, giảm áp suất trong đời sống; "
    "sự phụ thuộc của áp suất chất lỏng vào độ sâu.",
    keywords=("áp suất", "áp lực", "pascal", "áp suất chất lỏng", "khoa học tự nhiên 8"),
    author="Đỗ Quang Huy",
    edition=Edition.SCORM_2004_3RD,
    minutes=45,
    scos=(
        Sco(
            "BEMAT",
            "1. Áp suất trên một bề mặt",
            (
                Page(
                    "Áp lực và tác dụng của áp lực",
                    (
                        "**Áp lực** là lực ép có phương vuông góc với mặt bị ép.",
                        science.bricks(),
                        "Cùng một áp lực, diện tích bị ép càng **nhỏ** thì mặt bị ép lún càng nhiều.",
                    ),
                ),
                Page(
                    "Công thức tính áp suất",
                    (
                        "**Áp suất** là độ lớn của áp lực trên một đơn vị diện tích bị ép:",
                        Formula("p = {F/S}"),
                        "*F* tính bằng niutơn (N), *S* tính bằng mét vuông (m^2^), *p* tính bằng **pascal** (Pa): 1 Pa = 1 N/m^2^.",
                        Box(
                            "Một người nặng 450 N đứng bằng hai bàn chân có tổng diện tích 0,03 m^2^: p = {450/0,03} = 15 000 Pa.",
                            "Ví dụ",
                        ),
                    ),
                ),
                Page(
                    "Tăng, giảm áp suất",
                    (
                        Table(
                            ("Muốn", "Cách làm", "Ví dụ"),
                            (
                                ("Tăng áp suất", "Giảm diện tích bị ép hoặc tăng áp lực", "Mài sắc dao, vót nhọn đinh"),
                                (
                                    "Giảm áp suất",
                                    "Tăng diện tích bị ép hoặc giảm áp lực",
                                    "Xích xe máy kéo, móng nhà rộng",
                                ),
                            ),
                        ),
                    ),
                ),
                Numeric(
                    prompt="Một chiếc hộp nặng 60 N đặt trên bàn, diện tích tiếp xúc 0,02 m^2^. Tính áp suất của hộp lên mặt bàn.",
                    answer=3000,
                    unit="Pa",
                    points=2,
                    explanation="p = {60/0,02} = 3 000 Pa.",
                ),
                Choice(
                    prompt="Vì sao lưỡi dao sắc cắt dễ hơn lưỡi dao cùn?",
                    options=(
                        "Vì dao sắc nặng hơn",
                        "Vì diện tích tiếp xúc nhỏ nên áp suất lớn",
                        "Vì áp lực tự tăng lên",
                        "Vì dao sắc trơn hơn",
                    ),
                    answer=1,
                    explanation="Cùng áp lực, diện tích bị ép nhỏ thì áp suất lớn.",
                ),
                TrueFalse(
                    prompt="Giữ nguyên áp lực, diện tích bị ép tăng gấp đôi thì áp suất giảm còn một nửa.",
                    answer=True,
                    explanation="p = {F/S}: *S* tăng 2 lần thì *p* giảm 2 lần.",
                ),
            ),
        ),
        Sco(
            "CHATLONG",
            "2. Áp suất chất lỏng",
            (
                Page(
                    "Càng sâu, áp suất càng lớn",
                    (
                        science.column_of_liquid(),
                        "Chất lỏng gây áp suất theo **mọi phương** lên đáy bình, thành bình và các vật ở trong nó. Áp suất tăng theo **độ sâu** tính từ mặt thoáng.",
                    ),
                ),
                Page(
                    "Trong đời sống",
                    (
                        Points(
                            (
                                "Thợ lặn sâu phải mặc áo lặn chịu được áp suất lớn.",
                                "Chân đập nước xây dày hơn mặt đập.",
                                "Bể nước đặt trên cao để nước chảy mạnh.",
                            )
                        ),
                    ),
                ),
                Choice(
                    prompt="Trong bình nước, áp suất lớn nhất ở đâu?",
                    options=("Ở mặt thoáng", "Ở giữa bình", "Ở đáy bình", "Ở mọi nơi bằng nhau"),
                    answer=2,
                    explanation="Càng sâu áp suất càng lớn, nên lớn nhất ở đáy.",
                ),
                MultipleChoice(
                    prompt="Những phát biểu nào đúng?",
                    options=(
                        "Chất lỏng gây áp suất theo mọi phương",
                        "Áp suất chất lỏng chỉ có ở đáy bình",
                        "Ở cùng độ sâu trong một chất lỏng đứng yên, áp suất bằng nhau",
                        "Áp suất chất lỏng giảm khi xuống sâu",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Áp suất chất lỏng có ở mọi nơi, theo mọi phương và tăng theo độ sâu.",
                ),
                Matching(
                    prompt="Ghép đại lượng với đơn vị.",
                    pairs=(("Áp lực", "niutơn (N)"), ("Diện tích", "mét vuông (m^2^)"), ("Áp suất", "pascal (Pa)")),
                    explanation="Áp lực – N, diện tích – m^2^, áp suất – Pa.",
                ),
            ),
        ),
    ),
)
