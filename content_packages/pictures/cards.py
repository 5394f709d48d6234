"""The picture on a material's card, drawn anew from a picture, a drawing, or the cover inside a sound or film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from content_packages.pictures.drawn import Drawn, drawn_of, lines_of
from content_packages.sandbox import Allowance, run_limited

if TYPE_CHECKING:
    from typing import Literal

_CHILD: Final = Path(__file__).with_name("card_child.py")
# A picture of 64 million points takes 256 MiB as RGBA, and half as much again while it is made smaller.
_ALLOWANCE: Final = Allowance(memory=768 * 1024 * 1024, cpu_seconds=15, seconds=20.0, output=4 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Screen:
    """A screenshot drawn anew, with the size of its large picture in pixels."""

    drawn: Drawn
    width: int
    height: int


def draw_screen(path: Path, allowance: Allowance = _ALLOWANCE) -> Screen | None:
    """Draw the PNG, JPEG or WebP at `path` anew, at most 1280 pixels wide and high, nothing cut off.

    None for every other format, and as for `draw_card`.
    """
    for told in lines_of(run_limited(_CHILD, path, allowance, "screen").output):
        try:
            return Screen(drawn_of(told), int(told["width"]), int(told["height"]))
        except (KeyError, ValueError, TypeError):
            return None
    return None


def draw_card(
    path: Path, form: Literal["picture", "drawing", "tags"], allowance: Allowance = _ALLOWANCE
) -> Drawn | None:
    """Draw the card of the file at `path`: a picture, an SVG drawing, or the cover in the tags of a sound or film.

    None when there is nothing to draw, it is too large to be decoded safely, too small to show anything, or damaged.
    """
    outcome = run_limited(_CHILD, path, allowance, form)
    for told in lines_of(outcome.output):
        try:
            return drawn_of(told)
        except (KeyError, ValueError):
            return None
    return None
