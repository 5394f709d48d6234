"""Termination requests: ending attempts, exit action rules and post-condition rules (TB.2.1, TB.2.2, TB.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorm.sequencing.attempts import end_attempt_process, terminate_descendent_attempts_process
from scorm.sequencing.definition import EXIT_ACTIONS, POST_CONDITION_ACTIONS, RuleAction
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.navigation import RequestKind
from scorm.sequencing.rollup import overall_rollup_process
from scorm.sequencing.rules import sequencing_rules_check_process
from scorm.sequencing.tracking import primary_of

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


class PostCondition(NamedTuple):
    """What TB.2.2 returns: a termination request, a sequencing request, or none of both."""

    termination: RequestKind | None
    sequencing: RequestKind | None


_POST_CONDITIONS = {
    None: PostCondition(None, None),
    RuleAction.RETRY: PostCondition(None, RequestKind.RETRY),
    RuleAction.CONTINUE: PostCondition(None, RequestKind.CONTINUE),
    RuleAction.PREVIOUS: PostCondition(None, RequestKind.PREVIOUS),
    RuleAction.EXIT_PARENT: PostCondition(RequestKind.EXIT, None),
    RuleAction.EXIT_ALL: PostCondition(RequestKind.EXIT_ALL, None),
    RuleAction.RETRY_ALL: PostCondition(RequestKind.EXIT_ALL, RequestKind.RETRY),
}


def sequencing_exit_action_rules_subprocess(tree: ActivityTree) -> None:
    """TB.2.1: end the attempt on the highest ancestor whose exit rules say so, and make it the current activity."""
    current = _current(tree)
    for activity in reversed(list(current.ancestors())[1:]):
        if sequencing_rules_check_process(tree, activity, EXIT_ACTIONS) is not None:
            terminate_descendent_attempts_process(tree, activity)
            end_attempt_process(tree, activity)
            tree.current = activity
            return


def sequencing_post_condition_rules_subprocess(tree: ActivityTree) -> PostCondition:
    """TB.2.2: what the post-condition rules of the current activity ask for; a suspended one asks for nothing."""
    current = _current(tree)
    if current.tracking.is_suspended:
        return _POST_CONDITIONS[None]
    return _POST_CONDITIONS[sequencing_rules_check_process(tree, current, POST_CONDITION_ACTIONS)]


def termination_request_process(tree: ActivityTree, request: RequestKind) -> RequestKind | None:
    """TB.2.3: end attempts as `request` asks, and return the sequencing request that follows from it, if any.

    Raises:
        SequencingException: TB.2.3-1 to TB.2.3-7.
    """
    current = _current(tree)
    if request in {RequestKind.EXIT, RequestKind.ABANDON} and not current.tracking.is_active:
        raise SequencingException("TB.2.3-2")
    tree.note("TB.2.3", current, request)
    match request:
        case RequestKind.EXIT:
            return _exit(tree)
        case RequestKind.EXIT_ALL:
            return _exit_all(tree, None)
        case RequestKind.SUSPEND_ALL:
            return _suspend_all(tree)
        case RequestKind.ABANDON:
            _forget(tree, current)
            current.tracking.is_active = False
            return None
        case RequestKind.ABANDON_ALL:
            _forget(tree, current)
            for activity in current.ancestors():
                activity.tracking.is_active = False
            tree.current = tree.root
            return RequestKind.EXIT
        case _:
            raise SequencingException("TB.2.3-7")


def _current(tree: ActivityTree) -> Activity:
    if tree.current is None:
        raise SequencingException("TB.2.3-1")
    return tree.current


def _exit(tree: ActivityTree) -> RequestKind | None:
    end_attempt_process(tree, _current(tree))
    sequencing_exit_action_rules_subprocess(tree)
    while True:
        post = sequencing_post_condition_rules_subprocess(tree)
        current = _current(tree)
        if post.termination is RequestKind.EXIT_ALL:
            return _exit_all(tree, post.sequencing)
        if post.termination is None:
            if current.parent is None and post.sequencing is not RequestKind.RETRY:
                return RequestKind.EXIT
            return post.sequencing
        if current.parent is None:
            raise SequencingException("TB.2.3-4")
        tree.current = current.parent
        end_attempt_process(tree, tree.current)


def _exit_all(tree: ActivityTree, sequencing: RequestKind | None) -> RequestKind:
    current = _current(tree)
    if current.tracking.is_active:
        end_attempt_process(tree, current)
    terminate_descendent_attempts_process(tree, tree.root)
    end_attempt_process(tree, tree.root)
    tree.current = tree.root
    return sequencing or RequestKind.EXIT


def _suspend_all(tree: ActivityTree) -> RequestKind:
    current = _current(tree)
    if current.tracking.is_active or current.tracking.is_suspended:
        overall_rollup_process(tree, current)
        tree.suspended = current
    elif current.parent is not None:
        tree.suspended = current.parent
    else:
        raise SequencingException("TB.2.3-3")
    for activity in tree.suspended.ancestors():
        activity.tracking.is_active = False
        activity.tracking.is_suspended = True
    tree.current = tree.root
    return RequestKind.EXIT


def _forget(tree: ActivityTree, activity: Activity) -> None:
    """Leave out of the tracking what the abandoned content has reported of the activity as a whole."""
    primary = primary_of(tree, activity)
    for field in ("completion", "progress", "satisfied", "measure"):
        primary.write(field, None)
