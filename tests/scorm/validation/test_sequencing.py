"""The rules of the SN book: learners who get stuck, rules that never fire, objectives that nobody sets."""

import pytest

from scorm.sequencing.definition import Combination, ConditionKind, RuleCondition
from scorm.validation import FINDING_CODES
from scorm.validation.sequencing_rules import never_holds
from tests.support.validation import GOOD_RESOURCE, cluster, examined, leaf, objectives, rollup, rule

SATISFIED = 'condition="satisfied"'


def map_info(target, **flags):
    return f'<imsss:mapInfo targetObjectiveID="{target}" ' + " ".join(f'{k}="{v}"' for k, v in flags.items()) + "/>"


def written(target):
    return map_info(target, readSatisfiedStatus="false", readNormalizedMeasure="false", writeSatisfiedStatus="true")


def control(**modes):
    return "<imsss:controlMode " + " ".join(f'{name}="{value}"' for name, value in modes.items()) + "/>"


OBJECTIVE = '<imsss:objective objectiveID="o"/>'
ASSET = GOOD_RESOURCE.replace('"sco"', '"asset"')
BROKEN = {
    "seq_values_invalid": {"items": leaf("i1", rule("pre", "skip", 'condition="passed"'))},
    "seq_attributes_missing": {
        "items": leaf("i1", "<imsss:sequencingRules><imsss:preConditionRule/></imsss:sequencingRules>")
    },
    "seq_collection_missing": {"items": leaf("i1").replace("</item>", '<imsss:sequencing IDRef="s1"/></item>')},
    "seq_no_way_through": {"items": cluster("c", leaf("i1"), control(choice="false", flow="false"))},
    "seq_nothing_to_choose": {"items": cluster("c", leaf("i1", attributes='isvisible="false"'), control(flow="false"))},
    "seq_no_way_out": {"items": cluster("c", leaf("i1"), control(choiceExit="false"))},
    "seq_forward_only_with_choice": {"items": cluster("c", leaf("i1"), control(flow="true", forwardOnly="true"))},
    "seq_control_modes_unused": {"items": leaf("i1", control(flow="true"))},
    "seq_rules_without_condition": {"items": leaf("i1", rule("pre", "skip"))},
    "seq_conditions_never_hold": {
        "items": leaf("i1", rule("pre", "disabled", SATISFIED, SATISFIED + ' operator="not"'))
    },
    "seq_objectives_unknown": {"items": leaf("i1", rule("pre", "disabled", SATISFIED + ' referencedObjective="x"'))},
    "seq_objectives_never_set": {
        "items": leaf("i1", rule("pre", "disabled", SATISFIED + ' referencedObjective="o"') + objectives(OBJECTIVE)),
        "resources": ASSET,
    },
    "seq_objectives_repeated": {"items": leaf("i1", objectives(OBJECTIVE * 2))},
    "seq_attempt_limits_zero": {"items": leaf("i1", '<imsss:limitConditions attemptLimit="0"/>')},
    "seq_attempt_limits_absent": {"items": leaf("i1", rule("pre", "disabled", 'condition="attemptLimitExceeded"'))},
    "seq_time_conditions": {"items": leaf("i1", rule("pre", "disabled", 'condition="timeLimitExceeded"'))},
    "seq_flow_actions_impossible": {"items": leaf("i1", rule("post", "continue", SATISFIED))},
    "seq_rules_without_effect": {"items": leaf("i1", rule("exit", "exit", SATISFIED))},
    "seq_rollup_counts_unreachable": {
        "items": cluster("c", leaf("i1"), rollup('childActivitySet="atLeastCount" minimumCount="2"', SATISFIED))
    },
    "seq_rollup_always_holds": {
        "items": cluster("c", leaf("i1"), rollup('childActivitySet="atLeastPercent"', SATISFIED))
    },
    "seq_rollup_without_children": {
        "items": cluster(
            "c", leaf("i1", '<imsss:rollupRules rollupObjectiveSatisfied="false"/>'), rollup("", SATISFIED)
        )
    },
    "seq_rollup_rules_on_leaves": {"items": leaf("i1", rollup("", SATISFIED))},
    "seq_two_writers": {
        "items": leaf(
            "i1",
            objectives(f'<imsss:objective objectiveID="o">{written("g")}</imsss:objective>', primary=written("g")),
        )
    },
    "seq_two_sources": {"items": leaf("i1", objectives("", primary=map_info("g") + map_info("h")))},
    "seq_globals_never_written": {
        "items": leaf("i1", objectives("", primary=map_info("g"))),
        "organization_attributes": 'adlseq:objectivesGlobalToSystem="false"',
    },
    "seq_globals_of_other_courses": {"items": leaf("i1", objectives("", primary=map_info("g")))},
    "seq_maps_repeated": {"items": leaf("i1", objectives("", primary=written("g") * 2))},
    "seq_deprecated": {"items": leaf("i1", '<imsss:limitConditions endTimeLimit="2026-01-01T00:00:00"/>')},
    "seq_selection_too_large": {
        "items": cluster("c", leaf("i1"), '<imsss:randomizationControls selectionTiming="once" selectCount="2"/>')
    },
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_is_found_with_its_line(code):
    found = examined(**BROKEN[code])[code]
    assert (found.severity, found.place) == (FINDING_CODES[code], "imsmanifest.xml:1")


def test_a_course_in_which_everything_can_happen_has_no_finding():
    quiz = leaf(
        "quiz",
        rule("post", "retry", SATISFIED + ' operator="not"', 'condition="attempted"')
        + '<imsss:limitConditions attemptLimit="3"/>'
        + objectives("", primary=written("g")),
    )
    summary = leaf(
        "summary",
        rule("pre", "skip", SATISFIED + ' referencedObjective="seen"')
        + objectives(f'<imsss:objective objectiveID="seen">{map_info("g")}</imsss:objective>'),
    )
    rules = rollup('childActivitySet="atLeastCount" minimumCount="1"', SATISFIED, 'condition="attemptLimitExceeded"')
    assert examined(items=cluster("c", quiz + summary, control(flow="true", choice="false") + rules)) == {}


def test_sequencing_of_the_shared_collection_is_looked_at_as_well():
    shared = (
        '<imsss:sequencingCollection><imsss:sequencing ID="s1"><imsss:controlMode flow="maybe"/></imsss:sequencing>'
        "</imsss:sequencingCollection>"
    )
    items = leaf("i1").replace("</item>", '<imsss:sequencing IDRef="s1"/></item>')
    found = examined(items=items, tail=shared)
    assert found["seq_values_invalid"].params["names"] == "s1: flow=maybe"
    assert "seq_collection_missing" not in found


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ('<imsss:limitConditions attemptLimit="-1"/>', "attemptLimit=-1"),
        ('<imsss:rollupRules objectiveMeasureWeight="2"/>', "objectiveMeasureWeight=2"),
        (
            objectives("", primary="<imsss:minNormalizedMeasure>80</imsss:minNormalizedMeasure>"),
            "minNormalizedMeasure=80",
        ),
        (rule("pre", "skip", SATISFIED + ' measureThreshold="1.5"'), "measureThreshold=1.5"),
        (rule("pre", "retry", SATISFIED), "action=retry"),
        ('<imsss:deliveryControls tracked="yes"/>', "tracked=yes"),
    ],
)
def test_a_value_outside_its_range_or_vocabulary_is_named(inside, name):
    assert examined(items=leaf("i1", inside))["seq_values_invalid"].params["names"] == f"i1: {name}"


def test_sequencing_in_a_package_of_1_2_is_read_by_nobody():
    found = examined(
        "1.2", namespaces='xmlns="i" xmlns:adlcp="a" xmlns:imsss="s"', items=leaf("i1", control(flow="true"))
    )
    assert list(found) == ["cam_elements_of_other_edition"]


GREATER, LESS = ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN, ConditionKind.OBJECTIVE_MEASURE_LESS_THAN
SATISFIED_KIND, KNOWN = ConditionKind.SATISFIED, ConditionKind.OBJECTIVE_STATUS_KNOWN


@pytest.mark.parametrize(
    ("conditions", "never"),
    [
        ([RuleCondition(ConditionKind.NEVER)], True),
        ([RuleCondition(ConditionKind.NEVER, negated=True)], False),
        ([RuleCondition(ConditionKind.ALWAYS, negated=True)], True),
        ([RuleCondition(GREATER, measure_threshold=1.0)], True),
        ([RuleCondition(LESS, measure_threshold=-1.0)], True),
        ([RuleCondition(GREATER, measure_threshold=0.5), RuleCondition(LESS, measure_threshold=0.5)], True),
        ([RuleCondition(GREATER, measure_threshold=0.4), RuleCondition(LESS, measure_threshold=0.5)], False),
        ([RuleCondition(SATISFIED_KIND, negated=True), RuleCondition(KNOWN, negated=True)], True),
        ([RuleCondition(SATISFIED_KIND), RuleCondition(SATISFIED_KIND, "p", negated=True)], True),
        ([RuleCondition(SATISFIED_KIND), RuleCondition(SATISFIED_KIND, "o", negated=True)], False),
    ],
)
def test_conditions_that_must_all_hold_may_exclude_each_other(conditions, never):
    assert never_holds(tuple(conditions), Combination.ALL, "p") is never


def test_one_possible_condition_is_enough_where_any_will_do():
    both = (RuleCondition(ConditionKind.NEVER), RuleCondition(SATISFIED_KIND))
    assert not never_holds(both, Combination.ANY)
    assert never_holds(both[:1], Combination.ANY)
