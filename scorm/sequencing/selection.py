"""Which children of a cluster take part, and in which order (SR.1, SR.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.definition import Timing

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


def select_children_process(tree: ActivityTree, activity: Activity) -> None:
    """SR.1: select as many children as the definition asks for, in the order of the manifest."""
    count = activity.definition.randomization.select_count
    if not count or count >= len(activity.children):
        activity.set_available(activity.children)
        return
    chosen = set(tree.random_for(activity).sample(range(len(activity.children)), count))
    activity.set_available([child for place, child in enumerate(activity.children) if place in chosen])
    tree.note("SR.1", activity, str(count))


def randomize_children_process(tree: ActivityTree, activity: Activity) -> None:
    """SR.2: reorder the selected children."""
    if not activity.definition.randomization.reorder_children:
        return
    order = list(activity.available)
    tree.random_for(activity).shuffle(order)
    activity.set_available(order)
    tree.note("SR.2", activity, "reordered")


def prepare_clusters(tree: ActivityTree) -> None:
    """Select and reorder the children of every cluster that has not been prepared yet (SR.1 and SR.2, once).

    A sequencing session begins with this; clusters that redo it on each new attempt are prepared here
    for their first one.
    """
    for activity in tree.activities:
        controls = activity.definition.randomization
        if activity.is_leaf or activity.tracking.order is not None:
            continue
        if controls.selection_timing is not Timing.NEVER:
            select_children_process(tree, activity)
        if controls.randomization_timing is not Timing.NEVER:
            randomize_children_process(tree, activity)
        _remember(activity)


def prepare_for_new_attempt(tree: ActivityTree, activity: Activity) -> None:
    """Select and reorder the children of one cluster for its next attempt (SR.1 and SR.2, on each new attempt)."""
    controls = activity.definition.randomization
    if controls.selection_timing is Timing.ON_EACH_NEW_ATTEMPT:
        select_children_process(tree, activity)
    if controls.randomization_timing is Timing.ON_EACH_NEW_ATTEMPT:
        randomize_children_process(tree, activity)
    _remember(activity)


def _remember(activity: Activity) -> None:
    controls = activity.definition.randomization
    if controls.selection_timing is not Timing.NEVER or controls.randomization_timing is not Timing.NEVER:
        activity.tracking.order = [child.key for child in activity.available]
