"""Searching in lists, cells of a sheet, views of a body, accounts: pictures for informatics and trades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, FAINT, GREEN, INK, ORANGE, PAPER, RED, SKY, SOFT, YELLOW, Drawing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

EDGE = {"stroke": INK, "stroke_width": 3}


def boxes(values: Sequence[int], looked: Collection[int], found: int | None, alt: str) -> Picture:
    """Draw a list in boxes; those looked at are marked, the found one green."""
    sheet, width = Drawing(480, 110), 464 / len(values)
    for place, value in enumerate(values):
        fill = GREEN if place == found else YELLOW if place in looked else PAPER
        x = 8 + width * place
        sheet.rect((x, 20), (width, 50), fill, **EDGE).text((x + width / 2, 53), str(value), 22)
        sheet.text((x + width / 2, 98), str(place + 1), 18, SOFT)
    return Picture(sheet.svg(), alt)


def cells(
    head: Sequence[str], rows: Sequence[Sequence[str]], alt: str, marked: tuple[int, int] | None = None
) -> Picture:
    """Draw a spreadsheet: columns A, B, ..., numbered rows, the first row as heading."""
    lines = [head, *rows]
    sheet, width = Drawing(480, 46 + 38 * len(lines)), 430 / len(head)
    for column in range(len(head)):
        sheet.text((44 + width * (column + 0.5), 26), "ABCDEFG"[column], 20, SOFT)
    for number, line in enumerate(lines):
        y = 36 + 38 * number
        sheet.text((24, y + 26), str(number + 1), 20, SOFT)
        for column, words in enumerate(line):
            fill = YELLOW if (number, column) == marked else SKY if number == 0 else PAPER
            sheet.rect((44 + width * column, y), (width, 38), fill, stroke=INK, stroke_width=1.5)
            sheet.text((44 + width * (column + 0.5), y + 26), words, 19)
    return Picture(sheet.svg(), alt)


def step_block() -> Picture:
    """Draw a block with a step, seen at an angle, with the three directions of view."""
    sheet = Drawing(480, 320)
    sheet.polygon([(140, 240), (140, 120), (200, 120), (200, 180), (290, 180), (290, 240)], SKY, **EDGE)
    sheet.polygon([(140, 120), (200, 80), (260, 80), (200, 120)], PAPER, **EDGE)
    sheet.polygon([(200, 120), (260, 80), (260, 140), (200, 180)], "#a9d3ea", **EDGE)
    sheet.polygon([(200, 180), (260, 140), (350, 140), (290, 180)], PAPER, **EDGE)
    sheet.polygon([(290, 180), (350, 140), (350, 200), (290, 240)], "#a9d3ea", **EDGE)
    sheet.arrow((60, 300), (130, 250), RED).text((60, 290), "trước", 21, RED, text_anchor="middle")
    sheet.arrow((230, 20), (230, 72), GREEN).text((285, 34), "trên", 21, GREEN)
    sheet.arrow((60, 160), (130, 170), BLUE).text((60, 146), "trái", 21, BLUE)
    return Picture(sheet.svg(), "Vật thể hình bậc thang với ba hướng nhìn: từ trước, từ trên và từ trái.")


def three_views() -> Picture:
    """Draw front, top and left view of the step block in first-angle arrangement."""
    sheet = Drawing(480, 360)
    sheet.polygon([(60, 170), (60, 50), (120, 50), (120, 110), (210, 110), (210, 170)], **EDGE)
    sheet.rect((60, 230), (150, 80), **EDGE).line((120, 230), (120, 310))
    # Seen from the left, the lower step is hidden behind the higher one: a dashed line.
    sheet.rect((300, 50), (80, 120), **EDGE).line((300, 110), (380, 110), stroke_dasharray="10 7", stroke_width=2)
    for x in (60, 120, 210):
        sheet.line((x, 172), (x, 228), FAINT, stroke_dasharray="4 5", stroke_width=1.5)
    for y in (50, 110, 170):
        sheet.line((212, y), (298, y), FAINT, stroke_dasharray="4 5", stroke_width=1.5)
    sheet.text((135, 30), "hình chiếu đứng", 20, RED).text((135, 342), "hình chiếu bằng", 20, GREEN)
    sheet.text((350, 30), "hình chiếu cạnh", 20, BLUE)
    return Picture(
        sheet.svg(),
        "Hình chiếu bằng đặt dưới hình chiếu đứng, hình chiếu cạnh đặt bên phải, có một cạnh khuất vẽ nét đứt.",
    )


def t_account(name: str, debit: Sequence[str], credit: Sequence[str], alt: str) -> Picture:
    """Draw an account in the form of a T with its entries."""
    sheet = Drawing(480, 110 + 34 * max(len(debit), len(credit)))
    sheet.text((240, 34), name, 23, font_weight="bold").line((40, 50), (440, 50)).line(
        (240, 50), (240, 100 + 34 * max(len(debit), len(credit)))
    )
    sheet.text((70, 80), "Nợ", 22, BLUE).text((410, 80), "Có", 22, RED)
    for place, words in enumerate(debit):
        sheet.text((225, 112 + 34 * place), words, 21, text_anchor="end")
    for place, words in enumerate(credit):
        sheet.text((255, 112 + 34 * place), words, 21, ORANGE, text_anchor="start")
    return Picture(sheet.svg(), alt)
