"""Whether a value has the data type its element demands (RTE 1.2, 3.4.3; RTE 4th Edition, 4.1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.datamodel.element import Fault
from scorm.datamodel.lexical import (
    DELIMITER,
    has_format,
    is_characterstring,
    is_language,
    is_timestamp,
    real,
    take_delimiters,
    utf16_length,
)
from scorm.datamodel.responses import has_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorm.datamodel.element import DataModelTable, Element

UNBOUNDED = 4096  # what a type without its own limit may take, in UTF-16 code units


def _is_localized(table: DataModelTable, _: Element, value: str) -> bool:
    return take_delimiters(table, value, {"lang": ()})[0]


def _is_navigation(table: DataModelTable, element: Element, value: str) -> bool:
    """SN 5.6.4: a request, or `{target=ITEM}` with a request that needs a target."""
    if value in element.values:
        return True
    found = DELIMITER.match(value)
    return bool(found and found[1] == "target" and found[2] and value[found.end() :] in table.targets)


_PLAIN_TYPES: dict[str, Callable[[DataModelTable, Element, str], bool]] = {
    "string": lambda _table, _element, _value: True,
    "localized": _is_localized,
    "language": lambda table, _, value: is_language(table, value),
    "identifier": lambda table, _, value: has_format(table, "identifier", value),
    "vocabulary": lambda _, element, value: value in element.values,
    "timestamp": lambda table, _, value: is_timestamp(table, value),
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
        return Fault.NONE if has_form(table, rule, value) else Fault.TYPE
    return Fault.NONE if _PLAIN_TYPES[element.type](table, element, value) else Fault.TYPE
