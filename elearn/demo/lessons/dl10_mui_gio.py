"""Địa lí 10: Trái Đất tự quay, ngày đêm và giờ trên Trái Đất."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    MultipleChoice,
    Numeric,
    Page,
    Points,
    Sco,
    ShortAnswer,
    TrueFalse,
)
from elearn.demo.pictures import science

LESSON = Lesson(
    slug="dl10-mui-gio",
    title="Chuyển động tự quay của Trái Đất và múi giờ",
    level="THPT",
    grade="10",
    subject="DL",
    description="Sự luân phiên ngày đêm, giờ địa phương, giờ múi, đường chuyển ngày quốc tế; tính giờ ở các địa điểm khi biết múi giờ.",
    keywords=("múi giờ", "Trái Đất tự quay", "ngày đêm", "đường chuyển ngày quốc tế", "địa lí 10"),
    author="Phan Thị Diệu Linh",
    edition=Edition.SCORM_12,
    minutes=45,
    scos=(
        Sco(
            "NGAYDEM",
            "1. Ngày và đêm",
            (
                Page(
                    "Luân phiên ngày đêm",
                    (
                        science.day_and_night(),
                        "Trái Đất hình cầu nên luôn có một nửa được chiếu sáng. Trái Đất **tự quay từ tây sang đông**, một vòng khoảng 24 giờ, nên mọi nơi lần lượt có ngày và đêm.",
                    ),
                ),
                TrueFalse(
                    prompt="Trái Đất tự quay quanh trục theo chiều từ đông sang tây.",
                    answer=False,
                    explanation="Trái Đất tự quay từ tây sang đông, nên ta thấy Mặt Trời mọc ở phía đông.",
                ),
                Choice(
                    prompt="Nguyên nhân nào làm ngày và đêm luân phiên ở mọi nơi?",
                    options=(
                        "Trái Đất quay quanh Mặt Trời",
                        "Trái Đất hình cầu và tự quay quanh trục",
                        "Mặt Trời quay quanh Trái Đất",
                        "Mặt Trăng che Mặt Trời",
                    ),
                    answer=1,
                    explanation="Hình cầu tạo nửa sáng, nửa tối; tự quay làm ngày đêm luân phiên.",
                ),
            ),
        ),
        Sco(
            "MUIGIO",
            "2. Giờ trên Trái Đất",
            (
                Page(
                    "Múi giờ",
                    (
                        "Bề mặt Trái Đất chia thành **24 múi giờ**, mỗi múi rộng **15° kinh tuyến**. Múi số 0 có kinh tuyến gốc đi qua giữa.",
                        science.zones(),
                        "Việt Nam dùng giờ múi **+7**. Đi về phía đông, mỗi múi **thêm** 1 giờ; về phía tây **bớt** 1 giờ.",
                    ),
                ),
                Page(
                    "Tính giờ",
                    (
                        Formula("giờ nơi cần tìm = giờ đã biết + (múi cần tìm − múi đã biết)"),
                        Box("Hà Nội (+7) là 15 giờ. Tô-ky-ô (+9): 15 + (9 − 7) = 17 giờ.", "Ví dụ"),
                        Points(
                            (
                                "Kết quả từ 24 trở lên: trừ 24, sang **ngày hôm sau**.",
                                "Kết quả nhỏ hơn 0: cộng 24, là **ngày hôm trước**.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Đường chuyển ngày quốc tế",
                    (
                        "Kinh tuyến 180° ở giữa Thái Bình Dương được chọn làm đường chuyển ngày quốc tế: đi từ tây sang đông qua đường này thì **lùi** một ngày, từ đông sang tây thì **tăng** một ngày.",
                    ),
                ),
                Numeric(
                    prompt="Hà Nội (+7) là 9 giờ. Lúc đó ở Mát-xcơ-va (+3) là mấy giờ?",
                    answer=5,
                    unit="giờ",
                    explanation="9 + (3 − 7) = 5.",
                ),
                Numeric(
                    prompt="Luân Đôn (múi 0) là 20 giờ ngày 1 tháng 3. Ở Hà Nội (+7) là mấy giờ ngày 2 tháng 3?",
                    answer=3,
                    unit="giờ",
                    points=2,
                    explanation="20 + 7 = 27; 27 − 24 = 3 giờ ngày 2 tháng 3.",
                ),
                ShortAnswer(
                    prompt="Mỗi múi giờ rộng bao nhiêu độ kinh tuyến?",
                    accepted=("15", "15°", "15 độ"),
                    explanation="360° : 24 = 15°.",
                ),
                MultipleChoice(
                    prompt="Những phát biểu nào đúng?",
                    options=(
                        "Việt Nam thuộc múi giờ +7",
                        "Cùng một lúc, đồng hồ ở phía đông chỉ giờ ít hơn ở phía tây",
                        "Hai nơi cùng múi giờ có giờ múi giống nhau",
                        "Trái Đất chia thành 12 múi giờ",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Có 24 múi giờ; cùng một lúc, đồng hồ ở phía đông chỉ giờ nhiều hơn.",
                ),
            ),
        ),
    ),
)
