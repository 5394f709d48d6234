"""Sequencing rules and limits: conditions that never hold and actions without effect (SN 3.4, 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.sequencing.definition import Combination, ConditionKind, Consideration, RuleAction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorm.sequencing.definition import RuleCondition, SequencingRule
    from scorm.validation.subject import Activity, Subject

_OF_MEASURE: Final = frozenset(
    {ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN, ConditionKind.OBJECTIVE_MEASURE_LESS_THAN}
)
_OF_TIME: Final = frozenset({ConditionKind.TIME_LIMIT_EXCEEDED, ConditionKind.OUTSIDE_AVAILABLE_TIME_RANGE})
# What must be known for a condition to be true at all, also for its negation (SN 3.4.2).
_NEEDS: Final = {
    ConditionKind.SATISFIED: ConditionKind.OBJECTIVE_STATUS_KNOWN,
    ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN: ConditionKind.OBJECTIVE_MEASURE_KNOWN,
    ConditionKind.OBJECTIVE_MEASURE_LESS_THAN: ConditionKind.OBJECTIVE_MEASURE_KNOWN,
    ConditionKind.COMPLETED: ConditionKind.ACTIVITY_PROGRESS_KNOWN,
}
_FLOWING: Final = frozenset({RuleAction.CONTINUE, RuleAction.PREVIOUS})


def check(subject: Subject) -> None:
    """Report on the rules and limits of every activity."""
    for tree in subject.trees:
        for activity in tree.walk():
            for rule in rules_of(activity):
                _check_conditions(subject, activity, rule)
                _check_action(subject, activity, rule)
            # SN 3.5.1: an attempt is allowed while the count is below the limit.
            if activity.definition.limits.attempt_limit == 0:
                subject.note("seq_attempt_limits_zero", activity.identifier, activity.element)


def rules_of(activity: Activity) -> Iterator[SequencingRule]:
    """All sequencing rules of an activity."""
    definition = activity.definition
    yield from (*definition.pre_conditions, *definition.exit_conditions, *definition.post_conditions)


def _check_conditions(subject: Subject, activity: Activity, rule: SequencingRule) -> None:
    name = f"{activity.identifier}: {rule.action}"
    if not rule.conditions:
        subject.note("seq_rules_without_condition", name, activity.element)
    elif never_holds(rule.conditions, rule.combination, activity.definition.primary_objective.identifier):
        subject.note("seq_conditions_never_hold", name, activity.element)
    for condition in rule.conditions:
        if condition.kind in _OF_TIME:
            subject.note("seq_time_conditions", f"{name}, {condition.kind}", activity.element)
        has_limit = activity.definition.limits.attempt_limit is not None
        if condition.kind is ConditionKind.ATTEMPT_LIMIT_EXCEEDED and not condition.negated and not has_limit:
            subject.note("seq_attempt_limits_absent", name, activity.element)


def never_holds(conditions: tuple[RuleCondition, ...], combination: Combination, primary: str = "") -> bool:
    """Whether conditions contradict each other or themselves; `primary` is the identifier "" stands for."""
    if combination is Combination.ANY:
        return all(_is_impossible((condition,)) for condition in conditions)
    by_objective: dict[str, list[RuleCondition]] = {}
    for condition in conditions:
        by_objective.setdefault(condition.objective or primary, []).append(condition)
    return any(map(_is_impossible, by_objective.values()))


def _is_impossible(conditions: Sequence[RuleCondition]) -> bool:
    """Whether conditions on one objective can never all hold."""
    wanted = {(condition.kind, condition.negated) for condition in conditions if condition.kind not in _OF_MEASURE}
    needed = {_NEEDS[condition.kind] for condition in conditions if condition.kind in _NEEDS}
    return (
        bool(wanted & {(ConditionKind.NEVER, False), (ConditionKind.ALWAYS, True)})
        or any((kind, not negated) in wanted for kind, negated in wanted)
        or any((kind, True) in wanted for kind in needed)
        or _leaves_no_measure([condition for condition in conditions if condition.kind in _OF_MEASURE])
    )


def _leaves_no_measure(conditions: Sequence[RuleCondition]) -> bool:
    """Whether no measure from -1 to 1 lies within all bounds; a bound is (measure, whether it counts itself)."""
    low, high = (-1.0, True), (1.0, True)
    for condition in conditions:
        bound = (condition.measure_threshold, condition.negated)
        if (condition.kind is ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN) is not condition.negated:
            low = max(low, bound, key=lambda found: (found[0], not found[1]))
        else:
            high = min(high, bound)
    return low[0] > high[0] or (low[0] == high[0] and not (low[1] and high[1]))


def _check_action(subject: Subject, activity: Activity, rule: SequencingRule) -> None:
    """An action needs the control mode it works in (SN 3.4.3, 4.5; exit rules are looked up on clusters, TB.2.1)."""
    name = f"{activity.identifier}: {rule.action}"
    parent = activity.parent
    control = parent.definition.control if parent is not None else None
    if control is None:
        if rule.action in _FLOWING | {RuleAction.EXIT_PARENT, RuleAction.SKIP, RuleAction.HIDDEN_FROM_CHOICE}:
            subject.note("seq_rules_without_effect", name, activity.element)
        return
    backward = rule.action is RuleAction.PREVIOUS and control.forward_only
    if rule.action in _FLOWING and (not control.flow or backward):
        subject.note("seq_flow_actions_impossible", name, activity.element)
    if (
        (rule.action is RuleAction.EXIT and not activity.children)
        or (rule.action is RuleAction.HIDDEN_FROM_CHOICE and not control.choice)
        or (rule.action is RuleAction.SKIP and not control.flow and not _counts_skips(activity))
    ):
        subject.note("seq_rules_without_effect", name, activity.element)


def _counts_skips(activity: Activity) -> bool:
    """Whether being skipped keeps the activity out of its parent's rollup (SN 3.8)."""
    required = activity.definition.rollup_considerations
    return Consideration.IF_NOT_SKIPPED in {
        required.required_for_satisfied,
        required.required_for_not_satisfied,
        required.required_for_completed,
        required.required_for_incomplete,
    }
