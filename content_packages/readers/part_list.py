"""The parts of one material as they are gathered, within a budget of text for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import PartFacts
from content_packages.findings import finding
from content_packages.page_text import collapse

if TYPE_CHECKING:
    from scorm.findings import Finding

PART_CHARACTERS: Final = 200_000
TOTAL_CHARACTERS: Final = 2_000_000
PARTS: Final = 2_000
_LONGEST_TITLE: Final = 300
_LONGEST_KEY: Final = 200


class PartList:
    """Gathers parts of one kind ("slide", "sheet", ...); a part's key is its number unless it has a better one."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._parts: list[PartFacts] = []
        self._keys: set[str] = set()
        self._left = TOTAL_CHARACTERS
        self.shortened = 0

    def add(self, title: str, text: str, key: str = "", href: str = "", *, kind: str = "", depth: int = 0) -> None:
        """Add the next part, of another kind where one is given; a key that is used already gives way to the number."""
        if len(self._parts) >= PARTS:
            self.shortened += 1
            return
        number = str(len(self._parts) + 1)
        key = key if 0 < len(key) <= _LONGEST_KEY and key not in self._keys else number
        if key in self._keys:
            key = f"{number}-{key}"
        said = collapse(text)
        kept = said[: min(PART_CHARACTERS, self._left)]
        self._left -= len(kept)
        self.shortened += len(kept) < len(said)
        self._keys.add(key)
        self._parts.append(PartFacts(key, collapse(title)[:_LONGEST_TITLE], kept, kind or self._kind, href, depth))

    @property
    def parts(self) -> tuple[PartFacts, ...]:
        """The parts in their order."""
        return tuple(self._parts)

    def findings(self) -> tuple[Finding, ...]:
        """Say when text was left out."""
        return (finding("text_shortened", count=self.shortened),) if self.shortened else ()
