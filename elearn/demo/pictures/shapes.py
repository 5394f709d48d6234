"""Plane figures and the things of a child's day that have their form."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, BROWN, FAINT, GREEN, INK, ORANGE, PAPER, RED, SKY, YELLOW, Drawing

EDGE = {"stroke": INK, "stroke_width": 3}
NAMES = {"circle": "Hình tròn", "square": "Hình vuông", "triangle": "Hình tam giác", "rectangle": "Hình chữ nhật"}
COLOURS = {"circle": RED, "square": BLUE, "triangle": GREEN, "rectangle": ORANGE}


def _put(sheet: Drawing, shape: str, centre: tuple[float, float], half: float, colour: str) -> Drawing:
    """Draw a figure around `centre` that reaches `half` to each side."""
    x, y = centre
    if shape == "circle":
        return sheet.circle((x, y), half, colour, **EDGE)
    if shape == "triangle":
        return sheet.polygon([(x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)], colour, **EDGE)
    height = half if shape == "square" else half * 0.6
    return sheet.rect((x - half, y - height), (2 * half, 2 * height), colour, **EDGE)


def figure(shape: str, colour: str = "") -> Picture:
    """Draw one figure alone: "circle", "square", "triangle" or "rectangle"."""
    sheet = _put(Drawing(200, 200), shape, (100, 100), 72, colour or COLOURS[shape])
    return Picture(sheet.svg(), NAMES[shape])


def four_figures() -> Picture:
    """Draw the four figures side by side with their names."""
    sheet = Drawing(480, 330)
    for number, (shape, name) in enumerate(NAMES.items()):
        x, y = 125 + 230 * (number % 2), 75 + 165 * (number // 2)
        _put(sheet, shape, (x, y), 52, COLOURS[shape]).text((x, y + 82), name, 22)
    return Picture(sheet.svg(), "Bốn hình: tròn màu đỏ, vuông màu xanh dương, tam giác màu xanh lá, chữ nhật màu cam.")


def clock_and_ball() -> Picture:
    """Draw round things: a clock, a ball and a plate."""
    sheet = Drawing(480, 190)
    sheet.circle((90, 90), 66, PAPER, stroke=RED, stroke_width=10).line((90, 90), (90, 50), stroke_width=6)
    sheet.line((90, 90), (118, 104), stroke_width=6).circle((90, 90), 6, INK)
    sheet.circle((240, 90), 66, YELLOW, **EDGE).path("M182 62 Q240 100 298 62 M182 118 Q240 80 298 118", "none", **EDGE)
    sheet.circle((390, 90), 66, SKY, **EDGE).circle((390, 90), 42, PAPER, **EDGE)
    for x, name in ((90, "đồng hồ"), (240, "quả bóng"), (390, "cái đĩa")):
        sheet.text((x, 182), name, 20)
    return Picture(sheet.svg(), "Đồng hồ, quả bóng và cái đĩa đều có dạng hình tròn.")


def window_and_tile() -> Picture:
    """Draw square things: a window, a handkerchief and a floor tile."""
    sheet = Drawing(480, 190)
    sheet.rect((30, 24), (130, 130), SKY, stroke=BROWN, stroke_width=9)
    sheet.line((95, 24), (95, 154), BROWN, stroke_width=7).line((30, 89), (160, 89), BROWN, stroke_width=7)
    sheet.rect((178, 24), (130, 130), "#f4b9c4", **EDGE).rect((194, 40), (98, 98), "none", stroke=RED, stroke_width=4)
    sheet.rect((326, 24), (130, 130), "#f0e2c5", **EDGE)
    sheet.polygon([(391, 36), (444, 89), (391, 142), (338, 89)], ORANGE)
    for x, name in ((95, "cửa sổ"), (243, "khăn tay"), (391, "viên gạch hoa")):
        sheet.text((x, 182), name, 20)
    return Picture(sheet.svg(), "Cửa sổ, khăn tay và viên gạch hoa có dạng hình vuông.")


def door_and_flag() -> Picture:
    """Draw things with the form of a rectangle (a door) and a triangle (a pennant, a sign)."""
    sheet = Drawing(480, 240)
    sheet.rect((40, 20), (100, 180), BROWN, **EDGE).rect((56, 38), (68, 60), "#a77c58").circle((124, 120), 6, YELLOW)
    sheet.line((200, 20), (200, 205), BROWN, stroke_width=7)
    sheet.polygon([(203, 24), (300, 65), (203, 106)], RED, **EDGE)
    sheet.polygon([(395, 40), (462, 156), (328, 156)], YELLOW, stroke=RED, stroke_width=10)
    sheet.line((395, 80), (395, 118), stroke_width=9).circle((395, 137), 6, INK)
    sheet.rect((389, 162), (12, 43), FAINT)
    for x, name in ((90, "cánh cửa"), (240, "cờ đuôi nheo"), (395, "biển báo")):
        sheet.text((x, 232), name, 20)
    return Picture(sheet.svg(), "Cánh cửa có dạng hình chữ nhật; lá cờ và biển báo có dạng hình tam giác.")


def house() -> Picture:
    """Draw a house made of the four figures."""
    sheet = Drawing(480, 300).rect((0, 240), (480, 60), "#cfe3c2")
    sheet.polygon([(240, 30), (400, 130), (80, 130)], GREEN, **EDGE).rect((110, 130), (260, 120), "#f7e7c8", **EDGE)
    sheet.rect((205, 160), (60, 90), ORANGE, **EDGE)
    for x in (135, 300):
        sheet.rect((x, 155), (48, 48), BLUE, **EDGE)
    sheet.circle((420, 55), 34, RED, **EDGE)
    return Picture(sheet.svg(), "Ngôi nhà: mái tam giác, cửa ra vào chữ nhật, hai cửa sổ vuông và ông mặt trời tròn.")
