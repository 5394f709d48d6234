"""Navigation requests, and the process that makes termination and sequencing requests of them (NB.2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorm.manifest.model import Edition
from scorm.sequencing.exceptions import SequencingException

if TYPE_CHECKING:
    from scorm.sequencing.tree import Activity, ActivityTree


class RequestKind(StrEnum):
    """The requests a learner, the content or the system can make; retries are made by rules only."""

    START = "start"
    RESUME_ALL = "resumeAll"
    CONTINUE = "continue"
    PREVIOUS = "previous"
    CHOICE = "choice"
    JUMP = "jump"
    EXIT = "exit"
    EXIT_ALL = "exitAll"
    ABANDON = "abandon"
    ABANDON_ALL = "abandonAll"
    SUSPEND_ALL = "suspendAll"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class NavigationRequest:
    """A navigation or sequencing request; `target` is an activity for choice and jump, else "".

    `kind` may be given as its word.

    Raises:
        ValueError: `kind` is no word of `RequestKind`.
    """

    kind: RequestKind
    target: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", RequestKind(self.kind))


@dataclass(frozen=True, slots=True)
class Translation:
    """What NB.2.1 makes of a navigation request: at most one termination and one sequencing request."""

    termination: RequestKind | None
    sequencing: NavigationRequest


_TARGETED = re.compile(r"\{target=(?P<target>.*)\}(?P<kind>choice|jump)", re.DOTALL)
_BY_CONTENT = frozenset(RequestKind) - {RequestKind.START, RequestKind.RESUME_ALL, RequestKind.RETRY}


def parse_nav_request(text: str) -> NavigationRequest | None:
    """Parse a value of `adl.nav.request` (SN 5.6.4); None for "_none_" and for anything malformed."""
    targeted = _TARGETED.fullmatch(text)
    if targeted is not None:
        return NavigationRequest(RequestKind(targeted["kind"]), targeted["target"].strip())
    if text in _BY_CONTENT and text not in {RequestKind.CHOICE, RequestKind.JUMP}:
        return NavigationRequest(RequestKind(text))
    return None


def navigation_request_process(tree: ActivityTree, request: NavigationRequest) -> Translation:
    """NB.2.1: validate a navigation request and translate it.

    Raises:
        SequencingException: NB.2.1-1 to NB.2.1-13.
    """
    match request.kind:
        case RequestKind.START | RequestKind.RESUME_ALL:
            return _begin(tree, request)
        case RequestKind.CONTINUE | RequestKind.PREVIOUS:
            return _flow(tree, request)
        case RequestKind.CHOICE:
            check_choice_request(tree, tree.by_identifier.get(request.target))
            return _leaving(tree.current, request)
        case RequestKind.JUMP:
            check_jump_request(tree, tree.by_identifier.get(request.target))
            return _leaving(tree.current, request)
        case RequestKind.EXIT | RequestKind.ABANDON:
            if not _current(tree).tracking.is_active:
                raise SequencingException("NB.2.1-12")
            return Translation(request.kind, NavigationRequest(RequestKind.EXIT))
        case RequestKind.EXIT_ALL | RequestKind.ABANDON_ALL | RequestKind.SUSPEND_ALL:
            _current(tree)
            return Translation(request.kind, NavigationRequest(RequestKind.EXIT))
        case _:
            raise SequencingException("NB.2.1-13")


def _current(tree: ActivityTree) -> Activity:
    if tree.current is None:
        raise SequencingException("NB.2.1-2")
    return tree.current


def _begin(tree: ActivityTree, request: NavigationRequest) -> Translation:
    if tree.current is not None:
        raise SequencingException("NB.2.1-1")
    if request.kind is RequestKind.RESUME_ALL and tree.suspended is None:
        raise SequencingException("NB.2.1-3")
    return Translation(None, request)


def _flow(tree: ActivityTree, request: NavigationRequest) -> Translation:
    current = _current(tree)
    is_continue = request.kind is RequestKind.CONTINUE
    if current.parent is None:
        raise SequencingException("NB.2.1-4" if is_continue else "NB.2.1-6")
    control = current.parent.definition.control
    if not control.flow:
        raise SequencingException("NB.2.1-4" if is_continue else "NB.2.1-5")
    if control.forward_only and not is_continue:
        raise SequencingException("NB.2.1-5")
    return _leaving(current, request)


def check_choice_request(tree: ActivityTree, target: Activity | None) -> None:
    """NB.2.1, choice: whether the target exists and the current activity may be left for it.

    Raises:
        SequencingException: NB.2.1-8, NB.2.1-10, NB.2.1-11.
    """
    if target is None:
        raise SequencingException("NB.2.1-11")
    if target.parent is not None and not target.parent.definition.control.choice:
        raise SequencingException("NB.2.1-10")
    for activity in _holding(tree):
        if activity is tree.current or not target.is_within(activity):
            raise SequencingException("NB.2.1-8")


def _holding(tree: ActivityTree) -> list[Activity]:
    """Return the active activities from the current one upward that choice must not leave."""
    found = None if tree.look_ahead is None else tree.look_ahead.holding
    if found is None:
        above = () if tree.current is None else tree.current.ancestors()
        found = [step for step in above if step.tracking.is_active and not step.definition.control.choice_exit]
        if tree.look_ahead is not None:
            tree.look_ahead.holding = found
    return found


def check_jump_request(tree: ActivityTree, target: Activity | None) -> None:
    """NB.2.1, jump: whether the target exists among the available children; the 4th Edition alone has jumps.

    Raises:
        SequencingException: NB.2.1-2, NB.2.1-11, NB.2.1-13.
    """
    if tree.edition is not Edition.SCORM_2004_4TH:
        raise SequencingException("NB.2.1-13")
    _current(tree)
    if target is None or not (target.parent is None or target.parent.has_available(target)):
        raise SequencingException("NB.2.1-11")


def _leaving(current: Activity | None, request: NavigationRequest) -> Translation:
    is_active = current is not None and current.tracking.is_active
    return Translation(RequestKind.EXIT if is_active else None, request)
