"""Which requests would be accepted now: the whole table at once, without changing any state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorm.sequencing.choice import choice_sequencing_request_process
from scorm.sequencing.delivery import delivery_request_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.navigation import NavigationRequest, RequestKind, navigation_request_process
from scorm.sequencing.requests import previous_sequencing_request_process

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorm.sequencing.tree import ActivityTree

_WITHOUT_TARGET = (
    RequestKind.START,
    RequestKind.RESUME_ALL,
    RequestKind.EXIT,
    RequestKind.EXIT_ALL,
    RequestKind.ABANDON,
    RequestKind.ABANDON_ALL,
    RequestKind.SUSPEND_ALL,
    RequestKind.CONTINUE,
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


def valid_requests(tree: ActivityTree) -> ValidRequests:
    """Return the table for the present state; what a running content has not reported yet is not foreseen."""
    with tree.looking_ahead():
        return _table(tree)


def _table(tree: ActivityTree) -> ValidRequests:
    plain = {kind.value: _refusal(_navigation_only, tree, NavigationRequest(kind)) for kind in _WITHOUT_TARGET}
    plain["previous"] = _refusal(_previous, tree, NavigationRequest(RequestKind.PREVIOUS))
    choice = {name: _refusal(_choice, tree, NavigationRequest(RequestKind.CHOICE, name)) for name in tree.by_identifier}
    jump = {name: _refusal(_jump, tree, NavigationRequest(RequestKind.JUMP, name)) for name in tree.by_identifier}
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


def _refusal(
    check: Callable[[ActivityTree, NavigationRequest], None],
    tree: ActivityTree,
    request: NavigationRequest,
) -> str | None:
    """The code of the book with which a request would be refused, None when it would be taken."""
    try:
        check(tree, request)
    except SequencingException as refused:
        return refused.code
    return None


def _navigation_only(tree: ActivityTree, request: NavigationRequest) -> None:
    # Continue is offered in any cluster with flow: at the end of the tree it ends the session (SN 5.6.3).
    navigation_request_process(tree, request)


def _previous(tree: ActivityTree, request: NavigationRequest) -> None:
    navigation_request_process(tree, request)
    delivery_request_process(tree, previous_sequencing_request_process(tree))


def _choice(tree: ActivityTree, request: NavigationRequest) -> None:
    navigation_request_process(tree, request)
    target = tree.by_identifier[request.target]
    delivery_request_process(tree, choice_sequencing_request_process(tree, target))


def _jump(tree: ActivityTree, request: NavigationRequest) -> None:
    navigation_request_process(tree, request)
    delivery_request_process(tree, tree.by_identifier[request.target])
