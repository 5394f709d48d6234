"""Read `<imsss:sequencing>` elements into sequencing definitions (SCORM CAM 5.1), tolerant of bad values."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from scorm.sequencing.definition import (
    EXIT_ACTIONS,
    POST_CONDITION_ACTIONS,
    PRE_CONDITION_ACTIONS,
    AuxiliaryResource,
    ChildActivitySet,
    Combination,
    ConditionKind,
    Consideration,
    ConstrainedChoice,
    ControlModes,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    RandomizationControls,
    RollupAction,
    RollupConsiderations,
    RollupControls,
    RollupRule,
    RuleAction,
    RuleCondition,
    SequencingDefinition,
    SequencingRule,
    Timing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
_TRUE = {"true": True, "1": True, "false": False, "0": False}
_Vocabulary = TypeVar("_Vocabulary", bound=StrEnum)


def read_sequencing(element: _Element, collection: Mapping[str, _Element]) -> SequencingDefinition:
    """Read one `<imsss:sequencing>` with what its `IDRef` names in the `<imsss:sequencingCollection>`.

    A child element of the item's own sequencing replaces the child element of the same name in the
    collection (CAM 5.1.1). `collection` maps `ID` to element. Values outside their vocabulary or range
    count as absent.
    """
    parts: dict[tuple[str, str], _Element] = {}
    for source in (collection.get(_text(element, "IDRef")), element):
        if source is not None:
            parts.update({_name(child): child for child in _children(source)})
    by_name = {name: child for (kind, name), child in parts.items() if (kind, name) != ("adlseq", "objectives")}
    return _definition(by_name, parts.get(("adlseq", "objectives")))


def _definition(parts: Mapping[str, _Element], adl_objectives: _Element | None) -> SequencingDefinition:
    rules = parts.get("sequencingRules")
    return SequencingDefinition(
        control=_control(parts.get("controlMode")),
        constrained_choice=_constrained_choice(parts.get("constrainedChoiceConsiderations")),
        pre_conditions=_rules(rules, "preConditionRule", PRE_CONDITION_ACTIONS),
        exit_conditions=_rules(rules, "exitConditionRule", EXIT_ACTIONS),
        post_conditions=_rules(rules, "postConditionRule", POST_CONDITION_ACTIONS),
        limits=_limits(parts.get("limitConditions")),
        auxiliary_resources=_auxiliary_resources(parts.get("auxiliaryResources")),
        rollup=_rollup(parts.get("rollupRules")),
        rollup_considerations=_rollup_considerations(parts.get("rollupConsiderations")),
        objectives=_objectives(parts.get("objectives"), adl_objectives),
        randomization=_randomization(parts.get("randomizationControls")),
        delivery=_delivery(parts.get("deliveryControls")),
    )


def _control(element: _Element | None) -> ControlModes:
    return ControlModes(
        choice=_flag(element, "choice", default=True),
        choice_exit=_flag(element, "choiceExit", default=True),
        flow=_flag(element, "flow", default=False),
        forward_only=_flag(element, "forwardOnly", default=False),
        use_current_attempt_objective_info=_flag(element, "useCurrentAttemptObjectiveInfo", default=True),
        use_current_attempt_progress_info=_flag(element, "useCurrentAttemptProgressInfo", default=True),
    )


def _constrained_choice(element: _Element | None) -> ConstrainedChoice:
    return ConstrainedChoice(
        prevent_activation=_flag(element, "preventActivation", default=False),
        constrain_choice=_flag(element, "constrainChoice", default=False),
    )


def _rules(
    element: _Element | None,
    name: str,
    allowed: frozenset[RuleAction],
) -> tuple[SequencingRule, ...]:
    found = (_rule(child) for child in _children(element, name))
    return tuple(rule for rule in found if rule is not None and rule.action in allowed)


def _rule(element: _Element) -> SequencingRule | None:
    action = _word(_child(element, "ruleAction"), "action", RuleAction)
    conditions = _child(element, "ruleConditions")
    if action is None:
        return None
    return SequencingRule(
        action=action,
        conditions=_conditions(conditions, "ruleCondition"),
        combination=_word(conditions, "conditionCombination", Combination) or Combination.ALL,
    )


def _conditions(element: _Element | None, name: str) -> tuple[RuleCondition, ...]:
    found = []
    for child in _children(element, name):
        kind = _word(child, "condition", ConditionKind)
        if kind is not None:
            found.append(
                RuleCondition(
                    kind=kind,
                    objective=_identifier(child, "referencedObjective"),
                    negated=_text(child, "operator") == "not",
                    measure_threshold=_number(child, "measureThreshold", -1.0, 1.0, default=0.0),
                ),
            )
    return tuple(found)


def _limits(element: _Element | None) -> LimitConditions:
    return LimitConditions(
        attempt_limit=_count(element, "attemptLimit"),
        attempt_absolute_duration_limit=_text(element, "attemptAbsoluteDurationLimit"),
        attempt_experienced_duration_limit=_text(element, "attemptExperiencedDurationLimit"),
        activity_absolute_duration_limit=_text(element, "activityAbsoluteDurationLimit"),
        activity_experienced_duration_limit=_text(element, "activityExperiencedDurationLimit"),
        begin_time_limit=_text(element, "beginTimeLimit"),
        end_time_limit=_text(element, "endTimeLimit"),
    )


def _auxiliary_resources(element: _Element | None) -> tuple[AuxiliaryResource, ...]:
    return tuple(
        AuxiliaryResource(_text(child, "auxiliaryResourceID"), _text(child, "purpose"))
        for child in _children(element, "auxiliaryResource")
    )


def _rollup(element: _Element | None) -> RollupControls:
    found = (_rollup_rule(child) for child in _children(element, "rollupRule"))
    return RollupControls(
        objective_satisfied=_flag(element, "rollupObjectiveSatisfied", default=True),
        progress_completion=_flag(element, "rollupProgressCompletion", default=True),
        objective_measure_weight=_number(element, "objectiveMeasureWeight", 0.0, 1.0, default=1.0),
        rules=tuple(rule for rule in found if rule is not None),
    )


def _rollup_rule(element: _Element) -> RollupRule | None:
    action = _word(_child(element, "rollupAction"), "action", RollupAction)
    conditions = _child(element, "rollupConditions")
    if action is None:
        return None
    return RollupRule(
        action=action,
        conditions=_conditions(conditions, "rollupCondition"),
        combination=_word(conditions, "conditionCombination", Combination) or Combination.ANY,
        child_activity_set=_word(element, "childActivitySet", ChildActivitySet) or ChildActivitySet.ALL,
        minimum_count=_count(element, "minimumCount") or 0,
        minimum_percent=_number(element, "minimumPercent", 0.0, 1.0, default=0.0),
    )


def _rollup_considerations(element: _Element | None) -> RollupConsiderations:
    def consideration(name: str) -> Consideration:
        return _word(element, name, Consideration) or Consideration.ALWAYS

    return RollupConsiderations(
        required_for_satisfied=consideration("requiredForSatisfied"),
        required_for_not_satisfied=consideration("requiredForNotSatisfied"),
        required_for_completed=consideration("requiredForCompleted"),
        required_for_incomplete=consideration("requiredForIncomplete"),
        measure_satisfaction_if_active=_flag(element, "measureSatisfactionIfActive", default=True),
    )


def _objectives(element: _Element | None, adl: _Element | None) -> tuple[Objective, ...]:
    extensions = {_identifier(child, "objectiveID"): child for child in _children(adl, "objective")}
    return tuple(
        _objective(child, extensions.get(_identifier(child, "objectiveID")))
        for child in _children(element)
        if _name(child)[1] in {"primaryObjective", "objective"}
    )


def _objective(element: _Element, extension: _Element | None) -> Objective:
    threshold = _child(element, "minNormalizedMeasure")
    maps = [_imsss_map(child) for child in _children(element, "mapInfo")]
    for child in _children(extension, "mapInfo"):
        _extend(maps, child)
    return Objective(
        identifier=_identifier(element, "objectiveID"),
        primary=_name(element)[1] == "primaryObjective",
        satisfied_by_measure=_flag(element, "satisfiedByMeasure", default=False),
        min_normalized_measure=_in_range("" if threshold is None else threshold.text, -1.0, 1.0, default=1.0),
        maps=tuple(maps),
    )


def _imsss_map(element: _Element) -> ObjectiveMap:
    return ObjectiveMap(
        target=_identifier(element, "targetObjectiveID"),
        read_satisfied=_flag(element, "readSatisfiedStatus", default=True),
        read_measure=_flag(element, "readNormalizedMeasure", default=True),
        write_satisfied=_flag(element, "writeSatisfiedStatus", default=False),
        write_measure=_flag(element, "writeNormalizedMeasure", default=False),
    )


def _extend(maps: list[ObjectiveMap], element: _Element) -> None:
    target = _identifier(element, "targetObjectiveID")
    for position, known in enumerate(maps):
        if known.target == target:
            maps[position] = _adlseq_map(element, known)
            return
    # A pair that IMS does not map reads nothing of what IMS would read by default.
    maps.append(_adlseq_map(element, ObjectiveMap(target, read_satisfied=False, read_measure=False)))


def _adlseq_map(element: _Element, base: ObjectiveMap) -> ObjectiveMap:
    return replace(
        base,
        read_raw=_flag(element, "readRawScore", default=True),
        read_min=_flag(element, "readMinScore", default=True),
        read_max=_flag(element, "readMaxScore", default=True),
        read_completion=_flag(element, "readCompletionStatus", default=True),
        read_progress=_flag(element, "readProgressMeasure", default=True),
        write_raw=_flag(element, "writeRawScore", default=False),
        write_min=_flag(element, "writeMinScore", default=False),
        write_max=_flag(element, "writeMaxScore", default=False),
        write_completion=_flag(element, "writeCompletionStatus", default=False),
        write_progress=_flag(element, "writeProgressMeasure", default=False),
    )


def _randomization(element: _Element | None) -> RandomizationControls:
    return RandomizationControls(
        selection_timing=_word(element, "selectionTiming", Timing) or Timing.NEVER,
        select_count=_count(element, "selectCount"),
        randomization_timing=_word(element, "randomizationTiming", Timing) or Timing.NEVER,
        reorder_children=_flag(element, "reorderChildren", default=False),
    )


def _delivery(element: _Element | None) -> DeliveryControls:
    return DeliveryControls(
        tracked=_flag(element, "tracked", default=True),
        completion_set_by_content=_flag(element, "completionSetByContent", default=False),
        objective_set_by_content=_flag(element, "objectiveSetByContent", default=False),
    )


def _name(element: _Element) -> tuple[str, str]:
    namespace, _, name = str(element.tag).rpartition("}")
    return ("adlseq" if namespace == "{" + ADLSEQ else "", name)


def _children(element: _Element | None, name: str = "") -> Iterator[_Element]:
    if element is not None:
        for child in element:
            if isinstance(child.tag, str) and (not name or _name(child)[1] == name):
                yield child


def _child(element: _Element | None, name: str) -> _Element | None:
    return next(_children(element, name), None)


def _text(element: _Element | None, attribute: str) -> str:
    value = None if element is None else element.get(attribute)
    return "" if value is None else str(value).strip()


def _identifier(element: _Element, attribute: str) -> str:
    """Return an identifier as xs:anyURI is compared: escaped blanks are blanks, and blanks collapse."""
    return " ".join(_text(element, attribute).replace("%20", " ").split())


def _flag(element: _Element | None, attribute: str, *, default: bool) -> bool:
    return _TRUE.get(_text(element, attribute).lower(), default)


def _word(element: _Element | None, attribute: str, vocabulary: type[_Vocabulary]) -> _Vocabulary | None:
    try:
        return vocabulary(_text(element, attribute))
    except ValueError:
        return None


def _count(element: _Element | None, attribute: str) -> int | None:
    text = _text(element, attribute)
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else None


def _number(element: _Element | None, attribute: str, low: float, high: float, *, default: float) -> float:
    return _in_range(_text(element, attribute), low, high, default=default)


def _in_range(text: str | None, low: float, high: float, *, default: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if math.isfinite(value) and low <= value <= high else default


_MOST_DIGITS = 10
