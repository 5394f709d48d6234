"""The sequencing requests except choice, and their dispatch (SB.2.5 to SB.2.8, SB.2.10 to SB.2.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.sequencing.choice import choice_sequencing_request_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.flow import flow_subprocess
from scorm.sequencing.navigation import RequestKind
from scorm.sequencing.traversal import Direction

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorm.sequencing.navigation import NavigationRequest
    from scorm.sequencing.tree import Activity, ActivityTree


def sequencing_request_process(tree: ActivityTree, request: NavigationRequest) -> Activity:
    """SB.2.12: return the activity to deliver.

    Raises:
        SequencingException: of the request's process, or SB.2.12-1; `ends_session` when the session is over.
    """
    tree.note("SB.2.12", tree.current, request.kind)
    if request.kind in _TARGETED:
        return _TARGETED[request.kind](tree, tree.by_identifier.get(request.target))
    if request.kind in _UNTARGETED:
        return _UNTARGETED[request.kind](tree)
    raise SequencingException("SB.2.12-1")


def start_sequencing_request_process(tree: ActivityTree) -> Activity:
    """SB.2.5: flow from the root to the first activity.

    Raises:
        SequencingException: SB.2.5-1, or one of SB.2.3.
    """
    if tree.current is not None:
        raise SequencingException("SB.2.5-1")
    if tree.root.is_leaf:
        return tree.root
    return flow_subprocess(tree, tree.root, Direction.FORWARD, consider_children=True)


def resume_all_sequencing_request_process(tree: ActivityTree) -> Activity:
    """SB.2.6: the suspended activity.

    Raises:
        SequencingException: SB.2.6-1, SB.2.6-2.
    """
    if tree.current is not None:
        raise SequencingException("SB.2.6-1")
    if tree.suspended is None:
        raise SequencingException("SB.2.6-2")
    return tree.suspended


def continue_sequencing_request_process(tree: ActivityTree) -> Activity:
    """SB.2.7: flow forward from the current activity.

    Raises:
        SequencingException: SB.2.7-1, SB.2.7-2, or one of SB.2.3.
    """
    return _flow_from_current(tree, Direction.FORWARD, "SB.2.7")


def previous_sequencing_request_process(tree: ActivityTree) -> Activity:
    """SB.2.8: flow backward from the current activity.

    Raises:
        SequencingException: SB.2.8-1, SB.2.8-2, or one of SB.2.3.
    """
    return _flow_from_current(tree, Direction.BACKWARD, "SB.2.8")


def retry_sequencing_request_process(tree: ActivityTree) -> Activity:
    """SB.2.10: the current activity again, or where flow leads in it.

    Raises:
        SequencingException: SB.2.10-1, SB.2.10-2, SB.2.10-3.
    """
    current = tree.current
    if current is None:
        raise SequencingException("SB.2.10-1")
    if current.tracking.is_active or current.tracking.is_suspended:
        raise SequencingException("SB.2.10-2")
    if current.is_leaf:
        return current
    try:
        return flow_subprocess(tree, current, Direction.FORWARD, consider_children=True)
    except SequencingException as blocked:
        raise SequencingException("SB.2.10-3") from blocked


def exit_sequencing_request_process(tree: ActivityTree) -> bool:
    """SB.2.11: whether an exit ends the sequencing session.

    Raises:
        SequencingException: SB.2.11-1, SB.2.11-2.
    """
    if tree.current is None:
        raise SequencingException("SB.2.11-1")
    if tree.current.tracking.is_active:
        raise SequencingException("SB.2.11-2")
    return tree.current.parent is None


def jump_sequencing_request_process(tree: ActivityTree, target: Activity | None) -> Activity:
    """SB.2.13: the target of the jump, whatever the control modes say.

    Raises:
        SequencingException: SB.2.13-1 no current activity, or no such target.
    """
    if tree.current is None or target is None:
        raise SequencingException("SB.2.13-1")
    return target


def _flow_from_current(tree: ActivityTree, direction: Direction, process: str) -> Activity:
    current = tree.current
    if current is None:
        raise SequencingException(f"{process}-1")
    if current.parent is not None and not current.parent.definition.control.flow:
        raise SequencingException(f"{process}-2")
    return flow_subprocess(tree, current, direction, consider_children=False)


_UNTARGETED: dict[RequestKind, Callable[[ActivityTree], Activity]] = {
    RequestKind.START: start_sequencing_request_process,
    RequestKind.RESUME_ALL: resume_all_sequencing_request_process,
    RequestKind.CONTINUE: continue_sequencing_request_process,
    RequestKind.PREVIOUS: previous_sequencing_request_process,
    RequestKind.RETRY: retry_sequencing_request_process,
}
_TARGETED: dict[RequestKind, Callable[[ActivityTree, Activity | None], Activity]] = {
    RequestKind.CHOICE: choice_sequencing_request_process,
    RequestKind.JUMP: jump_sequencing_request_process,
}
