"""Tiếng Anh 4: hỏi và nói giờ, việc trong ngày."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    Matching,
    Ordering,
    Page,
    Sco,
    ShortAnswer,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import classroom

LESSON = Lesson(
    slug="ta4-gio",
    title="Tiếng Anh 4: What time is it?",
    level="TH",
    grade="4",
    subject="NN1",
    description="Hỏi và trả lời về giờ (o'clock, fifteen, thirty, forty-five), nói việc làm hằng ngày theo giờ; "
    "luyện tập bằng đồng hồ, ghép cặp và viết từ.",
    keywords=("tiếng Anh", "what time is it", "o'clock", "daily activities", "nói giờ"),
    author="Ngô Thị Thảo",
    edition=Edition.SCORM_12,
    minutes=30,
    scos=(
        Sco(
            "TIME",
            "What time is it?",
            (
                Page(
                    "Nói giờ",
                    (
                        Formula("What time is it?"),
                        Formula("It's seven fifteen."),
                        classroom.four_clocks(),
                        "Giờ chẵn dùng **o'clock**. Giờ có phút: đọc **giờ trước, phút sau**.",
                    ),
                ),
                Page(
                    "Việc trong ngày",
                    (
                        Table(
                            ("Tiếng Anh", "Nghĩa"),
                            (
                                ("get up", "thức dậy"),
                                ("have breakfast", "ăn sáng"),
                                ("go to school", "đi học"),
                                ("go home", "về nhà"),
                                ("go to bed", "đi ngủ"),
                            ),
                        ),
                        Formula("What time do you get up?"),
                        Formula("I get up at six o'clock."),
                        Box("Trước giờ dùng **at**: at six o'clock, at nine thirty."),
                    ),
                ),
                Choice(
                    prompt="What time is it?",
                    picture=classroom.clock(9, 30),
                    options=("It's six forty-five.", "It's nine thirty.", "It's nine o'clock.", "It's ten thirty."),
                    answer=1,
                    explanation="Kim ngắn đã qua số 9, kim dài chỉ số 6: nine thirty.",
                ),
                Choice(
                    prompt="What time is it?",
                    picture=classroom.clock(4, 15),
                    options=("It's three twenty.", "It's five fifteen.", "It's four fifteen.", "It's four forty-five."),
                    answer=2,
                    explanation="Kim ngắn vừa qua số 4, kim dài chỉ số 3: four fifteen.",
                ),
                Matching(
                    prompt="Ghép cụm từ với nghĩa.",
                    pairs=(
                        ("get up", "thức dậy"),
                        ("go to bed", "đi ngủ"),
                        ("have breakfast", "ăn sáng"),
                        ("go home", "về nhà"),
                    ),
                    explanation="get up – thức dậy; go to bed – đi ngủ; have breakfast – ăn sáng; go home – về nhà.",
                ),
                ShortAnswer(
                    prompt="Viết một từ vào chỗ trống: I go to school ___ seven o'clock.",
                    accepted=("at",),
                    explanation="Trước giờ dùng **at**.",
                ),
                Ordering(
                    prompt="Sắp xếp thành câu hỏi.",
                    items=("What time", "do you", "go to bed", "?"),
                    explanation="What time do you go to bed?",
                ),
                TrueFalse(
                    prompt="Câu “It's seven o'clock thirty.” viết đúng.",
                    answer=False,
                    explanation="Có phút thì không dùng o'clock: It's seven thirty.",
                ),
            ),
        ),
    ),
)
