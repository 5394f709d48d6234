"""Nghề Làm vườn (kỹ thuật tổng hợp): giâm, chiết và ghép cành."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Ordering,
    Page,
    Points,
    Sco,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import science

LESSON = Lesson(
    slug="ktth-ghep-cay",
    title="Nghề Làm vườn: Nhân giống cây ăn quả bằng chiết cành và ghép cành",
    level="KTTH",
    grade="",
    subject="NGHE",
    description="Ưu, nhược điểm của các cách nhân giống vô tính; quy trình chiết cành và ghép nêm; an toàn khi dùng dao ghép.",
    keywords=("làm vườn", "chiết cành", "ghép cành", "nhân giống vô tính", "nghề phổ thông"),
    author="Bế Văn Luân",
    edition=Edition.SCORM_12,
    minutes=45,
    scos=(
        Sco(
            "CHIET",
            "1. Chiết cành",
            (
                Page(
                    "Chọn cách nhân giống",
                    (
                        Table(
                            ("Cách", "Ưu điểm", "Nhược điểm"),
                            (
                                ("Gieo hạt", "Nhiều cây, bộ rễ khỏe", "Lâu ra quả, dễ biến đổi so với cây mẹ"),
                                ("Chiết cành", "Giữ đặc tính cây mẹ, mau ra quả", "Số cây ít, bộ rễ kém sâu"),
                                ("Ghép cành", "Giữ đặc tính, tận dụng gốc ghép khỏe", "Cần tay nghề"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Quy trình chiết",
                    (
                        science.layering(),
                        Points(
                            (
                                "Chọn cành bánh tẻ, không sâu bệnh, đường kính 1–2 cm.",
                                "Bóc khoanh vỏ dài 2–3 cm, cạo sạch lớp nhầy.",
                                "Bó bầu đất ẩm quanh vết bóc, bọc ni lông, buộc chặt hai đầu.",
                                "Khi rễ mọc nhiều và ngả màu vàng, cắt cành đem giâm vào vườn ươm.",
                            ),
                            numbered=True,
                        ),
                    ),
                ),
                Ordering(
                    prompt="Sắp xếp các bước chiết cành.",
                    items=("Chọn cành", "Bóc khoanh vỏ", "Bó bầu đất", "Cắt cành khi đã ra rễ"),
                    points=2,
                    explanation="Chọn cành, bóc vỏ, bó bầu, chờ rễ rồi cắt.",
                ),
                TrueFalse(
                    prompt="Cây chiết cành giữ được đặc tính tốt của cây mẹ.",
                    answer=True,
                    explanation="Chiết cành là nhân giống vô tính nên cây con giống cây mẹ.",
                ),
                Choice(
                    prompt="Vì sao phải cạo sạch lớp nhầy sau khi bóc vỏ?",
                    options=("Cho cành đẹp", "Để vỏ không liền lại, rễ dễ mọc", "Để cành khô nhanh", "Để giữ nước"),
                    answer=1,
                    explanation="Còn lớp nhầy (tượng tầng) thì vỏ liền lại và cành không ra rễ.",
                ),
            ),
        ),
        Sco(
            "GHEP",
            "2. Ghép cành",
            (
                Page(
                    "Ghép nêm",
                    (
                        science.grafting(),
                        "**Gốc ghép** cho bộ rễ khỏe; **cành ghép** lấy từ cây mẹ năng suất cao. Hai phần phải áp sát để **tượng tầng** liền nhau.",
                    ),
                ),
                Page(
                    "An toàn",
                    (
                        Points(
                            (
                                "Dao ghép sắc, cầm chắc, hướng lưỡi dao ra ngoài người.",
                                "Sát trùng dao bằng cồn trước khi ghép.",
                                "Dùng xong gập dao, để đúng nơi quy định.",
                            )
                        ),
                        Box(
                            "Ghép vào ngày khô ráo, tránh trưa nắng để vết ghép không bị khô hoặc úng nước.",
                            "Kinh nghiệm",
                        ),
                    ),
                ),
                Matching(
                    prompt="Ghép bộ phận với nhiệm vụ.",
                    pairs=(
                        ("Gốc ghép", "Cho bộ rễ khỏe"),
                        ("Cành ghép", "Mang đặc tính của cây mẹ"),
                        ("Dây buộc", "Giữ hai phần áp sát, không lọt nước"),
                    ),
                    explanation="Ba phần phối hợp để vết ghép liền và cây phát triển.",
                ),
                MultipleChoice(
                    prompt="Những việc nào giúp vết ghép mau liền?",
                    options=(
                        "Vót cành bằng dao sắc, một nhát phẳng",
                        "Buộc kín vết ghép",
                        "Tưới đẫm vào vết ghép",
                        "Áp tượng tầng hai phần sát nhau",
                    ),
                    answers=frozenset({0, 1, 3}),
                    explanation="Nước đọng trong vết ghép làm thối mô.",
                ),
                Choice(
                    prompt="Ghép bưởi ngon lên gốc bưởi chua khỏe mạnh, quả thu được mang đặc tính của:",
                    options=("Gốc bưởi chua", "Cành bưởi ngon", "Trung bình của hai cây", "Không xác định"),
                    answer=1,
                    explanation="Quả mọc trên cành ghép nên mang đặc tính của cành ghép.",
                ),
            ),
        ),
    ),
)
