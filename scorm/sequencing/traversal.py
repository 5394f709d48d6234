"""Where an activity stands in the tree of available children: order, paths, common ancestors."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity


class Direction(Enum):
    """The direction of a traversal of the activity tree."""

    FORWARD = 1
    BACKWARD = -1


def common_ancestor(first: Activity, second: Activity) -> Activity:
    """Return the deepest activity that has both at or below it."""
    while first is not second:
        if first.depth >= second.depth and first.parent is not None:
            first = first.parent
        elif second.parent is not None:
            second = second.parent
    return first


def path_up(activity: Activity, ancestor: Activity) -> list[Activity]:
    """Return the activities from `activity` (included) up to `ancestor` (excluded)."""
    path = []
    walk = activity
    while walk is not ancestor and walk.parent is not None:
        path.append(walk)
        walk = walk.parent
    return path


def is_last(activity: Activity) -> bool:
    """Whether no available sibling follows; the root has none."""
    parent = activity.parent
    return parent is None or parent.place_of(activity) == len(parent.available) - 1


def is_first(activity: Activity) -> bool:
    """Whether no available sibling goes before; the root has none."""
    parent = activity.parent
    return parent is None or parent.place_of(activity) <= 0


def sibling(activity: Activity, direction: Direction) -> Activity:
    """Return the next or previous available sibling, which must exist."""
    parent = activity.parent
    if parent is None:
        raise LookupError(activity.identifier)
    return parent.available[parent.place_of(activity) + direction.value]


def is_last_of_tree(activity: Activity) -> bool:
    """Whether nothing follows in a forward preorder traversal of the available tree."""
    return not activity.available and all(is_last(step) for step in activity.ancestors())


def is_forward(activity: Activity, other: Activity) -> bool:
    """Whether `activity` comes after `other` in a preorder traversal of the available tree."""
    if activity is other:
        return False
    ancestor = common_ancestor(activity, other)
    if ancestor is other:
        return True
    if ancestor is activity:
        return False
    here, there = path_up(activity, ancestor)[-1], path_up(other, ancestor)[-1]
    return ancestor.place_of(here) > ancestor.place_of(there)
