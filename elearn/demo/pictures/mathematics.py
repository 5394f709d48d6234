"""Right triangles, parabolas and small charts for mathematics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, FAINT, GREEN, INK, ORANGE, RED, SKY, TEAL, VIOLET, YELLOW, Drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE = {"stroke": INK, "stroke_width": 3}


def right_triangle(legs: tuple[str, str], hypotenuse: str) -> Picture:
    """Draw a right triangle with its right angle at the lower left and the lengths beside its sides."""
    sheet = Drawing(480, 280).polygon([(110, 220), (390, 220), (110, 50)], SKY, **EDGE)
    sheet.path("M110 198 H132 V220", **EDGE)
    sheet.text((70, 142), legs[0], 24, RED).text((250, 258), legs[1], 24, BLUE).text((280, 120), hypotenuse, 24, GREEN)
    for x, y, name in ((92, 240, "A"), (92, 46, "B"), (408, 240, "C")):
        sheet.text((x, y), name, 24, font_weight="bold")
    return Picture(
        sheet.svg(), f"Tam giác ABC vuông tại A: AB là {legs[0]}, AC là {legs[1]}, cạnh huyền BC là {hypotenuse}."
    )


def squares_on_sides() -> Picture:
    """Draw the triangle 3, 4, 5 with the squares on its sides, cell by cell."""
    sheet, cell = Drawing(480, 470), 32
    corner = (180, 250)  # of the right angle
    for row in range(3):
        for column in range(3):
            sheet.rect((corner[0] - cell * (column + 1), corner[1] - cell * (row + 1)), (cell, cell), "#f3c3b8", **EDGE)
    for row in range(4):
        for column in range(4):
            sheet.rect((corner[0] + cell * column, corner[1] + cell * row), (cell, cell), SKY, **EDGE)
    top, right = (corner[0], corner[1] - 3 * cell), (corner[0] + 4 * cell, corner[1])
    along, out = ((right[0] - top[0]) / 5, (right[1] - top[1]) / 5), ((top[1] - right[1]) / -5, (top[0] - right[0]) / 5)
    for row in range(5):
        for column in range(5):
            x = top[0] + along[0] * column + out[0] * row
            y = top[1] + along[1] * column + out[1] * row
            second = (x + along[0], y + along[1])
            sheet.polygon(
                [(x, y), second, (second[0] + out[0], second[1] + out[1]), (x + out[0], y + out[1])], "#cfe8cf", **EDGE
            )
    sheet.polygon([corner, top, right], YELLOW, **EDGE)
    for place, words, colour in (((132, 214), "9", RED), ((244, 326), "16", BLUE), ((292, 150), "25", GREEN)):
        sheet.text(place, words, 34, colour, font_weight="bold", stroke="#ffffff", stroke_width=6, paint_order="stroke")
    return Picture(sheet.svg(), "Các hình vuông dựng trên ba cạnh 3, 4, 5 có 9, 16 và 25 ô: 9 + 16 = 25.")


def ladder() -> Picture:
    """Draw a ladder against a wall: 5 m long, its foot 3 m from the wall."""
    sheet = Drawing(480, 300).rect((110, 20), (24, 240), "#c9b39a", **EDGE).line((60, 260), (440, 260), stroke_width=5)
    sheet.line((134, 60), (330, 260), "#8a6242", stroke_width=8)
    sheet.text((260, 140), "5 m", 26, RED).text((232, 290), "3 m", 26, BLUE).text((90, 160), "?", 30, GREEN)
    return Picture(sheet.svg(), "Thang dài 5 m dựa vào tường, chân thang cách tường 3 m.")


def _axes(sheet: Drawing, origin: tuple[float, float], unit: float) -> None:
    x0, y0 = origin
    for step in range(-4, 6):
        if 20 < x0 + unit * step < 460:  # noqa: PLR2004 - within the sheet
            sheet.line((x0 + unit * step, 20), (x0 + unit * step, 320), FAINT, stroke_width=1)
    for step in range(-4, 8):
        if 20 < y0 - unit * step < 320:  # noqa: PLR2004 - likewise
            sheet.line((30, y0 - unit * step), (450, y0 - unit * step), FAINT, stroke_width=1)
    sheet.arrow((30, y0), (458, y0)).arrow((x0, 322), (x0, 14))
    sheet.text((452, y0 + 28), "x", 22, font_style="italic").text((x0 + 18, 30), "y", 22, font_style="italic")
    sheet.text((x0 - 14, y0 + 24), "O", 20)


def parabola(a: float, b: float, c: float, alt: str, *, turned: bool = True) -> Picture:
    """Draw y = ax² + bx + c, with its axis and vertex when `turned`."""
    sheet, origin, unit = Drawing(480, 340), (180, 220), 40
    _axes(sheet, origin, unit)
    points = []
    for step in range(-80, 161):
        x = step / 20
        px, py = origin[0] + unit * x, origin[1] - unit * (a * x * x + b * x + c)
        if 30 <= px <= 450 and 16 <= py <= 324:  # noqa: PLR2004 - within the sheet
            points.append(f"{px:.1f} {py:.1f}")
    sheet.path("M" + " L".join(points), stroke=RED, stroke_width=4)
    if turned:
        x, y = -b / (2 * a), c - b * b / (4 * a)
        px, py = origin[0] + unit * x, origin[1] - unit * y
        sheet.line((px, 20), (px, 320), VIOLET, stroke_dasharray="8 6", stroke_width=2).circle((px, py), 7, BLUE)
        sheet.text((px + 20, py + (26 if a > 0 else -14)), "I", 24, BLUE, font_weight="bold")
    return Picture(sheet.svg(), alt)


def columns(labels: Sequence[str], values: Sequence[int], alt: str, caption: str = "") -> Picture:
    """Draw a column chart with the value above each column."""
    sheet, highest = Drawing(480, 280), max(values)
    width = 420 / len(values)
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        height, x = 180 * value / highest, 40 + width * place
        sheet.rect((x + width * 0.15, 230 - height), (width * 0.7, height), TEAL if value < highest else ORANGE)
        sheet.text((x + width / 2, 222 - height), str(value), 21).text((x + width / 2, 258), label, 20)
    sheet.line((36, 230), (464, 230))
    return Picture(sheet.svg(), alt, caption)
