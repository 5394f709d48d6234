"""The words for questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, gettext, lazy_gettext

from scorm.interactions import Shape, answer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, Any] = {
    "true-false": lazy_gettext("true or false"),
    "choice": lazy_gettext("choice"),
    "fill-in": lazy_gettext("fill-in"),
    "long-fill-in": lazy_gettext("long text"),
    "matching": lazy_gettext("matching"),
    "performance": lazy_gettext("performance"),
    "sequencing": lazy_gettext("putting in order"),
    "likert": lazy_gettext("opinion"),
    "numeric": lazy_gettext("number"),
    "other": lazy_gettext("another kind"),
}
RESULTS: Mapping[str, Any] = {
    "correct": lazy_gettext("right"),
    "incorrect": lazy_gettext("wrong"),
    "wrong": lazy_gettext("wrong"),
    "unanticipated": lazy_gettext("unforeseen"),
    "neutral": lazy_gettext("not judged"),
    "": lazy_gettext("not judged"),
}
# The name of the sheet, then its columns.
ANSWER_HEADINGS: tuple[Any, ...] = (
    lazy_gettext("Answers"),
    *(lazy_gettext("Code"), lazy_gettext("Full name"), lazy_gettext("Attempt"), lazy_gettext("Part")),
    *(lazy_gettext("Question"), lazy_gettext("Question text"), lazy_gettext("Kind"), lazy_gettext("Answer given")),
    *(lazy_gettext("Right answer"), lazy_gettext("Result"), lazy_gettext("Seconds"), lazy_gettext("Time")),
)
STATISTICS_HEADINGS: tuple[Any, ...] = (
    lazy_gettext("Questions"),
    *(lazy_gettext("Part"), lazy_gettext("Question"), lazy_gettext("Question text"), lazy_gettext("Kind")),
    *(lazy_gettext("Learners who answered"), lazy_gettext("Share right"), lazy_gettext("Mean seconds")),
    *(lazy_gettext("Discrimination"), lazy_gettext("Right answer"), lazy_gettext("Answers given")),
)


def kind_word(kind: str) -> Any:
    """The kind of a question in words; what content made up stands as it is."""
    return KINDS.get(kind, kind)


def shown_answer(kind: str, text: str) -> str:
    """A response or a pattern as people read it."""
    if not text:
        return ""
    answer = answer_of(kind, text)
    match answer.shape:
        case Shape.TRUTH:
            return str(gettext("true") if answer.parts[0][0] == "true" else gettext("false"))
        case Shape.RANGE:
            return _range(*answer.parts[0])
        case Shape.ORDER:
            return " → ".join(part[0] for part in answer.parts)
        case Shape.PAIRS:
            return "; ".join(" – ".join(part) for part in answer.parts)
        case _:
            return ", ".join(part[0] for part in answer.parts)


def _range(low: str, high: str) -> str:
    if low and high:
        return str(low if low == high else gettext("%(low)s to %(high)s", low=low, high=high))
    if low:
        return str(gettext("from %(low)s", low=low))
    return str(gettext("up to %(high)s", high=high) if high else gettext("any number"))


def shown_result(result: str) -> Any:
    """A result in words; a number that content gave instead stands as it is."""
    return RESULTS.get(result, result)


def shown_seconds(seconds: float | None) -> str:
    """How long an answer took."""
    return "–" if seconds is None else str(gettext("%(seconds)s s", seconds=format_decimal(seconds, "#,##0.#")))
