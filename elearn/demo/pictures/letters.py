"""The letters o, ô, ơ drawn as strokes, and things whose names hold them."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, BROWN, GREEN, INK, ORANGE, RED, TEAL, VIOLET, YELLOW, Drawing

EDGE = {"stroke": INK, "stroke_width": 3}
COLOURS = {"o": RED, "ô": BLUE, "ơ": GREEN}
ALTS = {
    "o": "Chữ o: một nét cong tròn khép kín.",
    "ô": "Chữ ô: nét cong tròn khép kín, trên đầu có dấu mũ.",
    "ơ": "Chữ ơ: nét cong tròn khép kín, bên phải có dấu móc.",
}


def _letter(sheet: Drawing, letter: str, x: float, y: float, radius: float) -> Drawing:
    stroke = {"stroke": COLOURS[letter], "stroke_width": radius * 0.3}
    sheet.circle((x, y), radius, **stroke)
    if letter == "ô":
        top = y - radius * 1.45
        sheet.path(
            f"M{x - radius * 0.7:g} {top:g} L{x:g} {top - radius * 0.55:g} L{x + radius * 0.7:g} {top:g}", **stroke
        )
    if letter == "ơ":
        right, up = x + radius * 0.72, y - radius * 0.72
        sheet.path(
            f"M{right:g} {up:g} q{radius * 0.75:g} {-radius * 0.1:g} {radius * 0.55:g} {-radius * 0.75:g}", **stroke
        )
    return sheet


def letter(name: str) -> Picture:
    """Draw one of the letters o, ô, ơ large."""
    return Picture(_letter(Drawing(220, 230), name, 105, 140, 62).svg(), ALTS[name])


def three_letters() -> Picture:
    """Draw the three letters side by side."""
    sheet = Drawing(480, 200)
    for number, name in enumerate("oôơ"):
        _letter(sheet, name, 85 + 150 * number, 125, 45)
    return Picture(sheet.svg(), "Ba chữ cái o, ô, ơ đứng cạnh nhau.")


def _hat(sheet: Drawing) -> None:
    sheet.polygon([(100, 40), (185, 150), (15, 150)], "#ecd9a0", **EDGE)
    for y, half in ((80, 31), (105, 50), (130, 70)):
        sheet.line((100 - half, y), (100 + half, y), BROWN, stroke_width=2)
    sheet.path("M40 150 Q100 215 160 150", stroke=RED, stroke_width=4)


def _umbrella(sheet: Drawing) -> None:
    sheet.path("M15 105 A85 85 0 0 1 185 105 Q157 88 128 105 Q100 88 72 105 Q43 88 15 105 Z", BLUE, **EDGE)
    sheet.path("M100 98 V165 q0 22 -20 22 q-17 0 -17 -17", stroke=BROWN, stroke_width=7)
    sheet.line((100, 20), (100, 10), stroke_width=6)


def _bow(sheet: Drawing) -> None:
    sheet.path("M100 100 Q40 35 18 62 Q8 100 18 138 Q40 165 100 100 Z", GREEN, **EDGE)
    sheet.path("M100 100 Q160 35 182 62 Q192 100 182 138 Q160 165 100 100 Z", GREEN, **EDGE)
    sheet.rect((82, 80), (36, 40), "#7fbf87", rx=9, **EDGE)


def _flag(sheet: Drawing) -> None:
    sheet.line((40, 20), (40, 190), BROWN, stroke_width=8)
    sheet.path("M44 28 Q85 10 115 30 T182 28 V110 Q145 128 115 110 T44 110 Z", ORANGE, **EDGE)


def _nest(sheet: Drawing) -> None:
    for x in (65, 100, 135):
        sheet.ellipse((x, 98), (22, 28), "#f6efdf", **EDGE)
    sheet.path("M15 105 Q100 215 185 105 Q100 135 15 105 Z", BROWN, **EDGE)
    sheet.path("M35 130 q60 30 130 0 M55 150 q45 20 92 0", stroke="#c9a27c", stroke_width=3)


def _ball(sheet: Drawing) -> None:
    sheet.circle((100, 100), 78, YELLOW, **EDGE)
    sheet.path("M30 68 Q100 110 170 68 M30 135 Q100 90 170 135", stroke=VIOLET, stroke_width=6)


DRAWERS = {"nón": _hat, "ô": _umbrella, "nơ": _bow, "cờ": _flag, "tổ": _nest, "bóng": _ball}
WORDS = {"nón": "cái nón", "ô": "cái ô", "nơ": "cái nơ", "cờ": "lá cờ", "tổ": "tổ chim", "bóng": "quả bóng"}


def thing(word: str) -> Picture:
    """Draw one of the things of `WORDS`."""
    sheet = Drawing(200, 205)
    DRAWERS[word](sheet)
    return Picture(sheet.svg(), WORDS[word].capitalize() + ".")


def letter_and_thing(name: str, word: str) -> Picture:
    """Draw a letter beside a thing whose name holds it, with the name below."""
    sheet = Drawing(480, 250)
    _letter(sheet, name, 115, 125, 55)
    group = Drawing(200, 205)
    DRAWERS[word](group)
    group.root.attrib.update({"x": "245", "y": "10", "width": "200", "height": "205"})
    sheet.root.append(group.root)
    sheet.text((345, 240), WORDS[word], 26, TEAL, font_weight="bold")
    return Picture(sheet.svg(), f"{ALTS[name]} Bên cạnh là hình {WORDS[word]}.")
