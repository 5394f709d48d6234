"""Khoa học tự nhiên 6: tế bào, đơn vị cơ sở của sự sống."""

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
from elearn.demo.pictures import cell

WHAT_IS_A_CELL = Sco(
    "TEBAO",
    "1. Tế bào là gì?",
    (
        Page(
            "Đơn vị cơ sở của sự sống",
            (
                "Ngôi nhà được xây từ những viên gạch. Cơ thể sinh vật cũng được cấu tạo từ những “viên gạch” rất nhỏ: các **tế bào**.",
                "Mọi cơ thể sống đều được cấu tạo từ tế bào. Có sinh vật chỉ gồm một tế bào như vi khuẩn, trùng roi; có sinh vật gồm rất nhiều tế bào như cây xanh, con người.",
                Box(
                    "**Tế bào là đơn vị cơ sở của sự sống**: mỗi tế bào có thể trao đổi chất, lớn lên, sinh sản và cảm ứng."
                ),
            ),
        ),
        Page(
            "Tế bào lớn hay nhỏ?",
            (
                "Phần lớn tế bào rất nhỏ, phải quan sát bằng **kính hiển vi**. Một số ít nhìn được bằng mắt thường.",
                cell.scale_of_sizes(),
                "1 mm bằng 1000 µm (micrômét). Tế bào hồng cầu có đường kính khoảng 7 µm.",
            ),
        ),
        Choice(
            prompt="Muốn quan sát tế bào vảy hành, em cần dụng cụ nào?",
            options=("Thước dây", "Kính hiển vi quang học", "Kính thiên văn", "Cân điện tử"),
            answer=1,
            explanation="Tế bào vảy hành rất nhỏ, cần kính hiển vi để phóng to ảnh của chúng.",
        ),
        TrueFalse(
            prompt="Mọi tế bào đều quá nhỏ nên không bao giờ nhìn thấy được bằng mắt thường.",
            answer=False,
            explanation="Một số tế bào nhìn được bằng mắt thường, ví dụ tế bào trứng gà (lòng đỏ), tép bưởi, tép cam.",
        ),
    ),
)

STRUCTURE = Sco(
    "CAUTAO",
    "2. Cấu tạo của tế bào",
    (
        Page(
            "Ba thành phần chính",
            (
                cell.animal_cell(),
                Points(
                    (
                        "**Màng tế bào** bao bọc và kiểm soát các chất đi vào, đi ra.",
                        "**Tế bào chất** là nơi diễn ra phần lớn hoạt động sống của tế bào.",
                        "**Nhân** (hoặc vùng nhân) chứa vật chất di truyền, điều khiển mọi hoạt động của tế bào.",
                    )
                ),
            ),
        ),
        Page(
            "Tế bào thực vật",
            (
                cell.plant_cell(),
                "Tế bào thực vật có **thành tế bào** giữ hình dạng, **lục lạp** chứa chất diệp lục để quang hợp và **không bào** lớn.",
            ),
        ),
        Page(
            "Nhân sơ và nhân thực",
            (
                cell.bacterium(),
                Table(
                    ("Đặc điểm", "Nhân sơ", "Nhân thực"),
                    (
                        ("Nhân", "Chưa hoàn chỉnh, chỉ có vùng nhân", "Hoàn chỉnh, có màng nhân"),
                        ("Kích thước", "Nhỏ, khoảng 0,5–10 µm", "Lớn hơn, thường 10–100 µm"),
                        ("Có ở", "Vi khuẩn", "Động vật, thực vật, nấm"),
                    ),
                ),
            ),
        ),
        Matching(
            prompt="Ghép mỗi thành phần với chức năng của nó.",
            pairs=(
                ("Màng tế bào", "Kiểm soát các chất ra, vào tế bào"),
                ("Nhân", "Điều khiển hoạt động sống"),
                ("Lục lạp", "Thực hiện quang hợp"),
                ("Thành tế bào", "Bảo vệ, giữ hình dạng tế bào thực vật"),
            ),
            explanation="Màng kiểm soát trao đổi chất, nhân điều khiển, lục lạp quang hợp, thành tế bào giữ hình dạng.",
            points=2,
        ),
        MultipleChoice(
            prompt="Những thành phần nào có ở tế bào thực vật mà không có ở tế bào động vật?",
            options=("Lục lạp", "Màng tế bào", "Thành tế bào", "Nhân"),
            answers=frozenset({0, 2}),
            explanation="Màng tế bào và nhân có ở cả hai. Thành tế bào và lục lạp chỉ có ở tế bào thực vật.",
        ),
    ),
)

GROWTH = Sco(
    "LONLEN",
    "3. Sự lớn lên và sinh sản của tế bào",
    (
        Page(
            "Từ một thành hai",
            (
                "Nhờ trao đổi chất, tế bào non **lớn dần** thành tế bào trưởng thành. Khi lớn đến mức nhất định, một tế bào **phân chia** thành hai tế bào con.",
                cell.division(),
            ),
        ),
        Page(
            "Bao nhiêu tế bào?",
            (
                "Từ một tế bào ban đầu, sau *n* lần phân chia liên tiếp ta có:",
                Formula("N = 2^n^"),
                Box(
                    "Nhờ tế bào lớn lên và phân chia, cơ thể đa bào lớn lên; tế bào già, chết hay bị tổn thương được thay thế."
                ),
            ),
        ),
        Numeric(
            prompt="Một tế bào phân chia liên tiếp 5 lần. Có bao nhiêu tế bào được tạo thành?",
            answer=32,
            unit="tế bào",
            explanation="2^5^ = 2 × 2 × 2 × 2 × 2 = 32 tế bào.",
        ),
        Choice(
            prompt="Vì sao khi thằn lằn bị đứt đuôi, đuôi có thể mọc lại?",
            options=(
                "Vì các tế bào còn lại to ra gấp nhiều lần",
                "Vì tế bào lớn lên và phân chia tạo ra tế bào mới",
                "Vì tế bào ở đầu di chuyển xuống đuôi",
                "Vì đuôi không được cấu tạo từ tế bào",
            ),
            answer=1,
            explanation="Tế bào lớn lên và phân chia, tạo ra các tế bào mới thay cho phần đã mất.",
        ),
    ),
)

LESSON = Lesson(
    slug="khtn6-te-bao",
    title="Tế bào – đơn vị cơ sở của sự sống",
    level="THCS",
    grade="6",
    subject="KHTN",
    description="Khái niệm, kích thước và cấu tạo tế bào; phân biệt tế bào nhân sơ và nhân thực, tế bào động vật và thực vật; "
    "sự lớn lên và sinh sản của tế bào. Ba phần, mỗi phần có câu hỏi tự đánh giá.",
    keywords=("tế bào", "nhân sơ", "nhân thực", "lục lạp", "kính hiển vi", "phân chia tế bào"),
    author="Bàn Thị Mùi",
    edition=Edition.SCORM_2004_4TH,
    minutes=40,
    scos=(WHAT_IS_A_CELL, STRUCTURE, GROWTH),
)
