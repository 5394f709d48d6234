"""Tin học và Công nghệ 3: các bộ phận của máy tính, ngồi đúng tư thế."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Matching, MultipleChoice, Page, Points, Sco, TrueFalse
from elearn.demo.pictures import classroom

LESSON = Lesson(
    slug="tin3-may-tinh",
    title="Máy tính và em",
    level="TH",
    grade="3",
    subject="TINCN",
    description="Bốn bộ phận cơ bản của máy tính để bàn và nhiệm vụ của từng bộ phận; tư thế ngồi đúng, an toàn về điện khi dùng máy.",
    keywords=("máy tính", "màn hình", "bàn phím", "chuột", "tư thế ngồi", "tin học lớp 3"),
    author="Vũ Thị Hồng Nhung",
    edition=Edition.SCORM_2004_4TH,
    minutes=30,
    scos=(
        Sco(
            "MAYTINH",
            "Máy tính và em",
            (
                Page(
                    "Bốn bộ phận cơ bản",
                    (
                        classroom.computer(),
                        Points(
                            (
                                "**Thân máy** chứa bộ xử lí, điều khiển mọi hoạt động của máy.",
                                "**Màn hình** hiển thị kết quả làm việc.",
                                "**Bàn phím** dùng để gõ chữ, số vào máy tính.",
                                "**Chuột** giúp chọn và điều khiển trên màn hình nhanh hơn.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Ngồi đúng tư thế",
                    (
                        classroom.sitting(),
                        Points(
                            (
                                "Lưng thẳng, vai thả lỏng.",
                                "Mắt cách màn hình từ 50 cm đến 80 cm, nhìn ngang hoặc hơi xuống.",
                                "Bàn tay đặt ngang bàn phím.",
                                "Sau 30 phút, đứng dậy vận động và nhìn ra xa.",
                            )
                        ),
                    ),
                ),
                Page(
                    "An toàn khi dùng máy",
                    (
                        Points(
                            (
                                "Không chạm vào ổ cắm, dây điện bị hở.",
                                "Không để cốc nước cạnh bàn phím.",
                                "Tắt máy bằng lệnh của hệ điều hành, không rút phích điện.",
                            )
                        ),
                        Box("Thấy mùi khét hoặc dây hở, em báo ngay thầy cô.", "Em nhớ"),
                    ),
                ),
                Matching(
                    prompt="Ghép bộ phận với nhiệm vụ.",
                    pairs=(
                        ("Thân máy", "Xử lí thông tin"),
                        ("Màn hình", "Hiển thị hình ảnh"),
                        ("Bàn phím", "Gõ chữ và số"),
                        ("Chuột", "Chọn, trỏ trên màn hình"),
                    ),
                    explanation="Mỗi bộ phận làm một việc riêng và cùng phối hợp với nhau.",
                ),
                Choice(
                    prompt="Mắt em nên cách màn hình máy tính để bàn bao xa?",
                    options=("Khoảng 10 cm đến 20 cm", "Khoảng 50 cm đến 80 cm", "Hơn 3 m"),
                    answer=1,
                    explanation="Khoảng 50 cm đến 80 cm giúp mắt không mỏi.",
                ),
                TrueFalse(
                    prompt="Khi dùng xong, em rút phích điện để tắt máy tính cho nhanh.",
                    answer=False,
                    explanation="Phải tắt bằng lệnh của hệ điều hành để không hỏng dữ liệu.",
                ),
                MultipleChoice(
                    prompt="Những việc nào giữ an toàn khi dùng máy tính?",
                    options=(
                        "Lau tay khô trước khi chạm vào máy",
                        "Đặt cốc nước cạnh bàn phím",
                        "Báo thầy cô khi thấy dây điện hở",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Nước đổ vào bàn phím có thể gây chập điện.",
                ),
            ),
        ),
    ),
)
