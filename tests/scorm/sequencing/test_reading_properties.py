"""What is written as a manifest is read as it was meant."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from scorm.sequencing import read_sequencing
from scorm.sequencing.definition import (
    EXIT_ACTIONS,
    POST_CONDITION_ACTIONS,
    PRE_CONDITION_ACTIONS,
    ConstrainedChoice,
    ControlModes,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    RandomizationControls,
    RollupConsiderations,
    RollupControls,
    RollupRule,
    RuleCondition,
    SequencingDefinition,
    SequencingRule,
)
from tests.support.manifests import NAMESPACES_2004
from tests.support.sequencing_xml import sequencing_xml

# What the standard leaves to numbers is drawn from few of them; everything else is drawn from its whole type.
few = settings(max_examples=40, deadline=None)
conditions = st.lists(
    st.builds(RuleCondition, objective=st.sampled_from(["", "o 1"]), measure_threshold=st.sampled_from([0.0, -0.5])),
    min_size=1,
    max_size=3,
).map(tuple)


def rules(actions):
    return st.lists(
        st.builds(SequencingRule, action=st.sampled_from(sorted(actions)), conditions=conditions), max_size=2
    ).map(tuple)


# A rollup condition names no objective and has no threshold (CAM 5.1.7).
plain_conditions = conditions.map(lambda some: tuple(replace(one, objective="", measure_threshold=0.0) for one in some))
rollups = st.builds(
    RollupControls,
    objective_measure_weight=st.sampled_from([1.0, 0.25]),
    rules=st.lists(
        st.builds(
            RollupRule,
            conditions=plain_conditions,
            minimum_count=st.integers(0, 3),
            minimum_percent=st.sampled_from([0.0, 0.5]),
        ),
        max_size=2,
    ).map(tuple),
)
maps = st.lists(st.builds(ObjectiveMap, target=st.sampled_from(["g", "h"])), max_size=2, unique_by=lambda m: m.target)
objectives = st.tuples(
    st.builds(
        Objective,
        identifier=st.just("p"),
        primary=st.just(True),
        min_normalized_measure=st.sampled_from([1.0, 0.5]),
        maps=maps.map(tuple),
    ),
    st.builds(
        Objective,
        identifier=st.just("o 1"),
        primary=st.just(False),
        min_normalized_measure=st.just(1.0),
        maps=maps.map(tuple),
    ),
)
limits = st.builds(
    LimitConditions,
    attempt_limit=st.none() | st.integers(0, 9),
    **{name: st.sampled_from(["", "PT1H"]) for name in LimitConditions.__slots__ if name != "attempt_limit"},
)
definitions = st.builds(
    SequencingDefinition,
    control=st.builds(ControlModes),
    constrained_choice=st.builds(ConstrainedChoice),
    pre_conditions=rules(PRE_CONDITION_ACTIONS),
    exit_conditions=rules(EXIT_ACTIONS),
    post_conditions=rules(POST_CONDITION_ACTIONS),
    limits=limits,
    auxiliary_resources=st.just(()),
    rollup=rollups,
    rollup_considerations=st.builds(RollupConsiderations),
    objectives=objectives,
    randomization=st.builds(RandomizationControls, select_count=st.none() | st.integers(0, 9)),
    delivery=st.builds(DeliveryControls),
)


@few
@given(definitions)
def test_a_definition_is_read_as_it_was_written(definition):
    text = f"<item {NAMESPACES_2004}>{sequencing_xml(definition)}</item>"
    assert read_sequencing(etree.fromstring(text)[0], {}) == definition
