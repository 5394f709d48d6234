"""Sinh học 10: chu kì tế bào và nguyên phân."""

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
    Table,
    TrueFalse,
)
from elearn.demo.pictures import science

LESSON = Lesson(
    slug="sh10-nguyen-phan",
    title="Chu kì tế bào và nguyên phân",
    level="THPT",
    grade="10",
    subject="SH",
    description="Các pha của chu kì tế bào, diễn biến nhiễm sắc thể qua bốn kì của nguyên phân, ý nghĩa của nguyên phân và bài tập tính số tế bào con.",
    keywords=("nguyên phân", "chu kì tế bào", "nhiễm sắc thể", "kì giữa", "sinh học 10"),
    author="Lê Hoàng Yến",
    edition=Edition.SCORM_2004_4TH,
    minutes=45,
    scos=(
        Sco(
            "CHUKI",
            "1. Chu kì tế bào",
            (
                Page(
                    "Hai giai đoạn",
                    (
                        "**Chu kì tế bào** là khoảng thời gian từ khi tế bào sinh ra đến khi phân chia thành hai tế bào mới.",
                        Table(
                            ("Giai đoạn", "Diễn biến chính"),
                            (
                                ("Pha G~1~", "Tế bào lớn lên, tổng hợp các chất"),
                                ("Pha S", "DNA và nhiễm sắc thể nhân đôi"),
                                ("Pha G~2~", "Chuẩn bị cho phân chia"),
                                ("Pha M", "Phân chia nhân và tế bào chất"),
                            ),
                        ),
                        "G~1~, S, G~2~ hợp thành **kì trung gian**, chiếm phần lớn thời gian của chu kì.",
                    ),
                ),
                Choice(
                    prompt="Nhiễm sắc thể nhân đôi ở pha nào?",
                    options=("Pha G~1~", "Pha S", "Pha G~2~", "Pha M"),
                    answer=1,
                    explanation="DNA và nhiễm sắc thể nhân đôi ở pha S.",
                ),
                Ordering(
                    prompt="Sắp xếp các pha của một chu kì tế bào, bắt đầu từ khi tế bào vừa sinh ra.",
                    items=("G~1~", "S", "G~2~", "M"),
                    explanation="G~1~ → S → G~2~ → M.",
                ),
            ),
        ),
        Sco(
            "NGUYENPHAN",
            "2. Bốn kì của nguyên phân",
            (
                Page(
                    "Kì đầu",
                    (
                        science.phase("đầu"),
                        "Nhiễm sắc thể kép bắt đầu **co xoắn**; màng nhân, nhân con tiêu biến; thoi phân bào hình thành.",
                    ),
                ),
                Page(
                    "Kì giữa",
                    (
                        science.phase("giữa"),
                        "Nhiễm sắc thể kép co xoắn **cực đại**, xếp thành **một hàng** trên mặt phẳng xích đạo.",
                    ),
                ),
                Page(
                    "Kì sau",
                    (
                        science.phase("sau"),
                        "Hai chromatid **tách nhau** ở tâm động, thành hai nhiễm sắc thể đơn đi về hai cực tế bào.",
                    ),
                ),
                Page(
                    "Kì cuối",
                    (
                        science.phase("cuối"),
                        "Nhiễm sắc thể dãn xoắn, màng nhân xuất hiện lại; tế bào chất phân chia.",
                        Box("Từ một tế bào mẹ (2n) tạo hai tế bào con giống nhau và giống mẹ (2n).", "Kết quả"),
                    ),
                ),
                Page(
                    "Ý nghĩa",
                    (
                        Points(
                            (
                                "Giúp cơ thể đa bào **lớn lên**, thay thế tế bào già, tế bào tổn thương.",
                                "Là cơ sở của **sinh sản vô tính**: giâm, chiết, ghép cành; nuôi cấy mô.",
                                "Truyền ổn định bộ nhiễm sắc thể qua các thế hệ tế bào.",
                            )
                        ),
                    ),
                ),
                Choice(
                    prompt="Hình vẽ mô tả kì nào?",
                    picture=science.phase("giữa"),
                    options=("Kì đầu", "Kì giữa", "Kì sau", "Kì cuối"),
                    answer=1,
                    explanation="Nhiễm sắc thể kép xếp một hàng trên mặt phẳng xích đạo: kì giữa.",
                ),
                Matching(
                    prompt="Ghép kì với diễn biến.",
                    pairs=(
                        ("Kì đầu", "Nhiễm sắc thể kép bắt đầu co xoắn"),
                        ("Kì giữa", "Xếp một hàng trên mặt phẳng xích đạo"),
                        ("Kì sau", "Nhiễm sắc thể đơn đi về hai cực"),
                        ("Kì cuối", "Màng nhân xuất hiện lại"),
                    ),
                    explanation="Bốn kì theo thứ tự: đầu, giữa, sau, cuối.",
                ),
                Numeric(
                    prompt="Một tế bào nguyên phân liên tiếp 5 lần tạo ra bao nhiêu tế bào?",
                    answer=32,
                    unit="tế bào",
                    points=2,
                    explanation="2^5^ = 32.",
                ),
                TrueFalse(
                    prompt="Tế bào con sinh ra do nguyên phân có số nhiễm sắc thể bằng một nửa tế bào mẹ.",
                    answer=False,
                    explanation="Nguyên phân giữ nguyên bộ 2n; giảm phân mới làm giảm một nửa.",
                ),
                MultipleChoice(
                    prompt="Những hiện tượng nào dựa trên nguyên phân?",
                    options=("Vết thương liền lại", "Cây mọc từ cành giâm", "Tạo giao tử ở động vật", "Trẻ em cao lên"),
                    answers=frozenset({0, 1, 3}),
                    explanation="Giao tử ở động vật được tạo ra nhờ giảm phân.",
                ),
            ),
        ),
    ),
)
