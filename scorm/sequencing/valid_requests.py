"""Which requests would be accepted now: the whole table at once, without changing any state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from scorm.sequencing.choice import choice_sequencing_request_process
from scorm.sequencing.delivery import delivery_request_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.navigation import (
    NavigationRequest,
    RequestKind,
    check_choice_request,
    check_jump_request,
    navigation_request_process,
)
from scorm.sequencing.requests import previous_sequencing_request_process

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorm.sequencing.tree import Activity, ActivityTree, LookAhead

_WITHOUT_TARGET = (
    RequestKind.START,
    RequestKind.RESUME_ALL,
    RequestKind.EXIT,
    RequestKind.EXIT_ALL,
    RequestKind.ABANDON,
    RequestKind.ABANDON_ALL,
    RequestKind.SUSPEND_ALL,
    RequestKind.CONTINUE,
    RequestKind.PREVIOUS,
)


@dataclass(frozen=True, slots=True)
class ValidRequests:
    """The table: request name -> allowed, activity -> may be chosen or jumped to, names hidden by hideLMSUI.

    `refusals` and `closed` say why not: request name -> code of the book, activity that cannot be chosen -> code.
    """

    allowed: dict[str, bool] = field(default_factory=dict)
    choice: dict[str, bool] = field(default_factory=dict)
    jump: dict[str, bool] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    refusals: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return one flat dictionary, as the player page gets it."""
        why = {**self.refusals, "choice": self.closed}
        return {**self.allowed, "choice": self.choice, "jump": self.jump, "hidden": list(self.hidden), "why": why}


def valid_requests(tree: ActivityTree, found: LookAhead) -> ValidRequests:
    """Return the table for the present state; what a running content has not reported yet is not foreseen.

    `found` collects what is found out on the way.
    """
    with tree.looking_ahead(found):
        plain = {kind.value: _refusal(_CHECKS.get(kind, _navigation), tree, kind) for kind in _WITHOUT_TARGET}
        choice = {name: _refusal(_choice, tree, target) for name, target in tree.by_identifier.items()}
        jump = {name: _refusal(_jump, tree, target) for name, target in tree.by_identifier.items()}
    return ValidRequests(
        allowed=_allowed(plain),
        choice=_allowed(choice),
        jump=_allowed(jump),
        hidden=() if tree.current is None else tuple(sorted(tree.current.hide_lms_ui)),
        refusals={name: code for name, code in plain.items() if code is not None},
        closed={name: code for name, code in choice.items() if code is not None},
    )


def _allowed(refusals: dict[str, str | None]) -> dict[str, bool]:
    return {name: code is None for name, code in refusals.items()}


_Subject = TypeVar("_Subject", RequestKind, "Activity")


def _refusal(check: Callable[[ActivityTree, _Subject], None], tree: ActivityTree, subject: _Subject) -> str | None:
    """The code of the book with which a request would be refused, None when it would be taken."""
    try:
        check(tree, subject)
    except SequencingException as refused:
        return refused.code
    return None


def _navigation(tree: ActivityTree, kind: RequestKind) -> None:
    # Continue is offered in any cluster with flow: at the end of the tree it ends the session (SN 5.6.3).
    navigation_request_process(tree, NavigationRequest(kind))


def _previous(tree: ActivityTree, kind: RequestKind) -> None:
    _navigation(tree, kind)
    delivery_request_process(tree, previous_sequencing_request_process(tree))


def _choice(tree: ActivityTree, target: Activity) -> None:
    check_choice_request(tree, target)
    delivery_request_process(tree, choice_sequencing_request_process(tree, target))


def _jump(tree: ActivityTree, target: Activity) -> None:
    check_jump_request(tree, target)
    delivery_request_process(tree, target)


_CHECKS = {RequestKind.PREVIOUS: _previous}
