"""The interactions of a cmi document in one form for both standards (RTE 1.2, 3.4.7; 2004 RTE 4.2.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scorm.datamodel.durations import parse as parse_duration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ELEMENT = re.compile(r"cmi\.interactions\.(\d{1,6})\.(.+)")
_PATTERN = re.compile(r"correct_responses\.(\d{1,6})\.pattern")
_PREFIX = re.compile(r"\{(lang|case_matters|order_matters)=[^}]*\}")
_URN = "urn:scormdriver:"  # what a widespread driver puts before the words of a choice, percent-encoded
_TRUE, _FALSE = frozenset({"true", "t", "1"}), frozenset({"false", "f", "0"})
_RIGHT, _WRONG = frozenset({"correct"}), frozenset({"incorrect", "wrong"})


class Shape(StrEnum):
    """How the parts of an answer belong together."""

    TEXT = "text"  # one part as it is
    SET = "set"  # several chosen or filled in
    ORDER = "order"  # one after the other
    PAIRS = "pairs"  # each part is two, that belong together
    RANGE = "range"  # from and to, either of which may be ""
    TRUTH = "truth"  # "true" or "false"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response or a pattern, taken apart; pairs and ranges have parts of two."""

    shape: Shape
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Interaction:
    """One record; `given` and `patterns` are as content wrote them, `latency` in seconds.

    `is_right` is None when content judged neither right nor wrong.
    """

    number: int
    identifier: str
    kind: str = ""
    description: str = ""
    given: str = ""
    patterns: tuple[str, ...] = ()
    result: str = ""
    latency: float | None = None
    at: str = ""

    @property
    def is_right(self) -> bool | None:
        """Whether content judged the response right."""
        if self.result in _RIGHT:
            return True
        return False if self.result in _WRONG else None


@dataclass(slots=True)
class _Record:
    values: dict[str, str] = field(default_factory=dict)
    patterns: dict[int, str] = field(default_factory=dict)


def interactions_of(document: Mapping[str, str]) -> list[Interaction]:
    """Return the interactions of a document of either version, in their order; those without an identifier are none."""
    records: dict[int, _Record] = {}
    for element, value in document.items():
        match = _ELEMENT.fullmatch(element)
        if match is None:
            continue
        record = records.setdefault(int(match[1]), _Record())
        pattern = _PATTERN.fullmatch(match[2])
        if pattern is not None:
            record.patterns[int(pattern[1])] = value
        else:
            record.values[match[2]] = value
    return [_interaction(number, record) for number, record in sorted(records.items()) if record.values.get("id")]


def _interaction(number: int, record: _Record) -> Interaction:
    values = record.values
    latency = values.get("latency", "")
    return Interaction(
        number=number,
        identifier=values["id"],
        kind=values.get("type", ""),
        description=values.get("description", ""),
        given=values.get("learner_response", values.get("student_response", "")),
        patterns=tuple(record.patterns[place] for place in sorted(record.patterns)),
        result=values.get("result", ""),
        latency=parse_duration(latency).seconds if latency else None,
        at=values.get("timestamp", values.get("time", "")),
    )


def answer_of(kind: str, text: str) -> Answer:
    """Take a response or a pattern apart by the kind of its interaction; what has no form of its own stays as it is."""
    text = _without_prefixes(text)
    return _SHAPES.get(kind, _text)(text)


def plain(identifier: str) -> str:
    """Return the words of an identifier that a driver has wrapped, or the identifier as it is."""
    return unquote(identifier.removeprefix(_URN)).replace("_", " ") if identifier.startswith(_URN) else identifier


def _split(text: str) -> list[str]:
    """The parts of `a[,]b`, or of `a,b` and `{a,b}` as SCORM 1.2 writes them."""
    parts = text.split("[,]") if "[,]" in text else text.removeprefix("{").removesuffix("}").split(",")
    return [plain(part.strip()) for part in parts if part.strip()]


def _pair(text: str) -> tuple[str, ...]:
    """A source and its target, `a[.]b` or `a.b`; a step without an answer stays alone."""
    left, mark, right = text.partition("[.]" if "[.]" in text else ".")
    return (plain(left.strip()), plain(right.strip())) if mark and right.strip() else (text,)


def _without_prefixes(text: str) -> str:
    """A text without `{lang=…}`, `{case_matters=…}` and `{order_matters=…}` before it."""
    while (match := _PREFIX.match(text)) is not None:
        text = text[match.end() :]
    return text


def _text(text: str) -> Answer:
    return Answer(Shape.TEXT, ((plain(text),),))


def _set(text: str) -> Answer:
    return Answer(Shape.SET, tuple((part,) for part in _split(text)))


def _order(text: str) -> Answer:
    return Answer(Shape.ORDER, tuple((part,) for part in _split(text)))


def _pairs(text: str) -> Answer:
    return Answer(Shape.PAIRS, tuple(_pair(part) for part in _split(text)))


def _number(text: str) -> Answer:
    low, mark, high = text.partition("[:]")
    return Answer(Shape.RANGE, ((low, high),)) if mark else _text(text)


def _truth(text: str) -> Answer:
    word = text.lower()
    if word not in _TRUE | _FALSE:
        return _text(text)
    return Answer(Shape.TRUTH, (("true" if word in _TRUE else "false",),))


def _filled(text: str) -> Answer:
    if "[,]" not in text:
        return _text(text)
    return Answer(Shape.SET, tuple((_without_prefixes(part),) for part in text.split("[,]")))


_SHAPES: dict[str, Callable[[str], Answer]] = {
    "choice": _set,
    "sequencing": _order,
    "matching": _pairs,
    "performance": _pairs,
    "numeric": _number,
    "true-false": _truth,
    "fill-in": _filled,
    "long-fill-in": _filled,
}
