"""Clocks, groups of things, parts of a computer: pictures of primary school."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, GREEN, INK, ORANGE, PAPER, RED, SKY, SOFT, TEAL, Drawing, polar

EDGE = {"stroke": INK, "stroke_width": 3}


def _dial(sheet: Drawing, centre: tuple[float, float], radius: float, hour: int, minute: int) -> None:
    sheet.circle(centre, radius, PAPER, stroke=TEAL, stroke_width=7)
    for number in range(1, 13):
        x, y = polar(centre, radius * 0.78, number * 30 - 90)
        sheet.text((x, y + 7), str(number), 20)
    sheet.line(centre, polar(centre, radius * 0.5, (hour % 12 + minute / 60) * 30 - 90), INK, stroke_width=7)
    sheet.line(centre, polar(centre, radius * 0.68, minute * 6 - 90), RED, stroke_width=4).circle(centre, 6, INK)


def clock(hour: int, minute: int) -> Picture:
    """Draw a clock face; what time it is stands nowhere in words."""
    sheet = Drawing(240, 240)
    _dial(sheet, (120, 120), 108, hour, minute)
    return Picture(sheet.svg(), "Mặt đồng hồ: kim ngắn chỉ giờ, kim dài màu đỏ chỉ phút.")


def four_clocks() -> Picture:
    """Draw a full hour, a quarter past, half past and a quarter to, with the English words."""
    sheet = Drawing(480, 560)
    times = ((7, 0, "seven o'clock"), (7, 15, "seven fifteen"), (7, 30, "seven thirty"), (7, 45, "seven forty-five"))
    for place, (hour, minute, words) in enumerate(times):
        x, y = 120 + 240 * (place % 2), 115 + 275 * (place // 2)
        _dial(sheet, (x, y), 100, hour, minute)
        sheet.text((x, y + 138), words, 24)
    return Picture(sheet.svg(), "Bốn đồng hồ: seven o'clock, seven fifteen, seven thirty, seven forty-five.")


def groups(count: int, each: int, alt: str) -> Picture:
    """Draw `count` plates with `each` oranges."""
    sheet = Drawing(480, 150)
    width = 480 / count
    for group in range(count):
        x = width * (group + 0.5)
        sheet.ellipse((x, 84), (width * 0.44, 52), SKY, **EDGE)
        for place in range(each):
            dx = (place - (each - 1) / 2) * width * 0.72 / max(each, 2)
            sheet.circle((x + dx, 80 + 14 * (-1) ** place * (each > 2)), 13, ORANGE, stroke=INK, stroke_width=2)  # noqa: PLR2004
    return Picture(sheet.svg(), alt)


def computer() -> Picture:
    """Draw a desktop computer with its four basic parts named."""
    sheet = Drawing(480, 330).rect((120, 24), (210, 140), INK, rx=8).rect((132, 36), (186, 112), SKY)
    sheet.rect((210, 164), (30, 24), SOFT).rect((176, 186), (98, 10), SOFT)
    sheet.rect((366, 24), (82, 172), SOFT, rx=6, **EDGE).circle((407, 60), 9, GREEN).line((382, 92), (432, 92))
    sheet.rect((110, 230), (220, 46), PAPER, rx=8, **EDGE)
    for row in range(2):
        for column in range(10):
            sheet.rect((120 + 20.5 * column, 238 + 17 * row), (15, 12), SOFT, rx=2)
    sheet.ellipse((400, 254), (24, 34), PAPER, **EDGE).line((400, 220), (400, 246))
    for x, y, words in ((60, 100, "màn hình"), (407, 17, "thân máy"), (220, 304, "bàn phím"), (404, 314, "chuột")):
        sheet.text((x, y), words, 21, BLUE, font_weight="bold")
    return Picture(sheet.svg(), "Máy tính để bàn: màn hình, thân máy, bàn phím và chuột.")


def sitting() -> Picture:
    """Draw a pupil sitting upright before a screen, with the distance."""
    sheet = Drawing(480, 280).rect((240, 170), (200, 12), "#8a6242").line((260, 182), (260, 262), stroke_width=7)
    sheet.line((420, 182), (420, 262), stroke_width=7).rect((340, 60), (14, 84), INK).rect((330, 144), (34, 26), SOFT)
    sheet.circle((130, 66), 28, "#f3cda6", **EDGE).path("M130 94 V186 H200 V258", stroke=TEAL, stroke_width=24)
    sheet.line((132, 120), (250, 164), "#f3cda6", stroke_width=12).line((84, 92), (84, 200), SOFT, stroke_width=9)
    sheet.line((84, 200), (190, 200), SOFT, stroke_width=9).line((90, 205), (90, 262), SOFT, stroke_width=9)
    sheet.arrow((240, 46), (166, 46), RED).arrow((240, 46), (334, 46), RED).text((248, 34), "50 cm đến 80 cm", 21, RED)
    return Picture(sheet.svg(), "Bạn học sinh ngồi thẳng lưng, mắt cách màn hình từ 50 cm đến 80 cm.")
