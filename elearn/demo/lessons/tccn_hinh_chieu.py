"""Vẽ kỹ thuật (trung cấp): hình chiếu vuông góc."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Page,
    Points,
    Sco,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import workshop

LESSON = Lesson(
    slug="tccn-hinh-chieu",
    title="Vẽ kỹ thuật: Hình chiếu vuông góc",
    level="TCCN",
    grade="",
    subject="NGHE",
    description="Ba hướng chiếu, vị trí các hình chiếu theo phương pháp chiếu góc thứ nhất, các loại nét vẽ; đọc hình chiếu của vật thể đơn giản.",
    keywords=("vẽ kỹ thuật", "hình chiếu vuông góc", "hình chiếu đứng", "nét vẽ", "cơ khí"),
    author="Lục Văn Tiệp",
    edition=Edition.SCORM_2004_3RD,
    minutes=45,
    pronoun="anh/chị",
    scos=(
        Sco(
            "HINHCHIEU",
            "Hình chiếu vuông góc",
            (
                Page(
                    "Ba hướng chiếu",
                    (
                        workshop.step_block(),
                        Points(
                            (
                                "Nhìn **từ trước**: hình chiếu đứng.",
                                "Nhìn **từ trên**: hình chiếu bằng.",
                                "Nhìn **từ trái**: hình chiếu cạnh.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Phương pháp chiếu góc thứ nhất",
                    (
                        workshop.three_views(),
                        "Hình chiếu bằng đặt **dưới** hình chiếu đứng; hình chiếu cạnh đặt **bên phải** hình chiếu đứng. Các hình phải **gióng thẳng** với nhau.",
                        Box(
                            "Chiều cao gióng ngang giữa hình đứng và hình cạnh; chiều dài gióng đứng giữa hình đứng và hình bằng."
                        ),
                    ),
                ),
                Page(
                    "Nét vẽ",
                    (
                        Table(
                            ("Nét", "Dùng để vẽ"),
                            (
                                ("Liền đậm", "Đường bao thấy, cạnh thấy"),
                                ("Liền mảnh", "Đường kích thước, đường gióng"),
                                ("Đứt mảnh", "Đường bao khuất, cạnh khuất"),
                                ("Gạch chấm mảnh", "Đường tâm, đường trục"),
                            ),
                        ),
                    ),
                ),
                Choice(
                    prompt="Theo phương pháp chiếu góc thứ nhất, hình chiếu bằng đặt ở đâu?",
                    options=(
                        "Trên hình chiếu đứng",
                        "Dưới hình chiếu đứng",
                        "Bên phải hình chiếu đứng",
                        "Bên trái hình chiếu đứng",
                    ),
                    answer=1,
                    explanation="Hình chiếu bằng đặt dưới hình chiếu đứng.",
                ),
                Matching(
                    prompt="Ghép hướng nhìn với hình chiếu.",
                    pairs=(
                        ("Từ trước", "Hình chiếu đứng"),
                        ("Từ trên", "Hình chiếu bằng"),
                        ("Từ trái", "Hình chiếu cạnh"),
                    ),
                    explanation="Trước – đứng, trên – bằng, trái – cạnh.",
                ),
                Choice(
                    prompt="Cạnh khuất được vẽ bằng nét nào?",
                    options=("Liền đậm", "Liền mảnh", "Đứt mảnh", "Gạch chấm mảnh"),
                    answer=2,
                    explanation="Đường bao khuất, cạnh khuất vẽ bằng nét đứt mảnh.",
                ),
                TrueFalse(
                    prompt="Hình chiếu cạnh cho biết chiều cao và chiều rộng của vật thể.",
                    answer=True,
                    explanation="Nhìn từ trái, ta thấy chiều cao và chiều rộng.",
                ),
                MultipleChoice(
                    prompt="Hình chiếu đứng cho biết những kích thước nào?",
                    options=("Chiều dài", "Chiều rộng", "Chiều cao"),
                    answers=frozenset({0, 2}),
                    explanation="Nhìn từ trước, ta thấy chiều dài và chiều cao.",
                ),
            ),
        ),
    ),
)
