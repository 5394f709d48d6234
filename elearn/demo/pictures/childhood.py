"""Things of the first years: colours to mix, hands to wash."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import (
    BLUE,
    BROWN,
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
COLOURS = {"đỏ": RED, "vàng": YELLOW, "xanh dương": BLUE, "xanh lá": GREEN, "cam": ORANGE, "tím": VIOLET}


def blot(name: str) -> Picture:
    """Draw a blot of one colour."""
    sheet = Drawing(200, 200).path(
        "M100 20 Q180 20 176 96 Q186 176 104 180 Q20 184 24 104 Q14 24 100 20 Z", COLOURS[name], **EDGE
    )
    return Picture(sheet.svg(), f"Màu {name}")


def balloons() -> Picture:
    """Draw three balloons in the basic colours."""
    sheet = Drawing(480, 260)
    for x, name in ((90, "đỏ"), (240, "vàng"), (390, "xanh dương")):
        sheet.path(f"M{x} 150 q-10 40 0 60", stroke=SOFT, stroke_width=3)
        sheet.ellipse((x, 85), (52, 64), COLOURS[name], **EDGE).text((x, 245), name, 24)
    return Picture(sheet.svg(), "Ba quả bóng bay: màu đỏ, màu vàng và màu xanh dương.")


def mixing(first: str, second: str, result: str) -> Picture:
    """Draw two colours that give a third."""
    sheet = Drawing(480, 190)
    for x, name in ((75, first), (235, second), (400, result)):
        sheet.circle((x, 80), 56, COLOURS[name], **EDGE).text((x, 172), name, 22)
    sheet.text((155, 92), "+", 40).text((318, 92), "=", 40)
    return Picture(sheet.svg(), f"Màu {first} trộn với màu {second} được màu {result}.")


def fruit() -> Picture:
    """Draw a tomato, a banana and a leaf."""
    sheet = (
        Drawing(480, 210)
        .circle((90, 100), 62, RED, **EDGE)
        .polygon([(66, 44), (90, 56), (114, 44), (90, 30)], GREEN, **EDGE)
    )
    sheet.path("M190 60 Q200 165 300 140 Q236 130 214 56 Z", YELLOW, **EDGE)
    sheet.path("M340 150 Q340 40 450 40 Q450 150 340 150 Z", GREEN, **EDGE).line((340, 150), (425, 65))
    for x, name in ((90, "quả cà chua"), (240, "quả chuối"), (395, "chiếc lá")):
        sheet.text((x, 200), name, 22)
    return Picture(sheet.svg(), "Quả cà chua màu đỏ, quả chuối màu vàng, chiếc lá màu xanh lá.")


def _hand(sheet: Drawing, x: float, y: float) -> None:
    sheet.rect((x - 34, y - 10), (68, 64), "#f3cda6", rx=22, **EDGE)
    for place, height in enumerate((44, 56, 52, 38)):
        sheet.rect((x - 34 + 17 * place, y - height), (16, height + 6), "#f3cda6", rx=8, **EDGE)


def hand_with_germs() -> Picture:
    """Draw a hand with germs on it."""
    sheet = Drawing(480, 200)
    _hand(sheet, 240, 100)
    for x, y in ((222, 80), (254, 66), (240, 118), (262, 136), (218, 140)):
        sheet.circle((x, y), 8, GREEN, stroke=INK, stroke_width=2).circle((x - 2, y - 2), 2, INK)
    return Picture(sheet.svg(), "Bàn tay bẩn có nhiều vi khuẩn rất nhỏ, mắt không nhìn thấy.")


def washing() -> Picture:
    """Draw a tap, soap and hands with foam."""
    sheet = Drawing(480, 250).rect((40, 30), (130, 26), SOFT, rx=8).rect((150, 30), (26, 60), SOFT, rx=8)
    for x in (156, 163, 170):
        sheet.path(f"M{x} 95 v70", stroke=BLUE, stroke_width=4)
    _hand(sheet, 163, 190)
    sheet.rect((270, 150), (100, 56), PINK, rx=20, **EDGE).text((320, 240), "xà phòng", 22)
    for x, y, radius in ((215, 190, 16), (236, 166, 12), (206, 160, 10), (250, 196, 9)):
        sheet.circle((x, y), radius, SKY, stroke=BLUE, stroke_width=2)
    sheet.rect((400, 40), (56, 150), PAPER, **EDGE).line((400, 80), (456, 80), RED).text((428, 220), "khăn", 22)
    sheet.line((392, 40), (464, 40), BROWN, stroke_width=8)
    return Picture(sheet.svg(), "Rửa tay dưới vòi nước với xà phòng, lau bằng khăn sạch.")
