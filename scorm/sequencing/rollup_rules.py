"""Rollup rules: which children count, and whether the rules of a cluster apply (RB.1.4, RB.1.4.1, RB.1.4.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorm.manifest.model import Edition
from scorm.sequencing.definition import (
    ChildActivitySet,
    ConditionKind,
    Consideration,
    RollupAction,
    RollupRule,
    RuleCondition,
)
from scorm.sequencing.rules import SKIP, combine, evaluate_condition, sequencing_rules_check_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorm.sequencing.tree import Activity, ActivityTree

_ROUNDING = 1e-9  # 0.07 of 100 children are seven, whatever binary fractions say
_OBJECTIVE_ACTIONS = (RollupAction.SATISFIED, RollupAction.NOT_SATISFIED)
_PROGRESS_ACTIONS = (RollupAction.COMPLETED, RollupAction.INCOMPLETE)


def _default(action: RollupAction, *conditions: RuleCondition) -> RollupRule:
    return RollupRule(action=action, conditions=conditions)


_SATISFIED, _COMPLETED = RuleCondition(ConditionKind.SATISFIED), RuleCondition(ConditionKind.COMPLETED)
_ATTEMPTED = RuleCondition(ConditionKind.ATTEMPTED)
# SN 4.6.5 and 4.6.6: all children known, but not all of them satisfied, is not satisfied.
_DEFAULT_RULES = {
    RollupAction.SATISFIED: _default(RollupAction.SATISFIED, _SATISFIED),
    RollupAction.NOT_SATISFIED: _default(
        RollupAction.NOT_SATISFIED, RuleCondition(ConditionKind.OBJECTIVE_STATUS_KNOWN)
    ),
    RollupAction.COMPLETED: _default(RollupAction.COMPLETED, _COMPLETED),
    RollupAction.INCOMPLETE: _default(RollupAction.INCOMPLETE, RuleCondition(ConditionKind.ACTIVITY_PROGRESS_KNOWN)),
}
# The 2nd and 3rd Edition take a child that was attempted for one that is known (SN 3rd Edition, RB.1.2 and RB.1.3).
_EARLIER_DEFAULT_RULES = _DEFAULT_RULES | {
    RollupAction.NOT_SATISFIED: _default(RollupAction.NOT_SATISFIED, _ATTEMPTED, replace(_SATISFIED, negated=True)),
    RollupAction.INCOMPLETE: _default(RollupAction.INCOMPLETE, _ATTEMPTED, replace(_COMPLETED, negated=True)),
}
_EARLIER_EDITIONS = frozenset({Edition.SCORM_2004_2ND, Edition.SCORM_2004_3RD})


def rollup_rule_check_subprocess(tree: ActivityTree, activity: Activity, action: RollupAction) -> bool:
    """RB.1.4: whether one of the activity's rules with `action` applies, or the default rule if it has none."""
    return any(_applies(rule, _contributions(tree, activity, rule)) for rule in _rules_for(tree, activity, action))


def evaluate_rollup_conditions_subprocess(tree: ActivityTree, child: Activity, rule: RollupRule) -> bool | None:
    """RB.1.4.1: the truth of a rule's conditions for one child, None when unknown."""
    results = (evaluate_condition(tree, child, condition, fresh=True) for condition in rule.conditions)
    return combine(rule.combination, results)


def check_child_for_rollup_subprocess(tree: ActivityTree, child: Activity, action: RollupAction) -> bool:
    """RB.1.4.2: whether a child takes part in the rollup of its parent for one action."""
    controls = child.definition.rollup
    if not (controls.objective_satisfied if action in _OBJECTIVE_ACTIONS else controls.progress_completion):
        return False
    considerations = child.definition.rollup_considerations
    required = {
        RollupAction.SATISFIED: considerations.required_for_satisfied,
        RollupAction.NOT_SATISFIED: considerations.required_for_not_satisfied,
        RollupAction.COMPLETED: considerations.required_for_completed,
        RollupAction.INCOMPLETE: considerations.required_for_incomplete,
    }[action]
    tracking = child.tracking
    if required is Consideration.IF_NOT_SUSPENDED:
        return tracking.attempts > 0 and not tracking.is_suspended
    if required is Consideration.IF_ATTEMPTED:
        return tracking.attempts > 0
    if required is Consideration.IF_NOT_SKIPPED:
        return sequencing_rules_check_process(tree, child, SKIP) is None
    return True


def _rules_for(tree: ActivityTree, activity: Activity, action: RollupAction) -> tuple[RollupRule, ...]:
    family = _OBJECTIVE_ACTIONS if action in _OBJECTIVE_ACTIONS else _PROGRESS_ACTIONS
    rules = tuple(rule for rule in activity.definition.rollup.rules if rule.action in family)
    defaults = _EARLIER_DEFAULT_RULES if tree.edition in _EARLIER_EDITIONS else _DEFAULT_RULES
    return tuple(rule for rule in rules or defaults.values() if rule.action is action)


def _contributions(tree: ActivityTree, activity: Activity, rule: RollupRule) -> Iterator[bool | None]:
    for child in activity.available:
        if child.definition.delivery.tracked and check_child_for_rollup_subprocess(tree, child, rule.action):
            yield evaluate_rollup_conditions_subprocess(tree, child, rule)


def _applies(rule: RollupRule, bag: Iterator[bool | None]) -> bool:
    """Whether enough children meet the conditions; looks at no more children than it needs.

    When no child takes part, "all" and "none" hold (ADL's cases RU-15b and RU-15c). Counts and shares need
    one child of which something is known.
    """
    match rule.child_activity_set:
        case ChildActivitySet.ALL:
            return all(result is True for result in bag)
        case ChildActivitySet.ANY:
            return any(result is True for result in bag)
        case ChildActivitySet.NONE:
            return all(result is False for result in bag)
        case _:
            return _is_enough(rule, list(bag))


def _is_enough(rule: RollupRule, bag: list[bool | None]) -> bool:
    if all(result is None for result in bag):
        return False
    count = sum(1 for result in bag if result is True)
    if rule.child_activity_set is ChildActivitySet.AT_LEAST_COUNT:
        return count >= rule.minimum_count
    return count >= rule.minimum_percent * len(bag) - _ROUNDING
