"""Reading `<imsss:sequencing>` (CAM 5.1)."""

import pytest
from lxml import etree

from scorm.dataclass_json import from_json, to_json
from scorm.sequencing import DEFAULTS, read_sequencing
from scorm.sequencing.definition import (
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

IMSSS = "http://www.imsglobal.org/xsd/imsss"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"


def element(inner: str, attributes: str = "") -> etree._Element:
    return etree.fromstring(f'<sequencing xmlns="{IMSSS}" xmlns:adlseq="{ADLSEQ}" {attributes}>{inner}</sequencing>')


def read(inner: str) -> SequencingDefinition:
    return read_sequencing(element(inner), {})


def test_nothing_said_gives_the_defaults():
    assert read("") == DEFAULTS
    assert DEFAULTS.primary_objective == Objective(primary=True)


FULL = """
<controlMode choice="false" choiceExit="false" flow="true" forwardOnly="1"
  useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="0"/>
<sequencingRules>
  <preConditionRule>
    <ruleConditions conditionCombination="any">
      <ruleCondition condition="satisfied" referencedObjective="o" operator="not"/>
      <ruleCondition condition="objectiveMeasureGreaterThan" measureThreshold="-0.5"/>
    </ruleConditions>
    <ruleAction action="skip"/>
  </preConditionRule>
  <exitConditionRule>
    <ruleConditions><ruleCondition condition="always"/></ruleConditions><ruleAction action="exit"/>
  </exitConditionRule>
  <postConditionRule>
    <ruleConditions><ruleCondition condition="completed"/></ruleConditions><ruleAction action="exitParent"/>
  </postConditionRule>
</sequencingRules>
<limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H"/>
<auxiliaryResources><auxiliaryResource auxiliaryResourceID="r" purpose="glossary"/></auxiliaryResources>
<rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false" objectiveMeasureWeight="0.25">
  <rollupRule childActivitySet="atLeastCount" minimumCount="3">
    <rollupConditions conditionCombination="all"><rollupCondition condition="attempted"/></rollupConditions>
    <rollupAction action="completed"/>
  </rollupRule>
</rollupRules>
<objectives>
  <primaryObjective objectiveID="p" satisfiedByMeasure="true">
    <minNormalizedMeasure>0.6</minNormalizedMeasure>
    <mapInfo targetObjectiveID="g" writeSatisfiedStatus="true" readNormalizedMeasure="false"/>
  </primaryObjective>
  <objective objectiveID="o"/>
</objectives>
<randomizationControls selectionTiming="once" selectCount="4"
  randomizationTiming="onEachNewAttempt" reorderChildren="true"/>
<deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="true"/>
<adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>
<adlseq:rollupConsiderations requiredForSatisfied="ifAttempted" requiredForNotSatisfied="ifNotSkipped"
  requiredForCompleted="ifNotSuspended" requiredForIncomplete="always" measureSatisfactionIfActive="false"/>
<adlseq:objectives>
  <adlseq:objective objectiveID="p">
    <adlseq:mapInfo targetObjectiveID="g" writeRawScore="true" readProgressMeasure="false"/>
    <adlseq:mapInfo targetObjectiveID="h" writeCompletionStatus="true"/>
  </adlseq:objective>
</adlseq:objectives>
"""

EXPECTED = SequencingDefinition(
    control=ControlModes(
        choice=False,
        choice_exit=False,
        flow=True,
        forward_only=True,
        use_current_attempt_objective_info=False,
        use_current_attempt_progress_info=False,
    ),
    constrained_choice=ConstrainedChoice(prevent_activation=True, constrain_choice=True),
    pre_conditions=(
        SequencingRule(
            RuleAction.SKIP,
            (
                RuleCondition(ConditionKind.SATISFIED, "o", negated=True),
                RuleCondition(ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN, measure_threshold=-0.5),
            ),
            Combination.ANY,
        ),
    ),
    exit_conditions=(SequencingRule(RuleAction.EXIT, (RuleCondition(ConditionKind.ALWAYS),)),),
    post_conditions=(SequencingRule(RuleAction.EXIT_PARENT, (RuleCondition(ConditionKind.COMPLETED),)),),
    limits=LimitConditions(attempt_limit=2, attempt_absolute_duration_limit="PT1H"),
    auxiliary_resources=(AuxiliaryResource("r", "glossary"),),
    rollup=RollupControls(
        objective_satisfied=False,
        progress_completion=False,
        objective_measure_weight=0.25,
        rules=(
            RollupRule(
                RollupAction.COMPLETED,
                (RuleCondition(ConditionKind.ATTEMPTED),),
                Combination.ALL,
                ChildActivitySet.AT_LEAST_COUNT,
                minimum_count=3,
            ),
        ),
    ),
    rollup_considerations=RollupConsiderations(
        required_for_satisfied=Consideration.IF_ATTEMPTED,
        required_for_not_satisfied=Consideration.IF_NOT_SKIPPED,
        required_for_completed=Consideration.IF_NOT_SUSPENDED,
        measure_satisfaction_if_active=False,
    ),
    objectives=(
        Objective(
            "p",
            primary=True,
            satisfied_by_measure=True,
            min_normalized_measure=0.6,
            maps=(
                ObjectiveMap(
                    "g",
                    read_measure=False,
                    write_satisfied=True,
                    read_raw=True,
                    read_min=True,
                    read_max=True,
                    read_completion=True,
                    write_raw=True,
                ),
                ObjectiveMap(
                    "h",
                    read_satisfied=False,
                    read_measure=False,
                    read_raw=True,
                    read_min=True,
                    read_max=True,
                    read_completion=True,
                    read_progress=True,
                    write_completion=True,
                ),
            ),
        ),
        Objective("o"),
    ),
    randomization=RandomizationControls(
        selection_timing=Timing.ONCE,
        select_count=4,
        randomization_timing=Timing.ON_EACH_NEW_ATTEMPT,
        reorder_children=True,
    ),
    delivery=DeliveryControls(tracked=False, completion_set_by_content=True, objective_set_by_content=True),
)


def test_every_element_is_read():
    assert read(FULL) == EXPECTED


def test_a_definition_survives_its_json_form():
    assert from_json(SequencingDefinition, to_json(EXPECTED)) == EXPECTED
    assert to_json(DEFAULTS) == {}


def test_the_collection_fills_what_the_item_does_not_say_itself():
    shared = element('<controlMode flow="true" choice="false"/><deliveryControls tracked="false"/>')
    own = element('<controlMode forwardOnly="true"/>', 'IDRef=" shared "')
    found = read_sequencing(own, {"shared": shared})
    assert found.control == ControlModes(forward_only=True)
    assert found.delivery == DeliveryControls(tracked=False)


def test_a_reference_to_nothing_is_overlooked():
    assert read_sequencing(element("", 'IDRef="gone"'), {}) == DEFAULTS


@pytest.mark.parametrize(
    "inner",
    [
        '<controlMode choice="maybe" flow="" forwardOnly="2"/>',
        '<limitConditions attemptLimit="-1"/>',
        '<limitConditions attemptLimit="many"/>',
        '<limitConditions attemptLimit="99999999999999999999"/>',
        '<rollupRules objectiveMeasureWeight="7"/>',
        '<rollupRules objectiveMeasureWeight="nan"/>',
        '<randomizationControls selectionTiming="often" selectCount="x"/>',
        '<adlseq:rollupConsiderations requiredForSatisfied="perhaps"/>',
        "<sequencingRules><preConditionRule/></sequencingRules>",
        '<sequencingRules><preConditionRule><ruleAction action="jump"/></preConditionRule></sequencingRules>',
        '<sequencingRules><preConditionRule><ruleAction action="exitAll"/></preConditionRule></sequencingRules>',
        '<rollupRules><rollupRule><rollupAction action="great"/></rollupRule></rollupRules>',
        "<!-- nothing --><unknown/>",
    ],
)
def test_a_bad_value_counts_as_absent(inner):
    assert read(inner) == DEFAULTS


def test_a_condition_outside_the_vocabulary_is_left_out():
    found = read(
        "<sequencingRules><postConditionRule><ruleConditions>"
        '<ruleCondition condition="lucky"/><ruleCondition condition="always"/>'
        '</ruleConditions><ruleAction action="retry"/></postConditionRule></sequencingRules>'
    )
    assert found.post_conditions == (SequencingRule(RuleAction.RETRY, (RuleCondition(ConditionKind.ALWAYS),)),)


@pytest.mark.parametrize("written", ["ob%20j%201", "  ob%20%20 j 1 ", "ob j\n1"])
def test_identifiers_are_compared_without_escapes_and_surplus_blanks(written):
    found = read(f'<objectives><primaryObjective/><objective objectiveID="{written}"/></objectives>')
    assert found.objectives[1].identifier == "ob j 1"


def test_two_maps_to_one_target_are_both_kept():
    maps = '<mapInfo targetObjectiveID="g"/><mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/>'
    found = read(f"<objectives><primaryObjective>{maps}</primaryObjective></objectives>")
    assert [each.write_satisfied for each in found.primary_objective.maps] == [False, True]
