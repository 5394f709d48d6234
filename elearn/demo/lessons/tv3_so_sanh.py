"""Tiếng Việt 3: biện pháp so sánh."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    Matching,
    MultipleChoice,
    Ordering,
    Page,
    Points,
    Sco,
    ShortAnswer,
    Table,
)
from elearn.demo.pictures import comparison

LESSON = Lesson(
    slug="tv3-so-sanh",
    title="Luyện từ và câu: Biện pháp so sánh",
    level="TH",
    grade="3",
    subject="TV",
    description="Nhận biết hình ảnh so sánh và từ chỉ sự so sánh; phân biệt so sánh ngang bằng và so sánh hơn kém; "
    "tập viết câu văn có hình ảnh so sánh.",
    keywords=("so sánh", "luyện từ và câu", "biện pháp tu từ", "hình ảnh so sánh", "từ so sánh"),
    author="Vũ Thị Hồng Nhung",
    edition=Edition.SCORM_12,
    minutes=35,
    scos=(
        Sco(
            "SOSANH",
            "Biện pháp so sánh",
            (
                Page(
                    "Đọc và quan sát",
                    (
                        "Đêm rằm, bé Na reo lên: “Mẹ ơi, trăng tròn như chiếc đĩa!”",
                        comparison.moon_and_plate(),
                        "Bé Na đã tìm ra điểm giống nhau: trăng và đĩa đều **tròn**. Câu nói của Na có **hình ảnh so sánh**.",
                        Box(
                            "**So sánh** là đối chiếu sự vật này với sự vật khác có nét giống nhau để câu văn gợi hình, gợi cảm hơn."
                        ),
                    ),
                ),
                Page(
                    "Bốn phần của hình ảnh so sánh",
                    (
                        Table(
                            ("Sự vật 1", "Đặc điểm", "Từ so sánh", "Sự vật 2"),
                            (
                                ("Trăng rằm", "tròn", "như", "chiếc đĩa"),
                                ("Tán bàng", "xoè rộng", "như", "chiếc ô"),
                                ("Tiếng suối", "trong", "tựa", "tiếng hát"),
                            ),
                        ),
                        comparison.canopy_and_umbrella(),
                        "Đôi khi từ chỉ đặc điểm được lược bỏ: *Trăng rằm như chiếc đĩa.* Người đọc tự hiểu trăng tròn như đĩa.",
                    ),
                ),
                Page(
                    "So sánh ngang bằng",
                    (
                        "Hai sự vật được coi là **giống nhau, ngang nhau**. Từ so sánh thường gặp:",
                        Formula("như · giống như · tựa như · là"),
                        Points(("Hai mắt chú mèo tròn xoe **như** hai hòn bi.", "Mẹ **là** ngọn gió mát của con.")),
                    ),
                ),
                Page(
                    "So sánh hơn kém",
                    (
                        "Một sự vật **hơn** hoặc **kém** sự vật kia. Từ so sánh thường gặp:",
                        Formula("hơn · kém · không bằng · chẳng bằng"),
                        comparison.two_heights(),
                        Points(("Cây cau cao **hơn** mái nhà.", "Nắng tháng Ba **chẳng bằng** nắng tháng Sáu.")),
                    ),
                ),
                Choice(
                    prompt="Từ so sánh trong câu “Mặt hồ phẳng lặng tựa như tấm gương khổng lồ.” là từ nào?",
                    options=("phẳng lặng", "tựa như", "tấm gương", "khổng lồ"),
                    answer=1,
                    explanation="“Tựa như” nối hai sự vật được so sánh: mặt hồ và tấm gương.",
                ),
                MultipleChoice(
                    prompt="Những câu nào có hình ảnh so sánh?",
                    options=(
                        "Những giọt sương long lanh như hạt ngọc.",
                        "Buổi sáng, em đi học cùng bạn Lan.",
                        "Cánh diều mềm mại như cánh bướm.",
                        "Mẹ em đang nấu cơm trong bếp.",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Giọt sương được so sánh với hạt ngọc, cánh diều được so sánh với cánh bướm.",
                ),
                Matching(
                    prompt="Ghép để được hình ảnh so sánh phù hợp.",
                    pairs=(
                        ("Lúa chín vàng như", "tấm thảm khổng lồ"),
                        ("Tiếng ve ran như", "một dàn đồng ca"),
                        ("Quả ớt chín đỏ như", "ngọn lửa nhỏ"),
                    ),
                    explanation="Cánh đồng lúa trải rộng như tấm thảm, tiếng ve như dàn đồng ca, quả ớt đỏ như ngọn lửa.",
                ),
                Ordering(
                    prompt="Sắp xếp các cụm từ thành câu văn có hình ảnh so sánh.",
                    items=("Những đám mây trắng", "bồng bềnh trôi", "như", "những chiếc gối bông."),
                    explanation="Những đám mây trắng bồng bềnh trôi như những chiếc gối bông.",
                ),
                ShortAnswer(
                    prompt="Điền từ so sánh hơn kém thích hợp: “Dòng sông rộng … con suối.”",
                    accepted=("hơn",),
                    explanation="Dòng sông rộng **hơn** con suối.",
                ),
            ),
        ),
    ),
)
