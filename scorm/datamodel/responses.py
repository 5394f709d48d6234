"""The forms of learner responses and correct-response patterns (RTE 4th Edition, 4.1.1.6, 4.2.9.1, 4.2.9.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorm.datamodel.lexical import has_format, real, take_delimiters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorm.datamodel.element import DataModelTable

COMMA, DOT, COLON = "[,]", "[.]", "[:]"


def _is_identifier(table: DataModelTable, value: str) -> bool:
    return has_format(table, "identifier", value)


def _identifiers(table: DataModelTable, rule: Mapping[str, Any], value: str) -> bool:
    items = value.split(COMMA)
    if len(items) > rule["most"]:
        return False
    if rule.get("unique") and len(set(items)) < len(items):
        return False
    return all(_is_identifier(table, each) for each in items)


def _texts(table: DataModelTable, _: Mapping[str, Any], value: str) -> bool:
    return all(take_delimiters(table, each, {"lang": ()})[0] for each in value.split(COMMA))


def _pairs(table: DataModelTable, _: Mapping[str, Any], value: str) -> bool:
    records = [record.split(DOT) for record in value.split(COMMA)]
    return all(
        len(pair) == 2 and all(_is_identifier(table, side) for side in pair)  # noqa: PLR2004  # source and target
        for pair in records
    )


def _is_step(table: DataModelTable, record: str) -> bool:
    """`name[.]answer`: either may be left out, not both; the answer is a text or a numeric range."""
    name, dot, answer = record.partition(DOT)
    if not dot or DOT in answer or not (name or answer):
        return False
    if name and not _is_identifier(table, name):
        return False
    return COLON not in answer or is_range(table, answer)


def _steps(table: DataModelTable, _: Mapping[str, Any], value: str) -> bool:
    return all(_is_step(table, record) for record in value.split(COMMA))


def is_range(table: DataModelTable, value: str) -> bool:
    """`min[:]max`, each of which may be left out; min is not above max."""
    bounds = value.split(COLON)
    if len(bounds) != 2:  # noqa: PLR2004  # a lower and an upper bound
        return False
    numbers = [real(table, bound) for bound in bounds if bound.strip(" ")]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and known == sorted(known)


_FORMS: dict[str, Callable[[DataModelTable, Mapping[str, Any], str], bool]] = {
    "vocabulary": lambda _, rule, value: value in rule["values"],
    "identifier": lambda table, _, value: _is_identifier(table, value),
    "identifiers": _identifiers,
    "texts": _texts,
    "text": lambda _table, _rule, _value: True,
    "pairs": _pairs,
    "steps": _steps,
    "real": lambda table, _, value: real(table, value) is not None,
    "range": lambda table, _, value: is_range(table, value),
}


def has_form(table: DataModelTable, rule: Mapping[str, Any], value: str) -> bool:
    """Whether a response or pattern has the form of its rule (`scorm.datamodel.interactions`)."""
    valid, rest = take_delimiters(table, value, rule.get("delimiters", {}))
    if not valid:
        return False
    if rule.get("blank") and not rest:
        return True
    return _FORMS[rule["kind"]](table, rule, rest)


def are_equal(distinct: str, one: str, other: str) -> bool:
    """Whether two patterns say the same: as a bag ("set") or letter by letter ("list")."""
    if distinct == "list":
        return one == other
    return sorted(one.split(COMMA)) == sorted(other.split(COMMA))
