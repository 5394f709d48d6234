"""One class: its pupils with their logins, its teachers, and small corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.database import day_of
from elearn.services import people
from elearn.services.access import Action, may
from elearn.services.access.permissions import WATCHERS
from elearn.services.curriculum import subjects
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.people.class_pages import end_assignment, get_class, pupil_rows, rename_class, teachers_of
from elearn.services.people.pasting import CellError, read_day
from elearn.web.people import current_identity, needs_role
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.people import SchoolClass

    Step = Callable[[SchoolClass], None]


def register(blueprint: Blueprint) -> None:
    """Add the routes of a class."""
    blueprint.add_url_rule("/administration/classes/<uid>", endpoint="one", view_func=one)
    for name, step in STEPS.items():
        blueprint.add_url_rule(
            f"/administration/classes/<uid>/{name}", endpoint=name, view_func=_view(step), methods=["POST"]
        )


@needs_role(WATCHERS)
def one(uid: str) -> ResponseReturnValue:
    """The pupils and teachers of a class today."""
    return class_page(get_class(g.db, current_identity(), uid))


def class_page(school_class: SchoolClass, refused: ServiceError | None = None) -> ResponseReturnValue:
    """The page of a class, with why something could not be done."""
    day = day_in(school_class)
    page = render_template(
        "classes/one.html",
        school_class=school_class,
        day=day,
        pupils=pupil_rows(g.db, school_class, day),
        teachers=teachers_of(g.db, school_class, day),
        subjects={row.code: row for row in subjects(g.db)},
        manages=may(current_identity(), Action.MANAGE_UNIT, school_class),
        refusal=sentence_for(refused) if refused else None,
    )
    return page, refused.status if refused else 200


def day_in(school_class: SchoolClass) -> date:
    """Today, or the nearest day of the class's school year."""
    year = school_class.school_year
    return min(max(day_of(g.db), year.starts_on), year.ends_on)


def asked_day(name: str, default: date) -> date:
    """A day from the form, typed the Vietnamese way or by a date field.

    Raises:
        ServiceError: `day_form`; it is none.
    """
    text = request.form.get(name, "").strip()
    try:
        return read_day(text) if text else default
    except CellError as error:
        raise ServiceError("day_form", value=text[:40]) from error


def _view(step: Step) -> Callable[[str], ResponseReturnValue]:
    @needs_role(WATCHERS)
    def view(uid: str) -> ResponseReturnValue:
        school_class = get_class(g.db, current_identity(), uid)
        try:
            step(school_class)
        except ServiceError as refused:
            return class_page(school_class, refused)
        return redirect(url_for("classes.one", uid=uid), 303)

    return view


def _rename(school_class: SchoolClass) -> None:
    rename_class(g.db, current_identity(), school_class, request.form.get("name", ""))
    flash(gettext("The name was changed."), "success")


def _leave(school_class: SchoolClass) -> None:
    wanted = request.form.get("enrolment", "")
    enrolment = next((row for row in school_class.enrolments if str(row.id) == wanted), None)
    if enrolment is None:
        raise NotFoundError("pupil_not_found")
    people.end_enrolment(g.db, current_identity(), enrolment, asked_day("day", day_in(school_class)))
    flash(gettext("The pupil leaves the class after that day. What was learnt stays."), "success")


def _assign(school_class: SchoolClass) -> None:
    code = request.form.get("person", "").strip()
    person = people.person_by_code(g.db, code)
    day = asked_day("day", day_in(school_class))
    if person is None or not any(post.unit_id == school_class.unit_id and post.holds_on(day) for post in person.posts):
        raise NotFoundError("teacher_not_here", person=code)
    subject = request.form.get("subject") or None
    if subject is not None and subject not in {row.code for row in subjects(g.db)}:
        raise NotFoundError("unknown_subject", value=subject)
    people.assign(
        g.db,
        current_identity(),
        person,
        school_class,
        valid_from=day,
        valid_to=school_class.school_year.ends_on,
        subject_code=subject,
    )
    flash(gettext("%(name)s teaches this class now.", name=person.full_name), "success")


def _unassign(school_class: SchoolClass) -> None:
    wanted = request.form.get("assignment", "")
    key = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0  # noqa: PLR2004 - digits of a row's number
    end_assignment(g.db, current_identity(), school_class, key, asked_day("day", day_in(school_class)))
    flash(gettext("The assignment ends with that day."), "success")


STEPS: dict[str, Step] = {"rename": _rename, "leave": _leave, "assign": _assign, "unassign": _unassign}
