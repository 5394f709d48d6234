"""Animals of a farmyard, simple enough for small children."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BROWN, GREEN, INK, ORANGE, PAPER, PINK, RED, SKY, SOFT, YELLOW, Drawing

EDGE = {"stroke": INK, "stroke_width": 3}


def hen() -> Picture:
    """Draw a hen."""
    sheet = Drawing(200, 200).polygon([(28, 60), (52, 92), (34, 112)], BROWN, **EDGE)
    sheet.ellipse((95, 115), (62, 46), ORANGE, **EDGE).circle((152, 70), 28, ORANGE, **EDGE)
    for x in (138, 152, 166):
        sheet.circle((x, 42), 9, RED)
    sheet.polygon([(176, 66), (196, 74), (176, 82)], YELLOW, **EDGE).circle((158, 66), 5, INK)
    sheet.path("M70 110 Q95 140 122 108", BROWN, **EDGE)
    for x in (82, 112):
        sheet.line((x, 158), (x, 188), ORANGE, stroke_width=5).line((x - 12, 188), (x + 14, 188), ORANGE)
    return Picture(sheet.svg(), "Con gà")


def duck() -> Picture:
    """Draw a duck on water."""
    sheet = Drawing(200, 200).path("M30 110 Q60 168 140 150 Q176 140 170 108 Q110 118 30 110 Z", PAPER, **EDGE)
    sheet.circle((150, 76), 30, PAPER, **EDGE).path("M176 74 Q200 72 196 84 Q186 92 174 88 Z", ORANGE, **EDGE)
    sheet.circle((156, 68), 5, INK).path("M70 122 Q96 146 124 122", SKY, **EDGE)
    for y in (168, 184):
        sheet.path(f"M10 {y} q22 -12 45 0 t45 0 t45 0 t45 0", stroke="#5aa0cf", stroke_width=4)
    return Picture(sheet.svg(), "Con vịt")


def cat() -> Picture:
    """Draw the head of a cat."""
    sheet = Drawing(200, 200).polygon([(42, 92), (48, 30), (94, 62)], SOFT, **EDGE)
    sheet.polygon([(158, 92), (152, 30), (106, 62)], SOFT, **EDGE).circle((100, 112), 66, "#b9c3c9", **EDGE)
    for x in (76, 124):
        sheet.ellipse((x, 100), (11, 14), GREEN, **EDGE).ellipse((x, 100), (4, 12), INK)
    sheet.polygon([(92, 126), (108, 126), (100, 136)], PINK, **EDGE).path(
        "M82 146 Q92 156 100 144 Q108 156 118 146", **EDGE
    )
    for dy in (-6, 6):
        sheet.line((64, 136), (20, 132 + 2 * dy)).line((136, 136), (180, 132 + 2 * dy))
    return Picture(sheet.svg(), "Con mèo")


def buffalo() -> Picture:
    """Draw the head of a water buffalo."""
    sheet = Drawing(200, 200).path("M60 76 Q8 70 14 26 Q40 62 84 56 Z", SOFT, **EDGE)
    sheet.path("M140 76 Q192 70 186 26 Q160 62 116 56 Z", SOFT, **EDGE)
    sheet.path("M56 66 Q100 40 144 66 L132 150 Q100 190 68 150 Z", "#5b6770", **EDGE)
    sheet.ellipse((100, 156), (36, 24), PINK, **EDGE).circle((88, 156), 5, INK).circle((112, 156), 5, INK)
    sheet.circle((80, 98), 6, INK).circle((120, 98), 6, INK)
    return Picture(sheet.svg(), "Con trâu")


def fish() -> Picture:
    """Draw a fish."""
    sheet = Drawing(200, 200).polygon([(40, 100), (6, 62), (6, 138)], RED, **EDGE)
    sheet.ellipse((108, 100), (76, 44), ORANGE, **EDGE).circle((152, 90), 8, PAPER, **EDGE).circle((153, 90), 4, INK)
    sheet.path("M128 66 Q112 100 128 134", **EDGE).path("M182 108 Q170 116 162 112", **EDGE)
    sheet.polygon([(88, 58), (120, 56), (100, 34)], RED, **EDGE)
    return Picture(sheet.svg(), "Con cá")


ALL = {"gà": hen, "vịt": duck, "mèo": cat, "trâu": buffalo, "cá": fish}
