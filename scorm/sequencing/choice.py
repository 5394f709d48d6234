"""Choice (SB.2.4, SB.2.9, SB.2.9.1, SB.2.9.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.attempts import end_attempt_process, terminate_descendent_attempts_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.flow import flow_subprocess
from scorm.sequencing.rules import HIDDEN, STOP_FORWARD, sequencing_rules_check_process
from scorm.sequencing.traversal import (
    Direction,
    common_ancestor,
    is_first,
    is_forward,
    is_last,
    is_last_of_tree,
    path_up,
    sibling,
)

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


def choice_activity_traversal_subprocess(tree: ActivityTree, activity: Activity, direction: Direction) -> None:
    """SB.2.4: whether a choice may go on from `activity` in `direction`.

    Raises:
        SequencingException: SB.2.4-1 stopped going forward; SB.2.4-2 the parent is forward-only; SB.2.4-3 at the root.
    """
    if direction is Direction.FORWARD:
        if sequencing_rules_check_process(tree, activity, STOP_FORWARD) is not None:
            raise SequencingException("SB.2.4-1")
    elif activity.parent is None:
        raise SequencingException("SB.2.4-3")
    elif activity.parent.definition.control.forward_only:
        raise SequencingException("SB.2.4-2")


def choice_sequencing_request_process(tree: ActivityTree, target: Activity | None) -> Activity:
    """SB.2.9: return the activity to deliver for a choice of `target`.

    Raises:
        SequencingException: SB.2.9-1 to SB.2.9-9, or one of SB.2.4. After SB.2.9-9 the target has become
            the current activity, from which the learner may go on.
    """
    ancestor = check_choice(tree, target)
    if target is None:
        raise SequencingException("SB.2.9-1")
    if target.is_leaf:
        return target
    try:
        return flow_subprocess(tree, target, Direction.FORWARD, consider_children=True)
    except SequencingException as blocked:
        if tree.look_ahead is None:
            terminate_descendent_attempts_process(tree, ancestor)
            end_attempt_process(tree, ancestor)
            tree.current = target
        raise SequencingException("SB.2.9-9") from blocked


def check_choice(tree: ActivityTree, target: Activity | None) -> Activity:
    """SB.2.9, 1 to 10: whether `target` may be reached; return the common ancestor with the current activity.

    Raises:
        SequencingException: SB.2.9-1 to SB.2.9-8, or one of SB.2.4.
    """
    if target is None:
        raise SequencingException("SB.2.9-1")
    _check_offered(tree, target)
    current = tree.current
    ancestor = tree.root if current is None else common_ancestor(current, target)
    if current is target:
        return ancestor
    _check_way(tree, current, target, ancestor)
    return ancestor


def _check_offered(tree: ActivityTree, target: Activity) -> None:
    refusal = _refusal(tree, target)
    if refusal is not None:
        raise SequencingException(refusal)
    if target.parent is not None and not target.parent.definition.control.choice:
        raise SequencingException("SB.2.9-4")


def _refusal(tree: ActivityTree, activity: Activity) -> str | None:
    """Return why the activity or an ancestor is not offered (SB.2.9, 3), None when it is."""
    found = {} if tree.look_ahead is None else tree.look_ahead.offered
    if activity.index not in found:
        parent = activity.parent
        reason = None if parent is None else _refusal(tree, parent)
        if reason is None and parent is not None and not parent.has_available(activity):
            reason = "SB.2.9-2"
        if reason is None and sequencing_rules_check_process(tree, activity, HIDDEN) is not None:
            reason = "SB.2.9-3"
        found[activity.index] = reason
    return found[activity.index]


def _check_way(tree: ActivityTree, current: Activity | None, target: Activity, ancestor: Activity) -> None:
    """SB.2.9, 7 to 10: the way from the current activity to the target."""
    if current is None or current is ancestor:
        _check_way_down(tree, ancestor, target)
    elif current.parent is target.parent:
        _check_siblings(tree, current, target)
    elif target is ancestor:
        _check_way_up(current, target)
        if not target.definition.control.choice_exit:
            # Only descendants of such a cluster may be chosen from inside it (SN 3.2.2).
            raise SequencingException("SB.2.9-7")
    else:
        constrained = _check_way_up(current, ancestor)
        if constrained is not None:
            _check_constrained(constrained, target)
        _check_way_down(tree, ancestor, target)


def choice_flow_subprocess(activity: Activity, direction: Direction) -> Activity:
    """SB.2.9.1: the activity a constrained choice may reach next to `activity`, itself at the end of the tree."""
    return choice_flow_tree_traversal_subprocess(activity, direction) or activity


def choice_flow_tree_traversal_subprocess(activity: Activity, direction: Direction) -> Activity | None:
    """SB.2.9.2: the activity next to `activity` that is not one of its descendants."""
    if activity.parent is None or (direction is Direction.FORWARD and is_last_of_tree(activity)):
        return None
    at_edge = is_last(activity) if direction is Direction.FORWARD else is_first(activity)
    if at_edge:
        return choice_flow_tree_traversal_subprocess(activity.parent, direction)
    return sibling(activity, direction)


def _check_siblings(tree: ActivityTree, current: Activity, target: Activity) -> None:
    parent = current.parent
    if parent is None:
        raise SequencingException("SB.2.9-5")
    start, end = parent.place_of(current), parent.place_of(target)
    if start < end:
        if _next_stop(tree, parent, start) < end:
            raise SequencingException("SB.2.4-1")
    else:
        # Every activity on the way has the same parent, so that the first one answers for all.
        choice_activity_traversal_subprocess(tree, current, Direction.BACKWARD)


def _next_stop(tree: ActivityTree, parent: Activity, start: int) -> int:
    """Return the place of the first child from `start` on that SB.2.4 does not let a choice pass."""
    found = {} if tree.look_ahead is None else tree.look_ahead.stops
    key = (parent.index, start)
    if key not in found:
        places = (
            parent.place_of(child)
            for child in parent.stoppers
            if parent.place_of(child) >= start and not _may_pass(tree, child)
        )
        found[key] = next(places, len(parent.available))
    return found[key]


def _may_pass(tree: ActivityTree, activity: Activity) -> bool:
    try:
        choice_activity_traversal_subprocess(tree, activity, Direction.FORWARD)
    except SequencingException:
        return False
    return True


def _check_way_up(current: Activity, ancestor: Activity) -> Activity | None:
    """Check choice exit above `current` up to `ancestor`; return the lowest cluster that constrains choice.

    The current activity itself was NB.2.1's to check, and constrains no choice when it is a leaf.
    """
    constrained = None
    for activity in path_up(current, ancestor)[1:]:
        if not activity.definition.control.choice_exit:
            raise SequencingException("SB.2.9-7")
        if constrained is None and activity.definition.constrained_choice.constrain_choice:
            constrained = activity
    return constrained


def _check_constrained(constrained: Activity, target: Activity) -> None:
    direction = Direction.FORWARD if is_forward(target, constrained) else Direction.BACKWARD
    considered = choice_flow_subprocess(constrained, direction)
    if not target.is_within(considered) and target is not constrained:
        raise SequencingException("SB.2.9-8")


def _check_way_down(tree: ActivityTree, ancestor: Activity, target: Activity) -> None:
    """Check the path to the target; a target backward from the current activity is not stopped on the way."""
    current = tree.current
    for activity in [ancestor, *reversed(path_up(target, ancestor)[1:])]:
        if activity.may_stop_forward and (current is None or is_forward(target, current)):
            choice_activity_traversal_subprocess(tree, activity, Direction.FORWARD)
        prevents = activity.definition.constrained_choice.prevent_activation
        if prevents and activity is not ancestor and not activity.tracking.is_active:
            raise SequencingException("SB.2.9-6")
