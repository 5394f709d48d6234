"""Lexical checks that several data types share: formats, numbers, languages, delimiters."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorm.datamodel.element import DataModelTable

DELIMITER = re.compile(r"\{([^=}]*)=([^}]*)\}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def has_format(table: DataModelTable, name: str, value: str) -> bool:
    """Whether the whole value has the named lexical form of the table."""
    return _compiled(table.formats[name]).fullmatch(value) is not None


def utf16_length(value: str) -> int:
    """The length as ECMAScript counts it, so that both engines bound values alike."""
    return len(value) if value.isascii() else len(value.encode("utf-16-le", "surrogatepass")) // 2


def is_characterstring(value: str) -> bool:
    """Whether the value can be kept at all: no U+0000 and no lone surrogate (ISO 10646 characters)."""
    if "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def real(table: DataModelTable, value: str) -> float | None:
    """Read a number of type real or CMIDecimal; None when the value is no number or not finite."""
    if not has_format(table, "real", value):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def is_language(table: DataModelTable, value: str) -> bool:
    """RTE 4.1.1.3: an ISO 639 code (or `i`, `x`) and subtags; content writes any registered subtag."""
    primary, dash, rest = value.partition("-")
    tag = primary.lower()
    if dash and not has_format(table, "subtags", rest):
        return False
    if tag in {"i", "x"}:
        return bool(dash)
    # ISO 639-2 reserves qaa to qtz for local use.
    return tag in table.languages or has_format(table, "local_language", primary)


def is_timestamp(table: DataModelTable, value: str) -> bool:
    """RTE 4.1.1.7 (a date with or without a time, of a day that exists); CMITime in 1.2."""
    if not has_format(table, "timestamp", value):
        return False
    year, dash, rest = value.partition("-")
    month, dash, rest = rest.partition("-") if dash else ("", "", "")
    return not dash or int(rest[:2]) <= monthrange(int(year), int(month))[1]


def take_delimiters(table: DataModelTable, value: str, allowed: Mapping[str, Sequence[str]]) -> tuple[bool, str]:
    """Take leading `{name=value}` delimiters off (RTE 4.1.1.6): whether they are valid, and the rest.

    `allowed` maps a delimiter's name to its vocabulary; an empty one stands for a language. The first
    unknown or repeated delimiter already belongs to the text.
    """
    seen: set[str] = set()
    while (found := DELIMITER.match(value)) and found[1] in allowed and found[1] not in seen:
        seen.add(found[1])
        words = allowed[found[1]]
        if not (found[2] in words if words else is_language(table, found[2])):
            return False, value
        value = value[found.end() :]
    return True, value
