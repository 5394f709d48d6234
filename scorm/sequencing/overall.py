"""One turn of the overall sequencing process: from a navigation request to a delivery (OP.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorm.sequencing.attempts import end_attempt_process
from scorm.sequencing.delivery import content_delivery_environment_process, delivery_request_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.navigation import NavigationRequest, RequestKind, navigation_request_process
from scorm.sequencing.requests import exit_sequencing_request_process, sequencing_request_process
from scorm.sequencing.selection import prepare_clusters
from scorm.sequencing.termination import termination_request_process

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn led to: a delivered activity, the end of the session, or an exception of the book."""

    delivered: Activity | None = None
    resumes: bool = False
    ended: bool = False
    exception: str | None = None


def overall_sequencing_process(tree: ActivityTree, request: NavigationRequest) -> Turn:
    """OP.1: process one navigation request; exceptions become part of the result."""
    tree.note("OP.1", tree.current, request.kind)
    try:
        turn = _turn(tree, request)
    except SequencingException as exception:
        turn = Turn(ended=exception.ends_session, exception=None if exception.ends_session else exception.code)
    if turn.exception:
        tree.note("OP.1", tree.current, turn.exception)
    if turn.ended:
        _end_session(tree)
    return turn


def _turn(tree: ActivityTree, request: NavigationRequest) -> Turn:
    translation = navigation_request_process(tree, request)
    if tree.current is None:
        begin_session(tree)
    sequencing = translation.sequencing
    if translation.termination is not None:
        returned = termination_request_process(tree, translation.termination)
        sequencing = sequencing if returned is None else NavigationRequest(returned)
    if sequencing.kind is RequestKind.EXIT:
        return Turn(ended=exit_sequencing_request_process(tree))
    if sequencing.kind is RequestKind.RETRY and tree.current is tree.root:
        _renew_objectives(tree)
    activity = sequencing_request_process(tree, sequencing)
    delivery_request_process(tree, activity)
    return Turn(delivered=activity, resumes=content_delivery_environment_process(tree, activity))


def begin_session(tree: ActivityTree) -> None:
    """Select children and renew what belongs to one attempt on the tree only; doing it twice changes nothing."""
    prepare_clusters(tree)
    if not tree.root.tracking.is_suspended:
        _renew_objectives(tree)


def _renew_objectives(tree: ActivityTree) -> None:
    """Let a new attempt on the tree begin without the global objectives of the last one (SN 3.10.2)."""
    if not tree.objectives_global_to_system:
        tree.global_objectives.clear()


def _end_session(tree: ActivityTree) -> None:
    """Leave nothing active: walking off the tree ends the attempt on the root too."""
    if tree.root.tracking.is_active:
        end_attempt_process(tree, tree.root)
    tree.current = None
