"""Whether an activity may be delivered at all: limit conditions and the Check Activity Process (UP.1, UP.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.rules import DISABLED, sequencing_rules_check_process

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


def limit_conditions_check_process(tree: ActivityTree, activity: Activity) -> bool:
    """UP.1: whether a limit condition forbids a new attempt.

    SCORM requires only the attempt limit; the limits of time are left to the run time (SN 3.5).
    """
    tracking = activity.tracking
    limit = activity.definition.limits.attempt_limit
    if limit is None or not activity.definition.delivery.tracked:
        return False
    if tracking.is_active or tracking.is_suspended or tracking.attempts < limit:
        return False
    tree.note("UP.1", activity, "attemptLimit")
    return True


def check_activity_process(tree: ActivityTree, activity: Activity) -> bool:
    """UP.5: whether the activity is disabled or a limit condition is exceeded."""
    if sequencing_rules_check_process(tree, activity, DISABLED) is not None:
        return True
    return limit_conditions_check_process(tree, activity)
