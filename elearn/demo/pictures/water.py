"""Water: its three states, how it passes from one to another, and its way round through nature."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, GREEN, INK, ORANGE, PAPER, RED, SKY, SOFT, YELLOW, Drawing

EDGE = {"stroke": INK, "stroke_width": 2.5}
SEA = "#5aa0cf"
CLOUD = "#f7fafc"


def _cloud(sheet: Drawing, x: float, y: float, colour: str = CLOUD) -> None:
    for dx, dy, radius in ((-38, 6, 24), (-8, -10, 32), (30, 2, 27)):
        sheet.circle((x + dx, y + dy), radius, colour)
    sheet.rect((x - 50, y + 2), (96, 28), colour, rx=14)


def states() -> Picture:
    """Draw ice, liquid water and vapour with the names of the changes between them."""
    sheet = Drawing(480, 330)
    sheet.polygon([(40, 240), (100, 220), (150, 240), (92, 264)], "#e2f2fb", **EDGE)
    sheet.polygon([(40, 240), (92, 264), (92, 310), (40, 284)], "#c3e2f3", **EDGE)
    sheet.polygon([(92, 264), (150, 240), (150, 284), (92, 310)], "#a9d3ea", **EDGE)
    sheet.path("M345 215 L358 312 H428 L441 215", "none", **EDGE).polygon(
        [(349, 245), (437, 245), (428, 310), (358, 310)], SEA
    )
    _cloud(sheet, 242, 50, "#e6edf1")
    for x, y, name in ((95, 205, "Thể rắn"), (393, 205, "Thể lỏng"), (242, 112, "Thể khí")):
        sheet.text((x, y), name, 21, BLUE, font_weight="bold")
    sheet.arrow((165, 262), (330, 262), RED).text((247, 252), "nóng chảy", 19, RED)
    sheet.arrow((330, 288), (165, 288), BLUE).text((247, 313), "đông đặc", 19, BLUE)
    sheet.arrow((400, 180), (322, 78), RED).text((402, 118), "bay hơi", 19, RED)
    sheet.arrow((290, 92), (352, 178), BLUE).text((268, 152), "ngưng tụ", 19, BLUE)
    return Picture(
        sheet.svg(), "Ba thể của nước: rắn, lỏng, khí, với các quá trình nóng chảy, đông đặc, bay hơi, ngưng tụ."
    )


def cycle() -> Picture:
    """Draw the water cycle: evaporation, condensation, precipitation, flow to the sea."""
    sheet = Drawing(480, 360).rect((0, 0), (480, 360), SKY)
    sheet.circle((62, 58), 34, YELLOW)
    sheet.polygon([(480, 130), (410, 80), (350, 150), (310, 130), (210, 255), (480, 300)], "#8fae8b")
    sheet.polygon([(410, 80), (438, 100), (410, 110), (388, 106)], PAPER)
    sheet.path("M200 262 Q330 235 480 255 V360 H200 Z", GREEN)
    sheet.path("M372 150 Q350 190 385 215 T330 262 Q290 275 235 292", stroke=BLUE, stroke_width=9)
    sheet.path("M0 268 Q110 252 240 285 Q300 305 320 360 H0 Z", SEA)
    for y in (305, 330):
        sheet.path(f"M20 {y} q20 -12 40 0 t40 0 t40 0 t40 0", stroke="#cfe6f5", stroke_width=3)
    _cloud(sheet, 180, 70)
    _cloud(sheet, 350, 52, "#c4cfd6")
    for x in (318, 342, 366):
        sheet.line((x, 92), (x - 8, 118), BLUE, stroke_width=4)
    for x in (70, 105, 140):
        sheet.bent_arrow((x, 255), (x - 22, 190), (x + 8, 140), RED)
    sheet.bent_arrow((225, 48), (262, 28), (290, 42), SOFT)
    labels = ((118, 215, "1. Bay hơi", RED), (180, 112, "2. Ngưng tụ", INK), (392, 142, "3. Mưa", BLUE))
    for x, y, words, colour in labels:
        sheet.text(
            (x, y), words, 20, colour, font_weight="bold", stroke="#ffffff", stroke_width=4, paint_order="stroke"
        )
    sheet.text(
        (365, 305),
        "4. Chảy ra sông, biển",
        20,
        INK,
        font_weight="bold",
        stroke="#ffffff",
        stroke_width=4,
        paint_order="stroke",
    )
    return Picture(
        sheet.svg(),
        "Vòng tuần hoàn của nước: bay hơi, ngưng tụ thành mây, mưa, nước chảy ra sông, biển rồi lại bay hơi.",
    )


def kettle() -> Picture:
    """Draw a pot of boiling water with drops under its lid."""
    sheet = (
        Drawing(480, 240).rect((150, 110), (180, 90), "#b9c3c9", rx=14, **EDGE).rect((162, 135), (156, 55), SEA, rx=8)
    )
    sheet.line((120, 135), (150, 135), stroke_width=12).line((330, 135), (360, 135), stroke_width=12)
    sheet.path("M150 75 Q240 30 330 75 Z", "#9aa7af", **EDGE).circle((240, 46), 9, INK)
    for x in (180, 210, 240, 270, 300):
        sheet.path(f"M{x} 80 q-7 11 0 15 q7 -4 0 -15 Z", BLUE)
    for x in (200, 240, 280):
        sheet.path(f"M{x} 130 q-8 -8 0 -16 q8 -8 0 -14", stroke=SOFT, stroke_width=3)
    for x in (180, 220, 260, 300):
        sheet.path(f"M{x} 230 q-14 -14 0 -26 q14 12 0 26 Z", ORANGE)
    sheet.line((345, 90), (310, 88), SOFT, stroke_width=1.5).text((350, 96), "giọt nước", 19, text_anchor="start")
    sheet.line((345, 62), (285, 112), SOFT, stroke_width=1.5).text((350, 62), "hơi nước", 19, text_anchor="start")
    return Picture(sheet.svg(), "Nồi nước đang sôi: hơi nước bay lên gặp vung lạnh, ngưng tụ thành giọt nước.")
