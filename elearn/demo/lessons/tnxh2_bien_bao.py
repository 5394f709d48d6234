"""Tự nhiên và Xã hội 2: biển báo và đèn tín hiệu giao thông."""

from elearn.demo.builder import Box, Choice, Edition, Lesson, Matching, MultipleChoice, Page, Points, Sco, TrueFalse
from elearn.demo.pictures import traffic

LESSON = Lesson(
    slug="tnxh2-bien-bao",
    title="Đi đường an toàn: đèn tín hiệu và biển báo giao thông",
    level="TH",
    grade="2",
    subject="TNXH",
    description="Ý nghĩa của đèn tín hiệu, ba nhóm biển báo em thường gặp trên đường đến trường và cách đi bộ, sang đường an toàn.",
    keywords=("an toàn giao thông", "biển báo", "đèn tín hiệu", "người đi bộ", "sang đường"),
    author="Vũ Thị Hồng Nhung",
    edition=Edition.SCORM_2004_3RD,
    minutes=30,
    scos=(
        Sco(
            "BIENBAO",
            "Đi đường an toàn",
            (
                Page(
                    "Đèn tín hiệu",
                    (traffic.lights(), "Đèn **đỏ**: dừng lại. Đèn **vàng**: chuẩn bị dừng. Đèn **xanh**: được đi."),
                ),
                Page(
                    "Ba nhóm biển báo",
                    (
                        traffic.three_groups(),
                        Points(
                            (
                                "**Biển báo cấm** thường hình tròn, viền đỏ: không được làm điều vẽ trên biển.",
                                "**Biển báo nguy hiểm và cảnh báo** hình tam giác, viền đỏ, nền vàng: hãy cẩn thận.",
                                "**Biển hiệu lệnh** hình tròn, nền xanh: phải làm theo.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Sang đường an toàn",
                    (
                        Points(
                            (
                                "Đi trên vỉa hè; nơi không có vỉa hè thì đi sát mép đường.",
                                "Sang đường ở vạch kẻ dành cho người đi bộ, khi đèn của người đi bộ màu xanh.",
                                "Quan sát bên trái, bên phải rồi lại bên trái; giơ tay xin đường.",
                                "Em nhỏ sang đường cùng người lớn.",
                            ),
                            numbered=True,
                        ),
                        Box("Không chơi đùa, không chạy đuổi nhau trên lòng đường.", "Em nhớ"),
                    ),
                ),
                Choice(
                    prompt="Biển nào cho biết người đi bộ không được đi vào?",
                    options=("Biển thứ nhất", "Biển thứ hai", "Biển thứ ba"),
                    pictures=(traffic.sign("walkers"), traffic.sign("no_walking"), traffic.sign("children")),
                    answer=1,
                    explanation="Biển tròn viền đỏ có gạch chéo hình người đi bộ: cấm người đi bộ.",
                ),
                Choice(
                    prompt="Biển này báo điều gì?",
                    picture=traffic.sign("children"),
                    options=("Gần đây thường có trẻ em qua đường", "Cấm trẻ em", "Sân chơi dành cho trẻ em"),
                    answer=0,
                    explanation="Biển tam giác cảnh báo người lái xe: gần đây thường có trẻ em qua lại.",
                ),
                Matching(
                    prompt="Ghép đèn tín hiệu với việc em làm.",
                    pairs=(("Đèn đỏ", "Dừng lại"), ("Đèn vàng", "Chuẩn bị dừng lại"), ("Đèn xanh", "Được đi")),
                    explanation="Đỏ dừng, vàng chuẩn bị dừng, xanh đi.",
                ),
                TrueFalse(
                    prompt="Khi đường vắng, em có thể băng qua đường ở bất cứ chỗ nào.",
                    answer=False,
                    explanation="Em luôn sang đường ở nơi có vạch kẻ hoặc đèn tín hiệu và quan sát kĩ.",
                ),
                MultipleChoice(
                    prompt="Những việc nào giúp em đi bộ an toàn?",
                    options=(
                        "Đi trên vỉa hè",
                        "Nắm tay người lớn khi sang đường",
                        "Đá bóng dưới lòng đường",
                        "Quan sát trước khi sang đường",
                    ),
                    answers=frozenset({0, 1, 3}),
                    explanation="Đá bóng dưới lòng đường rất nguy hiểm.",
                ),
            ),
        ),
    ),
)
