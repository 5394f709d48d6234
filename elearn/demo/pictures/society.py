"""Timelines, savings, word families, curves of a market: pictures for history, language and economics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, FAINT, GREEN, INK, ORANGE, PINK, RED, SKY, TEAL, VIOLET, YELLOW, Drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE = {"stroke": INK, "stroke_width": 3}


def timeline(marks: Sequence[tuple[int, str]], first: int, last: int, alt: str) -> Picture:
    """Draw years on a line; negative years are before the Common Era."""
    sheet = Drawing(480, 180).arrow((15, 90), (465, 90), stroke_width=4)
    for place, (year, words) in enumerate(marks):
        x = 45 + 390 * (year - first) / (last - first)
        sheet.circle((x, 90), 8, RED if year < 0 else BLUE)
        sheet.text((x, 62 if place % 2 else 128), words, 20, RED if year < 0 else BLUE)
    zero = 45 + 390 * (0 - first) / (last - first)
    sheet.line((zero, 70), (zero, 110), VIOLET, stroke_width=4).text((zero, 166), "Công nguyên", 20, VIOLET)
    return Picture(sheet.svg(), alt)


def jars() -> Picture:
    """Draw three jars: to spend, to save, to share."""
    sheet = Drawing(480, 230)
    for x, words, colour, height in (
        (90, "chi tiêu", ORANGE, 70),
        (240, "tiết kiệm", GREEN, 100),
        (390, "chia sẻ", PINK, 40),
    ):
        sheet.rect((x - 46, 166 - height), (92, height), colour).rect((x - 50, 40), (100, 130), "none", rx=14, **EDGE)
        sheet.rect((x - 40, 24), (80, 18), TEAL, rx=5, **EDGE).text((x, 206), words, 22)
    return Picture(sheet.svg(), "Ba chiếc lọ: tiền để chi tiêu, tiền tiết kiệm và tiền chia sẻ.")


def word_tree() -> Picture:
    """Draw how words are divided by their syllables."""
    sheet = Drawing(480, 270)
    boxes = (
        (240, 34, "Từ", SKY),
        (120, 124, "Từ đơn", YELLOW),
        (350, 124, "Từ phức", YELLOW),
        (270, 220, "Từ ghép", PINK),
        (410, 220, "Từ láy", PINK),
    )
    for start, end in (
        ((240, 56), (120, 100)),
        ((240, 56), (350, 100)),
        ((350, 146), (270, 196)),
        ((350, 146), (410, 196)),
    ):
        sheet.line(start, end)
    for x, y, words, colour in boxes:
        sheet.rect((x - 62, y - 24), (124, 48), colour, rx=10, **EDGE).text((x, y + 8), words, 23)
    return Picture(sheet.svg(), "Từ gồm từ đơn và từ phức; từ phức gồm từ ghép và từ láy.")


def market(*, shift: bool = False) -> Picture:
    """Draw demand falling and supply rising with price; with a second demand curve when it has risen."""
    sheet = Drawing(480, 330).arrow((70, 280), (450, 280)).arrow((70, 280), (70, 24))
    sheet.line((100, 60), (380, 260), BLUE, stroke_width=4).line((100, 260), (380, 60), RED, stroke_width=4)
    sheet.text((404, 268), "cầu", 22, BLUE).text((404, 62), "cung", 22, RED)
    sheet.circle((240, 160), 7, INK).line((240, 160), (240, 280), FAINT).line((70, 160), (240, 160), FAINT)
    sheet.text((90, 30), "giá", 20, text_anchor="start").text((420, 310), "số lượng", 20).text((50, 166), "P₀", 22)
    if shift:
        sheet.line((180, 40), (430, 219), VIOLET, stroke_width=4, stroke_dasharray="10 6").circle((294, 121), 7, VIOLET)
        sheet.arrow((210, 150), (250, 150), VIOLET).text((50, 128), "P₁", 22, VIOLET)
    return Picture(
        sheet.svg(),
        "Cầu tăng: đường cầu dịch sang phải, giá và lượng cân bằng đều tăng."
        if shift
        else "Đường cầu dốc xuống, đường cung dốc lên, cắt nhau tại giá cân bằng.",
    )
