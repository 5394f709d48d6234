"""Mầm non, 5-6 tuổi: làm quen với chữ cái o, ô, ơ."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Matching, MultipleChoice, Page, Points, Sco, TrueFalse
from elearn.demo.pictures import letters

LETTER_PICTURES = tuple(letters.letter(name) for name in "oôơ")

LESSON = Lesson(
    slug="mn-chu-cai",
    title="Làm quen với chữ cái o, ô, ơ",
    level="MN",
    grade="5-6",
    subject="PTNN",
    description="Bé nhận biết và phát âm các chữ cái o, ô, ơ, so sánh nét chữ, tìm chữ cái trong tên gọi của đồ vật quen thuộc. "
    "Cô hoặc người lớn đọc lời dẫn cùng bé.",
    keywords=("chữ cái", "o ô ơ", "làm quen chữ cái", "mẫu giáo lớn", "phát triển ngôn ngữ"),
    author="Hoàng Thị Ngọc Lan",
    edition=Edition.SCORM_12,
    minutes=20,
    pronoun="bé",
    scos=(
        Sco(
            "CHUCAI",
            "Làm quen với chữ cái o, ô, ơ",
            (
                Page(
                    "Ba bạn chữ",
                    (
                        "Bé ơi, ba bạn chữ trông rất giống nhau. Bé có biết tên từng bạn không?",
                        letters.three_letters(),
                        Box(
                            "Chữ **o** tròn như quả trứng gà,\nchữ **ô** thì đội mũ, chữ **ơ** mang râu.", "Cùng đọc to"
                        ),
                    ),
                ),
                Page(
                    "Chữ o",
                    (
                        letters.letter_and_thing("o", "nón"),
                        "Chữ **o** gồm một nét cong tròn khép kín. Bé đọc: “o”. Trong từ **cái nón** có chữ o.",
                    ),
                ),
                Page(
                    "Chữ ô",
                    (
                        letters.letter_and_thing("ô", "ô"),
                        "Chữ **ô** là nét cong tròn khép kín, thêm **dấu mũ** ở trên đầu. Bé đọc: “ô”.",
                    ),
                ),
                Page(
                    "Chữ ơ",
                    (
                        letters.letter_and_thing("ơ", "nơ"),
                        "Chữ **ơ** là nét cong tròn khép kín, thêm **dấu móc** ở bên phải. Bé đọc: “ơ”.",
                    ),
                ),
                Page(
                    "Giống nhau và khác nhau",
                    (
                        letters.three_letters(),
                        Points(
                            (
                                "**Giống nhau:** cả ba chữ đều có nét cong tròn khép kín.",
                                "**Khác nhau:** chữ o không có dấu, chữ ô có dấu mũ, chữ ơ có dấu móc.",
                            )
                        ),
                        Box("Bé dùng ngón tay vẽ chữ o, ô, ơ trên không, vừa vẽ vừa đọc to.", "Bé tập viết trên không"),
                    ),
                ),
                Choice(
                    title="Tìm chữ ô",
                    prompt="Bé hãy chọn chữ “ô”.",
                    options=("Hình 1", "Hình 2", "Hình 3"),
                    pictures=LETTER_PICTURES,
                    answer=1,
                    explanation="Chữ ô có dấu mũ ở trên đầu.",
                ),
                Choice(
                    title="Tìm đồ vật có chữ ơ",
                    prompt="Tên của đồ vật nào có chữ “ơ”?",
                    options=("quả bóng", "lá cờ", "tổ chim"),
                    pictures=(letters.thing("bóng"), letters.thing("cờ"), letters.thing("tổ")),
                    answer=1,
                    explanation="Lá **cờ** có chữ ơ. Quả **bóng** có chữ o, **tổ** chim có chữ ô.",
                ),
                TrueFalse(
                    title="Đúng hay sai?",
                    prompt="Chữ ơ có dấu mũ ở trên đầu.",
                    answer=False,
                    explanation="Chữ ơ có dấu móc. Chữ ô mới có dấu mũ.",
                ),
                MultipleChoice(
                    title="Những từ có chữ o",
                    prompt="Những từ nào có chữ “o”?",
                    options=("cái nón", "cái nơ", "quả bóng", "cái ô"),
                    answers=frozenset({0, 2}),
                    explanation="Từ **nón** và từ **bóng** có chữ o.",
                ),
                Matching(
                    title="Chữ và từ",
                    prompt="Mỗi từ có chữ cái nào?",
                    pairs=(("tổ chim", "chữ ô"), ("cái nơ", "chữ ơ"), ("cái nón", "chữ o")),
                    explanation="**tổ** – chữ ô, **nơ** – chữ ơ, **nón** – chữ o.",
                ),
            ),
        ),
    ),
)
