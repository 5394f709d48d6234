"""Access to the elements of a manifest by local name, and the value types of its attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scorm.namespaces import XML, local_name
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from scorm.manifest.report import Report

_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
_BOOLEANS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def children(element: Element, name: str) -> Iterator[Element]:
    """Child elements of that local name in any namespace, in document order; `name` is lower case."""
    return (child for child in element.iterchildren() if local_name(str(child.tag)) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element below `element` along a path of lower-case local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def attribute(element: Element, name: str) -> str | None:
    """Value of the attribute of that lower-case local name, without surrounding white space.

    An attribute without prefix wins over one of the same name with a prefix.
    """
    found: str | None = None
    for key, value in element.attrib.items():
        if local_name(str(key)) == name:
            found = str(value).strip()
            if ":" not in str(key) and "}" not in str(key):
                break
    return found


def xml_base(element: Element) -> str:
    """`xml:base` of the element itself, or ""; the plain attribute `base` is not meant."""
    return (element.get(f"{{{XML}}}base") or "").strip()


def text_of(element: Element | None) -> str:
    """All text in an element without surrounding white space; "" for None."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def label_of(element: Element | None) -> str:
    """Text of an element as one line that can be seen."""
    return one_line(text_of(element))


def boolean(element: Element, name: str, report: Report, *, default: bool) -> bool:
    """Value of an xs:boolean attribute; an invalid one is reported and read as the default."""
    written = attribute(element, name)
    if not written:
        return default
    value = _BOOLEANS.get(written.lower())
    if value is None:
        report.gather("manifest_values_invalid", f"{name}={written}", element)
        return default
    return value


def measure(written: str | None, name: str, report: Report, *, default: float) -> float:
    """A decimal from 0 to 1 (CAM 4th Edition 3.4.1.14); anything else is reported and read as the default."""
    if not written:
        return default
    value = float(written) if _DECIMAL.fullmatch(written) else -1.0
    if 0 <= value <= 1:
        return value
    report.gather("manifest_values_invalid", f"{name}={written}")
    return default
