"""Delivery: validating it, and preparing the tree for the content (DB.1.1, DB.2, DB.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.attempts import terminate_descendent_attempts_process
from scorm.sequencing.checks import check_activity_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.traversal import common_ancestor, path_up

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


def delivery_request_process(tree: ActivityTree, activity: Activity) -> None:
    """DB.1.1: whether the activity may be delivered.

    Raises:
        SequencingException: DB.1.1-1 not a leaf; DB.1.1-3 it or an ancestor is disabled or out of attempts.
    """
    if not activity.is_leaf:
        raise SequencingException("DB.1.1-1")
    if not _is_enabled(tree, activity):
        raise SequencingException("DB.1.1-3")


def content_delivery_environment_process(tree: ActivityTree, activity: Activity) -> bool:
    """DB.2: begin the attempts on the path to the activity; return whether a suspended attempt goes on.

    Raises:
        SequencingException: DB.2-1 the current activity is still active.
    """
    if tree.current is not None and tree.current.tracking.is_active:
        raise SequencingException("DB.2-1")
    if activity is not tree.suspended:
        clear_suspended_activity_subprocess(tree, activity)
    terminate_descendent_attempts_process(tree, activity)
    resumes = activity.tracking.is_suspended
    for step in reversed(list(activity.ancestors())):
        if not step.tracking.is_active:
            _begin(tree, step)
    tree.current = activity
    tree.suspended = None
    tree.note("DB.2", activity, "resumed" if resumes else "new attempt")
    return resumes


def clear_suspended_activity_subprocess(tree: ActivityTree, activity: Activity) -> None:
    """DB.2.1: forget a suspended activity that is not the one to be delivered, up to their common ancestor."""
    suspended = tree.suspended
    if suspended is None:
        return
    ancestor = common_ancestor(activity, suspended)
    for step in path_up(suspended, ancestor):
        step.tracking.is_suspended = any(child.tracking.is_suspended for child in step.available)
    tree.suspended = None


def _is_enabled(tree: ActivityTree, activity: Activity) -> bool:
    """Whether no activity from the root down to this one is stopped by UP.5."""
    found = {} if tree.look_ahead is None else tree.look_ahead.enabled
    if activity.index not in found:
        above = activity.parent is None or _is_enabled(tree, activity.parent)
        found[activity.index] = above and not check_activity_process(tree, activity)
    return found[activity.index]


def _begin(tree: ActivityTree, activity: Activity) -> None:
    tracking = activity.tracking
    tracking.is_active = True
    if tracking.is_suspended:
        tracking.is_suspended = False
    elif not activity.definition.delivery.tracked:
        tracking.objectives = {}
    else:
        tracking.begin_attempt(tree.now())
        control = activity.definition.control
        for child in activity.children:
            _age(
                child,
                objectives=control.use_current_attempt_objective_info,
                progress=control.use_current_attempt_progress_info,
            )


def _age(activity: Activity, *, objectives: bool, progress: bool) -> None:
    """Mark what is known of the children as older than the new attempt on the parent (SN 3.2)."""
    tracking = activity.tracking
    if tracking.objectives:
        tracking.stale_objectives = tracking.stale_objectives or objectives
        tracking.stale_progress = tracking.stale_progress or progress
    control = activity.definition.control
    for child in activity.children:
        _age(
            child,
            objectives=objectives and control.use_current_attempt_objective_info,
            progress=progress and control.use_current_attempt_progress_info,
        )
