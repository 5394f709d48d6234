"""What people call a file, fit for every database, page and terminal."""

from __future__ import annotations

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def readable_name(name: str) -> str:
    """The name without control characters; bytes that were no UTF-8 (PEP 383) show as U+FFFD.

    Old file systems hand over names in TCVN3 or cp1258, and nothing can store half a surrogate pair.
    """
    shown = (UNKNOWN if "\ud800" <= character <= "\udfff" else character for character in name)
    return "".join(character for character in shown if character >= " " and character != "\x7f")
