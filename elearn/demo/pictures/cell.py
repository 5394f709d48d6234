"""Cells as seen in a school book: an animal cell, a plant cell, a bacterium, division, and how large things are."""

from __future__ import annotations

from math import log10

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, BROWN, GREEN, INK, ORANGE, PINK, RED, SKY, SOFT, TEAL, VIOLET, Drawing

CYTOPLASM = "#fdf0dc"


def _label(sheet: Drawing, words: str, place: tuple[float, float], target: tuple[float, float], anchor: str) -> None:
    """Write `words` beside the cell with a thin line to what they name."""
    sheet.line((place[0], place[1] - 6), target, SOFT, stroke_width=1.5).circle(target, 3, INK)
    gap = -6 if anchor == "end" else 6
    sheet.text((place[0] + gap, place[1]), words, 19, text_anchor=anchor)


def _nucleus(sheet: Drawing, x: float, y: float, radius: float) -> None:
    sheet.circle((x, y), radius, "#c9bde6", stroke=VIOLET, stroke_width=3).circle(
        (x + radius / 4, y), radius / 3, VIOLET
    )


def _mitochondrion(sheet: Drawing, x: float, y: float) -> None:
    sheet.ellipse((x, y), (19, 10), PINK, stroke=RED, stroke_width=2)
    sheet.path(f"M{x - 13} {y} l5 -5 l5 9 l5 -9 l5 9 l5 -5", "none", stroke=RED, stroke_width=2)


def animal_cell() -> Picture:
    """Draw an animal cell with its three main parts named."""
    sheet = Drawing(480, 300)
    sheet.path(
        "M120 60 C180 20 300 30 320 110 C340 190 300 270 210 262 C120 262 70 230 74 160 C76 120 90 80 120 60 Z",
        CYTOPLASM, stroke=ORANGE, stroke_width=5,
    )  # fmt: skip
    _nucleus(sheet, 195, 150, 46)
    for x, y in ((120, 110), (265, 95), (270, 205), (140, 215)):
        _mitochondrion(sheet, x, y)
    _label(sheet, "Màng tế bào", (346, 60), (306, 80), "start")
    _label(sheet, "Tế bào chất", (356, 160), (290, 150), "start")
    _label(sheet, "Nhân", (346, 260), (225, 175), "start")
    _label(sheet, "Ti thể", (70, 50), (112, 104), "end")
    return Picture(sheet.svg(), "Tế bào động vật có màng tế bào, tế bào chất, nhân; trong tế bào chất có ti thể.")


def plant_cell() -> Picture:
    """Draw a plant cell: wall, chloroplasts and the large vacuole are what an animal cell lacks."""
    sheet = Drawing(480, 310)
    sheet.rect((110, 24), (230, 262), "#b7d7a8", rx=26, stroke=GREEN, stroke_width=6)
    sheet.rect((124, 38), (202, 234), CYTOPLASM, rx=18, stroke=ORANGE, stroke_width=3)
    sheet.ellipse((215, 190), (72, 62), SKY, stroke=BLUE, stroke_width=3)
    _nucleus(sheet, 270, 86, 32)
    for x, y in ((155, 70), (200, 105), (150, 250), (300, 150), (295, 250), (146, 150)):
        sheet.ellipse((x, y), (18, 11), GREEN, stroke="#2f6a3b", stroke_width=2)
    _label(sheet, "Thành", (92, 52), (114, 60), "end")
    sheet.text((86, 74), "tế bào", 19, text_anchor="end")
    _label(sheet, "Lục lạp", (92, 160), (146, 150), "end")
    _label(sheet, "Nhân", (362, 90), (280, 86), "start")
    _label(sheet, "Không", (362, 185), (260, 190), "start")
    sheet.text((368, 207), "bào lớn", 19, text_anchor="start")
    _label(sheet, "Màng", (362, 258), (325, 250), "start")
    sheet.text((368, 280), "tế bào", 19, text_anchor="start")
    return Picture(sheet.svg(), "Tế bào thực vật có thêm thành tế bào, lục lạp và không bào lớn.")


def bacterium() -> Picture:
    """Draw a bacterium: no nucleus, only a nuclear region."""
    sheet = Drawing(480, 220)
    sheet.path("M330 110 q30 -30 55 0 t55 0", "none", stroke=BROWN, stroke_width=4)
    sheet.rect((90, 50), (245, 120), "#bfe0dd", rx=60, stroke=TEAL, stroke_width=7)
    sheet.rect((101, 61), (223, 98), CYTOPLASM, rx=49, stroke=ORANGE, stroke_width=3)
    sheet.path(
        "M160 110 q15 -34 36 -6 t34 -4 t32 8 q-18 30 -40 8 t-36 6 q-20 8 -26 -12 Z",
        "none",
        stroke=VIOLET,
        stroke_width=4,
    )
    _label(sheet, "Vùng nhân", (250, 32), (215, 98), "start")
    _label(sheet, "Màng tế bào", (150, 206), (140, 155), "start")
    _label(sheet, "Thành tế bào", (330, 206), (300, 167), "start")
    return Picture(sheet.svg(), "Tế bào nhân sơ: có thành, màng, tế bào chất và vùng nhân, chưa có nhân hoàn chỉnh.")


def division() -> Picture:
    """Draw one cell becoming two, and two becoming four."""
    sheet = Drawing(480, 230)
    columns = ((60, (115,)), (230, (70, 160)), (400, (35, 88, 142, 195)))
    for number, (x, heights) in enumerate(columns):
        radius = (44, 36, 24)[number]
        for y in heights:
            sheet.circle((x, y), radius, CYTOPLASM, stroke=ORANGE, stroke_width=4)
            sheet.circle((x, y), radius / 2.6, VIOLET)
    for start, end in (((112, 105), (184, 75)), ((112, 125), (184, 155))):
        sheet.arrow(start, end, SOFT)
    for y, ends in ((70, (38, 84)), (160, (146, 192))):
        for end in ends:
            sheet.arrow((274, y), (366, end), SOFT)
    return Picture(
        sheet.svg(),
        "Một tế bào phân chia thành hai, hai tế bào phân chia thành bốn.",
        "Sau mỗi lần phân chia, số tế bào tăng gấp đôi.",
    )


def scale_of_sizes() -> Picture:
    """Draw a logarithmic ruler from one nanometre to one metre with some cells on it."""
    sheet = Drawing(480, 230).line((30, 120), (455, 120), stroke_width=4)

    def place(metres: float) -> float:
        return 45 + (log10(metres) + 7) * 400 / 7

    ticks = ((1e-6, "1 µm"), (1e-5, "10 µm"), (1e-4, "0,1 mm"), (1e-3, "1 mm"), (1e-2, "1 cm"), (1e-1, "10 cm"))
    for metres, name in ticks:
        sheet.line((place(metres), 112), (place(metres), 128), stroke_width=3).text(
            (place(metres), 150), name, 16, SOFT
        )
    things = ((1.5e-6, "vi khuẩn", TEAL, 80), (7e-6, "hồng cầu", RED, 25), (1e-4, "trứng người", VIOLET, 52),
              (3e-2, "lòng đỏ trứng gà", ORANGE, 25))  # fmt: skip
    for metres, name, colour, height in things:
        sheet.line((place(metres), height + 8), (place(metres), 116), colour, stroke_width=2)
        sheet.circle((place(metres), 120), 8, colour).text(
            (place(metres), height), name, 19, colour, font_weight="bold"
        )
    sheet.rect((30, 175), (270, 30), "#efe9f7", rx=8).text((165, 197), "chỉ thấy qua kính hiển vi", 18, VIOLET)
    sheet.rect((305, 175), (150, 30), "#fdf0dc", rx=8).text((380, 197), "thấy bằng mắt", 18, BROWN)
    return Picture(
        sheet.svg(),
        "Thang kích thước: vi khuẩn 1 đến 2 micrômét, hồng cầu 7, trứng người 100, lòng đỏ trứng gà vài xentimét.",
    )
