"""Numbers to look at: bars, pies, grids, number lines, place values and sets of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, GREEN, INK, ORANGE, PAPER, RED, SKY, SOFT, TEAL, VIOLET, Drawing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EDGE = {"stroke": INK, "stroke_width": 2}


def fraction_bar(parts: int, coloured: int, alt: str, caption: str = "") -> Picture:
    """Draw a bar of equal `parts` of which the first are `coloured`."""
    sheet = Drawing(480, 110)
    width = 440 / parts
    for index in range(parts):
        sheet.rect((20 + index * width, 20), (width, 70), TEAL if index < coloured else PAPER, **EDGE)
    return Picture(sheet.svg(), alt, caption)


def fraction_pies(fractions: Sequence[tuple[int, int]], alt: str) -> Picture:
    """Draw one pie for each (coloured, parts), with the fraction below."""
    sheet = Drawing(480, 240)
    for number, (coloured, parts) in enumerate(fractions):
        x = 480 * (2 * number + 1) / (2 * len(fractions))
        for index in range(parts):
            start = index * 360 / parts - 90
            sheet.sector((x, 90), 74, start, start + 360 / parts, ORANGE if index < coloured else PAPER, **EDGE)
        sheet.text((x, 196), str(coloured), 24).line((x - 18, 203), (x + 18, 203), stroke_width=2.5)
        sheet.text((x, 227), str(parts), 24)
    return Picture(sheet.svg(), alt)


def hundred_grid(coloured: int, alt: str, caption: str = "") -> Picture:
    """Draw a square of 100 small squares of which the first are `coloured`, column by column."""
    sheet = Drawing(480, 300)
    for index in range(100):
        column, row = divmod(index, 10)
        fill = BLUE if index < coloured else PAPER
        sheet.rect((105 + 27 * column, 14 + 27 * row), (27, 27), fill, stroke=SOFT, stroke_width=1.5)
    sheet.rect((105, 14), (270, 270), **EDGE)
    return Picture(sheet.svg(), alt, caption)


def number_line(
    ends: tuple[int, int], steps: int, labels: Mapping[float, str], marks: Mapping[float, str], alt: str
) -> Picture:
    """Draw the number line between two integers, each unit cut in `steps`, with `labels` below and `marks` above."""
    sheet = Drawing(480, 130).arrow((14, 75), (466, 75))
    first, last = ends

    def place(value: float) -> float:
        return 44 + (value - first) * 392 / (last - first)

    for index in range((last - first) * steps + 1):
        half = 11 if index % steps == 0 else 6
        x = place(first + index / steps)
        sheet.line((x, 75 - half), (x, 75 + half), stroke_width=2.5)
    for value, words in labels.items():
        sheet.text((place(value), 112), words, 20)
    for value, words in marks.items():
        sheet.circle((place(value), 75), 7, RED).text((place(value), 48), words, 20, RED, font_weight="bold")
    return Picture(sheet.svg(), alt)


def place_values(digits: Sequence[tuple[str, str]], comma_after: int, alt: str) -> Picture:
    """Draw a decimal number digit by digit: (digit, name of its place), the comma after so many digits."""
    sheet = Drawing(480, 170)
    width = 440 / len(digits)
    for index, (digit, name) in enumerate(digits):
        x = 20 + (index + 0.5) * width
        sheet.rect((x - width / 2 + 6, 20), (width - 12, 84), SKY if index < comma_after else "#fdf0dc", rx=10, **EDGE)
        sheet.text((x, 82), digit, 50, BLUE if index < comma_after else ORANGE, font_weight="bold")
        sheet.text((x, 142), name, 18)
    sheet.text((20 + comma_after * width, 104), ",", 76, RED, font_weight="bold")
    return Picture(sheet.svg(), alt)


def number_sets() -> Picture:
    """Draw the sets N, Z and Q, each within the next."""
    sheet = Drawing(480, 290)
    sheet.ellipse((240, 145), (225, 132), "#edeaf8", stroke=VIOLET, stroke_width=4)
    sheet.ellipse((205, 160), (155, 92), "#e3eff9", stroke=BLUE, stroke_width=4)
    sheet.ellipse((175, 175), (95, 56), "#e5f3e6", stroke=GREEN, stroke_width=4)
    for x, y, name, colour in ((390, 75, "ℚ", VIOLET), (315, 135, "ℤ", BLUE), (115, 172, "ℕ", GREEN)):
        sheet.text((x, y), name, 34, colour, font_weight="bold")
    for x, y, words in ((170, 165, "0   1   5"), (185, 200, "12   100"), (235, 95, "−1   −7"), (320, 185, "−20")):
        sheet.text((x, y), words, 21, style="white-space: pre")
    for x, y, words in ((395, 135, "1/2"), (420, 175, "−0,75"), (300, 45, "3,6"), (390, 220, "−5/3")):
        sheet.text((x, y), words, 21)
    return Picture(
        sheet.svg(), "Tập hợp số tự nhiên nằm trong tập hợp số nguyên, tập hợp số nguyên nằm trong tập hợp số hữu tỉ."
    )
