"""Toán 7: tập hợp các số hữu tỉ."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Page,
    Points,
    Sco,
    TrueFalse,
)
from elearn.demo.pictures import numbers

LESSON = Lesson(
    slug="toan7-so-huu-ti",
    title="Tập hợp các số hữu tỉ",
    level="THCS",
    grade="7",
    subject="TOAN",
    description="Khái niệm số hữu tỉ, tập hợp ℚ, biểu diễn số hữu tỉ trên trục số, số đối, so sánh hai số hữu tỉ và thứ tự trên trục số.",
    keywords=("số hữu tỉ", "trục số", "số đối", "so sánh số hữu tỉ", "tập hợp Q", "đại số 7"),
    author="Bàn Thị Mùi",
    edition=Edition.SCORM_12,
    minutes=45,
    scos=(
        Sco(
            "HUUTI",
            "Tập hợp các số hữu tỉ",
            (
                Page(
                    "Số hữu tỉ là gì?",
                    (
                        "Các số 3; −0,5; 0; 1{2/3} đều viết được dưới dạng phân số:",
                        Formula("3 = {3/1}\u2003−0,5 = {−1/2}\n0 = {0/1}\u20031{2/3} = {5/3}"),
                        Box(
                            "**Số hữu tỉ** là số viết được dưới dạng phân số {a/b} với *a*, *b* là số nguyên, *b* ≠ 0.\nTập hợp các số hữu tỉ được kí hiệu là **ℚ**."
                        ),
                    ),
                ),
                Page(
                    "Quan hệ giữa ℕ, ℤ và ℚ",
                    (
                        numbers.number_sets(),
                        "Mỗi số nguyên *a* cũng là số hữu tỉ vì *a* = {a/1}. Do đó:",
                        Formula("ℕ ⊂ ℤ ⊂ ℚ"),
                    ),
                ),
                Page(
                    "Biểu diễn trên trục số",
                    (
                        "Để biểu diễn {5/4}, ta chia mỗi đoạn đơn vị thành 4 phần bằng nhau rồi lấy 5 phần về bên phải điểm 0. Với −{3/4}, ta lấy 3 phần về bên trái.",
                        numbers.number_line(
                            (-2, 2),
                            4,
                            {-2: "−2", -1: "−1", 0: "0", 1: "1", 2: "2"},
                            {-0.75: "−3/4", 1.25: "5/4"},
                            "Trục số từ −2 đến 2, mỗi đơn vị chia 4 phần, đánh dấu điểm âm ba phần tư và năm phần tư.",
                        ),
                        "Trên trục số, điểm biểu diễn số hữu tỉ *a* được gọi là **điểm *a***.",
                    ),
                ),
                Page(
                    "Số đối",
                    (
                        "Hai số hữu tỉ có điểm biểu diễn nằm về hai phía của điểm 0 và **cách đều** điểm 0 gọi là hai số đối nhau.",
                        numbers.number_line(
                            (-2, 2),
                            2,
                            {-2: "−2", -1: "−1", 0: "0", 1: "1", 2: "2"},
                            {-1.5: "−1,5", 1.5: "1,5"},
                            "Trục số, hai điểm −1,5 và 1,5 cách đều điểm 0.",
                        ),
                        Points(
                            ("Số đối của *a* kí hiệu là −*a*.", "Số đối của 0 là 0.", "Số đối của −{2/7} là {2/7}.")
                        ),
                    ),
                ),
                Page(
                    "So sánh hai số hữu tỉ",
                    (
                        Points(
                            (
                                "Viết hai số dưới dạng phân số có **cùng mẫu dương**.",
                                "So sánh hai tử số: tử nào lớn hơn thì phân số đó lớn hơn.",
                            ),
                            numbered=True,
                        ),
                        Formula("{−2/3} và {−3/4}:\n{−8/12} > {−9/12}"),
                        "Vậy {−2/3} > {−3/4}. Trên trục số nằm ngang, nếu *a* < *b* thì điểm *a* nằm bên **trái** điểm *b*.",
                    ),
                ),
                MultipleChoice(
                    prompt="Những số nào là số hữu tỉ nhưng không phải là số nguyên?",
                    options=("−0,75", "−7", "{9/3}", "2{1/5}"),
                    answers=frozenset({0, 3}),
                    explanation="−7 và {9/3} = 3 là số nguyên; −0,75 = −{3/4} và 2{1/5} = {11/5} thì không.",
                ),
                TrueFalse(
                    prompt="Mọi số nguyên đều là số hữu tỉ.",
                    answer=True,
                    explanation="Số nguyên *a* viết được thành {a/1}.",
                ),
                Choice(
                    prompt="Điểm nào biểu diễn số −{5/4} trên trục số?",
                    options=("Điểm nằm giữa −1 và 0", "Điểm nằm giữa −2 và −1", "Điểm nằm giữa 1 và 2", "Điểm −5"),
                    answer=1,
                    explanation="−{5/4} = −1,25, nằm giữa −2 và −1.",
                ),
                Numeric(
                    prompt="Tìm số đối của −2,5.",
                    answer=2.5,
                    explanation="Số đối của −2,5 là −(−2,5) = 2,5.",
                ),
                Matching(
                    prompt="Ghép mỗi số với số bằng nó.",
                    pairs=(("−0,5", "−2/4"), ("1,25", "10/8"), ("−3", "−9/3")),
                    explanation="−{2/4} = −0,5; {10/8} = 1,25; −{9/3} = −3.",
                ),
                Ordering(
                    prompt="Sắp xếp theo thứ tự từ nhỏ đến lớn.",
                    items=("−{3/2}", "−{2/3}", "0", "{3/5}", "0,8"),
                    points=2,
                    explanation="−1,5 < −0,66… < 0 < 0,6 < 0,8.",
                ),
            ),
        ),
    ),
)
