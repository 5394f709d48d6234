"""Mầm non, 3-4 tuổi: ba màu cơ bản và trò chơi pha màu."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Matching, Page, Sco, TrueFalse
from elearn.demo.pictures import childhood

LESSON = Lesson(
    slug="mn-mau-sac",
    title="Bé chơi với màu sắc",
    level="MN",
    grade="3-4",
    subject="PTTM",
    description="Bé nhận biết màu đỏ, vàng, xanh dương, tìm màu ở đồ vật quanh mình và khám phá điều thú vị khi trộn hai màu "
    "với nhau. Kèm gợi ý hoạt động tô màu cho cô và bố mẹ.",
    keywords=("màu sắc", "màu cơ bản", "pha màu", "tạo hình", "mẫu giáo bé"),
    author="Nguyễn Thị Phương Thảo",
    edition=Edition.SCORM_2004_4TH,
    minutes=15,
    pronoun="bé",
    scos=(
        Sco(
            "LAMQUEN",
            "1. Làm quen với màu",
            (
                Page(
                    "Ba quả bóng bay",
                    (childhood.balloons(), "Bé đọc to tên từng màu: **đỏ**, **vàng**, **xanh dương**."),
                ),
                Page(
                    "Màu quanh bé",
                    (
                        childhood.fruit(),
                        Box("Bé tìm trong lớp một đồ vật màu đỏ và một đồ vật màu vàng.", "Bé tìm nhé"),
                    ),
                ),
                Choice(
                    title="Quả bóng màu gì?",
                    prompt="Bé hãy chọn màu đỏ.",
                    options=("Màu xanh dương", "Màu đỏ", "Màu vàng"),
                    pictures=(childhood.blot("xanh dương"), childhood.blot("đỏ"), childhood.blot("vàng")),
                    answer=1,
                    explanation="Đây là màu đỏ, giống màu quả cà chua chín.",
                ),
            ),
        ),
        Sco(
            "PHAMAU",
            "2. Bé pha màu",
            (
                Page(
                    "Đỏ và vàng",
                    (childhood.mixing("đỏ", "vàng", "cam"), "Trộn màu đỏ với màu vàng, bé được **màu cam**."),
                ),
                Page(
                    "Vàng và xanh dương",
                    (
                        childhood.mixing("vàng", "xanh dương", "xanh lá"),
                        "Trộn màu vàng với xanh dương, bé được **màu xanh lá**.",
                    ),
                ),
                Page(
                    "Đỏ và xanh dương",
                    (childhood.mixing("đỏ", "xanh dương", "tím"), "Trộn màu đỏ với xanh dương, bé được **màu tím**."),
                ),
                Choice(
                    title="Bé chọn màu",
                    prompt="Bé hãy chọn màu vàng.",
                    options=("Màu đỏ", "Màu vàng", "Màu xanh dương"),
                    pictures=(childhood.blot("đỏ"), childhood.blot("vàng"), childhood.blot("xanh dương")),
                    answer=1,
                    explanation="Đây là màu vàng, giống màu quả chuối chín.",
                ),
                Choice(
                    title="Bé pha màu",
                    prompt="Trộn màu đỏ với màu vàng được màu gì?",
                    options=("Màu tím", "Màu cam", "Màu xanh lá"),
                    pictures=(childhood.blot("tím"), childhood.blot("cam"), childhood.blot("xanh lá")),
                    answer=1,
                    explanation="Đỏ và vàng trộn lại thành cam.",
                ),
                TrueFalse(
                    title="Đúng hay sai?",
                    prompt="Chiếc lá non thường có màu xanh lá.",
                    answer=True,
                    explanation="Đúng rồi, lá cây thường có màu xanh lá.",
                ),
                Matching(
                    title="Quả gì, màu gì?",
                    prompt="Mỗi quả chín có màu gì?",
                    pairs=(("Quả cà chua", "Màu đỏ"), ("Quả chuối", "Màu vàng"), ("Quả cam", "Màu cam")),
                    explanation="Cà chua chín đỏ, chuối chín vàng, quả cam chín màu cam.",
                ),
            ),
        ),
    ),
)
