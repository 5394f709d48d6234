"""The part of a text that shows why it was found, and where the words stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from search_index.vietnamese import spellings

if TYPE_CHECKING:
    from search_index.question import Question

    Range = tuple[int, int]

# Characters of a snippet: about three lines of a result page.
SNIPPET_LENGTH = 240

# A snippet starts some words before its first match, and is cut at spaces.
_LEAD = 40
_MOST_MATCHES = 100
# So many matches in one window are compared; more say nothing new.
_DENSE = 20
_LETTER = r"[^\W\d_]"
_SPACE = re.compile(r"\s")


class Marker:
    """Finds the words of a question in texts, whatever diacritics either has."""

    def __init__(self, question: Question) -> None:
        words = {form for word in question.words for form in spellings(word.folded)}
        words |= {name for alternative in question.alternatives for name in alternative.names}
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(_alone, longest_first))) if words else None

    def marks(self, folded: str) -> tuple[Range, ...]:
        """List the ranges of the words in a folded text; adjoining words keep their own ranges."""
        if self._pattern is None:
            return ()
        return tuple(match.span() for match in islice(self._pattern.finditer(folded), _MOST_MATCHES))

    def snippet(self, text: str, folded: str, length: int = SNIPPET_LENGTH) -> tuple[str, tuple[Range, ...]]:
        """Cut the window with the most different words out of an NFC text; marks refer to the result."""
        marks = self.marks(folded)
        start = _window_start(folded, marks, length)
        start, end = _at_spaces(text, start, start + length)
        cut = _SPACE.sub(" ", text[start:end])
        inside = tuple((a - start, b - start) for a, b in marks if a >= start and b <= end)
        return cut, inside


def _alone(word: str) -> str:
    """Match a whole word or number; digits may be glued to letters ("lớp5"), as tokens have it.

    What stands before is looked at last: `re` then skips quickly to the first letters.
    """
    before, after = (_LETTER if letter.isalpha() else r"\d" for letter in (word[0], word[-1]))
    return f"{re.escape(word)}(?<!{before}{re.escape(word)})(?!{after})"


def _window_start(folded: str, marks: tuple[Range, ...], length: int) -> int:
    words = [folded[start:end] for start, end in marks]
    ends = [end for _start, end in marks]
    best, best_start = (0, 0), 0
    for first, (start, _end) in enumerate(marks):
        beyond = bisect_right(ends, start + length - _LEAD, first, min(first + _DENSE, len(marks)))
        found = (len(set(words[first:beyond])), beyond - first)
        if found > best:
            best, best_start = found, start
        if beyond == len(marks):
            break  # what begins later holds less
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
