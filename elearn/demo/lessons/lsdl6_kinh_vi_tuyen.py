"""Lịch sử và Địa lí 6: hệ thống kinh, vĩ tuyến và toạ độ địa lí."""

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
    TrueFalse,
)
from elearn.demo.pictures import globe

NET = Sco(
    "LUOI",
    "1. Kinh tuyến và vĩ tuyến",
    (
        Page(
            "Lưới trên quả Địa Cầu",
            (
                "Quả Địa Cầu là mô hình thu nhỏ của Trái Đất. Trên đó người ta vẽ một lưới các đường tưởng tượng để xác định vị trí.",
                globe.net(),
                Points(
                    (
                        "**Kinh tuyến:** nửa đường tròn nối hai cực Bắc và Nam.",
                        "**Vĩ tuyến:** vòng tròn bao quanh quả Địa Cầu, song song với xích đạo.",
                    )
                ),
            ),
        ),
        Page(
            "Đường gốc",
            (
                Table(
                    ("", "Kinh tuyến gốc", "Vĩ tuyến gốc"),
                    (
                        ("Tên", "Kinh tuyến Grin-uých", "Xích đạo"),
                        ("Số độ", "0°", "0°"),
                        ("Vị trí", "Qua đài thiên văn Grin-uých (Anh)", "Cách đều hai cực"),
                        (
                            "Chia Trái Đất",
                            "Bán cầu Đông, bán cầu Tây (cùng kinh tuyến 180°)",
                            "Nửa cầu Bắc, nửa cầu Nam",
                        ),
                    ),
                ),
                globe.hemispheres(),
            ),
        ),
        TrueFalse(
            prompt="Các kinh tuyến có độ dài bằng nhau, còn các vĩ tuyến ngắn dần từ xích đạo về hai cực.",
            answer=True,
            explanation="Mọi kinh tuyến đều nối hai cực nên dài bằng nhau; vĩ tuyến dài nhất là xích đạo.",
        ),
        Choice(
            prompt="Đường nào chia Trái Đất thành nửa cầu Bắc và nửa cầu Nam?",
            options=("Kinh tuyến gốc", "Kinh tuyến 180°", "Xích đạo", "Chí tuyến Bắc"),
            answer=2,
            explanation="Xích đạo là vĩ tuyến gốc, chia Trái Đất thành hai nửa cầu Bắc và Nam.",
        ),
        Matching(
            prompt="Ghép mỗi đường với số độ của nó.",
            pairs=(("Xích đạo", "0°"), ("Chí tuyến Bắc", "23°27′B"), ("Vòng cực Nam", "66°33′N")),
            explanation="Hai chí tuyến ở 23°27′, hai vòng cực ở 66°33′ Bắc và Nam.",
        ),
    ),
)

COORDINATES = Sco(
    "TOADO",
    "2. Toạ độ địa lí",
    (
        Page(
            "Kinh độ, vĩ độ, toạ độ địa lí",
            (
                Points(
                    (
                        "**Kinh độ** của một điểm: số độ từ kinh tuyến gốc đến kinh tuyến đi qua điểm đó, từ 0° đến 180°, ghi Đ (đông) hoặc T (tây).",
                        "**Vĩ độ** của một điểm: số độ từ xích đạo đến vĩ tuyến đi qua điểm đó, từ 0° đến 90°, ghi B (bắc) hoặc N (nam).",
                    )
                ),
                "**Toạ độ địa lí** gồm vĩ độ và kinh độ, viết vĩ độ trước:",
                Formula("A (20°B, 10°Đ)"),
            ),
        ),
        Page(
            "Đọc toạ độ trên lưới",
            (
                globe.map_grid({"A": (20, 10), "B": (-10, 30), "C": (30, -10)}),
                Points(
                    (
                        "Tìm vĩ tuyến đi qua điểm: điểm A nằm trên vĩ tuyến 20°B.",
                        "Tìm kinh tuyến đi qua điểm: điểm A nằm trên kinh tuyến 10°Đ.",
                        "Viết: A (20°B, 10°Đ).",
                    ),
                    numbered=True,
                ),
                Box(
                    "Cột cờ Hà Nội nằm ở khoảng 21°02′B, 105°50′Đ. Em hãy tìm toạ độ của trường mình trên bản đồ số.",
                    "Em có biết?",
                ),
            ),
        ),
        Choice(
            prompt="Toạ độ địa lí của điểm M là:",
            picture=globe.map_grid({"M": (-10, 20)}),
            options=("(10°B, 20°Đ)", "(10°N, 20°Đ)", "(20°N, 10°Đ)", "(10°N, 20°T)"),
            answer=1,
            explanation="M nằm phía nam xích đạo 10° và phía đông kinh tuyến gốc 20°.",
        ),
        Numeric(
            prompt="Hai điểm P (30°B, 105°Đ) và Q (10°B, 105°Đ) cách nhau bao nhiêu độ vĩ?",
            answer=20,
            unit="°",
            explanation="30° − 10° = 20°; hai điểm cùng nằm trên kinh tuyến 105°Đ.",
        ),
        MultipleChoice(
            prompt="Những điểm nào nằm ở nửa cầu Bắc?",
            options=("(21°B, 106°Đ)", "(34°N, 18°Đ)", "(0°, 30°Đ)", "(48°B, 2°Đ)"),
            answers=frozenset({0, 3}),
            explanation="Vĩ độ ghi B là ở nửa cầu Bắc; điểm có vĩ độ 0° nằm ngay trên xích đạo.",
        ),
        ShortAnswer(
            prompt="Kinh tuyến nằm đối diện với kinh tuyến gốc là kinh tuyến bao nhiêu độ?",
            accepted=("180°", "180", "180 độ"),
            explanation="Kinh tuyến 180° cùng với kinh tuyến gốc tạo thành một vòng tròn lớn quanh Trái Đất.",
        ),
    ),
)

LESSON = Lesson(
    slug="lsdl6-kinh-vi-tuyen",
    title="Hệ thống kinh, vĩ tuyến. Toạ độ địa lí",
    level="THCS",
    grade="6",
    subject="LSDL",
    description="Xác định kinh tuyến, vĩ tuyến, đường gốc và các nửa cầu trên quả Địa Cầu; đọc và ghi toạ độ địa lí của một điểm trên lưới kinh, vĩ tuyến.",
    keywords=("kinh tuyến", "vĩ tuyến", "xích đạo", "toạ độ địa lí", "quả địa cầu", "kinh độ", "vĩ độ"),
    author="Bàn Thị Mùi",
    edition=Edition.SCORM_2004_3RD,
    minutes=40,
    scos=(NET, COORDINATES),
)
