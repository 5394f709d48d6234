"""Ngữ văn 6: từ đơn, từ ghép, từ láy."""

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
from elearn.demo.pictures import society

LESSON = Lesson(
    slug="nv6-tu",
    title="Từ đơn và từ phức: từ ghép, từ láy",
    level="THCS",
    grade="6",
    subject="NV",
    description="Phân biệt tiếng và từ, từ đơn và từ phức, từ ghép và từ láy; nhận ra tác dụng của từ láy khi miêu tả.",
    keywords=("từ đơn", "từ phức", "từ ghép", "từ láy", "thực hành tiếng Việt", "ngữ văn 6"),
    author="Hoàng Thị Khuê",
    edition=Edition.SCORM_12,
    minutes=40,
    scos=(
        Sco(
            "TU",
            "Từ đơn và từ phức",
            (
                Page(
                    "Tiếng và từ",
                    (
                        "**Tiếng** là đơn vị cấu tạo nên từ. **Từ** là đơn vị nhỏ nhất có nghĩa dùng để đặt câu.",
                        society.word_tree(),
                        Points(
                            (
                                "**Từ đơn**: có một tiếng, ví dụ: *nhà, đi, xanh*.",
                                "**Từ phức**: có từ hai tiếng trở lên, ví dụ: *nhà cửa, xanh xanh*.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Từ ghép",
                    (
                        "**Từ ghép** là từ phức có các tiếng **quan hệ với nhau về nghĩa**.",
                        Table(
                            ("Từ", "Các tiếng", "Quan hệ"),
                            (
                                ("quần áo", "quần – áo", "ngang hàng về nghĩa"),
                                ("hoa hồng", "hoa – hồng", "tiếng sau làm rõ tiếng trước"),
                                ("xe đạp", "xe – đạp", "tiếng sau làm rõ tiếng trước"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Từ láy",
                    (
                        "**Từ láy** là từ phức có các tiếng **quan hệ với nhau về âm**: lặp lại âm đầu, vần hoặc cả tiếng.",
                        Points(
                            (
                                "Láy âm đầu: *long lanh, mênh mông*.",
                                "Láy vần: *lấm tấm, bồn chồn*.",
                                "Láy cả tiếng: *xanh xanh, ào ào*.",
                            )
                        ),
                        Box(
                            "Các từ như *tươi tốt, mặt mũi* có âm đầu giống nhau nhưng cả hai tiếng đều có nghĩa liên quan: đó là **từ ghép**.",
                            "Chú ý",
                        ),
                    ),
                ),
                Choice(
                    prompt="Từ nào là từ đơn?",
                    options=("sách vở", "sách", "sạch sẽ", "học sinh"),
                    answer=1,
                    explanation="*Sách* chỉ có một tiếng.",
                ),
                MultipleChoice(
                    prompt="Những từ nào là từ láy?",
                    options=("lung linh", "cây cối", "rì rào", "bàn ghế"),
                    answers=frozenset({0, 2}),
                    explanation="*Lung linh* và *rì rào* láy âm đầu, các tiếng không có quan hệ về nghĩa; *cây cối, bàn ghế* là từ ghép.",
                ),
                Matching(
                    prompt="Ghép từ với kiểu cấu tạo.",
                    pairs=(("mưa", "Từ đơn"), ("bàn ghế", "Từ ghép"), ("rung rinh", "Từ láy")),
                    explanation="*Mưa* có một tiếng; *bàn ghế* ghép hai tiếng có nghĩa; *rung rinh* láy âm đầu.",
                ),
                TrueFalse(
                    prompt="“Tươi tốt” là từ láy vì hai tiếng có âm đầu giống nhau.",
                    answer=False,
                    explanation="Hai tiếng đều có nghĩa và ghép với nhau về nghĩa, nên là từ ghép.",
                ),
                Choice(
                    prompt="Từ nào điền vào câu “Gió thổi ... làm những chiếc lá khẽ đung đưa.” hợp nhất?",
                    options=("ầm ầm", "nhè nhẹ", "ào ào", "dữ dội"),
                    answer=1,
                    explanation="Lá chỉ *khẽ* đung đưa nên gió thổi *nhè nhẹ*.",
                ),
            ),
        ),
    ),
)
