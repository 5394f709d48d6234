"""The words for states of courses, items and learners, and how scores and days are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, lazy_gettext

from elearn.models.course import CourseStatus, Grading
from elearn.models.learning import NewAttempt
from elearn.services import courses
from elearn.services.access import Action
from elearn.services.courses import Problem, Standing
from elearn.web.people import current_identity, may_somewhere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint

COURSE_STATUSES: Mapping[str, Any] = {
    CourseStatus.DRAFT: lazy_gettext("In preparation"),
    CourseStatus.OPEN: lazy_gettext("Under way"),
    CourseStatus.CLOSED: lazy_gettext("Closed"),
}
STATUS_CLASSES = {CourseStatus.DRAFT: "draft", CourseStatus.OPEN: "good", CourseStatus.CLOSED: "withdrawn"}
STANDINGS: Mapping[str, Any] = {
    Standing.NOT_STARTED: lazy_gettext("Not started"),
    Standing.IN_PROGRESS: lazy_gettext("In progress"),
    Standing.COMPLETED: lazy_gettext("Completed"),
    Standing.PASSED: lazy_gettext("Passed"),
    Standing.FAILED: lazy_gettext("Not passed"),
}
STANDING_ICONS = {
    Standing.NOT_STARTED: "circle",
    Standing.IN_PROGRESS: "hourglass-split",
    Standing.COMPLETED: "check-circle",
    Standing.PASSED: "check-circle-fill",
    Standing.FAILED: "x-circle",
}
GRADINGS: Mapping[str, Any] = {
    Grading.BEST: lazy_gettext("Best attempt"),
    Grading.LAST: lazy_gettext("Last attempt"),
    Grading.FIRST: lazy_gettext("First attempt"),
    Grading.AVERAGE: lazy_gettext("Average of the attempts"),
}
NEW_ATTEMPTS: Mapping[str, Any] = {
    NewAttempt.ENDED: lazy_gettext("Go on with the last attempt"),
    NewAttempt.FAILED: lazy_gettext("Begin anew if the last attempt was not passed"),
    NewAttempt.DONE: lazy_gettext("Begin anew if the last attempt has a result"),
    NewAttempt.ALWAYS: lazy_gettext("Always begin anew"),
}
PROBLEMS: Mapping[str, Any] = {
    Problem.WITHDRAWN: lazy_gettext(
        "This material has been withdrawn: learners cannot open it. Remove it or replace it."
    ),
    Problem.UNPUBLISHED: lazy_gettext("This material is not published yet: learners cannot open it until it is."),
    Problem.HIDDEN: lazy_gettext("This material belongs to another unit: learners of the class may not see it."),
}
# The columns of the exported matrix.
HEADINGS: Mapping[str, Any] = {
    "number": lazy_gettext("No."),
    "code": lazy_gettext("Code"),
    "name": lazy_gettext("Full name"),
    "state": lazy_gettext("Note"),
    "done": lazy_gettext("Items done"),
    "mean": lazy_gettext("Mean score"),
    "score": lazy_gettext("score out of 10"),
    "date": lazy_gettext("date"),
    "left": lazy_gettext("has left the class"),
}


def shown_points(score: float | None) -> str:
    """A score from 0 to 1 as teachers write it: 8,5; empty without one."""
    points = courses.points(score)
    text: str = "" if points is None else format_decimal(points, "0.##")
    return text


def may_make_courses() -> bool:
    """Whether the present person may make courses at one of their units."""
    identity = current_identity()
    return not identity.is_anonymous and may_somewhere(identity, Action.CREATE_COURSE)


def install_words(blueprint: Blueprint) -> None:
    """Give templates the filters."""
    filters = {
        "points": shown_points,
        "course_status_label": lambda status: COURSE_STATUSES[status],
        "course_status_class": lambda status: STATUS_CLASSES[status],
        "standing_label": lambda standing: STANDINGS[standing],
        "standing_icon": lambda standing: STANDING_ICONS[standing],
        "grading_label": lambda grading: GRADINGS[grading],
        "problem_label": lambda problem: PROBLEMS[problem],
        "policy": courses.details_of,
    }
    for name, function in filters.items():
        blueprint.add_app_template_filter(function, name)
    blueprint.add_app_template_global(may_make_courses)
