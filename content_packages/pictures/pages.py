"""Pictures of the pages of a PDF, a run of pages at a time, and on which page each part of a document begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from content_packages.pictures.drawn import Drawn, drawn_of, lines_of
from content_packages.sandbox import Allowance, run_limited

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from content_packages.facts import PartFacts

_CHILD: Final = Path(__file__).with_name("pages_child.py")
_ALLOWANCE: Final = Allowance(memory=768 * 1024 * 1024, cpu_seconds=60, seconds=90.0, output=96 * 1024 * 1024)
_BEGINNING: Final = 48  # characters without spaces by which the beginning of a part is found again


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """Pages by number, the card of the first one if it was among them, and how many pages the document has."""

    count: int
    pages: Mapping[int, Drawn]
    card: Drawn | None = None


def draw_pages(path: Path, first: int, last: int, allowance: Allowance = _ALLOWANCE) -> DrawnPages:
    """Draw the pages `first` to `last` (from 1, inclusive) of the PDF at `path`.

    A page that cannot be drawn is left out, and those after it too when it takes the child with it.
    """
    outcome = run_limited(_CHILD, path, allowance, str(first), str(last))
    count, pages, card = 0, {}, None
    for told in lines_of(outcome.output):
        try:
            if told["kind"] == "head":
                count = int(told["pages"])
            elif told["kind"] == "card":
                card = drawn_of(told)
            else:
                pages[int(told["number"])] = drawn_of(told)
        except (KeyError, ValueError):
            continue
    return DrawnPages(count, pages, card)


def beginnings(parts: Sequence[PartFacts], pages: Sequence[PartFacts]) -> dict[str, int]:
    """Return key of a part -> number of the page on which it begins, as far as its words are found there in order.

    `pages` are the parts of the PDF that was made of the document: the key of each is its page's number.
    """
    starts, text = [], ""
    for page in pages:
        starts.append((len(text), int(page.key)))
        text += _letters(page.text)
    found: dict[str, int] = {}
    position = 0
    for part in parts:
        words = _letters(part.text)[:_BEGINNING]
        at = text.find(words, position) if words else -1
        if at >= 0:
            position = at
            found[part.key] = next(number for start, number in reversed(starts) if start <= at)
    return found


def _letters(text: str) -> str:
    """Without spaces: where lines break differs between a document and its pages."""
    return "".join(text.split())
