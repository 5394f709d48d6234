"""Text that people wrote, without the characters that nobody can see or that make others lie about their order."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Joiners mean something between letters of scripts that need them and within an emoji, and nothing elsewhere.
_JOINERS: Final = frozenset("\u200c\u200d")
# Controls; formats, among them bidirectional and zero-width ones; halves of pairs; private; unassigned.
_MEANINGLESS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters and signs that are drawn as nothing: Hangul fillers, inherent Khmer vowels, the empty Braille cell.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n\t]+")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


def one_line(text: str) -> str:
    """The text in NFC as one line: what has no meaning is left out, runs of white space become one space.

    "" says that nothing can be seen of the text.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_visible(" ".join(text.split())).split())


def several_lines(text: str) -> str:
    """The same for a text of paragraphs: line ends and tabs stay, of empty lines at most one between two others."""
    lines = (_SPACES.sub(" ", line).strip() for line in _LINE_END.sub("\n", text).split("\n"))
    cleaned = (_SPACES.sub(" ", _visible(line)).strip() for line in lines)
    return _EMPTY_LINES.sub("\n\n", "\n".join(cleaned)).strip()


def _visible(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    kept = (character for place, character in enumerate(normal) if _has_meaning(normal, place, character))
    # What was left out may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", "".join(kept))


def _has_meaning(text: str, place: int, character: str) -> bool:
    if character in _JOINERS:
        return 0 < place < len(text) - 1 and _is_joined(text[place - 1]) and _is_joined(text[place + 1])
    if character == "\t":
        return True
    return character not in _BLANK and unicodedata.category(character) not in _MEANINGLESS


def _is_joined(neighbour: str) -> bool:
    """Whether a joiner may stand beside it: a letter or mark of another script than ours, or a picture."""
    if neighbour.isascii() or unicodedata.category(neighbour)[0] not in "LMS":
        return False
    return not unicodedata.name(neighbour, "LATIN").startswith(("LATIN", "COMBINING"))
