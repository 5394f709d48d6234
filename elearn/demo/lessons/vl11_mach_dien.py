"""Vật lí 11: điện trở, định luật Ohm, mạch nối tiếp và song song."""

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
    Table,
    TrueFalse,
)
from elearn.demo.pictures import circuits

OHM = Sco(
    "OHM",
    "1. Điện trở và định luật Ohm",
    (
        Page(
            "Cường độ dòng điện",
            (
                "**Dòng điện** là dòng chuyển dời có hướng của các hạt mang điện. Cường độ dòng điện cho biết điện lượng chuyển qua tiết diện thẳng của dây trong một đơn vị thời gian:",
                Formula("I = {Δq/Δt}"),
                "Trong hệ SI: *q* tính bằng coulomb (C), *t* tính bằng giây (s), *I* tính bằng ampe (A).",
            ),
        ),
        Page(
            "Đo cường độ và hiệu điện thế",
            (
                circuits.measured_resistor(),
                Points(
                    (
                        "**Ampe kế** mắc *nối tiếp* với vật dẫn; điện trở của ampe kế rất nhỏ.",
                        "**Vôn kế** mắc *song song* với vật dẫn; điện trở của vôn kế rất lớn.",
                    )
                ),
            ),
        ),
        Page(
            "Định luật Ohm",
            (
                "Cường độ dòng điện chạy qua vật dẫn kim loại ở nhiệt độ xác định tỉ lệ thuận với hiệu điện thế giữa hai đầu vật dẫn và tỉ lệ nghịch với điện trở của nó:",
                Formula("I = {U/R}"),
                circuits.volt_ampere_graph(),
                "Đường đặc trưng vôn – ampe là đoạn thẳng đi qua gốc toạ độ. Đường càng dốc, điện trở càng **nhỏ**.",
            ),
        ),
        Numeric(
            prompt="Đặt hiệu điện thế 12 V vào hai đầu điện trở 24 Ω. Tính cường độ dòng điện.",
            answer=0.5,
            unit="A",
            explanation="I = {U/R} = {12/24} = 0,5 A.",
        ),
        Choice(
            prompt="Từ đồ thị, điện trở R~1~ có giá trị bằng bao nhiêu?",
            picture=circuits.volt_ampere_graph(),
            options=("2 Ω", "4 Ω", "8 Ω", "12 Ω"),
            answer=1,
            explanation="Đường R~1~ đi qua điểm U = 8 V, I = 2 A, nên R~1~ = {8/2} = 4 Ω.",
        ),
        TrueFalse(
            prompt="Phải mắc ampe kế song song với bóng đèn để đo cường độ dòng điện qua đèn.",
            answer=False,
            explanation="Ampe kế mắc nối tiếp. Mắc song song, ampe kế gần như nối tắt bóng đèn và có thể bị hỏng.",
        ),
    ),
)

COMBINED = Sco(
    "GHEP",
    "2. Mắc nối tiếp và mắc song song",
    (
        Page(
            "Mạch nối tiếp",
            (
                circuits.series(),
                Formula("I = I~1~ = I~2~\u2003\u2003U = U~1~ + U~2~"),
                Formula("R~tđ~ = R~1~ + R~2~"),
            ),
        ),
        Page(
            "Mạch song song",
            (
                circuits.parallel(),
                Formula("U = U~1~ = U~2~\u2003\u2003I = I~1~ + I~2~"),
                Formula("{1/R~tđ~} = {1/R~1~} + {1/R~2~}"),
                Box("Điện trở tương đương của mạch song song luôn **nhỏ hơn** điện trở nhỏ nhất trong mạch."),
            ),
        ),
        Page(
            "Ví dụ",
            (
                "Hai điện trở R~1~ = 6 Ω và R~2~ = 3 Ω mắc vào nguồn có hiệu điện thế không đổi 9 V.",
                Table(
                    ("", "Nối tiếp", "Song song"),
                    (
                        ("R~tđ~", "6 + 3 = 9 Ω", "{6 · 3/6 + 3} = 2 Ω"),
                        ("I", "{9/9} = 1 A", "{9/2} = 4,5 A"),
                        ("Dòng qua R~1~", "1 A", "{9/6} = 1,5 A"),
                        ("Dòng qua R~2~", "1 A", "{9/3} = 3 A"),
                    ),
                ),
            ),
        ),
        Numeric(
            prompt="Ba điện trở giống nhau, mỗi điện trở 6 Ω, mắc song song. Tính điện trở tương đương.",
            answer=2,
            unit="Ω",
            explanation="{1/R~tđ~} = {1/6} + {1/6} + {1/6} = {1/2}, suy ra R~tđ~ = 2 Ω.",
        ),
        Numeric(
            prompt="Mắc nối tiếp R~1~ = 10 Ω và R~2~ = 20 Ω vào hiệu điện thế 6 V. Tính hiệu điện thế giữa hai đầu R~2~.",
            answer=4,
            unit="V",
            points=2,
            explanation="I = {6/30} = 0,2 A; U~2~ = I·R~2~ = 0,2 · 20 = 4 V.",
        ),
        MultipleChoice(
            prompt="Những phát biểu nào đúng với đoạn mạch gồm các điện trở mắc song song?",
            options=(
                "Hiệu điện thế giữa hai đầu các điện trở bằng nhau",
                "Cường độ dòng điện qua các điện trở luôn bằng nhau",
                "Ngắt một nhánh, các nhánh còn lại vẫn có dòng điện",
                "Điện trở tương đương bằng tổng các điện trở",
            ),
            answers=frozenset({0, 2}),
            explanation="Các nhánh có cùng hiệu điện thế và làm việc độc lập với nhau.",
        ),
        Matching(
            prompt="Ghép đại lượng với đơn vị.",
            pairs=(
                ("Điện trở", "ôm (Ω)"),
                ("Cường độ dòng điện", "ampe (A)"),
                ("Hiệu điện thế", "vôn (V)"),
                ("Điện lượng", "coulomb (C)"),
            ),
            explanation="R – Ω, I – A, U – V, q – C.",
        ),
    ),
)

LESSON = Lesson(
    slug="vl11-mach-dien",
    title="Điện trở, định luật Ohm và đoạn mạch điện",
    level="THPT",
    grade="11",
    subject="VL",
    description="Cường độ dòng điện, cách mắc ampe kế và vôn kế, định luật Ohm, đường đặc trưng vôn – ampe; "
    "điện trở tương đương của đoạn mạch nối tiếp và song song, có bài tập tính toán chấm điểm.",
    keywords=("định luật Ohm", "điện trở", "cường độ dòng điện", "nối tiếp", "song song", "mạch điện"),
    author="Phan Thị Diệu Linh",
    edition=Edition.SCORM_2004_3RD,
    minutes=45,
    scos=(OHM, COMBINED),
)
