"""Rollup rules: rules that never or always hold, or that nobody looks at (SN 3.7, 3.8, 4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.sequencing.definition import ChildActivitySet, ConditionKind, RollupAction
from scorm.validation.sequencing_rules import never_holds

if TYPE_CHECKING:
    from scorm.sequencing.definition import RollupRule
    from scorm.validation.subject import Activity, Subject

_OF_OBJECTIVES: Final = frozenset({RollupAction.SATISFIED, RollupAction.NOT_SATISFIED})


def check(subject: Subject) -> None:
    """Report on the rollup rules of every activity."""
    for tree in subject.trees:
        for activity in tree.walk():
            for rule in activity.definition.rollup.rules:
                if activity.children:
                    _check_rule(subject, activity, rule)
                else:
                    subject.note(
                        "seq_rollup_rules_on_leaves", f"{activity.identifier}: {rule.action}", activity.element
                    )


def _check_rule(subject: Subject, cluster: Activity, rule: RollupRule) -> None:
    name = f"{cluster.identifier}: {rule.action}"
    if not rule.conditions:
        subject.note("seq_rules_without_condition", name, cluster.element)
    # Conditions that never hold for a child are what a rule for "none" may wait for.
    elif rule.child_activity_set is not ChildActivitySet.NONE and never_holds(rule.conditions, rule.combination):
        subject.note("seq_conditions_never_hold", name, cluster.element)
    _check_numbers(subject, cluster, rule, name)
    _check_contributors(subject, cluster, rule, name)


def _check_numbers(subject: Subject, cluster: Activity, rule: RollupRule, name: str) -> None:
    """`minimumCount` counts children, `minimumPercent` is a share of them (SN 3.7.1)."""
    is_count = rule.child_activity_set is ChildActivitySet.AT_LEAST_COUNT
    is_percent = rule.child_activity_set is ChildActivitySet.AT_LEAST_PERCENT
    if is_count and rule.minimum_count > len(cluster.children):
        text = f"{name}, {rule.minimum_count} > {len(cluster.children)}"
        subject.note("seq_rollup_counts_unreachable", text, cluster.element)
    if (is_count and rule.minimum_count == 0) or (is_percent and rule.minimum_percent == 0):
        subject.note("seq_rollup_always_holds", name, cluster.element)


def _check_contributors(subject: Subject, cluster: Activity, rule: RollupRule, name: str) -> None:
    """At least one child must take part (SN 3.9), and attempt limits be set where a rule counts on them."""
    if not any(_contributes(child, rule.action) for child in cluster.children):
        subject.note("seq_rollup_without_children", name, cluster.element)
    waits = any(
        condition.kind is ConditionKind.ATTEMPT_LIMIT_EXCEEDED and not condition.negated
        for condition in rule.conditions
    )
    if waits and all(child.definition.limits.attempt_limit is None for child in cluster.children):
        subject.note("seq_attempt_limits_absent", name, cluster.element)


def _contributes(child: Activity, action: RollupAction) -> bool:
    controls = child.definition.rollup
    wanted = controls.objective_satisfied if action in _OF_OBJECTIVES else controls.progress_completion
    return wanted and child.definition.delivery.tracked
