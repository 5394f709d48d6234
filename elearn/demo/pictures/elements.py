"""Chemical elements: one cell of the periodic table, its first twenty elements, and atoms as shells."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    PINK,
    RED,
    SKY,
    SOFT,
    TEAL,
    VIOLET,
    Drawing,
    polar,
)

METAL, METALLOID, NONMETAL, NOBLE = SKY, "#e5dcf3", "#fdeedd", "#e5f3e6"
# Symbol, period, group (1-18) and class of the elements 1 to 20.
FIRST_TWENTY = (
    ("H", 1, 1, NONMETAL), ("He", 1, 18, NOBLE), ("Li", 2, 1, METAL), ("Be", 2, 2, METAL), ("B", 2, 13, METALLOID),
    ("C", 2, 14, NONMETAL), ("N", 2, 15, NONMETAL), ("O", 2, 16, NONMETAL), ("F", 2, 17, NONMETAL),
    ("Ne", 2, 18, NOBLE),
    ("Na", 3, 1, METAL), ("Mg", 3, 2, METAL), ("Al", 3, 13, METAL), ("Si", 3, 14, METALLOID), ("P", 3, 15, NONMETAL),
    ("S", 3, 16, NONMETAL), ("Cl", 3, 17, NONMETAL), ("Ar", 3, 18, NOBLE), ("K", 4, 1, METAL), ("Ca", 4, 2, METAL),
)  # fmt: skip
GROUP_NAMES = ("IA", "IIA", "IIIA", "IVA", "VA", "VIA", "VIIA", "VIIIA")


def cell_of_sodium() -> Picture:
    """Draw the cell of sodium with what its numbers and words mean."""
    sheet = Drawing(480, 270).rect((140, 20), (170, 225), METAL, rx=8, stroke=INK, stroke_width=3)
    sheet.text((160, 62), "11", 32, RED, text_anchor="start", font_weight="bold")
    sheet.text((300, 58), "22,990", 20, text_anchor="end")
    sheet.text((225, 138), "Na", 68, INK, font_weight="bold").text((225, 178), "Sodium", 24, TEAL)
    sheet.text((225, 222), "[Ne]3s¹", 24, VIOLET)
    notes = (
        (52, "số hiệu", "nguyên tử", RED, (156, 52), "end"), (120, "kí hiệu", "hoá học", INK, (178, 116), "end"),
        (52, "nguyên tử khối", "trung bình", SOFT, (302, 52), "start"),
        (170, "tên nguyên tố", "", TEAL, (272, 170), "start"),
        (216, "cấu hình", "electron", VIOLET, (272, 214), "start"),
    )  # fmt: skip
    for y, first, second, colour, target, anchor in notes:
        x = 118 if anchor == "end" else 330
        sheet.line((x + (4 if anchor == "end" else -4), y - 4), target, colour, stroke_width=1.5)
        sheet.text((x, y + 2), first, 19, colour, text_anchor=anchor).text(
            (x, y + 24), second, 19, colour, text_anchor=anchor
        )
    return Picture(
        sheet.svg(), "Ô nguyên tố sodium: số hiệu 11, kí hiệu Na, nguyên tử khối 22,990, cấu hình electron [Ne]3s¹."
    )


def first_twenty(highlight: str = "") -> Picture:
    """Draw the first twenty elements in their periods and groups; `highlight` is a symbol to ring."""
    sheet = Drawing(480, 330)
    for index, name in enumerate(GROUP_NAMES):
        sheet.text((68 + 54 * index, 24), name, 18, BLUE, font_weight="bold")
    for period in range(1, 5):
        sheet.text((22, 12 + 62 * period), str(period), 22, RED, font_weight="bold")
    for number, (symbol, period, group, colour) in enumerate(FIRST_TWENTY, 1):
        column = group if group <= 2 else group - 10  # noqa: PLR2004 - the transition metals are left out
        x, y = 42 + 54 * (column - 1), 36 + 62 * (period - 1)
        ring = {"stroke": RED, "stroke_width": 5} if symbol == highlight else {"stroke": SOFT, "stroke_width": 1.5}
        sheet.rect((x, y), (51, 58), colour, rx=4, **ring)
        sheet.text((x + 6, y + 17), str(number), 14, SOFT, text_anchor="start").text(
            (x + 26, y + 45), symbol, 24, font_weight="bold"
        )
    legend = ((METAL, "kim loại"), (METALLOID, "á kim"), (NONMETAL, "phi kim"), (NOBLE, "khí hiếm"))
    for index, (colour, name) in enumerate(legend):
        x = 30 + 115 * index
        sheet.rect((x, 298), (20, 20), colour, stroke=SOFT, stroke_width=1.5).text(
            (x + 28, 315), name, 18, text_anchor="start"
        )
    return Picture(sheet.svg(), "Hai mươi nguyên tố đầu của bảng tuần hoàn, xếp theo bốn chu kì và tám nhóm A.")


def atoms(*shells: tuple[str, tuple[int, ...]]) -> Picture:
    """Draw atoms side by side: (symbol, electrons of each shell from the inside)."""
    sheet = Drawing(480, 250)
    for index, (symbol, electrons) in enumerate(shells):
        x, y = 480 * (2 * index + 1) / (2 * len(shells)), 112
        for shell, count in enumerate(electrons):
            radius = 44 + 29 * shell
            sheet.circle((x, y), radius, stroke=SOFT, stroke_width=2)
            for electron in range(count):
                sheet.circle(
                    polar((x, y), radius, electron * 360 / count - 90), 6.5, BLUE, stroke=PAPER, stroke_width=1.5
                )
        sheet.circle((x, y), 25, PINK, stroke=RED, stroke_width=2.5).text((x, y + 8), symbol, 22, font_weight="bold")
        sheet.text((x, 240), "; ".join(map(str, electrons)), 20)
    names = " và ".join(f"{symbol} ({', '.join(map(str, electrons))} electron)" for symbol, electrons in shells)
    return Picture(sheet.svg(), f"Mô hình các lớp electron của {names}.")


def trends() -> Picture:
    """Draw how metallic and non-metallic character change along a period and down a group."""
    sheet = Drawing(480, 270)
    for column in range(8):
        for row in range(3):
            warm = (7 - column + 2 * row) / 11
            sheet.rect((95 + 44 * column, 62 + 52 * row), (42, 50), ORANGE, opacity=round(0.15 + 0.75 * warm, 2), rx=4)
    sheet.arrow((95, 44), (446, 44), GREEN, stroke_width=4).text(
        (270, 30), "tính phi kim tăng, bán kính giảm", 19, GREEN
    )
    sheet.arrow((80, 62), (80, 216), RED, stroke_width=4)
    for y, words in ((110, "tính"), (132, "kim loại"), (154, "tăng")):
        sheet.text((72, y), words, 18, RED, text_anchor="end")
    sheet.text((270, 248), "Ô càng đậm, tính kim loại càng mạnh", 18, SOFT)
    return Picture(
        sheet.svg(),
        "Trong một chu kì tính phi kim tăng từ trái sang phải; trong một nhóm A tính kim loại tăng từ trên xuống.",
    )
