"""Nghề Điện dân dụng (giáo dục thường xuyên): mạch đèn cầu thang."""

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
    Table,
    TrueFalse,
)
from elearn.demo.pictures import circuits

LESSON = Lesson(
    slug="nghe-den-cau-thang",
    title="Nghề Điện dân dụng: Lắp mạch đèn cầu thang",
    level="GDTX",
    grade="11",
    subject="NGHE",
    description="An toàn trước khi làm việc, công tắc ba cực, nguyên lí mạch một đèn hai công tắc ba cực (đèn cầu thang), "
    "quy trình lắp đặt và kiểm tra. Dùng cho trung tâm giáo dục thường xuyên và hướng nghiệp.",
    keywords=("điện dân dụng", "đèn cầu thang", "công tắc ba cực", "an toàn điện", "nghề phổ thông"),
    author="Phan Thị Diệu Linh",
    edition=Edition.SCORM_12,
    minutes=40,
    pronoun="anh/chị",
    scos=(
        Sco(
            "CAUTHANG",
            "Lắp mạch đèn cầu thang",
            (
                Page(
                    "An toàn là trên hết",
                    (
                        Points(
                            (
                                "**Cắt aptomat** của mạch cần làm, treo biển “Cấm đóng điện”.",
                                "Dùng **bút thử điện** kiểm tra chắc chắn không còn điện rồi mới chạm tay.",
                                "Đứng trên thảm hoặc ghế cách điện, dùng kìm, tua vít có cán cách điện.",
                                "Không làm việc khi tay ướt, sàn ướt; nên có hai người.",
                            ),
                            numbered=True,
                        ),
                        Box(
                            "Dòng điện xoay chiều 220 V có thể gây chết người. Học viên chỉ đóng điện khi giáo viên đã kiểm tra mạch.",
                            "Nhớ kĩ",
                        ),
                    ),
                ),
                Page(
                    "Công tắc ba cực",
                    (
                        circuits.two_way_switch(),
                        "Công tắc ba cực có **một cực động** và **hai cực tĩnh**. Mỗi lần gạt, cực động rời cực tĩnh này và nối sang cực tĩnh kia: công tắc không “tắt” mà **chuyển đường**.",
                    ),
                ),
                Page(
                    "Khi đèn sáng",
                    (
                        circuits.staircase(first_up=True, second_up=True),
                        "Hai công tắc CT1, CT2 nối với nhau bằng hai dây. Khi hai cực động cùng nối vào **một dây**, mạch kín và đèn sáng.",
                    ),
                ),
                Page(
                    "Khi đèn tắt",
                    (
                        circuits.staircase(first_up=True, second_up=False),
                        "Gạt một trong hai công tắc, hai cực động nằm trên **hai dây khác nhau**: mạch hở, đèn tắt. Nhờ vậy có thể bật đèn ở chân cầu thang và tắt ở đầu cầu thang.",
                    ),
                ),
                Page(
                    "Quy trình lắp đặt",
                    (
                        Table(
                            ("Bước", "Công việc", "Yêu cầu"),
                            (
                                ("1", "Vạch dấu vị trí bảng điện, đèn, đường dây", "Đúng sơ đồ, thẳng hàng"),
                                ("2", "Khoan lỗ, cố định bảng điện và ống luồn dây", "Chắc chắn"),
                                (
                                    "3",
                                    "Đi dây, nối dây vào cầu chì, công tắc, đui đèn",
                                    "Dây pha qua cầu chì và công tắc",
                                ),
                                ("4", "Kiểm tra nguội bằng đồng hồ vạn năng", "Không chập, không hở mạch"),
                                ("5", "Đóng điện, vận hành thử", "Bật, tắt được ở cả hai nơi"),
                            ),
                        ),
                    ),
                ),
                Choice(
                    prompt="Đang ở trạng thái như hình, gạt CT2 một lần thì đèn thế nào?",
                    picture=circuits.staircase(first_up=False, second_up=True),
                    options=("Đèn sáng", "Đèn vẫn tắt", "Cầu chì đứt", "Đèn nhấp nháy"),
                    answer=0,
                    explanation="Sau khi gạt, CT2 nối vào cùng dây với CT1 nên mạch kín, đèn sáng.",
                ),
                Ordering(
                    prompt="Sắp xếp đúng trình tự công việc.",
                    items=(
                        "Cắt aptomat",
                        "Thử không còn điện",
                        "Đi dây, nối dây",
                        "Kiểm tra nguội",
                        "Đóng điện chạy thử",
                    ),
                    points=2,
                    explanation="Cắt điện → thử điện → lắp → kiểm tra nguội → đóng điện.",
                ),
                TrueFalse(
                    prompt="Cầu chì và công tắc phải được lắp trên dây trung tính (N).",
                    answer=False,
                    explanation="Phải lắp trên **dây pha** (L): khi ngắt, đèn không còn nối với dây pha nên an toàn.",
                ),
                MultipleChoice(
                    prompt="Mạch đèn cầu thang cần những thiết bị nào?",
                    options=(
                        "Hai công tắc ba cực",
                        "Một công tắc hai cực",
                        "Một bóng đèn và đui đèn",
                        "Cầu chì hoặc aptomat bảo vệ",
                    ),
                    answers=frozenset({0, 2, 3}),
                    explanation="Mạch dùng hai công tắc ba cực, một đèn và thiết bị bảo vệ.",
                ),
                Matching(
                    prompt="Ghép dụng cụ với công dụng.",
                    pairs=(
                        ("Bút thử điện", "Kiểm tra dây có điện hay không"),
                        ("Đồng hồ vạn năng", "Kiểm tra thông mạch, đo điện áp"),
                        ("Kìm tuốt dây", "Bóc vỏ cách điện của dây dẫn"),
                    ),
                    explanation="Mỗi dụng cụ dùng đúng việc để bảo đảm an toàn và chất lượng mối nối.",
                ),
            ),
        ),
    ),
)
