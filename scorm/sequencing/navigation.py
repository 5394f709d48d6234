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
            return _choice(tree, request)
        case RequestKind.JUMP:
            return _jump(tree, request)
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


def _choice(tree: ActivityTree, request: NavigationRequest) -> Translation:
    target = tree.by_identifier.get(request.target)
    if target is None:
        raise SequencingException("NB.2.1-11")
    if target.parent is not None and not target.parent.definition.control.choice:
        raise SequencingException("NB.2.1-10")
    current = tree.current
    if current is None:
        return Translation(None, request)
    for activity in current.ancestors():
        holds = activity.tracking.is_active and not activity.definition.control.choice_exit
        if holds and (activity is current or not target.is_within(activity)):
            raise SequencingException("NB.2.1-8")
    return _leaving(current, request)


def _jump(tree: ActivityTree, request: NavigationRequest) -> Translation:
    if tree.edition is not Edition.SCORM_2004_4TH:
        raise SequencingException("NB.2.1-13")
    current = _current(tree)
    target = tree.by_identifier.get(request.target)
    if target is None or not (target.parent is None or target.parent.has_available(target)):
        raise SequencingException("NB.2.1-11")
    return _leaving(current, request)


def _leaving(current: Activity, request: NavigationRequest) -> Translation:
    return Translation(RequestKind.EXIT if current.tracking.is_active else None, request)
