"""Tin học 7: thuật toán tìm kiếm tuần tự và tìm kiếm nhị phân."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Numeric, Ordering, Page, Points, Sco, Table, TrueFalse
from elearn.demo.pictures import workshop

UNSORTED = (34, 8, 21, 50, 13, 42, 5, 29)
SORTED = (5, 8, 13, 21, 29, 34, 42, 50)

LESSON = Lesson(
    slug="tin7-tim-kiem",
    title="Thuật toán tìm kiếm tuần tự và tìm kiếm nhị phân",
    level="THCS",
    grade="7",
    subject="TIN",
    description="Mô phỏng từng bước hai thuật toán tìm kiếm trên dãy số, điều kiện áp dụng và so sánh số lần kiểm tra.",
    keywords=("thuật toán", "tìm kiếm tuần tự", "tìm kiếm nhị phân", "dãy đã sắp xếp", "tin học 7"),
    author="Vàng Seo Lử",
    edition=Edition.SCORM_2004_3RD,
    minutes=45,
    scos=(
        Sco(
            "TUANTU",
            "1. Tìm kiếm tuần tự",
            (
                Page(
                    "Xem lần lượt từng phần tử",
                    (
                        "Cần tìm số **13** trong dãy. Ta xem từ phần tử đầu tiên, lần lượt đến khi gặp hoặc hết dãy.",
                        workshop.boxes(
                            UNSORTED, range(5), 4, "Dãy 34, 8, 21, 50, 13, 42, 5, 29: tìm thấy 13 ở vị trí thứ năm."
                        ),
                        "Tìm thấy ở vị trí thứ 5, sau **5 lần** kiểm tra.",
                    ),
                ),
                Page(
                    "Các bước",
                    (
                        Points(
                            (
                                "Xét phần tử đầu tiên.",
                                "Nếu phần tử đang xét bằng giá trị cần tìm: dừng, thông báo vị trí.",
                                "Nếu chưa hết dãy: chuyển sang phần tử tiếp theo, quay lại bước 2.",
                                "Nếu đã hết dãy: thông báo không tìm thấy.",
                            ),
                            numbered=True,
                        ),
                    ),
                ),
                Numeric(
                    prompt="Tìm số 42 trong dãy 34, 8, 21, 50, 13, 42, 5, 29 bằng tìm kiếm tuần tự. Cần kiểm tra bao nhiêu phần tử?",
                    answer=6,
                    explanation="Số 42 đứng thứ 6 nên phải xem 6 phần tử.",
                ),
                TrueFalse(
                    prompt="Tìm kiếm tuần tự chỉ dùng được với dãy đã sắp xếp.",
                    answer=False,
                    explanation="Tìm kiếm tuần tự dùng được với mọi dãy.",
                ),
            ),
        ),
        Sco(
            "NHIPHAN",
            "2. Tìm kiếm nhị phân",
            (
                Page(
                    "Mỗi lần bỏ đi một nửa",
                    (
                        "Dãy đã sắp xếp tăng dần. Cần tìm số **34**. Xem phần tử ở **giữa**: vị trí 4, giá trị 21.",
                        workshop.boxes(
                            SORTED, {3}, None, "Dãy đã sắp xếp 5, 8, 13, 21, 29, 34, 42, 50: xem phần tử giữa là 21."
                        ),
                        "21 < 34 nên chỉ tìm tiếp ở **nửa sau**: 29, 34, 42, 50. Phần tử giữa là 34.",
                        workshop.boxes(SORTED, {3, 5}, 5, "Nửa sau 29, 34, 42, 50: phần tử giữa là 34, tìm thấy."),
                        "Chỉ cần **2 lần** kiểm tra.",
                    ),
                ),
                Page(
                    "So sánh",
                    (
                        Table(
                            ("", "Tuần tự", "Nhị phân"),
                            (
                                ("Điều kiện", "Dãy bất kì", "Dãy đã sắp xếp"),
                                ("Số lần kiểm tra nhiều nhất với 8 phần tử", "8", "4"),
                                ("Với 1 000 phần tử", "1 000", "10"),
                            ),
                        ),
                        Box(
                            "Tra từ điển giấy: mở khoảng giữa, rồi lật về nửa trước hoặc nửa sau chính là ý tưởng nhị phân.",
                            "Liên hệ",
                        ),
                    ),
                ),
                Choice(
                    prompt="Điều kiện để dùng tìm kiếm nhị phân là gì?",
                    options=("Dãy có ít phần tử", "Dãy đã được sắp xếp", "Dãy chỉ gồm số chẵn", "Không cần điều kiện"),
                    answer=1,
                    explanation="Phải sắp xếp thì mới biết giá trị cần tìm ở nửa nào.",
                ),
                Ordering(
                    prompt="Tìm số 8 trong dãy 5, 8, 13, 21, 29, 34, 42, 50 (phần tử giữa lấy về bên trái). Sắp xếp các bước.",
                    items=(
                        "So sánh 8 với 21",
                        "Chọn nửa trước: 5, 8, 13",
                        "So sánh 8 với 8",
                        "Thông báo tìm thấy ở vị trí 2",
                    ),
                    points=2,
                    explanation="8 < 21 nên chọn nửa trước; phần tử giữa của 5, 8, 13 là 8.",
                ),
                Numeric(
                    prompt="Với dãy 15 phần tử đã sắp xếp, tìm kiếm nhị phân cần nhiều nhất bao nhiêu lần kiểm tra?",
                    answer=4,
                    explanation="15 → 7 → 3 → 1: sau mỗi lần còn lại một nửa, nên nhiều nhất 4 lần.",
                ),
            ),
        ),
    ),
)
