"""A sheet to draw on: lengths in user units, y grows downwards, the result is an SVG document."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Self

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

INK = "#22303c"
SOFT = "#6b7883"
FAINT = "#d9d5ca"
PAPER = "#fffefb"
RED = "#c8553d"
ORANGE = "#e39a3b"
YELLOW = "#f2cd5c"
GREEN = "#4d9a5b"
TEAL = "#2f8f95"
BLUE = "#3b7dbd"
SKY = "#cfe6f5"
VIOLET = "#7a67b5"
PINK = "#e7a3a3"
BROWN = "#8a6242"

NAMESPACE = "http://www.w3.org/2000/svg"
FONT = "'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"

Point = tuple[float, float]


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """Return the point at `radius` from `centre`; 0 degrees points right, angles grow clockwise."""
    return centre[0] + radius * cos(radians(degrees)), centre[1] + radius * sin(radians(degrees))


class Drawing:
    """A sheet of `width` x `height`. Every method draws one thing and returns the sheet.

    Further keyword arguments are SVG attributes with `_` for `-` (`stroke_width=3`).
    A phone shows 480 units at about 0.65 pixel each: letters below 18 units cannot be read there.
    """

    def __init__(self, width: int = 480, height: int = 300) -> None:
        self.root = etree.Element(f"{{{NAMESPACE}}}svg", nsmap={None: NAMESPACE})
        self._set(self.root, viewBox=f"0 0 {width} {height}", font_family=FONT, stroke_linejoin="round")
        self._set(self.root, stroke_linecap="round")

    def line(self, start: Point, end: Point, stroke: str = INK, **more: object) -> Self:
        """Draw a straight line."""
        attributes = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "stroke": stroke}
        return self._add("line", {"stroke_width": 3, **attributes, **more})

    def arrow(self, start: Point, end: Point, stroke: str = INK, **more: object) -> Self:
        """Draw a straight line with a head at its end."""
        self.line(start, end, stroke, **more)
        return self._head(end, (end[0] - start[0], end[1] - start[1]), stroke)

    def bent_arrow(self, start: Point, bend: Point, end: Point, stroke: str = INK, **more: object) -> Self:
        """Draw a quadratic curve pulled towards `bend`, with a head at its end."""
        path = f"M{start[0]:g} {start[1]:g} Q{bend[0]:g} {bend[1]:g} {end[0]:g} {end[1]:g}"
        self.path(path, "none", stroke=stroke, **{"stroke_width": 3, **more})
        return self._head(end, (end[0] - bend[0], end[1] - bend[1]), stroke)

    def rect(self, corner: Point, size: Point, fill: str = "none", **more: object) -> Self:
        """Draw a rectangle from its upper left corner."""
        return self._add(
            "rect", {"x": corner[0], "y": corner[1], "width": size[0], "height": size[1], "fill": fill, **more}
        )

    def circle(self, centre: Point, radius: float, fill: str = "none", **more: object) -> Self:
        """Draw a circle."""
        return self._add("circle", {"cx": centre[0], "cy": centre[1], "r": radius, "fill": fill, **more})

    def ellipse(self, centre: Point, radii: Point, fill: str = "none", **more: object) -> Self:
        """Draw an ellipse with upright axes."""
        return self._add(
            "ellipse", {"cx": centre[0], "cy": centre[1], "rx": radii[0], "ry": radii[1], "fill": fill, **more}
        )

    def polygon(self, points: Iterable[Point], fill: str = "none", **more: object) -> Self:
        """Draw a closed shape."""
        text = " ".join(f"{x:g},{y:g}" for x, y in points)
        return self._add("polygon", {"points": text, "fill": fill, **more})

    def path(self, commands: str, fill: str = "none", **more: object) -> Self:
        """Draw a path in SVG's own notation."""
        return self._add("path", {"d": commands, "fill": fill, **more})

    def sector(self, centre: Point, radius: float, start: float, end: float, fill: str, **more: object) -> Self:
        """Draw a slice of a pie between two angles in degrees."""
        (x1, y1), (x2, y2) = polar(centre, radius, start), polar(centre, radius, end)
        large = int(end - start > 180)  # noqa: PLR2004 - half a turn
        arc = f"M{centre[0]:g} {centre[1]:g} L{x1:.2f} {y1:.2f} A{radius:g} {radius:g} 0 {large} 1 {x2:.2f} {y2:.2f} Z"
        return self.path(arc, fill, **more)

    def text(self, place: Point, words: str, size: float = 20, fill: str = INK, **more: object) -> Self:
        """Write one line, centred on `place` unless `text_anchor` says otherwise."""
        attributes = {"x": place[0], "y": place[1], "font_size": size, "fill": fill, "text_anchor": "middle", **more}
        return self._add("text", attributes, words)

    def svg(self) -> str:
        """Return the document."""
        return etree.tostring(self.root, encoding="unicode")

    def _head(self, tip: Point, direction: Point, fill: str) -> Self:
        length = (direction[0] ** 2 + direction[1] ** 2) ** 0.5
        x, y = direction[0] / length, direction[1] / length
        wings = [(tip[0] - 13 * x - side * 7 * y, tip[1] - 13 * y + side * 7 * x) for side in (1, -1)]
        return self.polygon([(tip[0] + 3 * x, tip[1] + 3 * y), *wings], fill)

    def _add(self, name: str, attributes: dict[str, object], text: str = "") -> Self:
        element = etree.SubElement(self.root, f"{{{NAMESPACE}}}{name}")
        element.text = text or None
        self._set(element, **attributes)
        return self

    @staticmethod
    def _set(element: etree._Element, **attributes: object) -> None:
        for name, value in attributes.items():
            written = f"{value:g}" if isinstance(value, float) else str(value)
            element.set(name if name == "viewBox" else name.replace("_", "-"), written)
