"""Toán 2: ý nghĩa của phép nhân, bảng nhân 2 và bảng nhân 5."""

from elearn.demo.builder import Box, Choice, Edition, Formula, Lesson, Matching, Numeric, Page, Sco, Table, TrueFalse
from elearn.demo.pictures import classroom

LESSON = Lesson(
    slug="toan2-phep-nhan",
    title="Phép nhân, bảng nhân 2 và bảng nhân 5",
    level="TH",
    grade="2",
    subject="TOAN",
    description="Từ tổng các số hạng bằng nhau đến phép nhân; tên gọi thừa số, tích; bảng nhân 2 và bảng nhân 5; "
    "bài toán có lời văn giải bằng một phép nhân.",
    keywords=("phép nhân", "bảng nhân 2", "bảng nhân 5", "thừa số", "tích"),
    author="Sùng Thị Mỷ",
    edition=Edition.SCORM_12,
    minutes=35,
    scos=(
        Sco(
            "PHEPNHAN",
            "1. Làm quen với phép nhân",
            (
                Page(
                    "Mỗi đĩa có 3 quả cam",
                    (
                        classroom.groups(4, 3, "Bốn đĩa, mỗi đĩa có ba quả cam."),
                        "Có 4 đĩa, mỗi đĩa có 3 quả. Số quả cam là:",
                        Formula("3 + 3 + 3 + 3 = 12"),
                        "Ta viết gọn thành **phép nhân**:",
                        Formula("3 × 4 = 12"),
                        "Đọc là: *ba nhân bốn bằng mười hai*.",
                    ),
                ),
                Page(
                    "Thừa số và tích",
                    (
                        Table(
                            ("Phép nhân", "Thừa số", "Thừa số", "Tích"),
                            (("3 × 4 = 12", "3", "4", "12"), ("2 × 5 = 10", "2", "5", "10")),
                        ),
                        Box("Muốn tính tích, em chuyển phép nhân thành tổng các số hạng bằng nhau."),
                    ),
                ),
                Numeric(
                    prompt="Có 3 đĩa, mỗi đĩa có 2 quả cam. Có tất cả bao nhiêu quả cam?",
                    picture=classroom.groups(3, 2, "Ba đĩa, mỗi đĩa có hai quả cam."),
                    answer=6,
                    unit="quả",
                    explanation="2 + 2 + 2 = 6, nên 2 × 3 = 6 (quả).",
                ),
                Choice(
                    prompt="Tổng 5 + 5 + 5 viết thành phép nhân nào?",
                    options=("5 × 5", "5 × 3", "3 + 5"),
                    answer=1,
                    explanation="Số 5 được lấy 3 lần: 5 × 3.",
                ),
            ),
        ),
        Sco(
            "BANGNHAN",
            "2. Bảng nhân 2 và bảng nhân 5",
            (
                Page(
                    "Hai bảng nhân",
                    (
                        Table(
                            ("Lấy mấy lần?", "Bảng nhân 2", "Bảng nhân 5"),
                            tuple((str(n), f"2 × {n} = {2 * n}", f"5 × {n} = {5 * n}") for n in range(1, 11)),
                        ),
                        "Tích trong bảng nhân 2 tăng thêm 2. Tích trong bảng nhân 5 tăng thêm 5 và tận cùng là 0 hoặc 5.",
                    ),
                ),
                Numeric(prompt="Tính: 5 × 7", answer=35, explanation="Trong bảng nhân 5: 5 × 7 = 35."),
                Matching(
                    prompt="Ghép phép nhân với kết quả.",
                    pairs=(("2 × 8", "16"), ("5 × 4", "20"), ("2 × 9", "18"), ("5 × 9", "45")),
                    explanation="2 × 8 = 16; 5 × 4 = 20; 2 × 9 = 18; 5 × 9 = 45.",
                ),
                TrueFalse(
                    prompt="Tích của 5 với một số luôn có chữ số tận cùng là 0 hoặc 5.",
                    answer=True,
                    explanation="Các tích 5, 10, 15, 20, ... đều tận cùng là 5 hoặc 0.",
                ),
                Numeric(
                    prompt="Mỗi bàn có 2 bạn ngồi. Lớp học có 10 bàn như thế. Hỏi có tất cả bao nhiêu bạn?",
                    answer=20,
                    unit="bạn",
                    points=2,
                    explanation="2 × 10 = 20 (bạn).",
                ),
            ),
        ),
    ),
)
