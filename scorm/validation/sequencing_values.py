"""Attributes of sequencing elements: their vocabularies and ranges, and elements nobody evaluates (CAM 5.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, children
from scorm.sequencing.definition import (
    EXIT_ACTIONS,
    POST_CONDITION_ACTIONS,
    PRE_CONDITION_ACTIONS,
    ChildActivitySet,
    Combination,
    ConditionKind,
    Consideration,
    RollupAction,
    Timing,
)
from scorm.sequencing.xml_values import count_of, name_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from scorm.validation.subject import Subject

_FLAGS: Final = frozenset({"true", "false", "1", "0"})
_MEASURE: Final = (-1.0, 1.0)
_SHARE: Final = (0.0, 1.0)
_COUNT: Final = (0.0, math.inf)
_Allowed = frozenset[str] | tuple[float, float]
# rollupCondition of the 4th Edition has no measures and no "always" (CAM 5.1.6.2).
_VALUES: Final[dict[str, dict[str, _Allowed]]] = {
    "controlMode": dict.fromkeys(
        (
            "choice", "choiceExit", "flow", "forwardOnly", "useCurrentAttemptObjectiveInfo",
            "useCurrentAttemptProgressInfo",
        ),
        _FLAGS,
    ),
    "constrainedChoiceConsiderations": dict.fromkeys(("preventActivation", "constrainChoice"), _FLAGS),
    "ruleConditions": {"conditionCombination": frozenset(Combination)},
    "rollupConditions": {"conditionCombination": frozenset(Combination)},
    "ruleCondition": {
        "condition": frozenset(ConditionKind), "operator": frozenset({"not", "noOp"}), "measureThreshold": _MEASURE,
    },
    "rollupCondition": {"condition": frozenset(ConditionKind), "operator": frozenset({"not", "noOp"})},
    "rollupAction": {"action": frozenset(RollupAction)},
    "limitConditions": {"attemptLimit": _COUNT},
    "rollupRules": {
        "rollupObjectiveSatisfied": _FLAGS, "rollupProgressCompletion": _FLAGS, "objectiveMeasureWeight": _SHARE,
    },
    "rollupRule": {
        "childActivitySet": frozenset(ChildActivitySet), "minimumCount": _COUNT, "minimumPercent": _SHARE,
    },
    "rollupConsiderations": {
        **dict.fromkeys(
            ("requiredForSatisfied", "requiredForNotSatisfied", "requiredForCompleted", "requiredForIncomplete"),
            frozenset(Consideration),
        ),
        "measureSatisfactionIfActive": _FLAGS,
    },
    "primaryObjective": {"satisfiedByMeasure": _FLAGS},
    "objective": {"satisfiedByMeasure": _FLAGS},
    "mapInfo": {
        f"{direction}{field}": _FLAGS
        for direction in ("read", "write")
        for field in (
            "SatisfiedStatus", "NormalizedMeasure", "RawScore", "MinScore", "MaxScore", "CompletionStatus",
            "ProgressMeasure",
        )
    },
    "randomizationControls": {
        "randomizationTiming": frozenset(Timing), "selectionTiming": frozenset(Timing), "selectCount": _COUNT,
        "reorderChildren": _FLAGS,
    },
    "deliveryControls": dict.fromkeys(("tracked", "completionSetByContent", "objectiveSetByContent"), _FLAGS),
}  # fmt: skip
_ACTIONS: Final = {
    "preConditionRule": frozenset(PRE_CONDITION_ACTIONS),
    "exitConditionRule": frozenset(EXIT_ACTIONS),
    "postConditionRule": frozenset(POST_CONDITION_ACTIONS),
}
_NEEDED: Final = {
    "ruleAction": "action", "rollupAction": "action", "ruleCondition": "condition", "rollupCondition": "condition",
    "mapInfo": "targetObjectiveID", "objective": "objectiveID",
}  # fmt: skip
_NEEDED_INSIDE: Final = {
    "preConditionRule": "ruleAction", "exitConditionRule": "ruleAction", "postConditionRule": "ruleAction",
    "rollupRule": "rollupAction",
}  # fmt: skip
# Systems need not evaluate them (CAM 5.1.4, 5.1.5; SN 3.5, 3.6).
_UNEVALUATED: Final = (
    "attemptExperiencedDurationLimit", "activityAbsoluteDurationLimit", "activityExperiencedDurationLimit",
    "beginTimeLimit", "endTimeLimit",
)  # fmt: skip


def check(subject: Subject) -> None:
    """Report on every element of every `<imsss:sequencing>`, those of the shared collection included."""
    shared = [
        found for group in children(subject.root, "sequencingcollection") for found in children(group, "sequencing")
    ]
    known = {identifier for found in shared if (identifier := attribute(found, "id"))}
    for found in shared:
        _check_all(subject, attribute(found, "id") or "sequencingCollection", found)
    for tree in subject.trees:
        for activity in tree.walk():
            for found in activity.parts.get("sequencing", ()):
                _check_all(subject, activity.identifier, found)
                reference = text_of(found, "IDRef")
                if reference and reference not in known:
                    subject.note("seq_collection_missing", f"{activity.identifier}: {reference}", found)


def _check_all(subject: Subject, owner: str, sequencing: Element) -> None:
    for element in sequencing.iterdescendants():
        name = name_of(element)[1]
        allowed = dict(_VALUES.get(name, {}))
        if name == "ruleAction":
            parent = element.getparent()
            allowed = {"action": _ACTIONS.get("" if parent is None else name_of(parent)[1], frozenset())}
        for wrong in _wrong(element, allowed):
            subject.note("seq_values_invalid", f"{owner}: {wrong}", element)
        _check_needed(subject, owner, element, name)
        _check_deprecated(subject, owner, element, name)
        if name == "minNormalizedMeasure" and not _fits((element.text or "").strip(), _MEASURE):
            subject.note("seq_values_invalid", f"{owner}: {name}={(element.text or '').strip()}", element)


def _wrong(element: Element, allowed: dict[str, _Allowed]) -> Iterable[str]:
    """Attributes outside what is allowed, which the reader passes over, as "name=value"."""
    for name, values in allowed.items():
        written = text_of(element, name)
        if written and not _fits(written, values) and not (values == _COUNT and count_of(element, name) is not None):
            yield f"{name}={written}"


def _fits(written: str, allowed: _Allowed) -> bool:
    if isinstance(allowed, frozenset):
        return (written.lower() if allowed is _FLAGS else written) in allowed
    if allowed == _COUNT:
        return written.isascii() and written.isdigit()
    try:
        return allowed[0] <= float(written) <= allowed[1]
    except ValueError:
        return False


def _check_needed(subject: Subject, owner: str, element: Element, name: str) -> None:
    """Rules, conditions and maps without their word are passed over whole (CAM 5.1.3, 5.1.6, 5.1.7)."""
    needed = _NEEDED.get(name)
    # `<adlseq:objective>` and `<imsss:objective>` both need their identifier.
    if needed and not text_of(element, needed):
        subject.note("seq_attributes_missing", f"{owner}: {name} {needed}", element)
    inside = _NEEDED_INSIDE.get(name)
    if inside and all(name_of(found)[1] != inside for found in element.iterchildren()):
        subject.note("seq_attributes_missing", f"{owner}: {name} {inside}", element)


def _check_deprecated(subject: Subject, owner: str, element: Element, name: str) -> None:
    if name == "limitConditions":
        for limit in _UNEVALUATED:
            if text_of(element, limit):
                subject.note("seq_deprecated", f"{owner}: {limit}", element)
