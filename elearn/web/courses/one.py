"""The page of a course: for its teachers and overseers the workshop, for its learners the way through."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.database import day_of
from elearn.services import courses
from elearn.services.access import Action, may
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.library import pictures_of
from elearn.services.player.attempts import PLAYABLE
from elearn.services.search import search
from elearn.web.courses.forms import CourseForm
from elearn.web.library import content_origin
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.course import Course
    from elearn.services.search import ResultPage

    Step = Callable[..., ResponseReturnValue | None]

PICKED = 8  # found materials on the page
LONGEST_QUESTION = 300


def register(blueprint: Blueprint) -> None:
    """Add the routes of a course."""
    add = blueprint.add_url_rule
    add("/courses/new", endpoint="new", view_func=new, methods=["GET", "POST"])
    add("/courses/<uid>", endpoint="one", view_func=one)
    add("/courses/<uid>/edit", endpoint="edit", view_func=edit, methods=["GET", "POST"])
    add("/courses/<uid>/copy", endpoint="copy", view_func=step(_copy), methods=["POST"])
    add("/courses/<uid>/close", endpoint="close", view_func=step(_close), methods=["POST"])
    add("/courses/<uid>/reopen", endpoint="reopen", view_func=step(_reopen), methods=["POST"])


@sign_in_required
def one(uid: str) -> ResponseReturnValue:
    """The page of a course; who neither teaches, oversees nor takes it learns nothing of it."""
    identity = current_identity()
    course = courses.course_by_uid(g.db, uid)
    if course is not None and may(identity, Action.SEE_COURSE, course):
        return workshop(course)
    return learner_page(uid)


def workshop(course: Course, refused: ServiceError | None = None) -> str:
    """The page for teachers and overseers; `refused` is shown on top."""
    identity = current_identity()
    question = " ".join(request.args.get("find", "").split())[:LONGEST_QUESTION]
    items = courses.items_of(course)
    edits = may(identity, Action.EDIT_COURSE, course)
    runs = may(identity, Action.RUN_COURSE, course)
    return render_template(
        "courses/workshop.html",
        course=course,
        items=items,
        problems=courses.problems_of(identity, course),
        newer=courses.newer_versions(items),
        taken={item.placement.material_id for item in items},
        teachers=courses.teachers_of(course),
        colleagues=courses.colleagues(g.db, course) if runs else (),
        classes=courses.openable_classes(g.db, identity, course) if runs else (),
        units=courses.units_for_courses(g.db, identity),
        edits=edits,
        runs=runs,
        question=question,
        found=_found(question) if edits and "find" in request.args else None,
        pictures=pictures_of(g.db, (item.placement.material for item in items)),
        programme=load_programme(g.db),
        today=day_of(g.db),
        refused=sentence_for(refused) if refused else "",
    )


def _found(question: str) -> ResultPage:
    return search(g.db, house().engine, current_identity(), question, limit=PICKED)


def learner_page(uid: str, refused: ServiceError | None = None) -> str:
    """The page for learners: what comes next, and where they stand with each item."""
    view = courses.learner_course(g.db, current_identity(), uid)
    materials = [step.item.placement.material for step in view.steps]
    return render_template(
        "courses/learn.html",
        view=view,
        course=view.seat.course,
        teachers=courses.teachers_of(view.seat.course),
        playable=PLAYABLE,
        has_content_origin=all(content_origin(material) for material in materials if material.current_version),
        pictures=pictures_of(g.db, materials),
        programme=load_programme(g.db),
        refused=sentence_for(refused) if refused else "",
    )


@needs(Action.CREATE_COURSE)
def new() -> ResponseReturnValue:
    """The form for a new course; a material named by the address is put into it at once."""
    units = courses.units_for_courses(g.db, current_identity())
    form = CourseForm(load_programme(g.db), units)
    if not form.validate_on_submit():
        return render_template("courses/form.html", form=form, course=None), 422 if form.is_submitted() else 200
    unit = next(unit for unit in units if unit.uid == form.unit.data)
    course = courses.create_course(g.db, current_identity(), unit, form.details())
    flash(gettext("The course is there. Add materials to it, then open it to a class."), "success")
    return redirect(url_for("courses.one", uid=course.uid), 303)


@sign_in_required
def edit(uid: str) -> ResponseReturnValue:
    """What is said of a course."""
    course = courses.get_course(g.db, current_identity(), uid, Action.EDIT_COURSE)
    form = CourseForm(load_programme(g.db), [course.unit], course)
    if not form.validate_on_submit():
        return render_template("courses/form.html", form=form, course=course), 422 if form.is_submitted() else 200
    courses.edit_course(g.db, current_identity(), course, form.details())
    flash(gettext("Saved."), "success")
    return redirect(url_for("courses.one", uid=uid), 303)


def step(act: Step) -> Callable[..., ResponseReturnValue]:
    """A view for a button of the workshop: it acts and comes back to the course; a refusal is told on its page."""

    @wraps(act)
    @sign_in_required
    def view(uid: str, **others: Any) -> ResponseReturnValue:
        course = courses.get_course(g.db, current_identity(), uid)
        try:
            answer = act(course, **others)
        except (NotFoundError, ForbiddenError) as refused:
            if refused.code == "may_not" or isinstance(refused, NotFoundError):
                raise
            return _told(uid, refused)
        except ServiceError as refused:
            return _told(uid, refused)
        return answer or redirect(url_for("courses.one", uid=uid), 303)

    return view


def _told(uid: str, refused: ServiceError) -> ResponseReturnValue:
    g.db.rollback()
    return workshop(courses.get_course(g.db, current_identity(), uid), refused), refused.status


def _copy(course: Course) -> ResponseReturnValue:
    identity = current_identity()
    units = courses.units_for_courses(g.db, identity)
    unit = next((unit for unit in units if unit.uid == request.form.get("unit", course.unit.uid)), None)
    if unit is None:
        raise NotFoundError("unit_not_found")
    title = gettext("%(title)s (copy)", title=course.title[:280])
    copy = courses.copy_course(g.db, identity, course, unit, title)
    flash(gettext("This is the copy: the same materials, without classes, dates and results."), "success")
    return redirect(url_for("courses.one", uid=copy.uid), 303)


def _close(course: Course) -> None:
    courses.close_course(g.db, current_identity(), course)
    flash(gettext("The course is closed. Its learners still see what they did."), "success")


def _reopen(course: Course) -> None:
    courses.reopen_course(g.db, current_identity(), course)
    flash(gettext("The course goes on."), "success")
