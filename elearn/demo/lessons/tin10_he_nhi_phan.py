"""Tin học 10: hệ nhị phân và biểu diễn số nguyên."""

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
    ShortAnswer,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import bits

LESSON = Lesson(
    slug="tin10-he-nhi-phan",
    title="Hệ nhị phân và dữ liệu số nguyên",
    level="THPT",
    grade="10",
    subject="TIN",
    description="Vì sao máy tính dùng hệ nhị phân; đổi số giữa hệ thập phân và hệ nhị phân; cộng, nhân trong hệ nhị phân; đơn vị bit, byte.",
    keywords=("hệ nhị phân", "bit", "byte", "đổi cơ số", "số nguyên", "biểu diễn dữ liệu"),
    author="Phan Thị Diệu Linh",
    edition=Edition.SCORM_12,
    minutes=45,
    scos=(
        Sco(
            "NHIPHAN",
            "Hệ nhị phân",
            (
                Page(
                    "Máy tính chỉ cần hai trạng thái",
                    (
                        "Bóng đèn có hai trạng thái: sáng và tắt. Mạch điện tử trong máy tính cũng có hai trạng thái, kí hiệu là **1** và **0**. Mỗi kí hiệu như thế là một **bit**.",
                        bits.lamps("10110"),
                        "Dãy 8 bit gọi là một **byte**. Mọi số, chữ, hình ảnh, âm thanh trong máy tính đều được biểu diễn bằng các dãy bit.",
                    ),
                ),
                Page(
                    "Giá trị của một số nhị phân",
                    (
                        "Trong hệ thập phân, mỗi hàng gấp 10 lần hàng bên phải. Trong **hệ nhị phân**, mỗi hàng gấp **2 lần** hàng bên phải.",
                        bits.weights("10110"),
                        Formula("10110~2~ = 2^4^ + 2^2^ + 2^1^ = 22"),
                    ),
                ),
                Page(
                    "Đổi từ thập phân sang nhị phân",
                    (
                        "Chia liên tiếp cho 2 đến khi thương bằng 0, rồi viết các số dư theo thứ tự **từ dưới lên**.",
                        bits.division(13),
                        Formula("13 = 1101~2~"),
                    ),
                ),
                Page(
                    "Cộng và nhân",
                    (
                        Table(
                            ("x", "y", "x + y", "x × y"),
                            (("0", "0", "0", "0"), ("0", "1", "1", "0"), ("1", "0", "1", "0"), ("1", "1", "10", "1")),
                        ),
                        "1 + 1 = 10~2~: viết 0, nhớ 1 sang hàng bên trái.",
                        Formula("1011~2~ + 110~2~ = 10001~2~"),
                        Box("Kiểm tra lại trong hệ thập phân: 11 + 6 = 17, và 10001~2~ = 16 + 1 = 17.", "Thử lại"),
                    ),
                ),
                Page(
                    "Biểu diễn được bao nhiêu?",
                    (
                        "Với *n* bit có thể tạo ra 2^n^ dãy khác nhau:",
                        Points(
                            (
                                "8 bit: 2^8^ = 256 dãy, biểu diễn các số nguyên không dấu từ 0 đến 255.",
                                "16 bit: 2^16^ = 65 536 dãy.",
                                "Số nguyên có dấu 8 bit (mã bù hai): từ −128 đến 127.",
                            )
                        ),
                    ),
                ),
                Numeric(
                    prompt="Số nhị phân 100101~2~ bằng bao nhiêu trong hệ thập phân?",
                    answer=37,
                    explanation="32 + 4 + 1 = 37.",
                ),
                ShortAnswer(
                    prompt="Viết số 25 trong hệ nhị phân.",
                    accepted=("11001", "00011001"),
                    points=2,
                    explanation="25 = 16 + 8 + 1, nên 25 = 11001~2~.",
                ),
                Choice(
                    prompt="Kết quả của phép cộng 111~2~ + 1~2~ là:",
                    options=("112~2~", "1000~2~", "1110~2~", "110~2~"),
                    answer=1,
                    explanation="7 + 1 = 8 = 1000~2~.",
                ),
                TrueFalse(
                    prompt="Số nhị phân có chữ số tận cùng (bên phải) là 1 luôn là số lẻ.",
                    answer=True,
                    explanation="Mọi hàng khác đều là bội của 2, chỉ hàng cuối có trọng số 1.",
                ),
                MultipleChoice(
                    prompt="Những số nào biểu diễn được bằng 8 bit không dấu?",
                    options=("0", "255", "256", "−1"),
                    answers=frozenset({0, 1}),
                    explanation="8 bit không dấu biểu diễn các số nguyên từ 0 đến 255.",
                ),
                Matching(
                    prompt="Ghép số nhị phân với số thập phân bằng nó.",
                    pairs=(("1010~2~", "10"), ("1111~2~", "15"), ("10000~2~", "16")),
                    explanation="8 + 2 = 10; 8 + 4 + 2 + 1 = 15; 2^4^ = 16.",
                ),
            ),
        ),
    ),
)
