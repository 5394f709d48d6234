"""What a case tells the learner to do when a SCO has finished, as actions of a player page."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = "the activity that corresponds to the root"


class Act(Enum):
    """One thing a learner does, or looks for."""

    PRESS = "press a navigation device"
    CHOOSE = "choose an entry of the table of contents"
    EXPECT_END = "the attempt should have ended"
    LEAVE = "exit the course"
    LAUNCH = "launch a course again"
    FINISH = "nothing more"


class Action(NamedTuple):
    """`about` is the device, the title of the entry or the package ("" for the same one)."""

    act: Act
    about: str = ""


def _ended_then(*actions: Action) -> tuple[Action, ...]:
    return (Action(Act.EXPECT_END), *actions)


_AGAIN = Action(Act.LAUNCH)
_FINISH = Action(Act.FINISH)
_PLAIN = {
    "": (),
    "Exit": (_FINISH,),
    "Continue": (Action(Act.PRESS, "continue"),),
    "Previous": (Action(Act.PRESS, "previous"),),
    "TRIGExitAll": (Action(Act.PRESS, "exitAll"), *_ended_then(_FINISH)),
    "AutoTest": _ended_then(_FINISH),
    "HasEnded": _ended_then(_FINISH),
    "OKEnd": _ended_then(_FINISH),
    "ContinueExitCM8": (Action(Act.PRESS, "continue"), *_ended_then(_AGAIN)),
    "SuspendCM09ca": (Action(Act.PRESS, "suspendAll"), *_ended_then(_AGAIN)),
    "ExitCM09ba": (Action(Act.LEAVE), _AGAIN),
    "DMBx": _ended_then(_AGAIN),
    "DMBxAct": _ended_then(_AGAIN, Action(Act.CHOOSE, "Data Model Behavior Test 1")),
    "RelaunchCM10": _ended_then(_AGAIN, Action(Act.CHOOSE, "Activity 4")),
    "RelaunchCM16": _ended_then(_AGAIN),
    "RelaunchOB3b": _ended_then(_AGAIN),
    "RelaunchSX4a": _ended_then(_AGAIN),
    "RootSX4b": (Action(Act.CHOOSE, ROOT),),
}
_TESTS = {"A": "API Implementation Test", "D": "Data Model Implementation Test"}
# The forms of the other instructions; each makes its actions of what it is about and of the word itself.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, str], tuple[Action, ...]]], ...] = (
    (re.compile("Choice"), lambda title, _: (Action(Act.CHOOSE, title),)),
    (re.compile("ChoiceExit"), lambda title, _: (Action(Act.CHOOSE, title), *_ended_then(_FINISH))),
    (re.compile(r"(?:API|DMI)t(\d)"), lambda number, word: (Action(Act.CHOOSE, f"{_TESTS[word[0]]} {number}"),)),
    (re.compile("exitlaunch"), lambda package, _: (Action(Act.LEAVE), Action(Act.LAUNCH, package))),
    (re.compile("autoendrelaunch"), lambda package, _: _ended_then(Action(Act.LAUNCH, package))),
    (re.compile("(?:Re)?[Ll]aunch(DDM[ab])"), lambda package, _: _ended_then(Action(Act.LAUNCH, package))),
    (re.compile("Relaunch.*"), lambda *_: (Action(Act.LEAVE), _AGAIN)),
)


def actions_of(instruction: str) -> tuple[Action, ...]:
    """The actions of a `cui`.

    Raises:
        LookupError: the instruction is none of the format's.
    """
    word, _, about = instruction.partition("~")
    if word in _PLAIN:
        return _PLAIN[word]
    for form, actions in _FORMS:
        if found := form.fullmatch(word):
            return actions(about or "".join(found.groups("")), word)
    raise LookupError(instruction)
