"""What the pages and scripts of SCOs mention: the API, and requests for navigation (RTE 3.3, SN 5.6)."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scorm.sequencing.definition import RuleAction

if TYPE_CHECKING:
    from scorm.validation.subject import Activity, Subject

_READ: Final = 6 * 1024 * 1024  # bytes of all files together
_FILES: Final = 300
_SCRIPT: Final = re.compile(r".+\.(?:x?html?|m?js)", re.IGNORECASE)
# Wrappers of every tool carry at least one of these words, in whatever way they find the API.
_API: Final = re.compile(rb"LMSInitialize|API_1484_11|LMSSetValue|scorm|\bAPI\b", re.IGNORECASE)
_NAVIGATION: Final = re.compile(rb"adl\.nav\.request", re.IGNORECASE)
_MOVING: Final = frozenset({RuleAction.CONTINUE, RuleAction.EXIT_PARENT, RuleAction.EXIT_ALL})


def check(subject: Subject) -> None:
    """Report SCOs of a package in which nothing mentions the API, and learners who cannot go on."""
    words = _Words(subject)
    scos = {item.resource.identifier: item for item in subject.items if item.resource and item.is_sco}
    if scos and words.are_absent(_API):
        for identifier, item in scos.items():
            subject.note("cam_api_not_found", f"{item.identifier}: {identifier}", item.element)
    if subject.is_2004:
        for tree in subject.trees:
            _check_ways_on(subject, tree, words)


def _check_ways_on(subject: Subject, tree: Activity, words: _Words) -> None:
    """A leaf that hides "continue" where nothing can be chosen must ask for navigation itself (CAM 5.2, SN 5.6)."""
    leaves = [activity for activity in tree.walk() if not activity.children]
    for leaf in leaves[:-1]:
        is_closed = "continue" in leaf.hidden_devices and not any(
            above.definition.control.choice for above in _above(leaf)
        )
        moves = any(rule.action in _MOVING for rule in leaf.definition.post_conditions)
        if is_closed and not moves and words.are_absent(_NAVIGATION):
            subject.note("nav_no_way_on", leaf.identifier, leaf.element)


def _above(activity: Activity) -> list[Activity]:
    above = []
    while activity.parent is not None:
        activity = activity.parent
        above.append(activity)
    return above


class _Words:
    """Whether words occur in any page or script of the package; read and searched once, within a budget."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._answers: dict[re.Pattern[bytes], bool] = {}

    def are_absent(self, pattern: re.Pattern[bytes]) -> bool:
        """True only when every page and script could be read and none has the words."""
        if pattern not in self._answers:
            texts = self._texts
            self._answers[pattern] = texts is not None and not any(map(pattern.search, texts))
        return self._answers[pattern]

    @cached_property
    def _texts(self) -> list[bytes] | None:
        """All pages and scripts, None where there are none or not all could be read."""
        names = sorted(name for name in self._subject.names if _SCRIPT.fullmatch(name))
        if not 0 < len(names) <= _FILES:
            return None
        texts, left = [], _READ
        for name in names:
            data = self._subject.read_entry(name)
            left -= len(data or b"")
            if data is None or left < 0:
                return None
            # Old tools write pages in UTF-16; without its zeros the words are the same.
            texts.append(data.replace(b"\0", b""))
        return texts
