"""Flow through the activity tree (SB.2.1, SB.2.2, SB.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorm.sequencing.attempts import terminate_descendent_attempts_process
from scorm.sequencing.checks import check_activity_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.rules import SKIP, sequencing_rules_check_process
from scorm.sequencing.traversal import Direction, is_first, is_last, is_last_of_tree, sibling

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


class Move(NamedTuple):
    """One step of a traversal: the activity reached, and the direction in which the walk goes on."""

    activity: Activity
    direction: Direction


class Stretch(NamedTuple):
    """Where a walk stands: at an activity, going in `direction`, in a cluster entered in `previous` direction."""

    activity: Activity
    direction: Direction
    previous: Direction | None
    arrived: bool = False


def flow_tree_traversal_subprocess(
    tree: ActivityTree,
    activity: Activity,
    direction: Direction,
    previous: Direction | None,
    *,
    consider_children: bool,
) -> Move:
    """SB.2.1: return the activity next to `activity` in `direction`.

    `previous` is the direction in which a forward-only cluster was entered, if that differs.

    Raises:
        SequencingException: SB.2.1-1 walked off the tree, which ends the session; SB.2.1-2 no available
            children; SB.2.1-3 at the root going backward; SB.2.1-4 the parent is forward-only.
    """
    reversed_direction = False
    parent = activity.parent
    if previous is Direction.BACKWARD and parent is not None and is_last(activity):
        # All children of a forward-only cluster that was entered backward are used up.
        direction, activity, reversed_direction = Direction.BACKWARD, parent.available[0], True
    if direction is Direction.FORWARD:
        return _forward(tree, activity, consider_children=consider_children)
    return _backward(tree, activity, consider_children=consider_children, reversed_direction=reversed_direction)


def _forward(tree: ActivityTree, activity: Activity, *, consider_children: bool) -> Move:
    parent = activity.parent
    if is_last_of_tree(activity) or (parent is None and not consider_children):
        if tree.look_ahead is None:
            terminate_descendent_attempts_process(tree, tree.root)
        raise SequencingException("SB.2.1-1", ends_session=True)
    if consider_children and not activity.is_leaf:
        if not activity.available:
            raise SequencingException("SB.2.1-2")
        return Move(activity.available[0], Direction.FORWARD)
    if is_last(activity) and parent is not None:
        return flow_tree_traversal_subprocess(tree, parent, Direction.FORWARD, None, consider_children=False)
    return Move(sibling(activity, Direction.FORWARD), Direction.FORWARD)


def _backward(tree: ActivityTree, activity: Activity, *, consider_children: bool, reversed_direction: bool) -> Move:
    parent = activity.parent
    if parent is None:
        raise SequencingException("SB.2.1-3")
    if consider_children and not activity.is_leaf:
        if not activity.available:
            raise SequencingException("SB.2.1-2")
        if activity.definition.control.forward_only:
            return Move(activity.available[0], Direction.FORWARD)
        return Move(activity.available[-1], Direction.BACKWARD)
    if parent.definition.control.forward_only and not reversed_direction:
        raise SequencingException("SB.2.1-4")
    if is_first(activity):
        return flow_tree_traversal_subprocess(tree, parent, Direction.BACKWARD, None, consider_children=False)
    return Move(sibling(activity, Direction.BACKWARD), Direction.BACKWARD)


def flow_activity_traversal_subprocess(
    tree: ActivityTree,
    activity: Activity,
    direction: Direction,
    previous: Direction | None,
) -> Activity:
    """SB.2.2: return the leaf to deliver, walking past skipped activities and into clusters.

    The book recurses; the loop here is the same walk without a limit on the number of skipped activities.

    Raises:
        SequencingException: SB.2.2-1 flow is off at the parent; SB.2.2-2 the activity is disabled; or one
            of SB.2.1.
    """
    found = {} if tree.look_ahead is None else tree.look_ahead.flows
    passed = []
    step = Stretch(activity, direction, previous)
    outcome: Activity | SequencingException | None = None
    while outcome is None:
        key = (step.activity.index, step.direction, step.previous)
        passed.append(key)
        outcome = found.get(key)
        if outcome is None:
            try:
                step = _go_on(tree, step)
                outcome = step.activity if step.arrived else None
            except SequencingException as blocked:
                outcome = blocked
    found.update(dict.fromkeys(passed, outcome))
    if isinstance(outcome, SequencingException):
        raise outcome
    return outcome


def _go_on(tree: ActivityTree, at: Stretch) -> Stretch:
    """SB.2.2 for one activity: arrive at it, skip it, or enter it."""
    activity, direction, previous = at.activity, at.direction, at.previous
    if activity.parent is None or not activity.parent.definition.control.flow:
        raise SequencingException("SB.2.2-1")
    if sequencing_rules_check_process(tree, activity, SKIP) is not None:
        move = flow_tree_traversal_subprocess(tree, activity, direction, previous, consider_children=False)
        if previous is Direction.BACKWARD and move.direction is Direction.BACKWARD:
            return Stretch(move.activity, Direction.BACKWARD, None)
        return Stretch(move.activity, direction, previous)
    if check_activity_process(tree, activity):
        raise SequencingException("SB.2.2-2")
    if activity.is_leaf:
        return at._replace(arrived=True)
    move = flow_tree_traversal_subprocess(tree, activity, direction, None, consider_children=True)
    if direction is Direction.BACKWARD and move.direction is Direction.FORWARD:
        return Stretch(move.activity, Direction.FORWARD, Direction.BACKWARD)
    return Stretch(move.activity, direction, None)


def flow_subprocess(
    tree: ActivityTree,
    activity: Activity,
    direction: Direction,
    *,
    consider_children: bool,
) -> Activity:
    """SB.2.3: return the leaf that flow reaches from `activity`.

    Raises:
        SequencingException: of SB.2.1 or SB.2.2.
    """
    move = flow_tree_traversal_subprocess(tree, activity, direction, None, consider_children=consider_children)
    found = flow_activity_traversal_subprocess(tree, move.activity, direction, None)
    tree.note("SB.2.3", activity, found.identifier)
    return found
