"""The classes and teachers of a course, the matrix of a class and its tables for spreadsheets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext

from elearn.services import courses
from elearn.services.access import Action, may
from elearn.services.errors import ServiceError
from elearn.services.sheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from elearn.web.courses.forms import sent_day
from elearn.web.courses.one import step
from elearn.web.courses.words import HEADINGS, STANDINGS
from elearn.web.people import current_identity, sign_in_required
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.course import Course
    from elearn.services.sheets import Sheet

TYPES = {"xlsx": XLSX_TYPE, "csv": CSV_TYPE}


def register(blueprint: Blueprint) -> None:
    """Add the routes of classes and teachers."""
    add = blueprint.add_url_rule
    add("/courses/<uid>/classes", endpoint="open_class", view_func=step(_open), methods=["POST"])
    add("/courses/<uid>/classes/<class_uid>", endpoint="matrix", view_func=matrix)
    add("/courses/<uid>/classes/<class_uid>/dates", endpoint="dates", view_func=step(_dates), methods=["POST"])
    add("/courses/<uid>/classes/<class_uid>/export.<form>", endpoint="export", view_func=export)
    add("/courses/<uid>/teachers", endpoint="add_teacher", view_func=step(_add_teacher), methods=["POST"])
    add("/courses/<uid>/teachers/remove", endpoint="remove_teacher", view_func=step(_remove_teacher), methods=["POST"])


def _open(course: Course) -> None:
    identity = current_identity()
    school_class = courses.class_by_uid(g.db, request.form.get("class", ""))
    opens_on, closes_on = sent_day("opens_on"), sent_day("closes_on")
    if opens_on is None:
        raise ServiceError("course_day_form")
    opening = courses.open_to_class(g.db, identity, course, school_class, opens_on=opens_on, closes_on=closes_on)
    courses.record_opening(g.db, identity, opening, house().settings.timezone)
    flash(gettext("The course is open to class %(name)s.", name=school_class.name), "success")


def _dates(course: Course, class_uid: str) -> None:
    opening = courses.opening_of(course, class_uid)
    opens_on, closes_on = sent_day("opens_on"), sent_day("closes_on")
    if opens_on is None:
        raise ServiceError("course_day_form")
    courses.change_dates(g.db, current_identity(), opening, opens_on=opens_on, closes_on=closes_on)
    flash(gettext("Saved."), "success")


def _add_teacher(course: Course) -> None:
    courses.add_teacher(g.db, current_identity(), course, request.form.get("account", ""))
    flash(gettext("Your colleague now teaches this course with you."), "success")


def _remove_teacher(course: Course) -> None:
    courses.remove_teacher(g.db, current_identity(), course, request.form.get("account", ""))
    flash(gettext("Your colleague does not teach this course any more."), "success")


@sign_in_required
def matrix(uid: str, class_uid: str) -> ResponseReturnValue:
    """Learners by items: standing, score and day."""
    identity = current_identity()
    course = courses.get_course(g.db, identity, uid)
    found = courses.class_matrix(g.db, identity, courses.opening_of(course, class_uid))
    return render_template(
        "courses/matrix.html",
        course=course,
        matrix=found,
        teaches=may(identity, Action.TEACH_COURSE, course),
        export=lambda form: url_for("courses.export", uid=uid, class_uid=class_uid, form=form),
    )


@sign_in_required
def export(uid: str, class_uid: str, form: str) -> ResponseReturnValue:
    """The matrix as XLSX or CSV (UTF-8 with a byte order mark, as Excel wants it)."""
    if form not in TYPES:
        abort(404)
    identity = current_identity()
    course = courses.get_course(g.db, identity, uid)
    found = courses.class_matrix(g.db, identity, courses.opening_of(course, class_uid))
    words = {name: str(word) for name, word in HEADINGS.items()}
    sheet = courses.matrix_sheet(found, words.__getitem__, STANDINGS, house().settings.timezone)
    response = Response(_written(sheet, form), content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="khoa-hoc-{uid[-8:]}.{form}"'
    return response


def _written(sheet: Sheet, form: str) -> bytes:
    file = io.BytesIO()
    if form == "xlsx":
        write_xlsx(file, [sheet])
    else:
        write_csv(file, sheet)
    return file.getvalue()
