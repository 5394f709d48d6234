"""What SCORM 1.2 adds to an item: mastery score, time, prerequisites, launch data (CAM 1.2, 2.3.2.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import text_of

if TYPE_CHECKING:
    from scorm.validation.subject import Activity, Subject

_SCORE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?")
_HIGHEST: Final = 100
_TIMESPAN: Final = re.compile(r"[0-9]{2,4}:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,2})?")
_LONGEST_DATA: Final = 255  # CAM 1.2, 2.3.2.5.5
# AICC script (CMI001, 9.0): names, joined by & | ~ = <> , { } ( ) * and words in quotes.
_QUOTED: Final = re.compile(r'"[^"]{0,200}"')
_NAME: Final = re.compile(r"[^\s&|~=<>{}(),*\"]+")
_STATUSES: Final = frozenset({
    "passed", "completed", "failed", "incomplete", "browsed", "notattempted", "p", "c", "f", "i", "b", "n",
})  # fmt: skip


def check(subject: Subject) -> None:
    """Report on the additions of every item."""
    known = {item.identifier for item in subject.items} | {tree.identifier for tree in subject.trees}
    for item in subject.items:
        _check_score(subject, item)
        _check_time(subject, item)
        _check_prerequisites(subject, item, known)
        if len(text_of(item.part("datafromlms"))) > _LONGEST_DATA:
            subject.note("cam_data_from_lms_too_long", f"{item.identifier}: > {_LONGEST_DATA}", item.element)


def _check_score(subject: Subject, item: Activity) -> None:
    """`adlcp:masteryscore` is a number from 0 to 100 (CAM 1.2, 2.3.2.5.6)."""
    element = item.part("masteryscore")
    written = text_of(element)
    if written and not (_SCORE.fullmatch(written) and float(written) <= _HIGHEST):
        subject.note("cam_mastery_scores_invalid", f"{item.identifier}: {written}", element)


def _check_time(subject: Subject, item: Activity) -> None:
    """`adlcp:maxtimeallowed` is HHHH:MM:SS.SS, and `timelimitaction` needs it (CAM 1.2, 2.3.2.5.3 and 4)."""
    element = item.part("maxtimeallowed")
    written = text_of(element)
    if written and not _TIMESPAN.fullmatch(written):
        subject.note("cam_max_times_invalid", f"{item.identifier}: {written}", element)
    action = item.part("timelimitaction")
    if text_of(action) and not written:
        subject.note("cam_time_limit_actions_alone", item.identifier, action)


def _check_prerequisites(subject: Subject, item: Activity, known: set[str]) -> None:
    """`adlcp:prerequisites` speaks of items of this manifest (CAM 1.2, 2.3.2.5.2)."""
    element = item.part("prerequisites")
    script = _QUOTED.sub(" ", text_of(element))
    for name in dict.fromkeys(_NAME.findall(script)):
        is_word = name.isdigit() or name.lower() in _STATUSES
        if (name not in known and not is_word) or name == item.identifier:
            subject.note("cam_prerequisites_unknown", f"{item.identifier}: {name}", element)
