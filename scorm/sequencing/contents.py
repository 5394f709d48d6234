"""The table of contents: what the learner may see and choose, with the status of every activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from scorm.sequencing.rules import HIDDEN, sequencing_rules_check_process
from scorm.sequencing.tracking import primary_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.sequencing.tree import Activity, ActivityTree

_COMPLETION = {None: "unknown", True: "completed", False: "incomplete"}
_SUCCESS = {None: "unknown", True: "passed", False: "failed"}


class Entry(TypedDict):
    """One activity in the table of contents.

    `visible`: shown at all; `selectable`: may be chosen now. `completion` and `success` have the words of
    the run time; `completion` is "not attempted" before the first attempt.
    """

    identifier: str
    title: str
    depth: int
    visible: bool
    selectable: bool
    current: bool
    completion: str
    success: str
    leaf: bool
    children: list[Entry]


def table_of_contents(tree: ActivityTree, choice: Mapping[str, bool], statuses: ActivityTree) -> Entry:
    """Return the root's entry, with the entries of the available activities below it.

    `choice` says what may be selected. `statuses` is the tree whose tracking is shown: the same, or a copy
    in which the running content is counted too.
    """
    return _entry(tree, tree.root, choice, statuses, hidden=False)


def _entry(
    tree: ActivityTree,
    activity: Activity,
    choice: Mapping[str, bool],
    statuses: ActivityTree,
    *,
    hidden: bool,
) -> Entry:
    hidden = hidden or sequencing_rules_check_process(tree, activity, HIDDEN) is not None
    shown = statuses.activities[activity.index]
    return Entry(
        identifier=activity.identifier,
        title=activity.title,
        depth=activity.depth,
        visible=activity.is_visible and not hidden,
        selectable=choice.get(activity.identifier, False),
        current=activity is tree.current,
        completion=completion_word(statuses, shown),
        success=success_word(statuses, shown),
        leaf=activity.is_leaf,
        children=[_entry(tree, child, choice, statuses, hidden=hidden) for child in activity.available],
    )


def success_word(tree: ActivityTree, activity: Activity) -> str:
    """Return passed, failed or unknown."""
    return _SUCCESS[primary_of(tree, activity).satisfied]


def completion_word(tree: ActivityTree, activity: Activity) -> str:
    """Return completed, incomplete, unknown, or "not attempted" before the first attempt."""
    status = primary_of(tree, activity).completion
    if status is None and not activity.tracking.attempts:
        return "not attempted"
    return _COMPLETION[status]
