"""The shape of a data-model table: elements, collections and the names of what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.datamodel.loose import Foreign


class Fault(StrEnum):
    """What can go wrong in a call; each standard gives every fault its own error code."""

    NONE = "none"
    GENERAL = "general"
    ALREADY_INITIALIZED = "already_initialized"
    INITIALIZE_AFTER_TERMINATE = "initialize_after_terminate"
    TERMINATE_BEFORE = "terminate_before"
    TERMINATE_AFTER = "terminate_after"
    GET_BEFORE = "get_before"
    GET_AFTER = "get_after"
    SET_BEFORE = "set_before"
    SET_AFTER = "set_after"
    COMMIT_BEFORE = "commit_before"
    COMMIT_AFTER = "commit_after"
    ARGUMENT = "argument"
    GET_FAILURE = "get_failure"
    SET_FAILURE = "set_failure"
    COMMIT_FAILURE = "commit_failure"
    NO_CHILDREN = "no_children"
    NO_COUNT = "no_count"
    NO_VERSION = "no_version"
    UNDEFINED = "undefined"
    NOT_SET = "not_set"
    READ_ONLY = "read_only"
    WRITE_ONLY = "write_only"
    KEYWORD = "keyword"
    TYPE = "type"
    RANGE = "range"
    DEPENDENCY = "dependency"


@dataclass(frozen=True, slots=True)
class Element:
    """One data-model element; `type` names a rule of `scorm.datamodel.values`.

    `spm` is the smallest permitted maximum the standard promises, in UTF-16 code units; `limit` is
    what this library really keeps (0: the type itself bounds it). `requires` names an element of the
    same record that must be set first, `resets` those that lose their values when this one changes.
    """

    access: str  # "r", "w" or "rw", seen from the content
    type: str = "string"
    default: str | None = None
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    spm: int = 0
    limit: int = 0
    requires: str = ""
    resets: tuple[str, ...] = ()
    immutable: bool = False
    unique: bool = False
    blank: bool = False  # the empty string is allowed whatever the type
    blank_is_unset: bool = False  # the empty string reads as no value at all
    transient: bool = False  # forgotten when the session ends
    guarded: bool = False  # the entry's own `_access` decides (adl.data)
    mandatory: bool = True  # whether the standard obliges an LMS to implement it

    def as_dict(self) -> dict[str, Any]:
        """The JSON form: only what differs from the dataclass's defaults, plus access and type."""
        told: dict[str, Any] = {"access": self.access, "type": self.type}
        for name in self.__slots__:
            value = getattr(self, name)
            if name not in told and value != _PLAIN[name]:
                told[name] = list(value) if isinstance(value, tuple) else value
        return told


_PLAIN: dict[str, Any] = {name: getattr(Element("r"), name) for name in Element.__slots__}


@dataclass(frozen=True, slots=True)
class Collection:
    """An indexed array of records: indices are contiguous from 0, at most `limit` of them."""

    spm: int
    limit: int
    requires: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A status the run-time decides from a measure once the manifest sets a threshold."""

    element: str
    measure: str
    threshold: str
    met: str
    missed: str
    unset: str


@dataclass(frozen=True, repr=False)
class DataModelTable:
    """Everything a run-time engine must know of one standard; `as_dict` is what browsers interpret."""

    standard: str  # "1.2" or "2004"
    edition: str
    elements: Mapping[str, Element]
    collections: Mapping[str, Collection]
    children: Mapping[str, str]
    codes: Mapping[Fault, str]
    strings: Mapping[str, str]
    formats: Mapping[str, str]
    interactions: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    evaluations: tuple[Evaluation, ...] = ()
    targets: tuple[str, ...] = ()  # navigation requests that need {target=...}
    languages: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # scorm.datamodel.loose
    foreign: Mapping[str, Foreign] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<DataModelTable {self.edition}>"

    @property
    def nodes(self) -> frozenset[str]:
        """Names that have elements below them but no value of their own, such as `cmi.score`."""
        found: set[str] = set()
        for pattern in self.elements:
            parts = pattern.split(".")
            found.update(".".join(parts[:end]) for end in range(1, len(parts)))
        return frozenset(found)

    def as_dict(self) -> dict[str, Any]:
        """The table as JSON-ready data, the same for every learner (cacheable)."""
        return {
            "standard": self.standard,
            "edition": self.edition,
            "elements": {name: element.as_dict() for name, element in self.elements.items()},
            "collections": {
                name: {"limit": each.limit, "spm": each.spm, "requires": each.requires}
                for name, each in self.collections.items()
            },
            "children": dict(self.children),
            "nodes": sorted(self.nodes),
            "codes": {fault.value: code for fault, code in self.codes.items()},
            "strings": dict(self.strings),
            "formats": dict(self.formats),
            "interactions": {kind: dict(rules) for kind, rules in self.interactions.items()},
            "evaluations": [{name: getattr(each, name) for name in each.__slots__} for each in self.evaluations],
            "targets": list(self.targets),
            "languages": sorted(self.languages),
            "words": {name: dict(words) for name, words in self.words.items()},
            "foreign": {name: one.as_dict() for name, one in self.foreign.items()},
        }
