"""The table of contents: what the learner may see and choose, with the status of every activity."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.flow import flow_subprocess
from scorm.sequencing.rules import HIDDEN, sequencing_rules_check_process
from scorm.sequencing.tracking import primary_of
from scorm.sequencing.traversal import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorm.sequencing.tracking import ObjectiveView
    from scorm.sequencing.tree import Activity, ActivityTree, LookAhead

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


Status: TypeAlias = tuple[str, str]  # completion and success


def table_of_contents(
    tree: ActivityTree, found: LookAhead, choice: Mapping[str, bool], statuses: Sequence[Status]
) -> Entry:
    """Return the root's entry, with the entries of the available activities below it.

    `choice` says what may be selected, `statuses` what is shown of each activity of the tree. When no entry
    leads away from the running activity, its clusters are not offered either: choosing them would only begin
    it again (ADL's cases ask for this). `found` is what has been found out in this state already.
    """
    with tree.looking_ahead(found):
        root = _entry(tree, tree.root, choice, statuses, hidden=False)
        is_running = tree.current is not None and tree.current.tracking.is_active
        if is_running and not any(_leads_away(tree, child) for child in root["children"]):
            _close_clusters(root)
    return root


def statuses_of(tree: ActivityTree) -> list[Status]:
    """Return the statuses of all activities in the order of the tree."""
    return [status_of(primary_of(tree, activity)) for activity in tree.activities]


def status_of(primary: ObjectiveView) -> Status:
    """Return the statuses an activity has by its primary objective, in the words of the run time.

    Completion is "not attempted" before the first attempt.
    """
    completion = primary.completion
    if completion is None and not primary.activity.tracking.attempts:
        return "not attempted", _SUCCESS[primary.satisfied]
    return _COMPLETION[completion], _SUCCESS[primary.satisfied]


def _entry(
    tree: ActivityTree,
    activity: Activity,
    choice: Mapping[str, bool],
    statuses: Sequence[Status],
    *,
    hidden: bool,
) -> Entry:
    hidden = hidden or sequencing_rules_check_process(tree, activity, HIDDEN) is not None
    completion, success = statuses[activity.index]
    return {
        "identifier": activity.identifier,
        "title": activity.title,
        "depth": activity.depth,
        "visible": activity.is_visible and not hidden,
        "selectable": choice.get(activity.identifier, False),
        "current": activity is tree.current,
        "completion": completion,
        "success": success,
        "leaf": activity.is_leaf,
        "children": [_entry(tree, child, choice, statuses, hidden=hidden) for child in activity.available],
    }


def _leads_away(tree: ActivityTree, entry: Entry) -> bool:
    if entry["visible"] and entry["selectable"]:
        activity = tree.by_identifier[entry["identifier"]]
        if not activity.is_leaf:
            with suppress(SequencingException):
                activity = flow_subprocess(tree, activity, Direction.FORWARD, consider_children=True)
        if activity is not tree.current:
            return True
    return any(_leads_away(tree, child) for child in entry["children"])


def _close_clusters(entry: Entry) -> None:
    if not entry["leaf"]:
        entry["selectable"] = False
    for child in entry["children"]:
        _close_clusters(child)
