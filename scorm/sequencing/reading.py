"""Read `<imsss:sequencing>` elements into sequencing definitions (SCORM CAM 5.1), tolerant of bad values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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
from scorm.sequencing.xml_values import (
    child_of,
    children_of,
    count_of,
    flag_of,
    identifier_of,
    in_range,
    name_of,
    number_of,
    text_of,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


def read_sequencing(element: _Element, collection: Mapping[str, _Element]) -> SequencingDefinition:
    """Read one `<imsss:sequencing>` with what its `IDRef` names in the `<imsss:sequencingCollection>`.

    A child element of the item's own sequencing replaces the child element of the same name in the
    collection (CAM 5.1.1). `collection` maps `ID` to element. Values outside their vocabulary or range
    count as absent.
    """
    parts: dict[tuple[str, str], _Element] = {}
    for source in (collection.get(text_of(element, "IDRef")), element):
        if source is not None:
            parts.update({name_of(child): child for child in children_of(source)})
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
        choice=flag_of(element, "choice", default=True),
        choice_exit=flag_of(element, "choiceExit", default=True),
        flow=flag_of(element, "flow", default=False),
        forward_only=flag_of(element, "forwardOnly", default=False),
        use_current_attempt_objective_info=flag_of(element, "useCurrentAttemptObjectiveInfo", default=True),
        use_current_attempt_progress_info=flag_of(element, "useCurrentAttemptProgressInfo", default=True),
    )


def _constrained_choice(element: _Element | None) -> ConstrainedChoice:
    return ConstrainedChoice(
        prevent_activation=flag_of(element, "preventActivation", default=False),
        constrain_choice=flag_of(element, "constrainChoice", default=False),
    )


def _rules(
    element: _Element | None,
    name: str,
    allowed: frozenset[RuleAction],
) -> tuple[SequencingRule, ...]:
    found = (_rule(child) for child in children_of(element, name))
    return tuple(rule for rule in found if rule is not None and rule.action in allowed)


def _rule(element: _Element) -> SequencingRule | None:
    action = word_of(child_of(element, "ruleAction"), "action", RuleAction)
    conditions = child_of(element, "ruleConditions")
    if action is None:
        return None
    return SequencingRule(
        action=action,
        conditions=_conditions(conditions, "ruleCondition"),
        combination=word_of(conditions, "conditionCombination", Combination) or Combination.ALL,
    )


def _conditions(element: _Element | None, name: str) -> tuple[RuleCondition, ...]:
    found = []
    for child in children_of(element, name):
        kind = word_of(child, "condition", ConditionKind)
        if kind is not None:
            found.append(
                RuleCondition(
                    kind=kind,
                    objective=identifier_of(child, "referencedObjective"),
                    negated=text_of(child, "operator") == "not",
                    measure_threshold=number_of(child, "measureThreshold", -1.0, 1.0, default=0.0),
                ),
            )
    return tuple(found)


def _limits(element: _Element | None) -> LimitConditions:
    return LimitConditions(
        attempt_limit=count_of(element, "attemptLimit"),
        attempt_absolute_duration_limit=text_of(element, "attemptAbsoluteDurationLimit"),
        attempt_experienced_duration_limit=text_of(element, "attemptExperiencedDurationLimit"),
        activity_absolute_duration_limit=text_of(element, "activityAbsoluteDurationLimit"),
        activity_experienced_duration_limit=text_of(element, "activityExperiencedDurationLimit"),
        begin_time_limit=text_of(element, "beginTimeLimit"),
        end_time_limit=text_of(element, "endTimeLimit"),
    )


def _auxiliary_resources(element: _Element | None) -> tuple[AuxiliaryResource, ...]:
    return tuple(
        AuxiliaryResource(text_of(child, "auxiliaryResourceID"), text_of(child, "purpose"))
        for child in children_of(element, "auxiliaryResource")
    )


def _rollup(element: _Element | None) -> RollupControls:
    found = (_rollup_rule(child) for child in children_of(element, "rollupRule"))
    return RollupControls(
        objective_satisfied=flag_of(element, "rollupObjectiveSatisfied", default=True),
        progress_completion=flag_of(element, "rollupProgressCompletion", default=True),
        objective_measure_weight=number_of(element, "objectiveMeasureWeight", 0.0, 1.0, default=1.0),
        rules=tuple(rule for rule in found if rule is not None),
    )


def _rollup_rule(element: _Element) -> RollupRule | None:
    action = word_of(child_of(element, "rollupAction"), "action", RollupAction)
    conditions = child_of(element, "rollupConditions")
    if action is None:
        return None
    return RollupRule(
        action=action,
        conditions=_conditions(conditions, "rollupCondition"),
        combination=word_of(conditions, "conditionCombination", Combination) or Combination.ANY,
        child_activity_set=word_of(element, "childActivitySet", ChildActivitySet) or ChildActivitySet.ALL,
        minimum_count=count_of(element, "minimumCount") or 0,
        minimum_percent=number_of(element, "minimumPercent", 0.0, 1.0, default=0.0),
    )


def _rollup_considerations(element: _Element | None) -> RollupConsiderations:
    def consideration(name: str) -> Consideration:
        return word_of(element, name, Consideration) or Consideration.ALWAYS

    return RollupConsiderations(
        required_for_satisfied=consideration("requiredForSatisfied"),
        required_for_not_satisfied=consideration("requiredForNotSatisfied"),
        required_for_completed=consideration("requiredForCompleted"),
        required_for_incomplete=consideration("requiredForIncomplete"),
        measure_satisfaction_if_active=flag_of(element, "measureSatisfactionIfActive", default=True),
    )


def _objectives(element: _Element | None, adl: _Element | None) -> tuple[Objective, ...]:
    extensions = {identifier_of(child, "objectiveID"): child for child in children_of(adl, "objective")}
    return tuple(
        _objective(child, extensions.get(identifier_of(child, "objectiveID")))
        for child in children_of(element)
        if name_of(child)[1] in {"primaryObjective", "objective"}
    )


def _objective(element: _Element, extension: _Element | None) -> Objective:
    threshold = child_of(element, "minNormalizedMeasure")
    maps = [_imsss_map(child) for child in children_of(element, "mapInfo")]
    for child in children_of(extension, "mapInfo"):
        _extend(maps, child)
    return Objective(
        identifier=identifier_of(element, "objectiveID"),
        primary=name_of(element)[1] == "primaryObjective",
        satisfied_by_measure=flag_of(element, "satisfiedByMeasure", default=False),
        min_normalized_measure=in_range("" if threshold is None else threshold.text, -1.0, 1.0, default=1.0),
        maps=tuple(maps),
    )


def _imsss_map(element: _Element) -> ObjectiveMap:
    return ObjectiveMap(
        target=identifier_of(element, "targetObjectiveID"),
        read_satisfied=flag_of(element, "readSatisfiedStatus", default=True),
        read_measure=flag_of(element, "readNormalizedMeasure", default=True),
        write_satisfied=flag_of(element, "writeSatisfiedStatus", default=False),
        write_measure=flag_of(element, "writeNormalizedMeasure", default=False),
    )


def _extend(maps: list[ObjectiveMap], element: _Element) -> None:
    target = identifier_of(element, "targetObjectiveID")
    for position, known in enumerate(maps):
        if known.target == target:
            maps[position] = _adlseq_map(element, known)
            return
    # A pair that IMS does not map reads nothing of what IMS would read by default.
    maps.append(_adlseq_map(element, ObjectiveMap(target, read_satisfied=False, read_measure=False)))


def _adlseq_map(element: _Element, base: ObjectiveMap) -> ObjectiveMap:
    return replace(
        base,
        read_raw=flag_of(element, "readRawScore", default=True),
        read_min=flag_of(element, "readMinScore", default=True),
        read_max=flag_of(element, "readMaxScore", default=True),
        read_completion=flag_of(element, "readCompletionStatus", default=True),
        read_progress=flag_of(element, "readProgressMeasure", default=True),
        write_raw=flag_of(element, "writeRawScore", default=False),
        write_min=flag_of(element, "writeMinScore", default=False),
        write_max=flag_of(element, "writeMaxScore", default=False),
        write_completion=flag_of(element, "writeCompletionStatus", default=False),
        write_progress=flag_of(element, "writeProgressMeasure", default=False),
    )


def _randomization(element: _Element | None) -> RandomizationControls:
    return RandomizationControls(
        selection_timing=word_of(element, "selectionTiming", Timing) or Timing.NEVER,
        select_count=count_of(element, "selectCount"),
        randomization_timing=word_of(element, "randomizationTiming", Timing) or Timing.NEVER,
        reorder_children=flag_of(element, "reorderChildren", default=False),
    )


def _delivery(element: _Element | None) -> DeliveryControls:
    return DeliveryControls(
        tracked=flag_of(element, "tracked", default=True),
        completion_set_by_content=flag_of(element, "completionSetByContent", default=False),
        objective_set_by_content=flag_of(element, "objectiveSetByContent", default=False),
    )
