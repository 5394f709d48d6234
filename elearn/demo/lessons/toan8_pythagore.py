"""Toán 8: định lí Pythagore và định lí đảo."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    MultipleChoice,
    Numeric,
    Ordering,
    Page,
    Sco,
    TrueFalse,
)
from elearn.demo.pictures import mathematics

LESSON = Lesson(
    slug="toan8-pythagore",
    title="Định lí Pythagore",
    level="THCS",
    grade="8",
    subject="TOAN",
    description="Quan sát các hình vuông trên ba cạnh của tam giác vuông, phát biểu định lí Pythagore và định lí đảo, "
    "tính độ dài cạnh và giải bài toán thực tế.",
    keywords=("định lí Pythagore", "Pi-ta-go", "tam giác vuông", "cạnh huyền", "toán 8"),
    author="Trần Thị Bích Ngọc",
    edition=Edition.SCORM_2004_4TH,
    minutes=45,
    scos=(
        Sco(
            "DINHLI",
            "1. Định lí",
            (
                Page(
                    "Đếm ô vuông",
                    (
                        mathematics.squares_on_sides(),
                        "Tam giác vuông có hai cạnh góc vuông 3 và 4, cạnh huyền 5. Hai hình vuông nhỏ có 9 và 16 ô, hình vuông lớn có 25 ô.",
                    ),
                ),
                Page(
                    "Phát biểu",
                    (
                        Box(
                            "Trong một tam giác vuông, bình phương của cạnh huyền bằng tổng bình phương của hai cạnh góc vuông.",
                            "Định lí",
                        ),
                        mathematics.right_triangle(("c", "b"), "a"),
                        Formula("a^2^ = b^2^ + c^2^"),
                    ),
                ),
                Page(
                    "Tính một cạnh góc vuông",
                    (
                        "Biết cạnh huyền 13 cm và một cạnh góc vuông 5 cm. Gọi cạnh còn lại là *x*:",
                        Formula("x^2^ = 13^2^ − 5^2^ = 169 − 25 = 144"),
                        Formula("x = 12 (cm)"),
                    ),
                ),
                Numeric(
                    prompt="Tam giác vuông có hai cạnh góc vuông 6 cm và 8 cm. Tính cạnh huyền.",
                    picture=mathematics.right_triangle(("6 cm", "8 cm"), "?"),
                    answer=10,
                    unit="cm",
                    explanation="6^2^ + 8^2^ = 36 + 64 = 100 = 10^2^.",
                ),
                Numeric(
                    prompt="Tam giác vuông có cạnh huyền 17 cm, một cạnh góc vuông 15 cm. Tính cạnh góc vuông còn lại.",
                    answer=8,
                    unit="cm",
                    points=2,
                    explanation="17^2^ − 15^2^ = 289 − 225 = 64 = 8^2^.",
                ),
                TrueFalse(
                    prompt="Trong tam giác vuông, cạnh huyền là cạnh dài nhất.",
                    answer=True,
                    explanation="Bình phương cạnh huyền bằng tổng hai bình phương kia nên lớn hơn từng bình phương.",
                ),
            ),
        ),
        Sco(
            "DAO",
            "2. Định lí đảo và ứng dụng",
            (
                Page(
                    "Định lí đảo",
                    (
                        Box(
                            "Nếu một tam giác có bình phương một cạnh bằng tổng bình phương hai cạnh kia thì tam giác đó vuông.",
                            "Định lí đảo",
                        ),
                        "Ví dụ: 5, 12, 13 là ba cạnh của tam giác vuông vì 5^2^ + 12^2^ = 25 + 144 = 169 = 13^2^.",
                    ),
                ),
                Page(
                    "Chiếc thang",
                    (
                        mathematics.ladder(),
                        "Thang dài 5 m, chân thang cách tường 3 m. Thang chạm tường ở độ cao bao nhiêu?",
                    ),
                ),
                Numeric(
                    prompt="Đầu thang chạm tường ở độ cao bao nhiêu mét?",
                    picture=mathematics.ladder(),
                    answer=4,
                    unit="m",
                    points=2,
                    explanation="5^2^ − 3^2^ = 25 − 9 = 16 = 4^2^, nên độ cao là 4 m.",
                ),
                MultipleChoice(
                    prompt="Những bộ ba nào là độ dài ba cạnh của một tam giác vuông?",
                    options=("9; 12; 15", "4; 5; 6", "8; 15; 17", "7; 8; 10"),
                    answers=frozenset({0, 2}),
                    explanation="81 + 144 = 225 = 15^2^; 64 + 225 = 289 = 17^2^. Hai bộ kia không thỏa mãn.",
                ),
                Ordering(
                    prompt="Sắp xếp các bước kiểm tra một tam giác có vuông hay không.",
                    items=(
                        "Tìm cạnh dài nhất",
                        "Tính bình phương cạnh dài nhất",
                        "Tính tổng bình phương hai cạnh còn lại",
                        "So sánh và kết luận",
                    ),
                    explanation="Chọn cạnh dài nhất, tính hai vế rồi so sánh.",
                ),
                Choice(
                    prompt="Hình chữ nhật dài 12 cm, rộng 9 cm. Đường chéo dài bao nhiêu?",
                    options=("21 cm", "15 cm", "13 cm", "10,5 cm"),
                    answer=1,
                    explanation="12^2^ + 9^2^ = 144 + 81 = 225 = 15^2^.",
                ),
            ),
        ),
    ),
)
