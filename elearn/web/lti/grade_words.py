"""The sentences for what keeps a grade from its gradebook, for the teacher and the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from elearn.web.lti.service_words import ASKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNDELIVERED: Mapping[str, Any] = {
    **ASKING,
    "grading_unknown": lazy_gettext("Choose which of several attempts counts."),
    "grade_without_column": lazy_gettext(
        "The activity has no grade column in the platform. Let the activity be graded there, open it once more, and "
        "send the grades again."
    ),
    "grade_column_gone": lazy_gettext(
        "The activity or its grade column was deleted in the platform (HTTP %(status)s). If it is there, open it once "
        "more and send the grades again."
    ),
    "grade_no_learner": lazy_gettext(
        "Moodle takes no grade for this person (HTTP %(status)s): teachers have none, and whoever was taken out of the "
        "course has none any more. Enrol the person there as a student, and send the grade again."
    ),
    "grade_forbidden": lazy_gettext(
        "The platform does not let this tool give grades (HTTP %(status)s). Let the administrator there allow grade "
        "services in the settings of the tool."
    ),
    "grade_refused": lazy_gettext("The platform does not take this grade (HTTP %(status)s): %(reason)s"),
    "grade_unauthorised": lazy_gettext(
        "The platform does not accept its own access token (HTTP %(status)s). Are the grade services still allowed in "
        "the settings of the tool there?"
    ),
    "grade_later": lazy_gettext(
        "The platform is busy or broken just now (HTTP %(status)s); we try again by ourselves."
    ),
    "grade_columns_refused": lazy_gettext(
        "The platform does not let us look for the grade column of this activity (HTTP %(status)s)."
    ),
    "grade_column_malformed": lazy_gettext("What the platform tells of its grade columns cannot be read."),
    "grade_fault": lazy_gettext("Something went wrong here while the grade was sent; we try again by ourselves."),
}
