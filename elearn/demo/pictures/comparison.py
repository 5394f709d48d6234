"""Pairs of things that a writer likens to each other."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BROWN, GREEN, INK, PAPER, RED, SKY, TEAL, YELLOW, Drawing

EDGE = {"stroke": INK, "stroke_width": 3}
NIGHT = "#27406b"


def moon_and_plate() -> Picture:
    """Draw the full moon beside a plate."""
    sheet = Drawing(480, 240).rect((10, 10), (210, 190), NIGHT, rx=14).circle((115, 105), 62, YELLOW)
    for x, y in ((40, 50), (190, 40), (60, 170), (185, 165)):
        sheet.circle((x, y), 3, PAPER)
    sheet.circle((95, 90), 10, "#dfb944").circle((135, 120), 14, "#dfb944").circle((120, 75), 6, "#dfb944")
    sheet.text((247, 112), "như", 21, RED, font_weight="bold")
    sheet.ellipse((365, 105), (92, 84), "#e9eef0", **EDGE).ellipse(
        (365, 105), (62, 56), PAPER, stroke=TEAL, stroke_width=4
    )
    sheet.text((115, 230), "Trăng rằm", 22).text((365, 230), "chiếc đĩa", 22)
    return Picture(sheet.svg(), "Trăng rằm tròn được ví như chiếc đĩa.")


def canopy_and_umbrella() -> Picture:
    """Draw a tree with a round crown beside an umbrella."""
    sheet = Drawing(480, 240).rect((96, 110), (28, 90), BROWN, **EDGE)
    for x, y, radius in ((60, 105, 40), (110, 70, 52), (165, 105, 40), (110, 110, 45)):
        sheet.circle((x, y), radius, GREEN)
    sheet.text((247, 112), "như", 21, RED, font_weight="bold")
    sheet.path("M275 115 A90 90 0 0 1 455 115 Q425 96 395 115 Q365 96 335 115 Q305 96 275 115 Z", TEAL, **EDGE)
    sheet.path("M365 108 V175 q0 22 -20 22 q-16 0 -16 -16", stroke=BROWN, stroke_width=7)
    sheet.text((110, 230), "Tán bàng", 22).text((365, 230), "chiếc ô", 22)
    return Picture(sheet.svg(), "Tán bàng xoè rộng được ví như chiếc ô.")


def two_heights() -> Picture:
    """Draw a tall areca palm beside a low house, for a comparison of more and less."""
    sheet = Drawing(480, 260).rect((0, 0), (480, 215), SKY).rect((0, 205), (480, 55), "#cfe3c2")
    sheet.polygon([(290, 120), (440, 120), (470, 150), (260, 150)], RED, **EDGE).rect(
        (280, 150), (170, 60), "#f7e7c8", **EDGE
    )
    sheet.rect((345, 165), (40, 45), BROWN, **EDGE).rect((140, 70), (12, 140), BROWN)
    for bend in ((90, 20, 55, 75), (110, 5, 85, 25), (185, 5, 210, 25), (200, 20, 240, 75), (146, 0, 146, 8)):
        sheet.path(f"M146 72 Q{bend[0]} {bend[1]} {bend[2]} {bend[3]}", stroke=GREEN, stroke_width=9)
    sheet.text((146, 245), "cây cau", 22).text((365, 245), "mái nhà", 22)
    return Picture(sheet.svg(), "Cây cau cao hơn mái nhà.")
