"""Toán 5: phân số thập phân và số thập phân."""

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
    Table,
    TrueFalse,
)
from elearn.demo.pictures import numbers

DECIMAL_FRACTIONS = Sco(
    "PSTP",
    "1. Phân số thập phân",
    (
        Page(
            "Phân số thập phân",
            (
                "Băng giấy được chia thành 10 phần bằng nhau, tô màu 3 phần. Ta đã tô màu {3/10} băng giấy.",
                numbers.fraction_bar(10, 3, "Băng giấy chia 10 phần bằng nhau, 3 phần được tô màu."),
                Box(
                    "Các phân số có mẫu số là **10; 100; 1000; …** gọi là **phân số thập phân**. Ví dụ: {3/10}; {47/100}; {125/1000}."
                ),
            ),
        ),
        Page(
            "Viết thành phân số thập phân",
            (
                "Một số phân số có thể viết thành phân số thập phân: nhân (hoặc chia) cả tử số và mẫu số với cùng một số.",
                Formula("{1/2} = {1 × 5/2 × 5} = {5/10}"),
                numbers.fraction_pies(((1, 2), (5, 10)), "Một phần hai hình tròn bằng năm phần mười hình tròn."),
                Formula("{7/25} = {7 × 4/25 × 4} = {28/100}"),
            ),
        ),
        MultipleChoice(
            prompt="Những phân số nào là phân số thập phân?",
            options=("{7/10}", "{3/5}", "{81/100}", "{100/34}"),
            answers=frozenset({0, 2}),
            explanation="Mẫu số của phân số thập phân là 10; 100; 1000; …",
        ),
        Numeric(
            prompt="Điền số thích hợp: {3/5} = {?/10}. Dấu ? là số nào?",
            answer=6,
            explanation="{3/5} = {3 × 2/5 × 2} = {6/10}",
        ),
    ),
)

DECIMALS = Sco(
    "STP",
    "2. Số thập phân",
    (
        Page(
            "Từ phân số đến số thập phân",
            (
                Table(
                    ("Phân số", "Số thập phân", "Đọc là"),
                    (
                        ("{1/10}", "0,1", "không phẩy một"),
                        ("{7/10}", "0,7", "không phẩy bảy"),
                        ("{1/100}", "0,01", "không phẩy không một"),
                        ("{35/100}", "0,35", "không phẩy ba mươi lăm"),
                    ),
                ),
                numbers.number_line(
                    (0, 1),
                    10,
                    {0: "0", 0.5: "0,5", 1: "1"},
                    {0.3: "0,3", 0.7: "0,7"},
                    "Tia số từ 0 đến 1 chia 10 phần, đánh dấu 0,3 và 0,7.",
                ),
            ),
        ),
        Page(
            "Ô vuông một trăm phần",
            (
                numbers.hundred_grid(
                    42, "Hình vuông chia 100 ô bằng nhau, 42 ô được tô màu.", "Đã tô màu {42/100} = 0,42 hình vuông."
                ),
                "Trong 0,42 có 4 phần mười và 2 phần trăm: bốn cột đầy và hai ô lẻ.",
            ),
        ),
        Page(
            "Hàng của số thập phân",
            (
                numbers.place_values(
                    (("3", "đơn vị"), ("7", "phần mười"), ("5", "phần trăm")),
                    1,
                    "Số 3,75: 3 đơn vị, 7 phần mười, 5 phần trăm.",
                ),
                Points(
                    (
                        "Mỗi số thập phân gồm **phần nguyên** và **phần thập phân**, ngăn cách bởi dấu phẩy.",
                        "Số 3,75 đọc là: *ba phẩy bảy mươi lăm*.",
                        "Thêm hoặc bớt chữ số 0 ở tận cùng bên phải phần thập phân, giá trị không đổi: 0,5 = 0,50 = 0,500.",
                    )
                ),
            ),
        ),
        Page(
            "So sánh hai số thập phân",
            (
                Points(
                    (
                        "So sánh **phần nguyên** trước: số nào có phần nguyên lớn hơn thì lớn hơn.",
                        "Nếu phần nguyên bằng nhau, so sánh lần lượt **hàng phần mười, hàng phần trăm**, …",
                    ),
                    numbered=True,
                ),
                Formula("8,1 > 7,9\u2003\u20032,45 < 2,5"),
                Box("2,45 < 2,5 vì phần nguyên bằng nhau và ở hàng phần mười 4 < 5. Đừng nhầm là 45 > 5!", "Chú ý"),
            ),
        ),
        Numeric(
            prompt="Viết {27/100} dưới dạng số thập phân.",
            answer=0.27,
            explanation="{27/100} = 0,27 (hai phần mười và bảy phần trăm).",
        ),
        Choice(
            prompt="Trong số 15,382, chữ số 8 thuộc hàng nào?",
            options=("Hàng đơn vị", "Hàng phần mười", "Hàng phần trăm", "Hàng phần nghìn"),
            answer=2,
            explanation="Sau dấu phẩy: 3 ở hàng phần mười, 8 ở hàng phần trăm, 2 ở hàng phần nghìn.",
        ),
        TrueFalse(
            prompt="0,8 = 0,80",
            answer=True,
            explanation="Thêm chữ số 0 vào tận cùng bên phải phần thập phân không làm thay đổi giá trị.",
        ),
        Ordering(
            prompt="Xếp các số theo thứ tự từ bé đến lớn.",
            items=("0,09", "0,32", "0,4", "1,1"),
            points=2,
            explanation="0,09 < 0,32 < 0,4 < 1,1",
        ),
        Matching(
            prompt="Ghép phân số với số thập phân bằng nó.",
            pairs=(("{1/2}", "0,5"), ("{1/4}", "0,25"), ("{3/100}", "0,03")),
            explanation="{1/2} = {5/10} = 0,5; {1/4} = {25/100} = 0,25; {3/100} = 0,03.",
        ),
    ),
)

LESSON = Lesson(
    slug="toan5-so-thap-phan",
    title="Phân số thập phân và số thập phân",
    level="TH",
    grade="5",
    subject="TOAN",
    description="Nhận biết phân số thập phân; đọc, viết, so sánh và sắp thứ tự các số thập phân; hàng của số thập phân. Hai phần, mỗi phần có bài luyện tập tính điểm.",
    keywords=("phân số thập phân", "số thập phân", "hàng phần mười", "so sánh số thập phân", "toán lớp 5"),
    author="Vũ Thị Hồng Nhung",
    edition=Edition.SCORM_12,
    minutes=40,
    scos=(DECIMAL_FRACTIONS, DECIMALS),
)
