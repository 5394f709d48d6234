"""Toán 10 (giáo dục thường xuyên): số trung bình, trung vị, mốt."""

from elearn.demo.builder import Box, Choice, Edition, Formula, Lesson, Matching, Numeric, Page, Points, Sco, TrueFalse
from elearn.demo.pictures import mathematics

LESSON = Lesson(
    slug="gdtx10-thong-ke",
    title="Các số đặc trưng đo xu thế trung tâm: trung bình, trung vị, mốt",
    level="GDTX",
    grade="10",
    subject="TOAN",
    description="Tính số trung bình, trung vị và mốt của mẫu số liệu không ghép nhóm; chọn số đặc trưng phù hợp với tình huống công việc.",
    keywords=("thống kê", "số trung bình", "trung vị", "mốt", "giáo dục thường xuyên"),
    author="Mông Thị Hiên",
    edition=Edition.SCORM_12,
    minutes=40,
    pronoun="anh/chị",
    scos=(
        Sco(
            "THONGKE",
            "Trung bình, trung vị, mốt",
            (
                Page(
                    "Số trung bình",
                    (
                        "Số sản phẩm của một tổ trong 5 ngày: 12, 15, 11, 14, 13.",
                        Formula("{12 + 15 + 11 + 14 + 13/5} = {65/5} = 13"),
                        "**Số trung bình** bằng tổng các giá trị chia cho số các giá trị.",
                    ),
                ),
                Page(
                    "Trung vị",
                    (
                        "Sắp xếp số liệu **không giảm** rồi lấy giá trị ở giữa.",
                        Points(
                            (
                                "Số giá trị **lẻ**: 11, 12, **13**, 14, 15 – trung vị là 13.",
                                "Số giá trị **chẵn**: 4, **6**, **8**, 9 – trung vị là {6 + 8/2} = 7.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Mốt",
                    (
                        mathematics.columns(
                            ("38", "39", "40", "41", "42"),
                            (5, 12, 21, 14, 6),
                            "Biểu đồ số đôi giày bán theo cỡ: cỡ 40 bán 21 đôi, nhiều nhất.",
                            "Số đôi giày bán được theo cỡ",
                        ),
                        "**Mốt** là giá trị xuất hiện nhiều nhất. Cỡ giày bán chạy nhất là 40, nên mốt là 40.",
                    ),
                ),
                Page(
                    "Chọn số nào?",
                    (
                        "Thu nhập (triệu đồng) của 5 người: 6, 7, 7, 8, 42. Số trung bình là 14, nhưng bốn người có thu nhập từ 8 trở xuống. Trung vị là **7**, phản ánh đúng hơn.",
                        Box("Khi có giá trị quá lớn hoặc quá nhỏ so với phần còn lại, nên dùng trung vị."),
                    ),
                ),
                Numeric(
                    prompt="Tính số trung bình của: 6, 8, 9, 9.",
                    answer=8,
                    explanation="{6 + 8 + 9 + 9/4} = {32/4} = 8.",
                ),
                Numeric(
                    prompt="Tìm trung vị của: 9, 3, 7, 5, 10, 6.",
                    answer=6.5,
                    points=2,
                    explanation="Sắp xếp: 3, 5, 6, 7, 9, 10; trung vị {6 + 7/2} = 6,5.",
                ),
                Choice(
                    prompt="Cửa hàng cần nhập thêm cỡ áo bán chạy nhất. Nên dựa vào số đặc trưng nào?",
                    options=("Số trung bình", "Trung vị", "Mốt", "Giá trị lớn nhất"),
                    answer=2,
                    explanation="Mốt cho biết giá trị xuất hiện nhiều nhất.",
                ),
                TrueFalse(
                    prompt="Có thể tìm trung vị mà không cần sắp xếp số liệu.",
                    answer=False,
                    explanation="Phải sắp xếp theo thứ tự không giảm trước.",
                ),
                Matching(
                    prompt="Mẫu số liệu: 2, 3, 3, 4, 8. Ghép số đặc trưng với giá trị.",
                    pairs=(("Số trung bình", "4"), ("Trung vị", "3"), ("Giá trị lớn nhất", "8")),
                    explanation="Trung bình {20/5} = 4; trung vị là giá trị thứ ba: 3.",
                ),
            ),
        ),
    ),
)
