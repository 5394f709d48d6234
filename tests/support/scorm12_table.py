"""SCORM 1.2 as a table: every element x operation x state, with what the API answers and the clause that says so.

`python -m tests.support.scorm12_table > docs/scorm-1.2-conformance.md` writes the page that people read.
"""

# ruff: noqa: E501 - a row of the page is one line

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorm.runtime.names import parse
from tests.support.runtime import T12

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = ("before LMSInitialize", "running", "after LMSFinish")
OPERATIONS = ("get", "set valid", "get what was set", "set invalid")
OUTSIDE = "301"  # RTE 1.2, 3.3.2.2: "Not initialized", for every call outside a session

Answer = tuple[str, str]  # result, error code


@dataclass(frozen=True)
class Row:
    """One element: `clause` of RTE 1.2, `fresh` the reading of a first launch, a valid and an invalid value.

    `valid` of an element that content may only read is what an LMS could give it; `refused` is the error that either
    value meets there, and the error of the invalid value elsewhere.
    """

    clause: str
    element: str
    data_type: str
    fresh: Answer
    valid: str
    invalid: str
    refused: str

    @property
    def rule(self):
        return T12.elements[parse(self.element).pattern]

    @property
    def is_writable(self) -> bool:
        return "w" in self.rule.access

    def expected(self, operation: str, state: str) -> Answer:
        """What the API answers; a refused or untimely read is the empty string, a refused set is "false"."""
        nothing = "" if operation.startswith("get") else "false"
        if state != "running":
            return nothing, OUTSIDE
        if operation == "get":
            return self.fresh
        if operation == "set invalid" or not self.is_writable:
            return self.fresh if operation == "get what was set" else (nothing, self.refused)
        if operation == "set valid":
            return "true", "0"
        return (self.valid, "0") if "r" in self.rule.access else ("", "404")


def _row(clause, element, data_type, fresh, valid, invalid, refused) -> Row:
    return Row(clause, element, data_type, fresh if isinstance(fresh, tuple) else (fresh, "0"), valid, invalid, refused)


LONG, UNKEEPABLE = "x" * 20_000, "\x00"
NO_RECORD, UNREADABLE = ("", "201"), ("", "404")
CORE, DATA, PREFERENCE = "3.4.4, cmi.core", "3.4.4, cmi.student_data", "3.4.4, cmi.student_preference"
OBJECTIVES, INTERACTIONS = "3.4.4, cmi.objectives", "3.4.4, cmi.interactions"
ROWS = [
    _row("3.4.4, cmi._version", "cmi._version", "CMIString255", "3.4", "3.4", "x", "402"),
    _row(CORE, "cmi.core.student_id", "CMIIdentifier", "learner-1", "hs-7", "h s", "403"),
    _row(CORE, "cmi.core.student_name", "CMIString255", "Nguyễn Văn An", "Lê, Bình", LONG, "403"),
    _row(CORE, "cmi.core.lesson_location", "CMIString255", "", "trang 2", LONG, "405"),
    _row(CORE, "cmi.core.credit", "CMIVocabulary", "credit", "no-credit", "x", "403"),
    _row(CORE, "cmi.core.lesson_status", "CMIVocabulary", "not attempted", "incomplete", "not attempted", "405"),
    _row(CORE, "cmi.core.entry", "CMIVocabulary", "ab-initio", "resume", "x", "403"),
    _row(CORE + ".score", "cmi.core.score.raw", "CMIDecimal or CMIBlank", "", "85", "101", "405"),
    _row(CORE + ".score", "cmi.core.score.max", "CMIDecimal or CMIBlank", "", "100", "-1", "405"),
    _row(CORE + ".score", "cmi.core.score.min", "CMIDecimal or CMIBlank", "", "0", "x", "405"),
    _row(CORE, "cmi.core.total_time", "CMITimespan", "0000:00:00.00", "00:00:01", "1", "403"),
    _row(CORE, "cmi.core.lesson_mode", "CMIVocabulary", "normal", "review", "x", "403"),
    _row(CORE, "cmi.core.exit", "CMIVocabulary", UNREADABLE, "suspend", "normal", "405"),
    _row(CORE, "cmi.core.session_time", "CMITimespan", UNREADABLE, "00:01:30", "PT1M", "405"),
    _row("3.4.4, cmi.suspend_data", "cmi.suspend_data", "CMIString4096", "", "a=1", UNKEEPABLE, "405"),
    _row("3.4.4, cmi.launch_data", "cmi.launch_data", "CMIString4096", "", "a=1", UNKEEPABLE, "403"),
    _row("3.4.4, cmi.comments", "cmi.comments", "CMIString4096", "", "Hay", UNKEEPABLE, "405"),
    _row("3.4.4, cmi.comments", "cmi.comments_from_lms", "CMIString4096", "", "Hay", UNKEEPABLE, "403"),
    _row(OBJECTIVES, "cmi.objectives.0.id", "CMIIdentifier", NO_RECORD, "o1", "o 1", "405"),
    _row(OBJECTIVES, "cmi.objectives.0.score.raw", "CMIDecimal or CMIBlank", NO_RECORD, "50", "x", "405"),
    _row(OBJECTIVES, "cmi.objectives.0.score.max", "CMIDecimal or CMIBlank", NO_RECORD, "100", "101", "405"),
    _row(OBJECTIVES, "cmi.objectives.0.score.min", "CMIDecimal or CMIBlank", NO_RECORD, "", "-1", "405"),
    _row(OBJECTIVES, "cmi.objectives.0.status", "CMIVocabulary", NO_RECORD, "not attempted", "unknown", "405"),
    _row(DATA, "cmi.student_data.mastery_score", "CMIDecimal", "", "80", "x", "403"),
    _row(DATA, "cmi.student_data.max_time_allowed", "CMITimespan", "", "01:00:00", "1", "403"),
    _row(DATA, "cmi.student_data.time_limit_action", "CMIVocabulary", "", "exit,message", "x", "403"),
    _row(PREFERENCE, "cmi.student_preference.audio", "CMISInteger", "0", "-1", "101", "405"),
    _row(PREFERENCE, "cmi.student_preference.language", "CMIString255", "", "Tiếng Việt", LONG, "405"),
    _row(PREFERENCE, "cmi.student_preference.speed", "CMISInteger", "0", "-100", "-101", "405"),
    _row(PREFERENCE, "cmi.student_preference.text", "CMISInteger", "0", "1", "2", "405"),
    _row(INTERACTIONS, "cmi.interactions.0.id", "CMIIdentifier", UNREADABLE, "q1", "", "405"),
    _row(INTERACTIONS, "cmi.interactions.0.objectives.0.id", "CMIIdentifier", UNREADABLE, "o1", "o 1", "405"),
    _row(INTERACTIONS, "cmi.interactions.0.time", "CMITime", UNREADABLE, "10:20:30", "10:20", "405"),
    _row(INTERACTIONS, "cmi.interactions.0.type", "CMIVocabulary", UNREADABLE, "choice", "other", "405"),
    _row(
        INTERACTIONS,
        "cmi.interactions.0.correct_responses.0.pattern",
        "CMIFeedback",
        UNREADABLE,
        "{a,b}",
        UNKEEPABLE,
        "405",
    ),
    _row(INTERACTIONS, "cmi.interactions.0.weighting", "CMIDecimal", UNREADABLE, "1", "", "405"),
    _row(INTERACTIONS, "cmi.interactions.0.student_response", "CMIFeedback", UNREADABLE, "a,b", UNKEEPABLE, "405"),
    _row(INTERACTIONS, "cmi.interactions.0.result", "CMIVocabulary", UNREADABLE, "wrong", "incorrect", "405"),
    _row(INTERACTIONS, "cmi.interactions.0.latency", "CMITimespan", UNREADABLE, "00:00:12.5", "12", "405"),
]

ALL_OF_CORE = (
    "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time"
)
# Keywords and names that are no elements: what a read is answered while running, and the error of a set (3.3.2.2).
NAMES: list[tuple[str, Answer, str]] = [
    ("cmi.core._children", (ALL_OF_CORE, "0"), "402"),
    ("cmi.core.score._children", ("raw,min,max", "0"), "402"),
    ("cmi.objectives._children", ("id,score,status", "0"), "402"),
    ("cmi.objectives._count", ("0", "0"), "402"),
    ("cmi.student_data._children", ("mastery_score,max_time_allowed,time_limit_action", "0"), "402"),
    ("cmi.student_preference._children", ("audio,language,speed,text", "0"), "402"),
    (
        "cmi.interactions._children",
        ("id,objectives,time,type,correct_responses,weighting,student_response,result,latency", "0"),
        "402",
    ),
    ("cmi.interactions._count", ("0", "0"), "402"),
    ("cmi.interactions.0.objectives._count", ("", "201"), "402"),
    ("cmi.interactions.0.correct_responses._count", ("", "201"), "402"),
    ("cmi.objectives.0.score._children", ("", "201"), "402"),
    ("cmi.core.lesson_status._children", ("", "202"), "402"),
    ("cmi.core._count", ("", "203"), "402"),
    ("cmi.core.lesson_status._count", ("", "203"), "402"),
    ("cmi.core._version", ("", "401"), "402"),
    ("cmi.objectives.1.id", ("", "201"), "201"),
    ("cmi.interactions.0.correct_responses.1.pattern", ("", "404"), "201"),
    ("cmi.core", ("", "401"), "401"),
    ("cmi.completion_status", ("", "401"), "401"),
    ("xyz.score.result", ("", "401"), "401"),
    ("adl.nav.request", ("", "401"), "401"),
    ("", ("", "201"), "201"),
]


def cells() -> Iterator[tuple[Row, str, str, Answer]]:
    """Every element x operation x state with the expected answer."""
    for row in ROWS:
        for operation in OPERATIONS:
            for state in STATES:
                yield row, operation, state, row.expected(operation, state)


HEAD = """\
# SCORM 1.2: every element, operation and state

What the run-time API answers, element by element, with the clause of the *SCORM 1.2 Run-Time Environment* (RTE) that
says so. `tests/scorm/runtime/test_elements_12.py` calls every cell of these tables, on the engine whose twin in the
browser answers the same; the page is written from the same table (`python -m tests.support.scorm12_table`), and a test
keeps the two equal. A cell shows what the call returns and, behind it, what `LMSGetLastError` says afterwards.

The learner is `learner-1`, *Nguyễn Văn An*, and it is the first launch. *Valid* and *invalid* are the two values that
are set; a value too long or too strange to print is described. An element that content may only read refuses both.
"""

LOOSER = """\
## Where the engine takes more than the book

| what | why |
|---|---|
| strings longer than 255 or 4,096 characters, up to 16,384 and 1,048,576 | a strict answer would lose the learner's place |
| periods and letters with accents in `CMIIdentifier` | real content has them everywhere; only white space is refused |
| any text as `CMIFeedback` | the book gives every interaction type a form, content writes free text, and a refusal would lose the answer |
| a number with an exponent (`1e-7`) or a `+` as `CMIDecimal` | it is what ECMAScript writes for small numbers |
| 2,000 objectives, 10,000 interactions, 100 correct responses, 1,000 objectives of an interaction; not more | the book sets no bound; memory has one |

## What happens at the end (3.4.4, cmi.core.lesson_status)

| the content | next `lesson_status` |
|---|---|
| set nothing and finished | `completed`; `browsed` in browse mode |
| set nothing and was torn off, or suspends | `incomplete` (the book says `completed` also when the learner just navigates away; a lesson that never said a word is not counted as done here) |
| set a raw score, is taken for credit in normal mode, and the manifest gives a mastery score | `passed` or `failed` by comparison, unless it suspends as `incomplete` |
| anything else | what the content has set |

`cmi.core.session_time` is added to `cmi.core.total_time`; `cmi.core.exit` decides `cmi.core.entry` of the next launch:
`suspend` and a page that was torn off give `resume`, all else gives the empty string.
"""


def page() -> str:
    """The documentation page."""
    lines = [
        HEAD,
        "## Elements\n",
        f"| element, data type | operation | {' | '.join(STATES)} | clause |",
        "|---" * 6 + "|",
    ]
    for row in ROWS:
        for operation in OPERATIONS:
            answers = " | ".join(_shown(row.expected(operation, state)) for state in STATES)
            lines.append(f"| {_asked(row, operation)} | {answers} | {row.clause} |")
    lines += ["\n## Keywords, and names that are no elements (3.3.2.2)\n"]
    lines += ["Before `LMSInitialize` and after `LMSFinish` every one is answered with 301.\n"]
    lines += ["| name | get | set |", "|---|---|---|"]
    lines += [f"| `{name or ' '}` | {_shown(got)} | {_shown(('false', error))} |" for name, got, error in NAMES]
    return "\n".join([*lines, "", LOOSER])


def _asked(row: Row, operation: str) -> str:
    value = {"set valid": row.valid, "set invalid": row.invalid}.get(operation)
    kind = f"{row.data_type}, {'mandatory' if row.rule.mandatory else 'optional'}"
    name = f"`{row.element}`<br>{kind}" if operation == OPERATIONS[0] else ""
    return f"{name} | {operation}{'' if value is None else ' ' + _value(value)}"


def _value(value: str) -> str:
    if len(value) > 100:
        return f"({len(value):,} characters)"
    return "(U+0000)" if "\x00" in value else f'`"{value}"`'


def _shown(answer: Answer) -> str:
    result, error = answer
    return f'`"{result}"` {error}'


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  # it is a command
