"""Nghề Tin học văn phòng (kỹ thuật tổng hợp): công thức và hàm trong bảng tính."""

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
)
from elearn.demo.pictures import workshop

SHEET = workshop.cells(
    ("Tên hàng", "Số lượng", "Đơn giá", "Tiền"),
    (("Vở", "10", "8000", "80000"), ("Bút", "5", "4000", "20000"), ("Thước", "2", "5000", "10000")),
    "Bảng tính: cột A tên hàng, B số lượng, C đơn giá, D tiền; ô D2 được tô màu.",
    (1, 3),
)

LESSON = Lesson(
    slug="ktth-bang-tinh",
    title="Nghề Tin học văn phòng: Công thức và hàm trong bảng tính",
    level="KTTH",
    grade="",
    subject="NGHE",
    description="Địa chỉ ô, vùng; nhập công thức; các hàm SUM, AVERAGE, MAX, MIN, COUNT, IF; địa chỉ tuyệt đối khi sao chép công thức.",
    keywords=("bảng tính", "công thức", "hàm SUM", "hàm IF", "tin học văn phòng"),
    author="Bế Văn Luân",
    edition=Edition.SCORM_2004_4TH,
    minutes=45,
    scos=(
        Sco(
            "BANGTINH",
            "Công thức và hàm",
            (
                Page(
                    "Địa chỉ ô và công thức",
                    (
                        SHEET,
                        "Mỗi ô có **địa chỉ** gồm tên cột và số hàng. Công thức luôn bắt đầu bằng dấu **=**. Tiền của mặt hàng *Vở* ở ô D2 bằng số lượng nhân đơn giá:",
                        Formula("D2 = B2 × C2"),
                        "Dùng địa chỉ thay cho con số để kết quả **tự cập nhật** khi dữ liệu thay đổi. Trên bàn phím, dấu nhân là phím sao.",
                    ),
                ),
                Page(
                    "Các hàm thường dùng",
                    (
                        Table(
                            ("Hàm", "Công dụng", "Ví dụ"),
                            (
                                ("SUM", "Tính tổng", "=SUM(D2:D4)"),
                                ("AVERAGE", "Trung bình cộng", "=AVERAGE(C2:C4)"),
                                ("MAX, MIN", "Lớn nhất, nhỏ nhất", "=MAX(B2:B4)"),
                                ("COUNT", "Đếm ô chứa số", "=COUNT(B2:B4)"),
                                ("IF", "Chọn theo điều kiện", '=IF(B2>=5;"Đủ";"Thiếu")'),
                            ),
                        ),
                        Box(
                            "Tùy cài đặt vùng của máy, các đối số ngăn cách bằng dấu phẩy hoặc dấu chấm phẩy.", "Chú ý"
                        ),
                    ),
                ),
                Page(
                    "Sao chép công thức",
                    (
                        Points(
                            (
                                "Địa chỉ **tương đối** (C2) thay đổi theo vị trí mới khi sao chép.",
                                "Địa chỉ **tuyệt đối** ($C$2) giữ nguyên khi sao chép.",
                            )
                        ),
                        "Sao chép công thức ở D2 (= B2 × C2) xuống D3, ta được = B3 × C3.",
                    ),
                ),
                Numeric(
                    prompt="Theo bảng trong bài, công thức =SUM(D2:D4) cho kết quả bao nhiêu?",
                    picture=SHEET,
                    answer=110000,
                    points=2,
                    explanation="80000 + 20000 + 10000 = 110000.",
                ),
                ShortAnswer(
                    prompt="Viết tên hàm tính trung bình cộng.",
                    accepted=("AVERAGE", "=AVERAGE"),
                    explanation="Hàm AVERAGE.",
                ),
                Choice(
                    prompt="Ô E1 chứa thuế suất dùng chung cho mọi hàng. Khi sao chép công thức, phải viết địa chỉ ô này thế nào?",
                    options=("E1", "$E$1", "E$", "#E1"),
                    answer=1,
                    explanation="Địa chỉ tuyệt đối $E$1 không đổi khi sao chép.",
                ),
                Matching(
                    prompt="Ghép hàm với công dụng.",
                    pairs=(
                        ("SUM", "Tính tổng"),
                        ("MAX", "Tìm giá trị lớn nhất"),
                        ("COUNT", "Đếm ô chứa số"),
                        ("IF", "Chọn theo điều kiện"),
                    ),
                    explanation="SUM – tổng, MAX – lớn nhất, COUNT – đếm, IF – điều kiện.",
                ),
                MultipleChoice(
                    prompt="Những cách viết nào là công thức đúng?",
                    options=("=B2+C2", "B2+C2", "=SUM(B2:B4)", "SUM B2 đến B4"),
                    answers=frozenset({0, 2}),
                    explanation="Công thức phải bắt đầu bằng dấu = và đúng cú pháp.",
                ),
            ),
        ),
    ),
)
