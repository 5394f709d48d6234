"""Organizations of `activity_trees` written as a manifest, so that they are read as those of authors are."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from scorm.sequencing.definition import (
    AuxiliaryResource,
    ConstrainedChoice,
    ControlModes,
    DeliveryControls,
    LimitConditions,
    RandomizationControls,
    RollupConsiderations,
)
from tests.support.manifests import manifest_xml, sco

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.manifest.model import CompletionThreshold, Item, Organization
    from scorm.sequencing.definition import (
        Objective,
        ObjectiveMap,
        RollupControls,
        RollupRule,
        RuleCondition,
        SequencingDefinition,
        SequencingRule,
    )

IMS_MAP = {
    "readSatisfiedStatus": "read_satisfied",
    "readNormalizedMeasure": "read_measure",
    "writeSatisfiedStatus": "write_satisfied",
    "writeNormalizedMeasure": "write_measure",
}
ADL_MAP = {
    f"{verb}{name}": f"{verb}_{field}"
    for verb in ("read", "write")
    for name, field in (
        ("RawScore", "raw"),
        ("MinScore", "min"),
        ("MaxScore", "max"),
        ("CompletionStatus", "completion"),
        ("ProgressMeasure", "progress"),
    )
}


def course_manifest(organization: Organization, pages: Mapping[str, str], version: str = "2004 4th Edition") -> str:
    """A manifest of one organization; `pages` maps resource identifiers to files."""
    inside = _title(organization.title) + "".join(_item(item) for item in organization.items)
    inside += _threshold(organization.completion_threshold) + sequencing_xml(organization.sequencing)
    scope = {
        "identifier": organization.identifier,
        "adlseq:objectivesGlobalToSystem": organization.objectives_global_to_system,
        "adlcp:sharedDataGlobalToSystem": organization.shared_data_global_to_system,
    }
    organizations = _element(
        "organizations", {"default": organization.identifier}, _element("organization", scope, inside)
    )
    resources = "".join(sco(identifier, file) for identifier, file in pages.items())
    return manifest_xml(version, organizations=organizations, resources=resources)


def sequencing_xml(definition: SequencingDefinition | None) -> str:
    """`<imsss:sequencing>` of a definition; what has its default is left out."""
    if definition is None:
        return ""
    rules = [
        *(_rule("pre", rule) for rule in definition.pre_conditions),
        *(_rule("exit", rule) for rule in definition.exit_conditions),
        *(_rule("post", rule) for rule in definition.post_conditions),
    ]
    parts = [
        _settings("imsss:controlMode", definition.control, ControlModes()),
        _element("imsss:sequencingRules", {}, "".join(rules)) if rules else "",
        _settings("imsss:limitConditions", definition.limits, LimitConditions()),
        _auxiliary(definition.auxiliary_resources),
        _rollup(definition.rollup),
        _objectives(definition.objectives),
        _settings("imsss:randomizationControls", definition.randomization, RandomizationControls()),
        _settings("imsss:deliveryControls", definition.delivery, DeliveryControls()),
        _settings("adlseq:constrainedChoiceConsiderations", definition.constrained_choice, ConstrainedChoice()),
        _settings("adlseq:rollupConsiderations", definition.rollup_considerations, RollupConsiderations()),
        _adl_objectives(definition.objectives),
    ]
    return _element("imsss:sequencing", {}, "".join(parts))


def _item(item: Item) -> str:
    attributes: dict[str, Any] = {"identifier": item.identifier, "isvisible": item.is_visible}
    if not item.children:
        attributes |= {"identifierref": item.resource_id, "parameters": item.parameters}
    hidden = "".join(_element("adlnav:hideLMSUI", {}, name) for name in sorted(item.hide_lms_ui))
    interface = _element("adlnav:navigationInterface", {}, hidden) if hidden else ""
    maps = "".join(
        _element(
            "adlcp:map",
            {
                "targetID": each.target_id,
                "readSharedData": each.read_shared_data,
                "writeSharedData": each.write_shared_data,
            },
        )
        for each in item.data_maps
    )
    inside = [
        _title(item.title),
        *(_item(child) for child in item.children),
        _element("adlcp:dataFromLMS", {}, escape(item.data_from_lms)) if item.data_from_lms else "",
        _threshold(item.completion_threshold),
        _element("adlcp:data", {}, maps) if maps else "",
        sequencing_xml(item.sequencing),
        _element("adlnav:presentation", {}, interface) if interface else "",
    ]
    return _element("item", attributes, "".join(inside))


def _title(text: str) -> str:
    return _element("title", {}, escape(text))


def _threshold(threshold: CompletionThreshold | None) -> str:
    return "" if threshold is None else _element("adlcp:completionThreshold", _attributes(threshold))


def _rule(kind: str, rule: SequencingRule) -> str:
    conditions = "".join(_condition("imsss:ruleCondition", each) for each in rule.conditions)
    held = _element("imsss:ruleConditions", {"conditionCombination": rule.combination}, conditions)
    return _element(f"imsss:{kind}ConditionRule", {}, held + _element("imsss:ruleAction", {"action": rule.action}))


def _condition(name: str, condition: RuleCondition) -> str:
    attributes: dict[str, Any] = {"condition": condition.kind}
    if condition.objective:
        attributes["referencedObjective"] = condition.objective
    if condition.negated:
        attributes["operator"] = "not"
    if condition.measure_threshold:
        attributes["measureThreshold"] = condition.measure_threshold
    return _element(name, attributes)


def _auxiliary(resources: tuple[AuxiliaryResource, ...]) -> str:
    listed = "".join(
        _element("imsss:auxiliaryResource", {"auxiliaryResourceID": each.resource_id, "purpose": each.purpose})
        for each in resources
    )
    return _element("imsss:auxiliaryResources", {}, listed) if listed else ""


def _rollup(rollup: RollupControls) -> str:
    attributes = {
        "rollupObjectiveSatisfied": rollup.objective_satisfied,
        "rollupProgressCompletion": rollup.progress_completion,
        "objectiveMeasureWeight": rollup.objective_measure_weight,
    }
    return _element("imsss:rollupRules", attributes, "".join(_rollup_rule(rule) for rule in rollup.rules))


def _rollup_rule(rule: RollupRule) -> str:
    conditions = "".join(_condition("imsss:rollupCondition", each) for each in rule.conditions)
    held = _element("imsss:rollupConditions", {"conditionCombination": rule.combination}, conditions)
    attributes = {
        "childActivitySet": rule.child_activity_set,
        "minimumCount": rule.minimum_count,
        "minimumPercent": rule.minimum_percent,
    }
    return _element("imsss:rollupRule", attributes, held + _element("imsss:rollupAction", {"action": rule.action}))


def _objectives(objectives: tuple[Objective, ...]) -> str:
    listed = "".join(_objective(each) for each in objectives)
    return _element("imsss:objectives", {}, listed) if listed else ""


def _objective(objective: Objective) -> str:
    attributes: dict[str, Any] = {"satisfiedByMeasure": objective.satisfied_by_measure}
    if objective.identifier:
        attributes["objectiveID"] = objective.identifier
    least = _element("imsss:minNormalizedMeasure", {}, str(objective.min_normalized_measure))
    maps = "".join(_map("imsss:mapInfo", each, IMS_MAP) for each in objective.maps)
    return _element("imsss:primaryObjective" if objective.primary else "imsss:objective", attributes, least + maps)


def _adl_objectives(objectives: tuple[Objective, ...]) -> str:
    listed = "".join(
        _element(
            "adlseq:objective",
            {"objectiveID": objective.identifier},
            "".join(_map("adlseq:mapInfo", each, ADL_MAP) for each in extended),
        )
        for objective in objectives
        if (extended := [each for each in objective.maps if any(getattr(each, name) for name in ADL_MAP.values())])
    )
    return _element("adlseq:objectives", {}, listed) if listed else ""


def _map(name: str, mapped: ObjectiveMap, attributes: Mapping[str, str]) -> str:
    told = {attribute: getattr(mapped, field) for attribute, field in attributes.items()}
    return _element(name, {"targetObjectiveID": mapped.target, **told})


def _settings(name: str, value: Any, default: Any) -> str:
    return "" if value == default else _element(name, _attributes(value))


def _attributes(value: Any) -> dict[str, Any]:
    """The fields of a flat part of a definition under the names of the standard."""
    pairs = ((_camel(field.name), getattr(value, field.name)) for field in fields(value))
    return {name: told for name, told in pairs if told not in {None, ""}}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def _element(name: str, attributes: Mapping[str, Any], inside: str = "") -> str:
    written = "".join(f" {key}={quoteattr(_text(value))}" for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
