"""Conditions said never to hold do not hold whatever a learner does; and any activity tree is examined to the end."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.sequencing.definition import Combination, ConditionKind, RuleCondition
from scorm.sequencing.rules import combine
from scorm.validation import FINDING_CODES
from scorm.validation.sequencing_rules import never_holds
from tests.support.validation import cluster, examined, leaf, objectives, rollup, rule

THRESHOLDS = (-1.0, -0.5, 0.0, 0.5, 1.0)
MEASURES = (None, *THRESHOLDS, -0.75, -0.25, 0.25, 0.75)
UNKNOWN = (None, True, False)
OBJECTIVES = ("", "o")
CONDITIONS = st.builds(
    RuleCondition,
    st.sampled_from(ConditionKind),
    st.sampled_from(OBJECTIVES),
    st.booleans(),
    st.sampled_from(THRESHOLDS),
)


def truth(condition, satisfied, measure, completed, happened):
    """SN 3.4.2 for one objective of which `satisfied` and `measure` are known, or None; `happened` are other kinds."""
    kinds = {
        ConditionKind.SATISFIED: satisfied,
        ConditionKind.OBJECTIVE_STATUS_KNOWN: satisfied is not None,
        ConditionKind.OBJECTIVE_MEASURE_KNOWN: measure is not None,
        ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN: None
        if measure is None
        else measure > condition.measure_threshold,
        ConditionKind.OBJECTIVE_MEASURE_LESS_THAN: None if measure is None else measure < condition.measure_threshold,
        ConditionKind.COMPLETED: completed,
        ConditionKind.ACTIVITY_PROGRESS_KNOWN: completed is not None,
        ConditionKind.ALWAYS: True,
        ConditionKind.NEVER: False,
    }
    result = kinds.get(condition.kind, condition.kind in happened)
    return None if result is None else result != condition.negated


def ever_holds(conditions, combination):
    """Try every state of two objectives and one activity."""
    states = list(product(UNKNOWN, MEASURES))
    used = {condition.objective for condition in conditions}
    kinds = {condition.kind for condition in conditions}
    events = [set(found) for size in range(len(kinds) + 1) for found in combinations(kinds, size)]
    for first in states if "" in used else states[:1]:
        for second in states if "o" in used else states[:1]:
            known = {"": first, "o": second}
            for completed, happened in product(UNKNOWN, events):
                results = [truth(c, *known[c.objective], completed, happened) for c in conditions]
                if combine(combination, results) is True:
                    return True
    return False


@pytest.mark.fuzz
@given(st.lists(CONDITIONS, min_size=1, max_size=3), st.sampled_from(Combination))
def test_conditions_said_never_to_hold_never_hold(conditions, combination):
    if never_holds(tuple(conditions), combination):
        assert not ever_holds(conditions, combination)


@pytest.mark.fuzz
@given(CONDITIONS, CONDITIONS)
def test_of_two_conditions_of_one_objective_it_is_known_whether_they_ever_hold(one, other):
    both = (one, replace(other, objective=one.objective))
    assert never_holds(both, Combination.ALL) is not ever_holds(both, Combination.ALL)


WORDS = st.sampled_from(
    ["satisfied", "completed", "always", "never", "attemptLimitExceeded", "objectiveMeasureGreaterThan"]
)
WRITTEN = st.builds('condition="{}" operator="{}"'.format, WORDS, st.sampled_from(["not", "noOp"]))
ACTIONS = st.sampled_from(["skip", "disabled", "exit", "retry", "continue", "previous", "exitParent", "none"])
MAPS = st.builds(
    '<imsss:mapInfo targetObjectiveID="{}" writeSatisfiedStatus="{}"/>'.format,
    st.sampled_from("gh"),
    st.sampled_from(["true", "false"]),
)
SEQUENCING = st.builds(
    lambda kind, action, conditions, maps, counts: (
        rule(kind, action, *conditions)
        + rollup(f'childActivitySet="atLeastCount" minimumCount="{counts}"', *conditions)
        + objectives("", primary="".join(maps))
        + f'<imsss:limitConditions attemptLimit="{counts}"/>'
    ),
    st.sampled_from(["pre", "post", "exit"]),
    ACTIONS,
    st.lists(WRITTEN, max_size=2),
    st.lists(MAPS, max_size=3),
    st.integers(0, 3),
)
NAMES = st.sampled_from(["i1", "i2", "i3", "i4"])
TREES = st.recursive(
    st.builds(leaf, NAMES, SEQUENCING),
    lambda inside: st.builds(cluster, NAMES, st.lists(inside, min_size=1, max_size=3).map("".join), SEQUENCING),
    max_leaves=8,
)


@pytest.mark.fuzz
@given(TREES)
def test_any_activity_tree_is_examined_to_the_end(items):
    found = examined(items=items)
    assert {code: finding.severity for code, finding in found.items()}.items() <= FINDING_CODES.items()
