"""Mầm non, 4-5 tuổi: hình tròn, hình vuông, hình tam giác, hình chữ nhật."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Matching, Page, Points, Sco, TrueFalse
from elearn.demo.pictures import shapes

FIGURES = ("circle", "square", "triangle", "rectangle")
PICTURES = tuple(shapes.figure(shape) for shape in FIGURES)
FIGURE_NAMES = tuple(shapes.NAMES[shape] for shape in FIGURES)

LESSON = Lesson(
    slug="mn-hinh",
    title="Bé nhận biết hình tròn, hình vuông, hình tam giác, hình chữ nhật",
    level="MN",
    grade="4-5",
    subject="PTNT",
    description="Bé làm quen với bốn hình cơ bản, tìm những đồ vật quen thuộc có dạng các hình đó và chơi trò tìm hình. "
    "Cô hoặc người lớn đọc lời dẫn cùng bé.",
    keywords=("hình học", "hình tròn", "hình vuông", "hình tam giác", "hình chữ nhật", "mẫu giáo nhỡ"),
    author="Hoàng Thị Ngọc Lan",
    edition=Edition.SCORM_12,
    minutes=20,
    passing=0.6,
    pronoun="bé",
    scos=(
        Sco(
            "HINH",
            "Bé nhận biết các hình",
            (
                Page(
                    "Chào các hình!",
                    (
                        "Hôm nay có bốn bạn hình đến chơi với bé. Bé chỉ tay và gọi tên từng bạn nhé!",
                        shapes.four_figures(),
                    ),
                ),
                Page(
                    "Hình tròn lăn được",
                    (
                        "**Hình tròn** có đường bao cong, không có góc, không có cạnh. Hình tròn lăn được.",
                        shapes.clock_and_ball(),
                        Box("Trong nhà bé còn đồ vật nào có dạng hình tròn?", "Bé tìm quanh nhà"),
                    ),
                ),
                Page(
                    "Hình vuông có bốn cạnh bằng nhau",
                    (
                        "**Hình vuông** có bốn cạnh dài bằng nhau và bốn góc. Hình vuông không lăn được.",
                        shapes.window_and_tile(),
                    ),
                ),
                Page(
                    "Hình chữ nhật và hình tam giác",
                    (
                        shapes.door_and_flag(),
                        Points(
                            (
                                "**Hình chữ nhật** có bốn cạnh: hai cạnh dài bằng nhau, hai cạnh ngắn bằng nhau.",
                                "**Hình tam giác** có ba cạnh và ba góc.",
                            )
                        ),
                    ),
                ),
                Choice(
                    title="Bé tìm hình tròn",
                    prompt="Bé hãy chọn hình tròn.",
                    options=FIGURE_NAMES,
                    pictures=PICTURES,
                    answer=0,
                    explanation="Hình tròn có đường bao cong và lăn được.",
                ),
                Choice(
                    title="Bé tìm hình tam giác",
                    prompt="Hình nào có ba cạnh?",
                    options=FIGURE_NAMES,
                    pictures=PICTURES,
                    answer=2,
                    explanation="Hình tam giác có ba cạnh và ba góc.",
                ),
                TrueFalse(
                    title="Đúng hay sai?",
                    prompt="Hình vuông lăn được như hình tròn.",
                    answer=False,
                    explanation="Hình vuông có cạnh và góc nên không lăn được.",
                ),
                Choice(
                    title="Ngôi nhà của bé",
                    prompt="Mái nhà có dạng hình gì?",
                    picture=shapes.house(),
                    options=FIGURE_NAMES,
                    answer=2,
                    explanation="Mái nhà có dạng hình tam giác, cửa ra vào có dạng hình chữ nhật.",
                ),
                Matching(
                    title="Đồ vật và hình",
                    prompt="Mỗi đồ vật có dạng hình gì?",
                    pairs=(("Quả bóng", "Hình tròn"), ("Cánh cửa", "Hình chữ nhật"), ("Khăn tay", "Hình vuông")),
                    explanation="Quả bóng có dạng hình tròn, cánh cửa – hình chữ nhật, khăn tay – hình vuông.",
                ),
            ),
        ),
    ),
)
