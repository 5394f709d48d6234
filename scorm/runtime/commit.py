"""Checking a browser's commit on the server: nothing enters a document that the data model forbids."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scorm.datamodel import Fault
from scorm.runtime.names import parse
from scorm.runtime.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.datamodel import DataModelTable

LARGEST_DOCUMENT = 16 * 1024 * 1024  # characters of all names and values together


def apply_commit(
    table: DataModelTable,
    document: Mapping[str, str],
    delta: Mapping[str, object],
    *,
    tolerant: bool = True,
) -> tuple[dict[str, str], dict[str, str]]:
    """Apply a delta: the new document, and the refused elements with their error codes.

    Every element is checked for existence, access, index, dependency, type, range and size; a value
    that is no string is a type mismatch. The delta's order does not matter: identifiers come first,
    then types, and a type forgets the responses kept before. The document given is left as it is.
    Applying a delta twice gives the same.
    """
    store = Store(table, document)
    size = sum(map(len, store.document)) + sum(map(len, store.document.values()))
    rejected: dict[str, str] = {}
    for element, value in sorted(delta.items(), key=partial(_rank, table)):
        fault = Fault.TYPE
        if isinstance(value, str):
            size += len(element) + len(value)
            fault = Fault.SET_FAILURE
            if size <= LARGEST_DOCUMENT:
                fault = store.set(element, value, pending=delta, renews=True, tolerant=tolerant)
        if fault is not Fault.NONE:
            rejected[element] = table.codes[fault]
    return store.document, rejected


def _rank(table: DataModelTable, item: tuple[str, object]) -> tuple[int, tuple[int, ...]]:
    """Where an element stands in a commit: identifiers, types, the rest; records in their order."""
    name = parse(item[0])
    rule = table.elements.get(name.pattern)
    if name.pattern.endswith(".id"):
        return 0, name.indices
    return (1 if rule and rule.resets else 2), name.indices
