"""Pressure, cell division and the turning Earth for the natural sciences and geography."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import (
    BLUE,
    BROWN,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    PINK,
    RED,
    SKY,
    SOFT,
    VIOLET,
    YELLOW,
    Drawing,
)

EDGE = {"stroke": INK, "stroke_width": 3}


def bricks() -> Picture:
    """Draw the same brick lying and standing on sand."""
    sheet = Drawing(480, 260).rect((20, 190), (440, 56), "#ead9a8")
    sheet.rect((60, 142), (150, 58), ORANGE, **EDGE).rect((320, 72), (58, 146), ORANGE, **EDGE)
    sheet.arrow((135, 60), (135, 134), RED, stroke_width=5).arrow((349, 10), (349, 66), RED, stroke_width=5)
    sheet.text((170, 90), "F", 26, RED).text((384, 40), "F", 26, RED)
    sheet.text((135, 238), "lún ít", 21).text((349, 240), "lún nhiều", 21)
    return Picture(sheet.svg(), "Cùng một viên gạch: đặt nằm lún ít, đặt đứng lún nhiều hơn trên cát.")


def column_of_liquid() -> Picture:
    """Draw a vessel with three holes at different depths."""
    sheet = Drawing(480, 300).rect((60, 60), (150, 210), "#5aa0cf").path("M60 30 V270 H210 V30", **EDGE)
    for y, reach in ((110, 60), (170, 120), (230, 190)):
        sheet.path(f"M210 {y} q{reach * 0.8} 4 {reach} {280 - y}", stroke="#5aa0cf", stroke_width=7)
    sheet.arrow((36, 62), (36, 266), RED).text((30, 176), "h", 26, RED, text_anchor="end")
    sheet.text((440, 60), "càng sâu,", 21, INK, text_anchor="end").text(
        (440, 88), "tia nước càng mạnh", 21, text_anchor="end"
    )
    return Picture(sheet.svg(), "Bình nước thủng ba lỗ: lỗ càng sâu, tia nước phun càng mạnh.")


def _chromosome(sheet: Drawing, x: float, y: float, colour: str, *, double: bool = True) -> None:
    if double:
        sheet.path(f"M{x - 9} {y - 22} Q{x} {y} {x - 9} {y + 22}", stroke=colour, stroke_width=7)
        sheet.path(f"M{x + 9} {y - 22} Q{x} {y} {x + 9} {y + 22}", stroke=colour, stroke_width=7)
    else:
        sheet.path(f"M{x} {y - 20} V{y + 20}", stroke=colour, stroke_width=7)


def phase(name: str) -> Picture:
    """Draw one phase of mitosis of a cell with 2n = 4: "đầu", "giữa", "sau" or "cuối"."""
    draw, words = PHASES[name]
    sheet = Drawing(480, 260)
    if name != "cuối":
        sheet.ellipse((240, 130), (200, 118), SKY, **EDGE)
    draw(sheet)
    return Picture(sheet.svg(), f"Kì {name}: {words}.")


def _prophase(sheet: Drawing) -> None:
    sheet.circle((240, 130), 92, PAPER, stroke=VIOLET, stroke_width=3, stroke_dasharray="9 8")
    for x, y, colour in ((200, 100, RED), (276, 96, BLUE), (208, 164, BLUE), (270, 166, RED)):
        _chromosome(sheet, x, y, colour)


def _spindle(sheet: Drawing) -> None:
    for pole in (52, 428):
        for y in (40, 100, 160, 220):
            sheet.line((pole, 130), (240, y), FAINT, stroke_width=2)


def _metaphase(sheet: Drawing) -> None:
    _spindle(sheet)
    for y, colour in ((46, RED), (102, BLUE), (158, RED), (214, BLUE)):
        _chromosome(sheet, 240, y, colour)


def _anaphase(sheet: Drawing) -> None:
    _spindle(sheet)
    for x in (140, 340):
        for y, colour in ((64, RED), (108, BLUE), (152, RED), (196, BLUE)):
            _chromosome(sheet, x, y, colour, double=False)


def _telophase(sheet: Drawing) -> None:
    for x in (150, 330):
        sheet.circle((x, 130), 96, SKY, **EDGE).circle((x, 130), 56, PAPER, stroke=VIOLET, stroke_width=2)
        for dx, colour in ((-30, RED), (-10, BLUE), (10, RED), (30, BLUE)):
            _chromosome(sheet, x + dx, 130, colour, double=False)


PHASES = {
    "đầu": (_prophase, "nhiễm sắc thể kép co xoắn, màng nhân tiêu biến dần"),
    "giữa": (_metaphase, "nhiễm sắc thể kép xếp thành một hàng trên mặt phẳng xích đạo"),
    "sau": (_anaphase, "các nhiễm sắc thể đơn tách nhau, đi về hai cực của tế bào"),
    "cuối": (_telophase, "hai nhân con, mỗi nhân có bốn nhiễm sắc thể đơn; tế bào chất phân chia"),
}


def day_and_night() -> Picture:
    """Draw the Earth lit by the Sun from the left."""
    sheet = Drawing(480, 280).circle((30, 140), 70, YELLOW)
    for y in (80, 140, 200):
        sheet.arrow((118, y), (220, y), ORANGE, stroke_width=4)
    sheet.circle((340, 140), 104, SKY, **EDGE).path("M340 36 A104 104 0 0 1 340 244 Z", "#27406b")
    sheet.line((340, 14), (340, 268), SOFT, stroke_dasharray="8 6").text((290, 146), "ngày", 24).text(
        (392, 146), "đêm", 24, PAPER
    )
    sheet.bent_arrow((300, 262), (340, 282), (384, 260), RED)
    return Picture(sheet.svg(), "Mặt Trời chỉ chiếu sáng một nửa Trái Đất: nửa sáng là ngày, nửa tối là đêm.")


def zones() -> Picture:
    """Draw the strip of time zones from 0 to +9 with a few cities."""
    sheet, width = Drawing(480, 230), 46
    for number in range(10):
        x = 10 + width * number
        sheet.rect((x, 60), (width, 90), SKY if number % 2 else PAPER, **EDGE).text(
            (x + width / 2, 112), f"+{number}" if number else "0", 22
        )
    for number, city, y in ((0, "Luân Đôn", 40), (7, "Hà Nội", 40), (9, "Tô-ky-ô", 186), (3, "Mát-xcơ-va", 186)):
        x = 10 + width * (number + 0.5)
        sheet.circle((x, 70 if y < 100 else 140), 6, RED)  # noqa: PLR2004 - above or below the strip
        sheet.text((max(62, min(x, 420)), y), city, 20, RED)
    sheet.text((240, 220), "đi về phía đông: cộng thêm giờ", 20, GREEN)
    return Picture(sheet.svg(), "Các múi giờ từ 0 đến +9: Luân Đôn múi 0, Mát-xcơ-va +3, Hà Nội +7, Tô-ky-ô +9.")


def grafting() -> Picture:
    """Draw a scion being put into a rootstock, cleft grafting."""
    sheet = Drawing(480, 310).rect((60, 250), (360, 50), "#b58b5a").rect((130, 130), (34, 124), BROWN, **EDGE)
    sheet.polygon([(140, 130), (154, 130), (147, 172)], PAPER, **EDGE)
    sheet.polygon([(138, 40), (156, 40), (147, 92)], GREEN, **EDGE).line((147, 40), (147, 10), GREEN, stroke_width=9)
    sheet.arrow((147, 96), (147, 126), RED)
    sheet.rect((330, 130), (34, 124), BROWN, **EDGE).line((347, 130), (347, 40), GREEN, stroke_width=12)
    for y in (136, 148, 160, 172):
        sheet.line((326, y), (368, y + 6), VIOLET, stroke_width=5)
    for side in (-1, 1):
        sheet.ellipse((347 + 26 * side, 56), (22, 11), GREEN, **EDGE)
    sheet.text((60, 70), "cành ghép", 20, GREEN).text((70, 200), "gốc ghép", 20, BROWN).text(
        (425, 166), "dây buộc", 20, VIOLET
    )
    return Picture(sheet.svg(), "Ghép nêm: vót cành ghép hình nêm, cắm vào khe chẻ trên gốc ghép rồi buộc kín.")


def layering() -> Picture:
    """Draw air layering: a ring of bark taken off a branch and wrapped with earth."""
    sheet = Drawing(480, 220).line((30, 150), (450, 90), BROWN, stroke_width=18)
    sheet.line((150, 133), (178, 129), PAPER, stroke_width=18).ellipse((340, 106), (62, 38), "#8a6242", **EDGE)
    for x in (312, 340, 368):
        sheet.line((x, 74), (x, 138), PINK, stroke_width=4)
    sheet.text((164, 186), "khoanh vỏ 2–3 cm", 20).text((340, 186), "bó bầu đất ẩm", 20)
    return Picture(sheet.svg(), "Chiết cành: bóc một khoanh vỏ, bó bầu đất ẩm quanh vết bóc cho ra rễ.")
