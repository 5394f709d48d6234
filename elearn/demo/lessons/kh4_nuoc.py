"""Khoa học 4: sự chuyển thể và vòng tuần hoàn của nước."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Ordering,
    Page,
    Points,
    Sco,
    ShortAnswer,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import water

LESSON = Lesson(
    slug="kh4-nuoc",
    title="Sự chuyển thể và vòng tuần hoàn của nước trong tự nhiên",
    level="TH",
    grade="4",
    subject="KH",
    description="Ba thể của nước và sự chuyển thể; nước bay hơi, ngưng tụ, mưa và chảy ra sông, biển; "
    "vì sao phải giữ sạch và tiết kiệm nước. Có sơ đồ vòng tuần hoàn và câu hỏi tự đánh giá.",
    keywords=("nước", "vòng tuần hoàn", "bay hơi", "ngưng tụ", "đông đặc", "nóng chảy", "mưa"),
    author="Vũ Thị Hồng Nhung",
    edition=Edition.SCORM_2004_3RD,
    minutes=35,
    scos=(
        Sco(
            "NUOC",
            "Nước trong tự nhiên",
            (
                Page(
                    "Nước ở quanh ta",
                    (
                        "Nước có trong sông, hồ, biển, trong lòng đất, trong không khí và trong cơ thể mỗi người.",
                        Table(
                            ("Thể", "Hình dạng", "Ví dụ"),
                            (
                                ("Rắn", "Có hình dạng nhất định", "Nước đá, băng, tuyết"),
                                ("Lỏng", "Theo vật chứa nó", "Nước máy, nước mưa, nước biển"),
                                ("Khí", "Không có hình dạng nhất định", "Hơi nước trong không khí"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Nước chuyển thể",
                    (
                        water.states(),
                        "Nước đá để ngoài tủ lạnh sẽ **nóng chảy**. Nước ở 0 °C trở xuống sẽ **đông đặc** thành nước đá.",
                    ),
                ),
                Page(
                    "Bay hơi và ngưng tụ",
                    (
                        water.kettle(),
                        Points(
                            (
                                "**Bay hơi:** nước từ thể lỏng chuyển sang thể khí. Quần áo ướt khô được là nhờ nước bay hơi.",
                                "**Ngưng tụ:** hơi nước gặp lạnh chuyển thành nước ở thể lỏng, như những giọt nước đọng dưới vung nồi.",
                            )
                        ),
                    ),
                ),
                Page(
                    "Vòng tuần hoàn của nước",
                    (
                        water.cycle(),
                        Points(
                            (
                                "Nước ở biển, sông, hồ **bay hơi** vào không khí.",
                                "Lên cao gặp lạnh, hơi nước **ngưng tụ** thành những hạt nước rất nhỏ, tạo nên các đám mây.",
                                "Các hạt nước lớn dần, rơi xuống thành **mưa**.",
                                "Nước mưa **chảy** theo sông, suối ra biển; một phần thấm vào đất. Rồi nước lại bay hơi.",
                            ),
                            numbered=True,
                        ),
                    ),
                ),
                Page(
                    "Giữ sạch nguồn nước",
                    (
                        "Nước luôn đi theo vòng tuần hoàn: nước bẩn chúng ta thải ra có thể quay trở lại với chúng ta.",
                        Points(
                            (
                                "Không vứt rác xuống ao, hồ, sông, suối.",
                                "Khoá vòi nước khi không dùng.",
                                "Dùng lại nước rửa rau để tưới cây.",
                            )
                        ),
                        Box("Hôm nay em sẽ làm gì để tiết kiệm nước? Hãy kể với bố mẹ.", "Em hãy làm"),
                    ),
                ),
                Ordering(
                    prompt="Sắp xếp theo đúng thứ tự vòng tuần hoàn, bắt đầu từ nước biển.",
                    items=(
                        "Nước biển bay hơi",
                        "Hơi nước ngưng tụ thành mây",
                        "Mưa rơi xuống",
                        "Nước chảy theo sông ra biển",
                    ),
                    points=2,
                    explanation="Bay hơi → ngưng tụ thành mây → mưa → chảy ra sông, biển, rồi lại bay hơi.",
                ),
                Matching(
                    prompt="Ghép hiện tượng với tên gọi của quá trình.",
                    pairs=(
                        ("Kem tan ra khi để ngoài nắng", "Nóng chảy"),
                        ("Sân ướt khô dần sau cơn mưa", "Bay hơi"),
                        ("Giọt nước bám ngoài cốc nước lạnh", "Ngưng tụ"),
                        ("Nước trong khay thành nước đá", "Đông đặc"),
                    ),
                    explanation="Hơi nước trong không khí gặp thành cốc lạnh thì ngưng tụ thành giọt nước.",
                ),
                TrueFalse(
                    prompt="Mây được tạo thành từ những hạt nước rất nhỏ hoặc tinh thể băng.",
                    answer=True,
                    explanation="Hơi nước lên cao gặp lạnh tạo thành các hạt nước hoặc tinh thể băng rất nhỏ, đó là mây.",
                ),
                Choice(
                    prompt="Phơi quần áo ở đâu thì nhanh khô nhất?",
                    options=("Trong phòng kín", "Ngoài nắng, có gió", "Trong bóng râm, lặng gió", "Trong nhà tắm"),
                    answer=1,
                    explanation="Nhiệt độ cao và có gió làm nước bay hơi nhanh hơn.",
                ),
                MultipleChoice(
                    prompt="Những việc nào giúp bảo vệ nguồn nước?",
                    options=(
                        "Bỏ rác đúng nơi quy định",
                        "Đổ dầu ăn thừa xuống cống",
                        "Khoá vòi nước khi đánh răng",
                        "Vứt túi ni lông xuống sông",
                    ),
                    answers=frozenset({0, 2}),
                    explanation="Bỏ rác đúng chỗ giữ nước sạch, khoá vòi nước giúp tiết kiệm nước.",
                ),
                ShortAnswer(
                    prompt="Quá trình hơi nước gặp lạnh chuyển thành nước ở thể lỏng gọi là gì?",
                    accepted=("ngưng tụ", "sự ngưng tụ"),
                    explanation="Đó là sự **ngưng tụ**.",
                ),
            ),
        ),
    ),
)
