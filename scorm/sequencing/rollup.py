"""Rollup of tracking information from children to their parent (RB.1.1 to RB.1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.definition import RollupAction
from scorm.sequencing.rollup_rules import rollup_rule_check_subprocess
from scorm.sequencing.tracking import primary_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorm.sequencing.definition import Objective
    from scorm.sequencing.tree import Activity, ActivityTree

_WRITES = ("satisfied", "measure", "completion", "progress")


def overall_rollup_process(tree: ActivityTree, activity: Activity) -> None:
    """RB.1.5: roll up every ancestor of `activity`, and of activities that read what those wrote.

    Each cluster is rolled up once, the deepest first (SN 4.6.7, deterministic rollup).
    """
    for cluster in sorted(rollup_set(tree, activity), key=lambda step: (-step.depth, -step.index)):
        measure_rollup_process(tree, cluster)
        completion_measure_rollup_process(tree, cluster)
        objective_rollup_process(tree, cluster)
        activity_progress_rollup_process(tree, cluster)


def measure_rollup_process(tree: ActivityTree, activity: Activity) -> None:
    """RB.1.1 a: the weighted average of the measures of the children."""
    weighed = [
        (child.definition.rollup.objective_measure_weight, primary_of(tree, child).measure)
        for child in activity.available
        if child.definition.delivery.tracked
    ]
    primary_of(tree, activity).write("measure", _weighted_average(weighed))


def completion_measure_rollup_process(tree: ActivityTree, activity: Activity) -> None:
    """RB.1.1 b: the weighted average of the completion amounts of the children."""
    weighed = [
        (child.progress_weight, primary_of(tree, child).read("progress"))
        for child in activity.available
        if child.definition.delivery.tracked
    ]
    primary_of(tree, activity).write("progress", _weighted_average(weighed))


def objective_rollup_process(tree: ActivityTree, activity: Activity) -> None:
    """RB.1.2: by measure (a), by the activity's rules (b) or by the default rules (c)."""
    primary = primary_of(tree, activity)
    if activity.primary.satisfied_by_measure:
        primary.settle()
        return
    if rollup_rule_check_subprocess(tree, activity, RollupAction.SATISFIED):
        primary.write("satisfied", True)
    elif rollup_rule_check_subprocess(tree, activity, RollupAction.NOT_SATISFIED):
        primary.write("satisfied", False)


def activity_progress_rollup_process(tree: ActivityTree, activity: Activity) -> None:
    """RB.1.3: by measure (a), by the activity's rules (b) or by the default rules (c)."""
    primary = primary_of(tree, activity)
    if activity.completed_by_measure:
        primary.settle()
        return
    if rollup_rule_check_subprocess(tree, activity, RollupAction.COMPLETED):
        primary.write("completion", True)
    elif rollup_rule_check_subprocess(tree, activity, RollupAction.INCOMPLETE):
        primary.write("completion", False)


def _weighted_average(weighed: Iterable[tuple[float, float | None]]) -> float | None:
    total = counted = 0.0
    known = False
    for weight, value in weighed:
        if weight > 0.0:
            counted += weight
            if value is not None:
                known = True
                total += weight * value
    return total / counted if known else None


def rollup_set(tree: ActivityTree, activity: Activity) -> set[Activity]:
    """Return the clusters to roll up: ancestors, and ancestors of readers of what is written on the way."""
    found: set[Activity] = set()
    told: set[str] = set()
    pending = [(activity, tuple(activity.objectives.values()))]
    while pending:
        source, written = pending.pop()
        targets = _written_to(written) - told
        told |= targets
        for step in (source, *(reader for target in targets for reader in tree.readers.get(target, ()))):
            cluster = step.parent
            while cluster is not None and cluster not in found:
                found.add(cluster)
                pending.append((cluster, (cluster.primary,)))
                cluster = cluster.parent
    return found


def _written_to(objectives: Iterable[Objective]) -> set[str]:
    return {
        mapped.target
        for objective in objectives
        for mapped in objective.maps
        if any(getattr(mapped, f"write_{field}") for field in _WRITES)
    }
