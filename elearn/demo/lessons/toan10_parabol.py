"""Toán 10: hàm số bậc hai và đồ thị."""

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
from elearn.demo.pictures import mathematics

UP = mathematics.parabola(
    1, -2, -1, "Parabol y = x² − 2x − 1 quay bề lõm lên trên, đỉnh I(1; −2), trục đối xứng x = 1."
)
DOWN = mathematics.parabola(-1, 4, 0, "Parabol y = −x² + 4x quay bề lõm xuống dưới, đỉnh I(2; 4), trục đối xứng x = 2.")

LESSON = Lesson(
    slug="toan10-parabol",
    title="Hàm số bậc hai và parabol",
    level="THPT",
    grade="10",
    subject="TOAN",
    description="Đồ thị hàm số bậc hai: bề lõm, đỉnh, trục đối xứng, giao với các trục; bảng biến thiên và bài toán thực tế về giá trị lớn nhất.",
    keywords=("hàm số bậc hai", "parabol", "đỉnh parabol", "trục đối xứng", "giá trị lớn nhất", "toán 10"),
    author="Trịnh Đức Toàn",
    edition=Edition.SCORM_2004_4TH,
    minutes=45,
    scos=(
        Sco(
            "DOTHI",
            "1. Đồ thị",
            (
                Page(
                    "Hàm số bậc hai",
                    (
                        "**Hàm số bậc hai** là hàm số cho bởi công thức:",
                        Formula("y = ax^2^ + bx + c (a ≠ 0)"),
                        UP,
                        "Đồ thị là một **parabol**. Với *a* > 0 bề lõm quay **lên trên**, với *a* < 0 bề lõm quay **xuống dưới**.",
                    ),
                ),
                Page(
                    "Đỉnh và trục đối xứng",
                    (
                        Formula("x = {−b/2a}"),
                        "Đây là trục đối xứng và cũng là hoành độ đỉnh *I*. Thay vào công thức hàm số được tung độ đỉnh.",
                        DOWN,
                        Box("y = −x^2^ + 4x có x~I~ = {−4/−2} = 2 và y~I~ = −4 + 8 = 4, vậy I(2; 4).", "Ví dụ"),
                    ),
                ),
                Numeric(
                    prompt="Hoành độ đỉnh của parabol y = x^2^ − 6x + 5 bằng bao nhiêu?",
                    answer=3,
                    explanation="x = {6/2} = 3.",
                ),
                Numeric(
                    prompt="Tung độ đỉnh của parabol y = x^2^ − 6x + 5 bằng bao nhiêu?",
                    answer=-4,
                    points=2,
                    explanation="9 − 18 + 5 = −4.",
                ),
                Choice(
                    prompt="Parabol trong hình có hệ số *a* và số giao điểm với trục hoành thế nào?",
                    picture=DOWN,
                    options=(
                        "a > 0, hai giao điểm",
                        "a < 0, hai giao điểm",
                        "a < 0, không có giao điểm",
                        "a > 0, một giao điểm",
                    ),
                    answer=1,
                    explanation="Bề lõm quay xuống nên a < 0; đồ thị cắt trục hoành tại x = 0 và x = 4.",
                ),
            ),
        ),
        Sco(
            "BIENTHIEN",
            "2. Sự biến thiên và ứng dụng",
            (
                Page(
                    "Đồng biến, nghịch biến",
                    (
                        Table(
                            ("", "x < x~I~", "x > x~I~", "Tại đỉnh"),
                            (
                                ("a > 0", "nghịch biến", "đồng biến", "giá trị nhỏ nhất"),
                                ("a < 0", "đồng biến", "nghịch biến", "giá trị lớn nhất"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Mảnh vườn lớn nhất",
                    (
                        "Có 20 m lưới để rào một mảnh vườn hình chữ nhật. Gọi một cạnh là *x* (m), cạnh kia là 10 − x (m). Diện tích:",
                        Formula("S = x(10 − x) = −x^2^ + 10x"),
                        Points(
                            (
                                "a = −1 < 0 nên *S* lớn nhất tại đỉnh x = 5.",
                                "S = 25 m^2^: mảnh vườn là hình vuông cạnh 5 m.",
                            )
                        ),
                    ),
                ),
                Numeric(
                    prompt="Với 32 m lưới, mảnh vườn hình chữ nhật lớn nhất có diện tích bao nhiêu mét vuông?",
                    answer=64,
                    unit="m²",
                    points=2,
                    explanation="S = x(16 − x) lớn nhất khi x = 8: 8 · 8 = 64.",
                ),
                TrueFalse(
                    prompt="Hàm số y = x^2^ − 2x − 1 nghịch biến trên khoảng (−∞; 1).",
                    answer=True,
                    explanation="a = 1 > 0, đỉnh có x = 1, nên bên trái đỉnh hàm số nghịch biến.",
                ),
                MultipleChoice(
                    prompt="Những hàm số nào có giá trị lớn nhất?",
                    options=("y = −2x^2^ + x", "y = 3x^2^ − 1", "y = 5 − x^2^", "y = x^2^ + 4x"),
                    answers=frozenset({0, 2}),
                    explanation="Hàm số bậc hai có giá trị lớn nhất khi a < 0.",
                ),
                Matching(
                    prompt="Ghép hàm số với trục đối xứng.",
                    pairs=(("y = x^2^ − 2x", "x = 1"), ("y = x^2^ + 4x", "x = −2"), ("y = −x^2^ + 6x", "x = 3")),
                    explanation="Dùng x = {−b/2a}.",
                ),
            ),
        ),
    ),
)
