"""Hoá học 10: cấu tạo của bảng tuần hoàn các nguyên tố hoá học."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Page,
    Points,
    Sco,
    ShortAnswer,
    Table,
)
from elearn.demo.pictures import elements

LESSON = Lesson(
    slug="hh10-bang-tuan-hoan",
    title="Cấu tạo bảng tuần hoàn các nguyên tố hoá học",
    level="THPT",
    grade="10",
    subject="HH",
    description="Nguyên tắc sắp xếp, ô nguyên tố, chu kì, nhóm; liên hệ giữa cấu hình electron và vị trí của nguyên tố; "
    "xu hướng biến đổi tính kim loại, phi kim.",
    keywords=("bảng tuần hoàn", "ô nguyên tố", "chu kì", "nhóm", "cấu hình electron", "tính kim loại"),
    author="Phan Thị Diệu Linh",
    edition=Edition.SCORM_2004_4TH,
    minutes=45,
    scos=(
        Sco(
            "BTH",
            "Bảng tuần hoàn các nguyên tố hoá học",
            (
                Page(
                    "Nguyên tắc sắp xếp",
                    (
                        "Các nguyên tố được xếp theo chiều **tăng dần của điện tích hạt nhân**:",
                        Points(
                            (
                                "Các nguyên tố có **cùng số lớp electron** được xếp thành một **hàng** (chu kì).",
                                "Các nguyên tố có **cùng số electron hoá trị** được xếp thành một **cột** (nhóm), trừ nhóm VIIIB.",
                            )
                        ),
                        elements.first_twenty(),
                    ),
                ),
                Page(
                    "Ô nguyên tố",
                    (
                        elements.cell_of_sodium(),
                        "Số thứ tự của ô bằng **số hiệu nguyên tử** Z: bằng số proton và bằng số electron của nguyên tử.",
                    ),
                ),
                Page(
                    "Chu kì",
                    (
                        "**Số thứ tự chu kì bằng số lớp electron.** Sodium (2; 8; 1) và chlorine (2; 8; 7) đều có ba lớp electron nên cùng ở chu kì 3.",
                        elements.atoms(("Na", (2, 8, 1)), ("Cl", (2, 8, 7))),
                        "Bảng tuần hoàn có 7 chu kì: chu kì 1, 2, 3 là chu kì nhỏ; chu kì 4, 5, 6, 7 là chu kì lớn.",
                    ),
                ),
                Page(
                    "Nhóm",
                    (
                        "Bảng tuần hoàn có 8 nhóm A và 8 nhóm B. Với nguyên tố nhóm A, **số thứ tự nhóm bằng số electron lớp ngoài cùng** (trừ He).",
                        Table(
                            ("Nhóm", "Tên thường gọi", "Lớp ngoài cùng"),
                            (
                                ("IA", "Kim loại kiềm (trừ H)", "*n*s^1^"),
                                ("IIA", "Kim loại kiềm thổ", "*n*s^2^"),
                                ("VIIA", "Halogen", "*n*s^2^*n*p^5^"),
                                ("VIIIA", "Khí hiếm", "*n*s^2^*n*p^6^ (He: 1s^2^)"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Xu hướng biến đổi",
                    (
                        elements.trends(),
                        Points(
                            (
                                "Trong một **chu kì**, từ trái sang phải: bán kính nguyên tử giảm, tính kim loại giảm, tính phi kim tăng.",
                                "Trong một **nhóm A**, từ trên xuống dưới: bán kính nguyên tử tăng, tính kim loại tăng, tính phi kim giảm.",
                            )
                        ),
                        Box(
                            "Biết vị trí của nguyên tố, ta suy ra cấu tạo nguyên tử và dự đoán được tính chất, và ngược lại."
                        ),
                    ),
                ),
                Numeric(
                    prompt="Nguyên tử magnesium có Z = 12. Magnesium ở chu kì mấy?",
                    answer=3,
                    explanation="Cấu hình 1s^2^2s^2^2p^6^3s^2^ có ba lớp electron nên Mg ở chu kì 3.",
                ),
                Choice(
                    prompt="Nguyên tố X có cấu hình electron 1s^2^2s^2^2p^6^3s^2^3p^5^. Vị trí của X là:",
                    options=("chu kì 3, nhóm VA", "chu kì 3, nhóm VIIA", "chu kì 5, nhóm IIIA", "chu kì 2, nhóm VIIA"),
                    answer=1,
                    explanation="Ba lớp electron nên chu kì 3; bảy electron lớp ngoài cùng (3s^2^3p^5^) nên nhóm VIIA. X là chlorine.",
                ),
                MultipleChoice(
                    prompt="Những nguyên tố nào cùng nhóm với nguyên tố được khoanh?",
                    picture=elements.first_twenty("Na"),
                    options=("Li", "Mg", "K", "Al"),
                    answers=frozenset({0, 2}),
                    explanation="Li, Na, K đều có một electron ở lớp ngoài cùng, thuộc nhóm IA.",
                ),
                Ordering(
                    prompt="Sắp xếp theo chiều tính kim loại tăng dần.",
                    items=("Al", "Mg", "Na", "K"),
                    points=2,
                    explanation="Trong chu kì 3 tính kim loại: Al < Mg < Na; trong nhóm IA: Na < K.",
                ),
                Matching(
                    prompt="Ghép mỗi nguyên tố với họ của nó.",
                    pairs=(("K", "Kim loại kiềm"), ("F", "Halogen"), ("Ar", "Khí hiếm"), ("Ca", "Kim loại kiềm thổ")),
                    explanation="K: IA; F: VIIA; Ar: VIIIA; Ca: IIA.",
                ),
                ShortAnswer(
                    prompt="Viết kí hiệu hoá học của nguyên tố ở chu kì 2, nhóm VIA.",
                    accepted=("O",),
                    explanation="Chu kì 2: 2 lớp electron; nhóm VIA: 6 electron lớp ngoài cùng; Z = 2 + 6 = 8, là oxygen (O).",
                ),
            ),
        ),
    ),
)
