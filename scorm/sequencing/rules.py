"""Sequencing rules: the Sequencing Rules Check Process and its conditions (UP.2, UP.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.definition import (
    EXIT_ACTIONS,
    POST_CONDITION_ACTIONS,
    Combination,
    ConditionKind,
    Objective,
    RuleAction,
)
from scorm.sequencing.tracking import ObjectiveView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorm.sequencing.definition import RuleCondition, SequencingRule
    from scorm.sequencing.tree import Activity, ActivityTree

SKIP = frozenset({RuleAction.SKIP})
DISABLED = frozenset({RuleAction.DISABLED})
HIDDEN = frozenset({RuleAction.HIDDEN_FROM_CHOICE})
STOP_FORWARD = frozenset({RuleAction.STOP_FORWARD_TRAVERSAL})


def sequencing_rules_check_process(
    tree: ActivityTree,
    activity: Activity,
    actions: frozenset[RuleAction],
) -> RuleAction | None:
    """UP.2: return the action of the first rule with one of `actions` whose conditions hold."""
    rules = _rules(activity, actions)
    if not rules:
        return None
    if tree.look_ahead is None:
        return _first_that_holds(tree, activity, rules, actions)
    key = (activity.index, actions)
    found = tree.look_ahead.rules
    if key not in found:
        found[key] = _first_that_holds(tree, activity, rules, actions)
    return found[key]


def sequencing_rule_check_subprocess(tree: ActivityTree, activity: Activity, rule: SequencingRule) -> bool:
    """UP.2.1: whether the conditions of one rule hold; unknown does not."""
    results = (evaluate_condition(tree, activity, condition) for condition in rule.conditions)
    return combine(rule.combination, results) is True


def combine(combination: Combination, results: Iterable[bool | None]) -> bool | None:
    """Combine truth values of which None is "unknown"; no condition at all is unknown (UP.2.1, 2-3)."""
    bag = list(results)
    if not bag:
        return None
    decisive = combination is Combination.ANY
    if decisive in bag:
        return decisive
    return None if None in bag else not decisive


def evaluate_condition(
    tree: ActivityTree,
    activity: Activity,
    condition: RuleCondition,
    *,
    fresh: bool = False,
) -> bool | None:
    """Return the truth of one condition, None when unknown (SN 3.4.2).

    Of an objective the activity does not have nothing is known. `fresh` is for rollup rules, which leave
    out information older than the present attempt on the parent (SN 3.2).
    """
    objective = activity.primary
    if condition.objective:
        objective = activity.objectives.get(condition.objective) or Objective(condition.objective)
    view = ObjectiveView(tree, activity, objective, fresh)
    result = _CONDITIONS[condition.kind](view, condition.measure_threshold)
    return result if result is None else result is not condition.negated


def _rules(activity: Activity, actions: frozenset[RuleAction]) -> tuple[SequencingRule, ...]:
    if actions is POST_CONDITION_ACTIONS:
        return activity.definition.post_conditions
    return activity.definition.exit_conditions if actions is EXIT_ACTIONS else activity.definition.pre_conditions


def _first_that_holds(
    tree: ActivityTree,
    activity: Activity,
    rules: tuple[SequencingRule, ...],
    actions: frozenset[RuleAction],
) -> RuleAction | None:
    for place, rule in enumerate(rules):
        if rule.action in actions and sequencing_rule_check_subprocess(tree, activity, rule):
            if tree.look_ahead is None:
                tree.note("UP.2", activity, rule.action, place, _held(tree, activity, rule))
            return rule.action
    return None


def _held(tree: ActivityTree, activity: Activity, rule: SequencingRule) -> tuple[int, ...]:
    conditions = enumerate(rule.conditions)
    return tuple(place for place, condition in conditions if evaluate_condition(tree, activity, condition) is True)


def _measure_greater_than(view: ObjectiveView, threshold: float) -> bool | None:
    return None if view.measure is None else view.measure > threshold


def _measure_less_than(view: ObjectiveView, threshold: float) -> bool | None:
    return None if view.measure is None else view.measure < threshold


def _attempt_limit_exceeded(view: ObjectiveView, _: float) -> bool | None:
    limit = view.activity.definition.limits.attempt_limit
    return None if limit is None else view.activity.tracking.attempts >= limit


_CONDITIONS: dict[ConditionKind, Callable[[ObjectiveView, float], bool | None]] = {
    ConditionKind.ALWAYS: lambda *_: True,
    ConditionKind.NEVER: lambda *_: False,
    ConditionKind.SATISFIED: lambda view, _: view.satisfied,
    ConditionKind.OBJECTIVE_STATUS_KNOWN: lambda view, _: view.satisfied is not None,
    ConditionKind.OBJECTIVE_MEASURE_KNOWN: lambda view, _: view.measure is not None,
    ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN: _measure_greater_than,
    ConditionKind.OBJECTIVE_MEASURE_LESS_THAN: _measure_less_than,
    ConditionKind.COMPLETED: lambda view, _: view.completion,
    ConditionKind.ACTIVITY_PROGRESS_KNOWN: lambda view, _: view.completion is not None,
    ConditionKind.ATTEMPTED: lambda view, _: view.activity.tracking.attempts > 0,
    ConditionKind.ATTEMPT_LIMIT_EXCEEDED: _attempt_limit_exceeded,
    # SCORM does not require the tracking of time; without it these two are unknown (SN 3.5).
    ConditionKind.TIME_LIMIT_EXCEEDED: lambda *_: None,
    ConditionKind.OUTSIDE_AVAILABLE_TIME_RANGE: lambda *_: None,
}
