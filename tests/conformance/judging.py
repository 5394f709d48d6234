"""Whether an answer of the API is the expected one: by the data types of the standard, not by spelling."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from scorm.datamodel import table_for
from scorm.datamodel.durations import parse as parse_duration
from scorm.runtime.names import parse as parse_name

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = table_for("2004 4th")
SAME = 1e-6
LONGEST_STRING = 255
_DELIMITER = re.compile(r"\{(lang|case_matters|order_matters)=([^}]*)\}")
_USUAL = {"lang": "en", "case_matters": "false", "order_matters": "true"}
COMMENT_ERRORS = {"0", "301", "403"}  # an LMS may have comments or none


class Check(NamedTuple):
    """One comparison; a soft one is not part of passing."""

    holds: bool
    about: str
    expected: str
    got: str
    is_soft: bool = False


def judge(call: dict[str, str], got: str, error: str, learner_id: str) -> Iterator[Check]:
    """Compare one call, as `cases.json` describes it, with its answer and the error after it."""
    function, element = call["fn"], call["arg0"]
    about = f"{function}({element[:80]})"
    expected_error = Check(error == call["error"], f"error after {about}", call["error"], error)
    if function == "GetValue" and element.startswith("cmi.comments_from_lms") and not element.endswith("_children"):
        yield Check(error in COMMENT_ERRORS | {call["error"]}, f"error after {about}", "0, 301 or 403", error)
        return
    yield expected_error
    if function == "GetDiagnostic" or call["value"] == "less255":
        yield Check(len(got) < LONGEST_STRING, about, "less than 255 characters", got)
    elif function == "GetErrorString" and call["value"] == "emptyCS":
        yield Check(got == "", about, "", got)
    elif function == "GetValue":
        yield from _value(element, _expected(call, learner_id), got, about, call["itype"])
    else:
        yield Check(got == call["value"], about, call["value"], got)


def _expected(call: dict[str, str], learner_id: str) -> str:
    if call["arg0"] == "cmi.learner_id" and call["error"] == "0":
        return learner_id
    if "&" in call["arg0"] and call["arg0"].endswith(".id") and not call["value"]:
        return call["arg0"].split("&")[1]
    return call["value"]


def _value(element: str, expected: str, got: str, about: str, kind: str) -> Iterator[Check]:
    if element == "cmi.learner_name":
        return
    if "request_valid" in element and expected:
        yield Check(got in {"true", "false", "unknown"}, about, "true, false or unknown", got)
        yield Check(got == expected, about, expected, got, is_soft=True)
        return
    yield Check(is_same(element, expected, got, kind), about, expected, got)


def is_same(element: str, expected: str, got: str, kind: str = "") -> bool:
    """Whether two values of an element mean the same; `kind` is the type of the interaction."""
    if expected == got:
        return True
    if element.endswith("._children"):
        return set(expected.split(",")) == {name.strip() for name in got.split(",")}
    known = TABLE.elements.get(parse_name(re.sub(r"&[^&]*&", "0", element)).pattern)
    if known is None or (not expected and not got.startswith("{")):
        return False
    compare = {
        "real": _same_number,
        "result": _same_number,
        "interval": lambda a, b: parse_duration(a) == parse_duration(b),
        "timestamp": lambda a, b: _moment(a) == _moment(b),
        "localized": lambda a, b: _loosely(a, ordered=True) == _loosely(b, ordered=True),
        "language": lambda a, b: {a.lower(), b.lower()} <= {"en", "eng"} or a.lower() == b.lower(),
        "response": lambda a, b: _same_response(kind, a, b),
        "pattern": lambda a, b: _same_response(kind, a, b),
    }.get(known.type)
    if compare is not None and compare(expected, got):
        return True
    return bool(known.spm) and len(expected) > known.spm and got == expected[: known.spm]


def _same_number(one: str, other: str) -> bool:
    try:
        return abs(float(one) - float(other)) < SAME
    except ValueError:
        return False


def _moment(text: str) -> datetime:
    """The second a timestamp names; its parts may be left out from the right."""
    whole = re.sub(r"\.\d+", "", text).replace("Z", "+00:00")
    filled = whole + "2000-01-01T00:00:00"[len(whole) :] if len(whole) < len("2000-01-01T00:00:00") else whole
    if re.search(r"[+-]\d\d$", filled) and "T" in filled:
        filled += ":00"
    moment = datetime.fromisoformat(filled)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _same_response(kind: str, one: str, other: str) -> bool:
    if kind == "numeric":
        pairs = list(zip(one.split("[:]"), other.split("[:]"), strict=False))
        return one.count("[:]") == other.count("[:]") and all(
            (not a.strip() and not b.strip()) or _same_number(a, b) for a, b in pairs
        )
    if kind in {"choice", "matching"}:
        return sorted(one.split("[,]")) == sorted(other.split("[,]"))
    return _loosely(one) == _loosely(other)


def _loosely(text: str, *, ordered: bool = False) -> object:
    """A value with its delimiters in one form: those in front that say the usual are left out."""
    flags, rest = dict(_USUAL), text
    while found := _DELIMITER.match(rest):
        flags[found[1]] = found[2].lower()
        rest = rest[found.end() :]
    if ordered:
        return flags["lang"], rest
    records = []
    for place, record in enumerate(rest.split("[,]")):
        language, words = flags["lang"] if place == 0 else "en", record
        if found := re.match(r"\{lang=([^}]*)\}", record):
            language, words = found[1].lower(), record[found.end() :]
        records.append((language, words if flags["case_matters"] == "true" else words.lower()))
    kept = records if flags["order_matters"] == "true" else sorted(records)
    return flags["case_matters"], flags["order_matters"], kept
