"""Any course and any walk on it, for tests of what always holds."""

from hypothesis import strategies as st

from scorm.manifest.model import CompletionThreshold, Item, Organization
from scorm.sequencing import RequestKind
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

GLOBALS = ("g", "h")
maps = st.builds(ObjectiveMap, target=st.sampled_from(GLOBALS))
objectives = st.builds(
    lambda first, second: (first, second),
    st.builds(
        Objective,
        identifier=st.just("p"),
        primary=st.just(True),
        satisfied_by_measure=st.booleans(),
        min_normalized_measure=st.just(0.5),
        maps=st.lists(maps, max_size=2).map(tuple),
    ),
    st.builds(Objective, identifier=st.just("o"), maps=st.lists(maps, max_size=2).map(tuple)),
)
conditions = st.lists(
    st.builds(RuleCondition, objective=st.sampled_from(["", "p", "o", "gone"])), min_size=1, max_size=2
).map(tuple)


def rules(actions):
    kinds = st.sampled_from(sorted(actions))
    one = st.builds(SequencingRule, action=kinds, conditions=conditions)
    return st.lists(one, max_size=2).map(tuple)


rollups = st.builds(
    RollupControls,
    objective_measure_weight=st.sampled_from([0.0, 0.5, 1.0]),
    rules=st.lists(
        st.builds(
            RollupRule,
            conditions=conditions,
            minimum_count=st.integers(0, 3),
            minimum_percent=st.sampled_from([0.0, 0.5, 1.0]),
        ),
        max_size=2,
    ).map(tuple),
)
# A course that lets hardly anything happen shows little, so flow is on in most clusters.
controls = st.builds(ControlModes, flow=st.sampled_from([True, True, True, False]))
definitions = st.builds(
    SequencingDefinition,
    control=controls,
    constrained_choice=st.builds(ConstrainedChoice),
    pre_conditions=rules(PRE_CONDITION_ACTIONS),
    exit_conditions=rules(EXIT_ACTIONS),
    post_conditions=rules(POST_CONDITION_ACTIONS),
    limits=st.builds(LimitConditions, attempt_limit=st.none() | st.integers(0, 3)),
    rollup=rollups,
    rollup_considerations=st.builds(RollupConsiderations),
    objectives=objectives,
    randomization=st.builds(RandomizationControls, select_count=st.none() | st.integers(0, 3)),
    delivery=st.builds(DeliveryControls),
)
plain = st.just(SequencingDefinition(control=ControlModes(flow=True)))
thresholds = st.none() | st.builds(CompletionThreshold, st.booleans(), st.just(0.5), st.sampled_from([0.0, 1.0]))


@st.composite
def organizations(draw):
    count = 0

    def grow(depth):
        nonlocal count
        count += 1
        identifier = f"i{count}"
        breadth = draw(st.integers(0, 3)) if depth < 3 and count < 14 else 0
        return Item(
            identifier,
            identifier,
            sequencing=draw(plain | definitions),
            completion_threshold=draw(thresholds),
            children=tuple(grow(depth + 1) for _ in range(breadth)),
        )

    items = tuple(grow(1) for _ in range(draw(st.integers(1, 3))))
    return Organization(
        "root",
        "Root",
        items,
        sequencing=draw(plain | definitions),
        objectives_global_to_system=draw(st.booleans()),
    )


kinds = st.sampled_from(sorted(RequestKind))
targets = st.sampled_from(["", "root", "nowhere", *(f"i{number}" for number in range(1, 15))])
documents = st.dictionaries(
    st.sampled_from(
        [
            "cmi.completion_status",
            "cmi.success_status",
            "cmi.score.scaled",
            "cmi.progress_measure",
            "cmi.exit",
            "cmi.objectives.0.id",
            "cmi.objectives.0.success_status",
            "cmi.objectives.0.score.scaled",
        ]
    ),
    st.sampled_from(["completed", "incomplete", "passed", "failed", "unknown", "0.7", "0.2", "suspend", "p", "o", "?"]),
)
walks = st.lists(st.tuples(kinds, targets, documents), min_size=1, max_size=12).map(
    lambda steps: [(RequestKind.START, "", {}), *steps]
)
