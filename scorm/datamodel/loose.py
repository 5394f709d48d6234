"""What sloppy content says instead of the standard's words and names; used only where a package's switches allow.

A word is looked up in lower case without spaces, hyphens and underscores; the element's own vocabulary comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = dict[str, dict[str, str]]

_PASSED = {"pass": "passed", "succeeded": "passed", "success": "passed", "true": "passed", "1": "passed"}
_FAILED = {"fail": "failed", "false": "failed", "0": "failed"}
_COMPLETED = {"complete": "completed", "finished": "completed", "done": "completed", "true": "completed"}
_COMPLETED |= {"1": "completed", "passed": "completed", "failed": "completed"}
_INCOMPLETE = {"browsed": "incomplete", "false": "incomplete", "0": "incomplete", "inprogress": "incomplete"}
_NO_SUCCESS = {"completed": "unknown", "incomplete": "unknown", "browsed": "unknown", "notattempted": "unknown"}
_RIGHT = ("right", "true", "passed")
_WRONG = ("false", "failed")
_TYPES = {"multiplechoice": "choice", "essay": "long-fill-in", "fillinblank": "fill-in", "ordering": "sequencing"}
_BOOLEAN = {"t": "true", "1": "true", "yes": "true", "f": "false", "0": "false", "no": "false"}

WORDS_2004: Words = {
    "cmi.completion_status": _COMPLETED | _INCOMPLETE,
    "cmi.success_status": _PASSED | _FAILED | _NO_SUCCESS,
    "cmi.objectives.n.completion_status": _COMPLETED | _INCOMPLETE,
    "cmi.objectives.n.success_status": _PASSED | _FAILED | _NO_SUCCESS,
    "cmi.interactions.n.type": _TYPES,
    "cmi.interactions.n.result": {"wrong": "incorrect"}
    | dict.fromkeys(_RIGHT, "correct")
    | dict.fromkeys(_WRONG, "incorrect"),
    "true-false": _BOOLEAN,  # responses and patterns of that type of interaction
}

_STATUS_12 = {"complete": "completed", "finished": "completed", "done": "completed", "true": "completed"}
_STATUS_12 |= {"1": "completed", "pass": "passed", "fail": "failed", "browse": "browsed"}
_STATUS_12 |= {"unknown": "incomplete", "false": "incomplete", "0": "incomplete", "inprogress": "incomplete"}

WORDS_12: Words = {
    "cmi.core.lesson_status": _STATUS_12,
    "cmi.objectives.n.status": _STATUS_12,
    "cmi.core.exit": {"normal": ""},
    "cmi.interactions.n.type": _TYPES | {"longfillin": "fill-in", "essay": "fill-in", "other": "performance"},
    "cmi.interactions.n.result": {"incorrect": "wrong"}
    | dict.fromkeys(_RIGHT, "correct")
    | dict.fromkeys(_WRONG, "wrong"),
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A name of the other standard: another element (`to`), or a status that says something else.

    `says` gives for each value the elements to set, as (element, value, values it does not replace). `reads` gives
    the elements to look at and what their values are called; `otherwise` is told when none of them has a say.
    """

    to: str = ""
    says: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = field(default_factory=dict)
    reads: tuple[tuple[str, Mapping[str, str]], ...] = ()
    otherwise: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form for browsers."""
        return {
            "to": self.to,
            "says": {word: [[*one[:2], list(one[2])] for one in those] for word, those in self.says.items()},
            "reads": [[element, dict(words)] for element, words in self.reads],
            "otherwise": self.otherwise,
        }


def _completion(word: str) -> tuple[str, str, tuple[str, ...]]:
    return "cmi.completion_status", word, ()


def _success(word: str) -> tuple[str, str, tuple[str, ...]]:
    return "cmi.success_status", word, ()


_BOTH = ("score.raw", "score.min", "score.max", "exit", "session_time", "total_time", "credit", "entry")
_RENAMED = {
    "cmi.core.lesson_location": "cmi.location",
    "cmi.core.lesson_mode": "cmi.mode",
    "cmi.core.student_id": "cmi.learner_id",
    "cmi.core.student_name": "cmi.learner_name",
    "cmi.student_data.max_time_allowed": "cmi.max_time_allowed",
    "cmi.student_data.time_limit_action": "cmi.time_limit_action",
    "cmi.interactions.n.student_response": "cmi.interactions.n.learner_response",
} | {f"cmi.core.{name}": f"cmi.{name}" for name in _BOTH}

FOREIGN_2004: dict[str, Foreign] = {old: Foreign(new) for old, new in _RENAMED.items()} | {
    "cmi.core.lesson_status": Foreign(
        says={
            "passed": (_completion("completed"), _success("passed")),
            "failed": (_completion("completed"), _success("failed")),
            "completed": (_completion("completed"),),
            "incomplete": (_completion("incomplete"),),
            "browsed": (_completion("incomplete"),),
            "not attempted": (_completion("not attempted"),),
        },
        reads=(
            ("cmi.success_status", {"passed": "passed", "failed": "failed"}),
            ("cmi.completion_status", {"completed": "completed", "incomplete": "incomplete"}),
        ),
        otherwise="not attempted",
    ),
}


def _lesson(word: str, *keeps: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return (("cmi.core.lesson_status", word, keeps),)


_LESSON = "cmi.core.lesson_status"
FOREIGN_12: dict[str, Foreign] = {new: Foreign(old) for old, new in _RENAMED.items()} | {
    # One status holds both: whether a lesson was passed says more than that it was gone through.
    "cmi.completion_status": Foreign(
        says={
            "completed": _lesson("completed", "passed", "failed"),
            "incomplete": _lesson("incomplete", "passed", "failed"),
            "not attempted": (),
            "unknown": (),
        },
        reads=(
            (
                _LESSON,
                {
                    **dict.fromkeys(("passed", "failed", "completed"), "completed"),
                    **dict.fromkeys(("incomplete", "browsed"), "incomplete"),
                    "not attempted": "not attempted",
                },
            ),
        ),
        otherwise="unknown",
    ),
    "cmi.success_status": Foreign(
        says={"passed": _lesson("passed"), "failed": _lesson("failed"), "unknown": ()},
        reads=((_LESSON, {"passed": "passed", "failed": "failed"}),),
        otherwise="unknown",
    ),
}
