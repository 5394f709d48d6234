"""Names of people as they are in a northern province: Kinh, Tày, Thái, Mường, Dao and Hmông."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from random import Random


class Naming(NamedTuple):
    """The family names, middle names and given names of a people, for women and for men."""

    families: tuple[str, ...]
    middles: tuple[tuple[str, ...], tuple[str, ...]]
    givens: tuple[tuple[str, ...], tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN_KINH = _words(
    "An Anh Ánh Bích Bình Châu Chi Cúc Diễm Diệp Dung Duyên Đào Giang Hà Hạnh Hằng Hân Hiền Hoa Hòa Hồng Huế Huệ "
    "Huyền Hương Hường Khuê Lan Lệ Liên Linh Loan Lương Ly Mai Miên Minh My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh "
    "Phương Phượng Quyên Quỳnh Tâm Thanh Thảo Thắm Thoa Thơm Thu Thùy Thủy Thúy Thương Trà Trang Trâm Tuyết Tươi Uyên "
    "Vân Vy Xuân Yến"
)
MEN_KINH = _words(
    "An Bách Bảo Bằng Bình Công Cường Chiến Chung Dũng Duy Dương Đại Đạt Đăng Định Đông Đức Giang Hải Hào Hiển Hiếu "
    "Hòa Hoàng Hoạt Hùng Huy Hưng Hữu Khang Khải Khánh Khoa Kiên Lâm Long Lộc Lực Mạnh Minh Nam Nghĩa Nguyên Nhân "
    "Phong Phú Phúc Quân Quang Quốc Quyết Sáng Sơn Tài Tân Thái Thành Thắng Thiện Thịnh Thuận Tiến Toàn Trung Trường "
    "Tuấn Tùng Tú Văn Việt Vinh Vũ Vượng"
)
MIDDLES_KINH = (
    ("Thị", "Thị", "Thị", "Thị Thu", "Thị Kim", "Thị Ngọc", "Ngọc", "Thu", "Minh", "Khánh", "Thanh", "Bảo", "Hồng"),
    ("Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Công", "Xuân", "Đình", "Gia", "Anh", "Tuấn", "Trọng", "Ngọc"),
)
VALLEY = (
    ("Thị", "Thị", "Thị", "Thị Thu", "Thị Hồng", "Thanh", "Khánh"),
    ("Văn", "Văn", "Văn", "Đình", "Đức", "Minh"),
)

KINH = Naming(
    _words(
        "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Vũ Vũ Đỗ Đặng Bùi Ngô Dương Phan Đinh "
        "Trịnh Đào Đoàn Cao Lưu Mai Tạ Tô Tống Chu Hồ Kiều Thái Trương Quách Phùng"
    ),
    MIDDLES_KINH,
    (WOMEN_KINH, MEN_KINH),
)
TAY = Naming(
    _words("Nông Nông Hoàng Hoàng Lý Ma Bế Lương Triệu Đàm Vi Hứa Lục Mông Chu Vy Dương Tô"),
    VALLEY,
    (
        _words("Ánh Bích Chuyên Diệu Điệp Hằng Hiên Hoan Hồng Lành Lê Luyến Mến Nhung Nga Ngoan Thắm Thêu Thư Xoan"),
        _words("Bảo Chấn Chức Dậu Đoàn Giáp Hiệu Hoán Khôi Khuê Lập Luân Nghiệp Phúc Sự Thiệp Thoại Tiệp Trình Tự"),
    ),
)
THAI = Naming(
    _words("Lò Lò Lò Quàng Quàng Cà Lường Lường Tòng Hà Vi Lự Điêu Bạc Cầm Mè"),
    VALLEY,
    (
        _words("Ánh Bun Chung Dung Hịa Hương Ín La Lả Mai Nhình Nga Ơn Pâng Phương Thoa Tím Xuân Yên Hặc"),
        _words("Bình Biên Chựa Dọn Hặc Hoan Inh Khặn Lả Ngoan Nọi Ón Panh Pâng Phong Sơn Thoan Tiêng Tun Xôm"),
    ),
)
MUONG = Naming(
    _words("Bùi Bùi Bùi Đinh Đinh Quách Hà Phạm Nguyễn Bạch Xa"),
    VALLEY,
    (
        _words("Hạ Hậu Hiên Hiệp Hoán Lánh Lý Mận Miền Nhiên Ngân Nguyên Nhâm Nụ Phấn Quế Thảo Thiềm Tiền Ươm"),
        _words("Bền Chỉnh Dần Diện Đảo Hiêng Hựng Khiêm Kiểm Lịch Nhiệm Nhưng Ngọ Phẩm Quyn Thiểu Tín Tưởng Uẩn Xuyên"),
    ),
)
DAO = Naming(
    _words("Bàn Bàn Triệu Triệu Đặng Phùng Chảo Tẩn Lý Phàn Dương"),
    (("Thị", "Mùi", "Tá", "Thị"), ("Văn", "Tòn", "Chòi", "Văn", "Tiến")),
    (
        _words("Coi Chạn Dất Ghển Khe Liều Mẩy Mụi Mủi Nái Ngan Nhậy Pham Pu Sai Sếnh Soạn Tá Vạng Viện"),
        _words("Chiêu Cáo Chìu Dào Định Hin Kinh Lai Liềm Lưu Ngân Phú Quẩy Sành Sinh Thanh Tiến Tòng Vạn Vượng"),
    ),
)
HMONG = Naming(
    _words("Giàng Vàng Sùng Thào Lầu Mùa Hạng Cứ Lý Ly Hờ Tráng Vừ Má"),
    (("Thị", "Thị", "Y"), ("A", "A", "Seo", "Văn")),
    (
        _words("Bâu Chá Chi Cở Dở Dua Gầu Giống Khua Mai Mỷ Nu Pà Pàng Sáo Say Sua Vá Vang Xía"),
        _words("Chu Chống Của Dình Dơ Giàng Hồ Khai Lử Mua Nủ Páo Phử Phừ Sính Tính Tủa Tu Vàng Vư"),
    ),
)
PEOPLES = {"kinh": KINH, "tay": TAY, "thai": THAI, "muong": MUONG, "dao": DAO, "hmong": HMONG}


def draw_name(rng: Random, minorities: tuple[str, ...], share: float, *, woman: bool) -> str:
    """A full name; `share` of all come from the named minorities."""
    people = rng.choice(minorities) if minorities and rng.random() < share else "kinh"
    naming = PEOPLES[people]
    middle = rng.choice(naming.middles[0 if woman else 1])
    given = rng.choice(naming.givens[0 if woman else 1])
    if given in middle.split():  # nobody is called Ngọc Ngọc
        middle = "Thị" if woman else "Văn"
    return f"{rng.choice(naming.families)} {middle} {given}"
