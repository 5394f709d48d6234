"""Control modes: combinations in which learners get stuck, and ones without effect (SN 3.2, 3.3, 3.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.xml_values import child_of, text_of

if TYPE_CHECKING:
    from scorm.validation.subject import Activity, Subject


def check(subject: Subject) -> None:
    """Report on the control modes of every activity."""
    for tree in subject.trees:
        for activity in tree.walk():
            if activity.children:
                _check_cluster(subject, activity)
            else:
                _check_leaf(subject, activity)


def _check_cluster(subject: Subject, cluster: Activity) -> None:
    control = cluster.definition.control
    if not control.choice and not control.flow:
        subject.note("seq_no_way_through", cluster.identifier, cluster.element)
    if control.choice and not control.flow and not any(found.is_visible for found in cluster.children):
        subject.note("seq_nothing_to_choose", cluster.identifier, cluster.element)
    if cluster.parent is not None and not control.choice_exit and not control.flow and not _leaves_by_rule(cluster):
        subject.note("seq_no_way_out", cluster.identifier, cluster.element)
    if control.forward_only and control.choice:
        subject.note("seq_forward_only_with_choice", cluster.identifier, cluster.element)
    count = cluster.definition.randomization.select_count
    if count is not None and count > len(cluster.children):
        subject.note(
            "seq_selection_too_large", f"{cluster.identifier}: {count} > {len(cluster.children)}", cluster.element
        )


def _leaves_by_rule(cluster: Activity) -> bool:
    """Whether the cluster, or something in it, ends by a rule of its own (SN 3.4.3)."""
    return any(found.definition.exit_conditions or found.definition.post_conditions for found in cluster.walk())


def _check_leaf(subject: Subject, leaf: Activity) -> None:
    """`choice`, `flow` and `forwardOnly` speak of an activity's children (SN 3.2)."""
    control = child_of(leaf.part("sequencing"), "controlMode")
    written = [name for name in ("choice", "flow", "forwardOnly") if text_of(control, name)]
    if written:
        subject.note("seq_control_modes_unused", f"{leaf.identifier}: {' '.join(written)}", control)
