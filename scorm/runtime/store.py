"""A cmi document seen through its table: reading and writing single elements by the standard's rules."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from scorm.datamodel import Fault
from scorm.datamodel.lexical import real
from scorm.datamodel.responses import are_equal
from scorm.datamodel.values import check
from scorm.runtime.names import Name, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableSet

    from scorm.datamodel import DataModelTable, Element, Evaluation

_INDEX = re.compile(r"\.([0-9]+)\.")


def evaluated(table: DataModelTable, document: Mapping[str, str], element: str) -> str | None:
    """A status as the run-time decides it from a threshold, None where no threshold applies.

    RTE 4.2.4.1 (completion_status) and 4.2.22.1 (success_status).
    """
    rule: Evaluation | None = next((each for each in table.evaluations if each.element == element), None)
    if rule is None:
        return None
    threshold = real(table, document.get(rule.threshold, ""))
    if threshold is None:
        return None
    measure = real(table, document.get(rule.measure, ""))
    if measure is None:
        return rule.unset
    return rule.met if measure >= threshold else rule.missed


def value_of(table: DataModelTable, document: Mapping[str, str], element: str) -> str | None:
    """What content would read: the evaluated status, the value, or the table's default."""
    status = evaluated(table, document, element)
    if status is not None:
        return status
    if element in document:
        return document[element]
    return table.elements[parse(element).pattern].default


def _count_in(counts: dict[str, int], element: str) -> None:
    for found in _INDEX.finditer(element):
        collection = element[: found.start()]
        counts[collection] = max(counts.get(collection, 0), int(found[1]) + 1)


class Store:
    """One document, its collections' lengths, and `get`/`set` of single elements.

    Not here: the API's states and what differs between content and server (see `Runtime`, `commit`).
    """

    def __init__(self, table: DataModelTable, document: Mapping[str, str]) -> None:
        self.table = table
        self.document = dict(document)
        self._holders: dict[str, dict[str, MutableSet[str]]] = {}

    @cached_property
    def counts(self) -> dict[str, int]:
        """The lengths of the collections; made when first needed, because most elements stand in none."""
        counts: dict[str, int] = {}
        for element in self.document:
            _count_in(counts, element)
        return counts

    # ------------------------------------------------------------------ reading

    def get(self, text: str) -> tuple[str, Fault]:
        """The value of a named element ("" with a fault)."""
        if not text:
            return "", Fault.GET_FAILURE
        name = parse(text)
        if name.keyword and name.pattern not in self.table.elements:
            return self._keyword(name)
        element = self.table.elements.get(name.pattern)
        fault = self._may_get(name, element)
        if fault is not Fault.NONE or element is None:
            return "", fault
        value = element.default if name.target else value_of(self.table, self.document, name.full)
        if value is None or (element.blank_is_unset and not value):
            return "", Fault.NOT_SET
        return value, Fault.NONE

    def _may_get(self, name: Name, element: Element | None) -> Fault:
        if element is None or (name.target is not None and element.type != "target"):
            return Fault.UNDEFINED
        if "r" not in element.access:
            return Fault.WRITE_ONLY
        if (element.type == "target" and not name.target) or not self._exists(name):
            return Fault.GET_FAILURE
        return Fault.NONE if "r" in self._access(element, name) else Fault.WRITE_ONLY

    def _keyword(self, name: Name) -> tuple[str, Fault]:
        owner = name.owner
        if owner not in self.table.elements and (owner not in self.table.nodes or "." not in owner):
            return "", Fault.UNDEFINED
        if not self._exists(name):
            return "", Fault.GET_FAILURE
        if name.keyword == "_children":
            told = self.table.children.get(owner)
            return ("", Fault.NO_CHILDREN) if told is None else (told, Fault.NONE)
        if name.keyword == "_count":
            if owner not in self.table.collections:
                return "", Fault.NO_COUNT
            return str(self.counts.get(name.full.rpartition(".")[0], 0)), Fault.NONE
        return "", Fault.NO_VERSION

    def _collections(self, name: Name) -> Iterator[tuple[str, str, int]]:
        """Each collection on the way to an element: its pattern, its full name, the index in it."""
        patterns, parts = name.pattern.split("."), name.full.split(".")
        for end in [position for position, part in enumerate(patterns) if part == "n"]:
            yield ".".join(patterns[:end]), ".".join(parts[:end]), int(parts[end])

    def _exists(self, name: Name) -> bool:
        return all(index < self.counts.get(full, 0) for _, full, index in self._collections(name))

    def _access(self, element: Element, name: Name) -> str:
        """The access of an element, narrowed by its entry's own (RTE 4.3.1: adl.data.n.store)."""
        if not element.guarded:
            return element.access
        return self.document.get(name.full.rpartition(".")[0] + "._access", element.access)

    # ------------------------------------------------------------------ writing

    def set(
        self,
        text: str,
        value: str,
        *,
        pending: Mapping[str, object] | None = None,
        renews: bool = False,
        tolerant: bool = True,
    ) -> Fault:
        """Set an element or say why not.

        `pending` are the values of the same commit: an identifier about to change is free already.
        `renews` lets an element reset what depends on it even when its value is the one it had.
        """
        name = parse(text)
        fault = self._may_set(name, text)
        element = self.table.elements.get(name.pattern)
        if fault is not Fault.NONE or element is None:
            return fault
        fault = self._may_hold(name, element, value, pending or {})
        if fault is not Fault.NONE:
            return fault
        kind = self._interaction(name) if element.type in {"response", "pattern"} else ""
        fault = check(self.table, element, value, interaction=kind, tolerant=tolerant)
        if fault is Fault.NONE:
            if element.resets and (renews or self.document.get(name.full) != value):
                self._reset(name, element)
            self._write(name, element, value)
        return fault

    def _may_set(self, name: Name, text: str) -> Fault:
        """Existence, access, index order and dependencies, in this order."""
        if name.keyword:
            known = name.owner in self.table.nodes or name.owner in self.table.elements
            return Fault.KEYWORD if known else Fault.UNDEFINED
        element = self.table.elements.get(name.pattern)
        if element is None or (name.target is not None and element.type != "target"):
            return Fault.UNDEFINED if text else Fault.SET_FAILURE
        if "w" not in element.access:
            return Fault.READ_ONLY
        fault = self._may_reach(name)
        if fault is Fault.NONE and "w" not in self._access(element, name):
            fault = Fault.READ_ONLY
        if fault is Fault.NONE and element.requires and not self._has_sibling(name, element.requires):
            fault = Fault.DEPENDENCY
        return fault

    def _may_reach(self, name: Name) -> Fault:
        """Indices may go one beyond the end, and never beyond the collection's limit."""
        for pattern, full, index in self._collections(name):
            collection = self.table.collections[pattern]
            owner = full.rpartition(".")[0]
            if collection.requires and f"{owner}.{collection.requires}" not in self.document:
                return Fault.DEPENDENCY
            if index > self.counts.get(full, 0) or index >= self._limit(pattern, full, collection.limit):
                return Fault.SET_FAILURE
            # Entries of adl.data come from the manifest; content cannot add one.
            if pattern == "adl.data" and index >= self.counts.get(full, 0):
                return Fault.SET_FAILURE
        return Fault.NONE

    def _limit(self, pattern: str, full: str, limit: int) -> int:
        if not pattern.endswith(".correct_responses") or not self.table.interactions:
            return limit
        kind = self.document.get(full.rpartition(".")[0] + ".type", "")
        rule = self.table.interactions.get(kind, {}).get("pattern", {})
        return int(rule.get("max", limit))

    def _record(self, name: Name) -> str:
        """The full name of the innermost record that holds the element."""
        parts = name.pattern.split(".")
        if "n" not in parts:
            return name.full.rpartition(".")[0]
        last = len(parts) - parts[::-1].index("n")
        return ".".join(name.full.split(".")[:last])

    def _has_sibling(self, name: Name, sibling: str) -> bool:
        return f"{self._record(name)}.{sibling}" in self.document

    def _interaction(self, name: Name) -> str:
        return self.document[".".join(name.full.split(".")[:3]) + ".type"]

    def _may_hold(self, name: Name, element: Element, value: str, pending: Mapping[str, object]) -> Fault:
        """Identifiers that may not change or repeat, patterns that may not repeat (RTE 4.2.9, 4.2.17)."""
        held = self.document.get(name.full)
        if element.immutable and held is not None and held != value:
            return Fault.SET_FAILURE
        if held == value:
            return Fault.NONE
        if element.unique:
            holders = self._holders_of(name).get(value, set())
            repeats = any(pending.get(other, value) == value for other in holders)
        else:
            distinct = self._distinct(name, element)
            repeats = bool(distinct) and any(are_equal(distinct, value, each) for each in self._others(name))
        return Fault.SET_FAILURE if repeats else Fault.NONE

    def _holders_of(self, name: Name) -> dict[str, MutableSet[str]]:
        """Which records of a collection hold which identifier; made once and kept up to date."""
        collection = self._record(name).rpartition(".")[0]
        if collection not in self._holders:
            holders = self._holders[collection] = {}
            for other in self._siblings(name):
                if other in self.document:
                    holders.setdefault(self.document[other], set()).add(other)
        return self._holders[collection]

    def _distinct(self, name: Name, element: Element) -> str:
        if element.type != "pattern":
            return ""
        return str(self.table.interactions[self._interaction(name)]["pattern"].get("distinct", ""))

    def _siblings(self, name: Name) -> Iterator[str]:
        """The same element in every record of its collection."""
        record = self._record(name)
        collection, leaf = record.rpartition(".")[0], name.full[len(record) :]
        return (f"{collection}.{index}{leaf}" for index in range(self.counts.get(collection, 0)))

    def _others(self, name: Name) -> Iterator[str]:
        """The values of the same element in the other records of its collection."""
        return (self.document[other] for other in self._siblings(name) if other != name.full and other in self.document)

    def _write(self, name: Name, element: Element, value: str) -> None:
        if element.unique:
            holders = self._holders_of(name)
            holders.get(self.document.get(name.full, ""), set()).discard(name.full)
            holders.setdefault(value, set()).add(name.full)
        self.document[name.full] = value
        if name.indices:
            _count_in(self.counts, name.full)

    def _reset(self, name: Name, element: Element) -> None:
        record, pattern = self._record(name), name.pattern.rpartition(".")[0]
        for sibling in element.resets:
            self.document.pop(f"{record}.{sibling}", None)
            count = self.counts.pop(f"{record}.{sibling}", 0)
            prefix = f"{pattern}.{sibling}.n."
            leaves = [each.removeprefix(prefix) for each in self.table.elements if count and each.startswith(prefix)]
            for index in range(count):
                for leaf in leaves:
                    self.document.pop(f"{record}.{sibling}.{index}.{leaf}", None)
