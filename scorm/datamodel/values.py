"""Whether a value has the data type its element demands (RTE 1.2, 3.4.3; RTE 4th Edition, 4.1.1)."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from scorm.datamodel import responses
from scorm.datamodel.element import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorm.datamodel.element import DataModelTable, Element

UNBOUNDED = 4096  # what a type without its own limit may take, in UTF-16 code units
_DELIMITER = re.compile(r"\{([^=}]*)=([^}]*)\}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def has_format(table: DataModelTable, name: str, value: str) -> bool:
    """Whether the whole value has the named lexical form of the table."""
    return _compiled(table.formats[name]).fullmatch(value) is not None


def utf16_length(value: str) -> int:
    """The length as ECMAScript counts it, so that both engines bound values alike."""
    return len(value) + sum(1 for each in value if each > "\uffff") if not value.isascii() else len(value)


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


def take_delimiters(table: DataModelTable, value: str, allowed: Mapping[str, Sequence[str]]) -> tuple[bool, str]:
    """Take leading `{name=value}` delimiters off (RTE 4.1.1.6): whether they are valid, and the rest.

    `allowed` maps a delimiter's name to its vocabulary; an empty one stands for a language. The first
    unknown or repeated delimiter already belongs to the text.
    """
    seen: set[str] = set()
    while (found := _DELIMITER.match(value)) and found[1] in allowed and found[1] not in seen:
        seen.add(found[1])
        words = allowed[found[1]]
        if not (found[2] in words if words else is_language(table, found[2])):
            return False, value
        value = value[found.end() :]
    return True, value


def _is_localized(table: DataModelTable, _: Element, value: str) -> bool:
    return take_delimiters(table, value, {"lang": ()})[0]


def _is_navigation(table: DataModelTable, element: Element, value: str) -> bool:
    """SN 5.6.4: a request, or `{target=ITEM}` with a request that needs a target."""
    if value in element.values:
        return True
    found = _DELIMITER.match(value)
    return bool(found and found[1] == "target" and found[2] and value[found.end() :] in table.targets)


_PLAIN_TYPES: dict[str, Callable[[DataModelTable, Element, str], bool]] = {
    "string": lambda _table, _element, _value: True,
    "localized": _is_localized,
    "language": lambda table, _, value: is_language(table, value),
    "identifier": lambda table, _, value: has_format(table, "identifier", value),
    "vocabulary": lambda _, element, value: value in element.values,
    "timestamp": lambda table, _, value: has_format(table, "timestamp", value),
    "interval": lambda table, _, value: has_format(table, "interval", value),
    "result": lambda table, element, value: value in element.values or real(table, value) is not None,
    "navigation": _is_navigation,
}


def _check_number(table: DataModelTable, element: Element, value: str) -> Fault:
    if element.type == "integer" and not has_format(table, "integer", value):
        return Fault.TYPE
    number = real(table, value)
    if number is None:
        return Fault.TYPE
    low, high = element.minimum, element.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return Fault.RANGE
    return Fault.NONE


def check(
    table: DataModelTable, element: Element, value: str, *, interaction: str = "", tolerant: bool = True
) -> Fault:
    """Check a value against its element: `Fault.NONE`, `Fault.TYPE` or `Fault.RANGE`.

    `interaction` is the interaction's type, for responses and patterns. `tolerant` lets strings be
    longer than the smallest permitted maximum, up to the element's limit.
    """
    limit = (element.limit if tolerant else element.spm or element.limit) or UNBOUNDED
    if utf16_length(value) > limit or not is_characterstring(value):
        return Fault.TYPE
    if element.blank and not value:
        return Fault.NONE
    if element.type in {"real", "integer"}:
        return _check_number(table, element, value)
    if element.type in {"response", "pattern"}:
        rule = table.interactions[interaction][element.type]
        return Fault.NONE if responses.has_form(table, rule, value) else Fault.TYPE
    return Fault.NONE if _PLAIN_TYPES[element.type](table, element, value) else Fault.TYPE
