"""The part of a text that shows why it was found, and where the words stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search_index.vietnamese import fold, spellings

if TYPE_CHECKING:
    from search_index.question import Question

    Range = tuple[int, int]

# Characters of a snippet: about three lines of a result page.
SNIPPET_LENGTH = 240

# A snippet starts some words before its first match, and is cut at spaces.
_LEAD = 40
_MOST_MATCHES = 500


class Marker:
    """Finds the words of a question in texts, whatever diacritics either has."""

    def __init__(self, question: Question) -> None:
        words = {form for word in question.words for form in spellings(word.folded)}
        ordered = sorted((re.escape(word) for word in words), key=lambda word: (-len(word), word))
        # Digits may be glued to letters ("lớp5"), as the tokens have it.
        self._pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(ordered)})(?![^\W\d_])") if ordered else None

    def marks(self, text: str) -> tuple[Range, ...]:
        """List the ranges of the words in an NFC text; adjoining words keep their own ranges."""
        if self._pattern is None:
            return ()
        folded = fold(text)
        found = (match.span() for match, _n in zip(self._pattern.finditer(folded), range(_MOST_MATCHES), strict=False))
        return tuple(span for span in found if _whole_number(folded, *span))

    def snippet(self, text: str, length: int = SNIPPET_LENGTH) -> tuple[str, tuple[Range, ...]]:
        """Cut the window with the most different words out of an NFC text; marks refer to the result."""
        marks = self.marks(text)
        start = _window_start(fold(text), marks, length)
        start, end = _at_spaces(text, start, start + length)
        cut = re.sub(r"\s", " ", text[start:end])
        inside = tuple((a - start, b - start) for a, b in marks if a >= start and b <= end)
        return cut, inside


def _whole_number(text: str, start: int, end: int) -> bool:
    """Tell whether digits at the ends of a match are not part of a longer number."""
    left = start > 0 and text[start].isdigit() and text[start - 1].isdigit()
    right = end < len(text) and text[end - 1].isdigit() and text[end].isdigit()
    return not (left or right)


def _window_start(folded: str, marks: tuple[Range, ...], length: int) -> int:
    best, best_start = (0, 0), 0
    for first, (start, _end) in enumerate(marks):
        inside = [mark for mark in marks[first : first + 20] if mark[1] <= start + length - _LEAD]
        found = (len({folded[a:b] for a, b in inside}), len(inside))
        if found > best:
            best, best_start = found, start
    return 0 if best_start + _LEAD <= length // 2 else best_start - _LEAD


def _at_spaces(text: str, start: int, end: int) -> Range:
    """Move a window inwards to whole words, unless a word is too long for that."""
    if start > 0:
        space = text.find(" ", start, start + _LEAD)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - _LEAD, end)
        end = space if space >= 0 else end
    return start, min(end, len(text))
