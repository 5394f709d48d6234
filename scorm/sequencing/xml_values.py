"""Values of the elements of `<imsss:sequencing>`: by local name, with a default for whatever is malformed."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
_TRUE = {"true": True, "1": True, "false": False, "0": False}
_MOST_DIGITS = 10
_Vocabulary = TypeVar("_Vocabulary", bound=StrEnum)


def name_of(element: _Element) -> tuple[str, str]:
    """Return ("adlseq" or "", local name); two elements named objectives differ in nothing else."""
    namespace, _, name = str(element.tag).rpartition("}")
    return ("adlseq" if namespace == "{" + ADLSEQ else "", name)


def children_of(element: _Element | None, name: str = "") -> Iterator[_Element]:
    """Yield the child elements, all or those of one local name."""
    if element is not None:
        for child in element:
            if isinstance(child.tag, str) and (not name or name_of(child)[1] == name):
                yield child


def child_of(element: _Element | None, name: str) -> _Element | None:
    """Return the first child element of a local name."""
    return next(children_of(element, name), None)


def text_of(element: _Element | None, attribute: str) -> str:
    """Return an attribute without surrounding blanks, "" when there is none."""
    value = None if element is None else element.get(attribute)
    return "" if value is None else str(value).strip()


def identifier_of(element: _Element, attribute: str) -> str:
    """Return an identifier as xs:anyURI is compared: escaped blanks are blanks, and blanks collapse."""
    return " ".join(text_of(element, attribute).replace("%20", " ").split())


def flag_of(element: _Element | None, attribute: str, *, default: bool) -> bool:
    """Return a boolean attribute; what is neither true nor false counts as absent."""
    return _TRUE.get(text_of(element, attribute).lower(), default)


def word_of(element: _Element | None, attribute: str, vocabulary: type[_Vocabulary]) -> _Vocabulary | None:
    """Return an attribute of a vocabulary, None for a word outside it."""
    try:
        return vocabulary(text_of(element, attribute))
    except ValueError:
        return None


def count_of(element: _Element | None, attribute: str) -> int | None:
    """Return a non-negative whole number, None for anything else."""
    text = text_of(element, attribute)
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else None


def number_of(element: _Element | None, attribute: str, low: float, high: float, *, default: float) -> float:
    """Return a real attribute, the default outside its range."""
    return in_range(text_of(element, attribute), low, high, default=default)


def in_range(text: str | None, low: float, high: float, *, default: float) -> float:
    """Return a real, the default outside its range."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if math.isfinite(value) and low <= value <= high else default
