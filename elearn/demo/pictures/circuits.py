"""Electric circuits with the symbols of school books: cell, resistor, meters, lamp, switches."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, BROWN, GREEN, INK, ORANGE, PAPER, RED, SKY, YELLOW, Drawing, Point

WIRE = {"stroke_width": 3}


def _wires(sheet: Drawing, *points: Point, stroke: str = INK) -> None:
    path = "M" + " L".join(f"{x:g} {y:g}" for x, y in points)
    sheet.path(path, "none", stroke=stroke, stroke_width=3)


def _resistor(sheet: Drawing, x: float, y: float, name: str) -> None:
    """Draw a lying resistor around (x, y)."""
    sheet.rect((x - 36, y - 14), (72, 28), SKY, stroke=INK, stroke_width=3).text((x, y - 24), name, 22)


def _meter(sheet: Drawing, x: float, y: float, letter: str) -> None:
    sheet.circle((x, y), 21, PAPER, stroke=INK, stroke_width=3).text((x, y + 8), letter, 22, font_weight="bold")


def _lamp(sheet: Drawing, x: float, y: float, *, lit: bool = True) -> None:
    sheet.circle((x, y), 24, YELLOW if lit else PAPER, stroke=INK, stroke_width=3)
    sheet.line((x - 17, y - 17), (x + 17, y + 17)).line((x - 17, y + 17), (x + 17, y - 17))


def _cell(sheet: Drawing, x: float, y: float) -> None:
    """Draw a cell in a lying wire: the long plate is its positive pole."""
    sheet.rect((x - 9, y - 4), (18, 8), PAPER).line((x - 9, y - 24), (x - 9, y + 24), RED, stroke_width=4)
    sheet.line((x + 9, y - 12), (x + 9, y + 12), BLUE, stroke_width=7)
    sheet.text((x - 28, y - 12), "+", 24, RED).text((x + 28, y - 12), "−", 24, BLUE)


def measured_resistor() -> Picture:
    """Draw a resistor with an ammeter in series and a voltmeter in parallel."""
    sheet = Drawing(480, 310)
    _wires(sheet, (80, 240), (80, 130), (400, 130), (400, 240), (80, 240))
    _wires(sheet, (230, 130), (230, 50), (350, 50), (350, 130))
    _cell(sheet, 240, 240)
    _resistor(sheet, 290, 130, "R")
    _meter(sheet, 150, 130, "A")
    _meter(sheet, 290, 50, "V")
    sheet.circle((230, 130), 5, INK).circle((350, 130), 5, INK).arrow((80, 215), (80, 165), ORANGE, stroke_width=4)
    sheet.text((56, 198), "I", 24, ORANGE, font_style="italic").text((240, 292), "nguồn điện", 20)
    return Picture(sheet.svg(), "Mạch điện: ampe kế nối tiếp với điện trở R, vôn kế song song với R.")


def volt_ampere_graph() -> Picture:
    """Draw the straight I(U) characteristics of two resistors."""
    sheet = Drawing(480, 320)
    for step in range(1, 6):
        sheet.line((70 + 68 * step, 30), (70 + 68 * step, 265), "#e4e0d5", stroke_width=1.5)
        sheet.text((70 + 68 * step, 290), str(2 * step), 18)
    for step in range(1, 5):
        sheet.line((70, 265 - 54 * step), (430, 265 - 54 * step), "#e4e0d5", stroke_width=1.5)
        sheet.text((60, 271 - 54 * step), f"{step / 2:g}".replace(".", ","), 18, text_anchor="end")
    sheet.arrow((70, 265), (452, 265)).arrow((70, 265), (70, 18)).text((60, 286), "0", 18, text_anchor="end")
    sheet.line((70, 265), (342, 49), RED, stroke_width=4).line((70, 265), (410, 175), BLUE, stroke_width=4)
    sheet.text((352, 62), "R₁", 22, RED, text_anchor="start").text((416, 182), "R₂", 22, BLUE, text_anchor="start")
    sheet.text((446, 310), "U (V)", 20).text((82, 26), "I (A)", 20, text_anchor="start")
    return Picture(
        sheet.svg(), "Đồ thị cường độ dòng điện theo hiệu điện thế là đường thẳng qua gốc toạ độ; R₁ dốc hơn R₂."
    )


def series() -> Picture:
    """Draw two resistors in series with a cell."""
    sheet = Drawing(480, 240)
    _wires(sheet, (70, 180), (70, 80), (410, 80), (410, 180), (70, 180))
    _cell(sheet, 240, 180)
    _resistor(sheet, 170, 80, "R₁")
    _resistor(sheet, 310, 80, "R₂")
    sheet.arrow((70, 160), (70, 105), ORANGE, stroke_width=4).text((46, 140), "I", 24, ORANGE, font_style="italic")
    return Picture(sheet.svg(), "Hai điện trở R₁ và R₂ mắc nối tiếp với nguồn điện.")


def parallel() -> Picture:
    """Draw two resistors in parallel with a cell."""
    sheet = Drawing(480, 320)
    _wires(sheet, (60, 265), (60, 120), (130, 120))
    _wires(sheet, (350, 120), (420, 120), (420, 265), (60, 265))
    _wires(sheet, (130, 120), (130, 60), (350, 60), (350, 180), (130, 180), (130, 120))
    _cell(sheet, 240, 265)
    _resistor(sheet, 240, 60, "R₁")
    _resistor(sheet, 240, 180, "R₂")
    sheet.circle((130, 120), 6, INK).circle((350, 120), 6, INK)
    sheet.arrow((72, 120), (115, 120), ORANGE, stroke_width=4).text((90, 105), "I", 24, ORANGE, font_style="italic")
    sheet.arrow((142, 60), (182, 60), RED, stroke_width=4).text((160, 46), "I₁", 22, RED, font_style="italic")
    sheet.arrow((142, 180), (182, 180), BLUE, stroke_width=4).text((160, 166), "I₂", 22, BLUE, font_style="italic")
    return Picture(sheet.svg(), "Hai điện trở R₁ và R₂ mắc song song, dòng điện I chia thành I₁ và I₂.")


def two_way_switch() -> Picture:
    """Draw one two-way (three-pole) switch with its poles named."""
    sheet = Drawing(480, 230)
    sheet.rect((130, 25), (212, 150), "#f4f1ea", rx=14, stroke=INK, stroke_width=2)
    _wires(sheet, (30, 100), (170, 100))
    _wires(sheet, (310, 60), (450, 60))
    _wires(sheet, (310, 140), (450, 140))
    for place in ((170, 100), (310, 60), (310, 140)):
        sheet.circle(place, 8, BROWN, stroke=INK, stroke_width=2)
    sheet.line((170, 100), (303, 62), RED, stroke_width=6)
    sheet.text((72, 88), "cực động", 20).text((405, 48), "cực tĩnh 1", 20).text((405, 165), "cực tĩnh 2", 20)
    sheet.text((240, 212), "công tắc ba cực", 22, font_weight="bold")
    return Picture(sheet.svg(), "Công tắc ba cực: một cực động nối được với một trong hai cực tĩnh.")


def staircase(*, first_up: bool, second_up: bool) -> Picture:
    """Draw the staircase light: two two-way switches; it is lit when both levers are on the same wire."""
    lit = first_up == second_up
    sheet = Drawing(480, 290)
    sheet.text((18, 66), "L", 24, RED, font_weight="bold").text((18, 256), "N", 24, BLUE, font_weight="bold")
    _wires(sheet, (35, 58), (60, 58), (60, 110), (95, 110), stroke=RED)
    _wires(sheet, (165, 80), (275, 80), stroke=GREEN)
    _wires(sheet, (165, 140), (275, 140), stroke=BROWN)
    _wires(sheet, (345, 110), (425, 110), (425, 248), (35, 248), stroke=INK)
    for moving, up, side in (((95, 110), first_up, 165), ((345, 110), second_up, 275)):
        sheet.line(moving, (side, 80 if up else 140), RED, stroke_width=6).circle(moving, 8, INK)
        for y in (80, 140):
            sheet.circle((side, y), 7, PAPER, stroke=INK, stroke_width=3)
    if lit:
        sheet.circle((230, 248), 38, YELLOW, opacity=0.4)
    _lamp(sheet, 230, 248, lit=lit)
    sheet.text((130, 180), "CT1 (chân", 19).text((130, 201), "cầu thang)", 19)
    sheet.text((320, 180), "CT2 (đầu", 19).text((320, 201), "cầu thang)", 19).text((285, 240), "Đ", 22)
    _fuse(sheet)
    state = "sáng" if lit else "tắt"
    return Picture(sheet.svg(), f"Mạch đèn cầu thang với hai công tắc ba cực; đèn đang {state}.", f"Đèn **{state}**.")


def _fuse(sheet: Drawing) -> None:
    sheet.rect((52, 66), (16, 34), PAPER, stroke=INK, stroke_width=3).text((84, 70), "CC", 18, text_anchor="start")
