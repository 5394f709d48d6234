"""Road signs of the kinds a pupil meets on the way to school."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, GREEN, INK, PAPER, RED, YELLOW, Drawing

EDGE = {"stroke": INK, "stroke_width": 2}


def _walker(sheet: Drawing, x: float, y: float, colour: str = INK) -> None:
    sheet.circle((x, y - 34), 9, colour).line((x, y - 24), (x, y + 6), colour, stroke_width=8)
    sheet.line((x, y + 6), (x - 14, y + 36), colour, stroke_width=7).line(
        (x, y + 6), (x + 15, y + 34), colour, stroke_width=7
    )
    sheet.line((x, y - 16), (x - 17, y + 2), colour, stroke_width=6).line(
        (x, y - 16), (x + 18, y - 2), colour, stroke_width=6
    )


def _put(sheet: Drawing, kind: str, x: float, y: float) -> None:
    if kind == "no_entry":
        sheet.circle((x, y), 66, RED, **EDGE).rect((x - 44, y - 11), (88, 22), PAPER)
    elif kind == "no_walking":
        sheet.circle((x, y), 66, PAPER, stroke=RED, stroke_width=14)
        _walker(sheet, x, y)
        sheet.line((x - 44, y - 44), (x + 44, y + 44), RED, stroke_width=12)
    elif kind == "children":
        sheet.polygon([(x, y - 68), (x + 74, y + 58), (x - 74, y + 58)], YELLOW, stroke=RED, stroke_width=12)
        _walker(sheet, x - 14, y + 16)
        _walker(sheet, x + 20, y + 16)
    elif kind == "crossing":
        sheet.rect((x - 64, y - 64), (128, 128), BLUE, **EDGE)
        sheet.polygon([(x, y - 54), (x + 56, y + 50), (x - 56, y + 50)], PAPER)
        _walker(sheet, x, y + 10)
    else:
        sheet.circle((x, y), 66, BLUE, **EDGE)
        _walker(sheet, x, y, PAPER)


NAMES = {
    "no_entry": "Cấm đi ngược chiều",
    "no_walking": "Cấm người đi bộ",
    "children": "Trẻ em",
    "crossing": "Đường người đi bộ sang ngang",
    "walkers": "Đường dành cho người đi bộ",
}


def sign(kind: str) -> Picture:
    """Draw one sign of `NAMES`; its words do not tell the answer."""
    sheet = Drawing(200, 200)
    _put(sheet, kind, 100, 100)
    shapes = {"children": "hình tam giác, viền đỏ, nền vàng, vẽ trẻ em", "crossing": "hình vuông nền xanh"}
    return Picture(sheet.svg(), f"Biển báo {shapes.get(kind, 'hình tròn')}.")


def three_groups() -> Picture:
    """Draw a prohibition, a warning and a direction side by side."""
    sheet = Drawing(480, 200)
    for x, kind, name in (
        (80, "no_walking", "biển cấm"),
        (240, "children", "biển cảnh báo"),
        (400, "walkers", "biển hiệu lệnh"),
    ):
        _put(sheet, kind, x, 85)
        sheet.text((x, 188), name, 21)
    return Picture(
        sheet.svg(), "Biển cấm hình tròn viền đỏ, biển cảnh báo hình tam giác, biển hiệu lệnh hình tròn nền xanh."
    )


def lights() -> Picture:
    """Draw the three lights."""
    sheet = Drawing(480, 220)
    for x, colour, words in ((90, RED, "dừng lại"), (240, YELLOW, "chuẩn bị dừng"), (390, GREEN, "được đi")):
        sheet.rect((x - 48, 14), (96, 150), INK, rx=16)
        sheet.circle((x, 88), 38, colour, stroke=PAPER, stroke_width=3).text((x, 200), words, 22)
    return Picture(sheet.svg(), "Đèn đỏ: dừng lại; đèn vàng: chuẩn bị dừng; đèn xanh: được đi.")
