"""What people call a file, fit for every database, page and terminal."""

from __future__ import annotations

from typing import Final

from scorm.plain_text import one_line

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
NAMELESS: Final = "file"


def readable_name(name: str) -> str:
    """The name as it can be seen; one of which nothing is left but dots is called "file".

    A name of dots is a folder to every browser, so no address could end with it.
    """
    shown = one_line(storable_path(name))
    return shown if shown.strip(". ") else NAMELESS


def storable_path(path: str) -> str:
    """The path without control characters, else as it was written; bytes that were no UTF-8 (PEP 383) are U+FFFD.

    Old file systems hand over names in TCVN3 or cp1258, and nothing can store half a surrogate pair.
    """
    shown = (UNKNOWN if "\ud800" <= character <= "\udfff" else character for character in path)
    return "".join(character for character in shown if character >= " " and not "\x7f" <= character <= "\x9f")
