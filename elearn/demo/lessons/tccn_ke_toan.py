"""Kế toán (trung cấp): tài khoản và ghi sổ kép."""

from elearn.demo.builder import (
    Box,
    Choice,
    Edition,
    Formula,
    Lesson,
    Matching,
    Numeric,
    Page,
    Points,
    Sco,
    Table,
    TrueFalse,
)
from elearn.demo.pictures import workshop

LESSON = Lesson(
    slug="tccn-ke-toan",
    title="Nguyên lí kế toán: Tài khoản và ghi sổ kép",
    level="TCCN",
    grade="",
    subject="NGHE",
    description="Kết cấu tài khoản tài sản và nguồn vốn, quy tắc ghi Nợ – Có, định khoản giản đơn, tính số dư cuối kì.",
    keywords=("kế toán", "tài khoản", "ghi sổ kép", "định khoản", "số dư cuối kì"),
    author="Phạm Thị Thanh Hà",
    edition=Edition.SCORM_2004_4TH,
    minutes=45,
    pronoun="anh/chị",
    scos=(
        Sco(
            "TAIKHOAN",
            "1. Tài khoản kế toán",
            (
                Page(
                    "Tài sản và nguồn vốn",
                    (
                        Formula("Tổng tài sản = Tổng nguồn vốn"),
                        Table(
                            ("Tài sản", "Nguồn vốn"),
                            (
                                ("Tiền mặt, tiền gửi ngân hàng", "Phải trả người bán"),
                                ("Nguyên liệu, hàng hóa", "Vay ngân hàng"),
                                ("Máy móc, nhà xưởng", "Vốn chủ sở hữu"),
                            ),
                        ),
                    ),
                ),
                Page(
                    "Kết cấu tài khoản",
                    (
                        workshop.t_account(
                            "Tiền mặt (triệu đồng)",
                            ("Dư đầu kì 50", "Thu 30"),
                            ("Chi 20",),
                            "Tài khoản chữ T: Tiền mặt, bên Nợ dư đầu kì 50, thu 30; bên Có chi 20.",
                        ),
                        Points(
                            (
                                "Tài khoản **tài sản**: tăng ghi bên **Nợ**, giảm ghi bên **Có**, số dư bên Nợ.",
                                "Tài khoản **nguồn vốn**: tăng ghi bên **Có**, giảm ghi bên **Nợ**, số dư bên Có.",
                            )
                        ),
                        Formula("Dư cuối kì = Dư đầu kì + Phát sinh tăng − Phát sinh giảm"),
                    ),
                ),
                Numeric(
                    prompt="Tài khoản Tiền mặt: dư đầu kì 50, thu trong kì 30, chi trong kì 20 (triệu đồng). Tính số dư cuối kì.",
                    answer=60,
                    unit="triệu đồng",
                    explanation="50 + 30 − 20 = 60.",
                ),
                TrueFalse(
                    prompt="Khoản phải trả người bán tăng thì ghi vào bên Có.",
                    answer=True,
                    explanation="Phải trả người bán thuộc nguồn vốn: tăng ghi Có.",
                ),
            ),
        ),
        Sco(
            "GHIKEP",
            "2. Ghi sổ kép",
            (
                Page(
                    "Một nghiệp vụ, hai tài khoản",
                    (
                        "Mỗi nghiệp vụ được ghi **ít nhất vào hai tài khoản**: ghi Nợ tài khoản này và ghi Có tài khoản kia với **số tiền bằng nhau**.",
                        Table(
                            ("Nghiệp vụ", "Ghi Nợ", "Ghi Có"),
                            (
                                ("Rút tiền gửi về quỹ 10", "Tiền mặt 10", "Tiền gửi ngân hàng 10"),
                                ("Mua hàng chưa trả tiền 25", "Hàng hóa 25", "Phải trả người bán 25"),
                                ("Trả nợ người bán bằng tiền mặt 5", "Phải trả người bán 5", "Tiền mặt 5"),
                            ),
                        ),
                        Box("Cuối kì, tổng phát sinh Nợ của mọi tài khoản phải bằng tổng phát sinh Có.", "Kiểm tra"),
                    ),
                ),
                Choice(
                    prompt="Mua nguyên liệu trả ngay bằng tiền gửi ngân hàng. Định khoản nào đúng?",
                    options=(
                        "Nợ Nguyên liệu / Có Tiền gửi ngân hàng",
                        "Nợ Tiền gửi ngân hàng / Có Nguyên liệu",
                        "Nợ Phải trả người bán / Có Tiền mặt",
                        "Nợ Nguyên liệu / Có Vốn chủ sở hữu",
                    ),
                    answer=0,
                    explanation="Nguyên liệu tăng ghi Nợ; tiền gửi ngân hàng giảm ghi Có.",
                ),
                Matching(
                    prompt="Ghép nghiệp vụ với tài khoản ghi Có.",
                    pairs=(
                        ("Chi tiền mặt mua văn phòng phẩm", "Tiền mặt"),
                        ("Vay ngân hàng nhập quỹ tiền mặt", "Vay ngân hàng"),
                        ("Mua hàng chưa trả tiền", "Phải trả người bán"),
                    ),
                    explanation="Tiền mặt giảm, khoản vay tăng, khoản phải trả tăng: đều ghi Có.",
                ),
                Numeric(
                    prompt="Tổng phát sinh bên Nợ của mọi tài khoản trong kì là 340 triệu đồng. Tổng phát sinh bên Có là bao nhiêu?",
                    answer=340,
                    unit="triệu đồng",
                    explanation="Ghi kép nên hai tổng luôn bằng nhau.",
                ),
                TrueFalse(
                    prompt="Một nghiệp vụ kinh tế có thể chỉ ghi vào một tài khoản.",
                    answer=False,
                    explanation="Ghi sổ kép: ít nhất hai tài khoản.",
                ),
            ),
        ),
    ),
)
