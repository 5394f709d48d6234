"""The Earth's net of meridians and parallels, and a piece of it as a map grid."""

from __future__ import annotations

from math import cos, radians, sin

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, GREEN, INK, ORANGE, RED, SKY, SOFT, VIOLET, Drawing, Point

RADIUS = 125
CENTRE = (200.0, 160.0)
GLOW = {"stroke": "#fffefb", "stroke_width": 4, "paint_order": "stroke", "font_weight": "bold"}


def _project(latitude: float, longitude: float) -> Point:
    """Return the orthographic image of a place, seen from 20 degrees north."""
    phi, lam, tilt = radians(latitude), radians(longitude), radians(20)
    x = cos(phi) * sin(lam)
    y = cos(tilt) * sin(phi) - sin(tilt) * cos(phi) * cos(lam)
    return CENTRE[0] + RADIUS * x, CENTRE[1] - RADIUS * y


def _faces(latitude: float, longitude: float) -> bool:
    phi, lam, tilt = radians(latitude), radians(longitude), radians(20)
    return sin(tilt) * sin(phi) + cos(tilt) * cos(phi) * cos(lam) >= 0


def _curve(sheet: Drawing, places: list[tuple[float, float]], stroke: str, width: float) -> None:
    seen = [_project(*place) for place in places if _faces(*place)]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in seen)
    sheet.path(path, "none", stroke=stroke, stroke_width=width)


def _net(sheet: Drawing) -> None:
    sheet.circle(CENTRE, RADIUS, SKY, stroke=INK, stroke_width=2.5)
    for longitude in range(-90, 91, 30):
        _curve(sheet, [(latitude, longitude) for latitude in range(-90, 91, 3)], SOFT, 1.5)
    for latitude in range(-60, 61, 30):
        _curve(sheet, [(latitude, longitude) for longitude in range(-110, 111, 3)], SOFT, 1.5)


def net() -> Picture:
    """Draw the globe with the equator and the prime meridian picked out."""
    sheet = Drawing(480, 320)
    _net(sheet)
    _curve(sheet, [(0, longitude) for longitude in range(-110, 111, 3)], RED, 4)
    _curve(sheet, [(latitude, 0) for latitude in range(-90, 91, 3)], BLUE, 4)
    north = _project(90, 0)
    sheet.line(north, (north[0], north[1] - 32), stroke_width=4).text((232, 24), "Bắc", 18, SOFT)
    sheet.text((200, 308), "Nam", 18, SOFT).circle(north, 5, INK)
    sheet.text((340, 206), "Xích đạo", 20, RED, text_anchor="start", font_weight="bold")
    sheet.text((340, 80), "Kinh tuyến", 20, BLUE, text_anchor="start", font_weight="bold")
    sheet.text((340, 104), "gốc (0°)", 20, BLUE, text_anchor="start", font_weight="bold")
    sheet.line((334, 84), _project(35, 0), BLUE, stroke_width=1.5)
    return Picture(sheet.svg(), "Quả Địa Cầu với lưới kinh tuyến, vĩ tuyến; xích đạo màu đỏ, kinh tuyến gốc màu xanh.")


def hemispheres() -> Picture:
    """Draw the globe with its northern and southern halves in two colours."""
    sheet = Drawing(480, 320)
    _net(sheet)
    equator = [_project(0, longitude) for longitude in range(-90, 91, 3)]
    line = " L".join(f"{x:.1f} {y:.1f}" for x, y in equator)
    left, right = equator[0], equator[-1]
    sheet.path(f"M{line} A{RADIUS} {RADIUS} 0 0 0 {left[0]:.1f} {left[1]:.1f} Z", ORANGE, opacity=0.45)
    sheet.path(f"M{line} A{RADIUS} {RADIUS} 0 0 1 {left[0]:.1f} {left[1]:.1f} Z", GREEN, opacity=0.45)
    _curve(sheet, [(0, longitude) for longitude in range(-90, 91, 3)], RED, 4)
    sheet.text((200, 120), "Nửa cầu Bắc", 21, INK, **GLOW).text((200, 250), "Nửa cầu Nam", 21, INK, **GLOW)
    sheet.text((right[0] + 12, right[1] + 6), "Xích đạo", 20, RED, text_anchor="start", font_weight="bold")
    return Picture(sheet.svg(), "Xích đạo chia quả Địa Cầu thành nửa cầu Bắc và nửa cầu Nam.")


def map_grid(points: dict[str, tuple[int, int]]) -> Picture:
    """Draw a map grid, 20°T to 40°Đ and 20°N to 40°B, with `points`: name -> (degrees north, degrees east)."""
    sheet = Drawing(480, 380)

    def place(latitude: float, longitude: float) -> Point:
        return 60 + (longitude + 20) * 6.2, 330 - (latitude + 20) * 4.7

    sheet.rect(place(40, -20), (372, 282), SKY)
    for longitude in range(-20, 41, 10):
        stroke = {"stroke": BLUE, "stroke_width": 4} if longitude == 0 else {"stroke": SOFT, "stroke_width": 1.5}
        sheet.line(place(40, longitude), place(-20, longitude), **stroke)
        side = "" if longitude == 0 else "Đ" if longitude > 0 else "T"
        sheet.text((place(-20, longitude)[0], 358), f"{abs(longitude)}°{side}", 18, BLUE)
    for latitude in range(-20, 41, 10):
        stroke = {"stroke": RED, "stroke_width": 4} if latitude == 0 else {"stroke": SOFT, "stroke_width": 1.5}
        sheet.line(place(latitude, -20), place(latitude, 40), **stroke)
        side = "" if latitude == 0 else "B" if latitude > 0 else "N"
        sheet.text((52, place(latitude, -20)[1] + 6), f"{abs(latitude)}°{side}", 18, RED, text_anchor="end")
    for name, where in points.items():
        x, y = place(*where)
        sheet.circle((x, y), 8, VIOLET, stroke="#ffffff", stroke_width=2).text(
            (x + 19, y - 10), name, 24, VIOLET, **GLOW
        )
    return Picture(sheet.svg(), "Lưới kinh, vĩ tuyến với các điểm " + ", ".join(points) + ".")
