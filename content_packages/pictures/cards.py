"""The picture on a material's card, drawn anew from a picture, a drawing, or the cover inside a sound or film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from content_packages.pictures.drawn import Drawn, drawn_of, lines_of
from content_packages.sandbox import Allowance, run_limited

if TYPE_CHECKING:
    from typing import Literal

_CHILD: Final = Path(__file__).with_name("card_child.py")
# A picture of 64 million points takes 256 MiB as RGBA, and half as much again while it is made smaller.
_ALLOWANCE: Final = Allowance(memory=768 * 1024 * 1024, cpu_seconds=15, seconds=20.0, output=4 * 1024 * 1024)


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
