"""The forms of a course and of its items, and days and scores as people type them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from elearn.models.course import Course, Grading
from elearn.models.learning import NewAttempt
from elearn.services.courses import CourseDetails, ItemDetails
from elearn.services.courses.authoring import MOST_ATTEMPTS, TITLE_LENGTH
from elearn.services.errors import ServiceError
from elearn.services.people.pasting import CellError, read_day
from elearn.services.spans import FIRST_DAY, LAST_DAY
from elearn.web.administration.fields import DayField
from elearn.web.courses.words import GRADINGS, NEW_ATTEMPTS
from elearn.web.forms import Form, required
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from elearn.models.organisation import Unit
    from elearn.web.programme import Programme

LONGEST_DESCRIPTION = 20_000
TEN = 10  # scores are typed on the scale of Vietnamese schools
_SCORE = re.compile(r"\d{1,2}([.,]\d{1,2})?")
_COUNT = re.compile(r"-?[0-9]+")


def _line(text: str | None) -> str:
    return one_line(text or "")


def _lines(text: str | None) -> str:
    return several_lines(text or "")


def _choices(names: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names.items()]


class CourseForm(Form):
    """What is said of a course."""

    title = StringField(lazy_gettext("Title"), [*required(), Length(max=TITLE_LENGTH)], filters=[_line])
    description = TextAreaField(
        lazy_gettext("Description"),
        [Length(max=LONGEST_DESCRIPTION)],
        filters=[_lines],
        description=lazy_gettext("What learners will be able to do, and how you work with it."),
        render_kw={"rows": 4},
    )
    unit = SelectField(lazy_gettext("School or unit"))
    subject = SelectField(lazy_gettext("Subject"))
    grade = SelectField(lazy_gettext("Grade"))

    def __init__(self, programme: Programme, units: Sequence[Unit], course: Course | None = None) -> None:
        said = {}
        if course is not None:
            said = {"title": course.title, "description": course.description, "unit": course.unit.uid}
            said |= {"subject": course.subject_code or "", "grade": course.grade_code or ""}
        super().__init__(data=said)
        self.unit.choices = _choices({unit.uid: unit.name for unit in units})
        self.subject.choices = _choices({"": "–", **programme.subjects})
        self.grade.choices = _choices({"": "–", **programme.grades})

    def details(self) -> CourseDetails:
        """What was filled in."""
        return CourseDetails(self.title.data, self.description.data, self.subject.data or None, self.grade.data or None)


class CountField(IntegerField):
    """A number as a number field of a browser sends it; `int` alone reads the digits of every script."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what came."""
        if valuelist and _COUNT.fullmatch(valuelist[0].strip()) is None:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(valuelist)


class ItemForm(Form):
    """What a teacher decides for an item."""

    title = StringField(lazy_gettext("Title in this course"), [*required(), Length(max=TITLE_LENGTH)], filters=[_line])
    opens_on = DayField(
        lazy_gettext("Opens on"), [Optional()], description=lazy_gettext("Empty: as soon as the course is open.")
    )
    due_on = DayField(
        lazy_gettext("Due on"),
        [Optional()],
        description=lazy_gettext("Learners see the day; they can still open the item afterwards."),
    )
    is_required = BooleanField(lazy_gettext("Required to finish the course"))
    max_attempts = CountField(
        lazy_gettext("Attempts allowed"),
        [Optional(), NumberRange(0, MOST_ATTEMPTS, lazy_gettext("Enter a number from 0 to 100."))],
        description=lazy_gettext("0: as many as the learner likes."),
        render_kw={"inputmode": "numeric"},
    )
    grading = SelectField(
        lazy_gettext("Which attempt counts"),
        choices=_choices({grading.value: GRADINGS[grading] for grading in Grading}),
    )
    new_attempt = SelectField(
        lazy_gettext("When a learner opens it again"),
        choices=_choices({when.value: NEW_ATTEMPTS[when] for when in NewAttempt}),
        description=lazy_gettext("What has ended always begins anew, as long as attempts are left."),
    )
    follows = BooleanField(
        lazy_gettext("Take over new versions of the material by itself"),
        description=lazy_gettext("Otherwise you are told of each and decide."),
    )

    def details(self) -> ItemDetails:
        """What was filled in."""
        return ItemDetails(
            title=self.title.data,
            opens_on=self.opens_on.data,
            due_on=self.due_on.data,
            is_required=self.is_required.data,
            max_attempts=self.max_attempts.data or 0,
            grading=Grading(self.grading.data),
            new_attempt=NewAttempt(self.new_attempt.data),
            follows=bool(self.follows.data),
        )


def sent_day(name: str) -> date | None:
    """A day of the sent form; None when it was left empty.

    Raises:
        ServiceError: `course_day_form` or `day_range`.
    """
    given = request.form.get(name, "").strip()
    if not given:
        return None
    try:
        return read_day(given)
    except CellError as error:
        if error.code == "day_range":
            raise ServiceError("day_range", first=FIRST_DAY, last=LAST_DAY) from error
        raise ServiceError("course_day_form") from error


def sent_score(name: str) -> float | None:
    """A score out of ten of the sent form, from 0 to 1; None when it was left empty.

    Raises:
        ServiceError: `score_range`.
    """
    given = request.form.get(name, "").strip()
    if not given:
        return None
    points = float(given.replace(",", ".")) if given.isascii() and _SCORE.fullmatch(given) else TEN + 1
    if points > TEN:
        raise ServiceError("score_range")
    return points / TEN
