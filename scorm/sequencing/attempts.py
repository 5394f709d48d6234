"""The ends of attempts: Terminate Descendent Attempts and End Attempt (UP.3, UP.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.rollup import overall_rollup_process
from scorm.sequencing.selection import prepare_for_new_attempt
from scorm.sequencing.tracking import ObjectiveView, primary_of
from scorm.sequencing.traversal import common_ancestor, path_up

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


def terminate_descendent_attempts_process(tree: ActivityTree, activity: Activity) -> None:
    """UP.3: end the attempts on the clusters between the current activity and its common ancestor with `activity`."""
    if tree.current is None:
        return
    for step in path_up(tree.current, common_ancestor(tree.current, activity)):
        if step is not tree.current:
            end_attempt_process(tree, step)


def end_attempt_process(tree: ActivityTree, activity: Activity) -> None:
    """UP.4: settle the tracking information of the attempt on one activity and roll it up."""
    tracking = activity.tracking
    if activity.is_leaf:
        if activity.definition.delivery.tracked and not tracking.is_suspended:
            _complete_by_default(tree, activity)
    else:
        tracking.is_suspended = any(child.tracking.is_suspended for child in activity.available)
        if not tracking.is_suspended:
            prepare_for_new_attempt(tree, activity)
    tracking.is_active = False
    for objective in activity.objectives.values():
        ObjectiveView(tree, activity, objective).settle()
    tree.note("UP.4", activity, "suspended" if tracking.is_suspended else "ended")
    overall_rollup_process(tree, activity)


def _complete_by_default(tree: ActivityTree, activity: Activity) -> None:
    """UP.4, 1.1.1: content that says nothing of its own has been completed and satisfied by being seen."""
    delivery, declared = activity.definition.delivery, activity.tracking.declared
    primary = primary_of(tree, activity)
    if not delivery.completion_set_by_content and "completion_status" not in declared and primary.completion is None:
        primary.write("completion", True)
    if not delivery.objective_set_by_content and "success_status" not in declared and primary.satisfied is None:
        primary.write("satisfied", True)
