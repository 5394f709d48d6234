"""One learner of a class: attempts and answers, feedback and grades by hand, and taking attempts back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services import courses
from elearn.services.access import Action, may
from elearn.services.errors import NotFoundError, ServiceError
from elearn.web.courses.forms import sent_score
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.course import Course, CourseItem, CourseOpening
    from elearn.services.courses.matrix import Learner

PLACE = "/courses/<uid>/classes/<class_uid>/learners/<person>"


def register(blueprint: Blueprint) -> None:
    """Add the routes of a learner."""
    add = blueprint.add_url_rule
    add(PLACE, endpoint="learner", view_func=learner)
    add(f"{PLACE}/feedback", endpoint="feedback", view_func=feedback, methods=["POST"])
    add(f"{PLACE}/reset", endpoint="reset", view_func=reset, methods=["POST"])


@sign_in_required
def learner(uid: str, class_uid: str, person: str) -> ResponseReturnValue:
    """Everything that a learner did in the course."""
    return _page(*_found(uid, class_uid, person))


def _found(uid: str, class_uid: str, person: str) -> tuple[Course, CourseOpening, Learner]:
    course = courses.get_course(g.db, current_identity(), uid)
    opening = courses.opening_of(course, class_uid)
    return course, opening, courses.learner_of(g.db, opening, person)


def _page(course: Course, opening: CourseOpening, found: Learner, refused: str = "", where: str = "") -> str:
    identity = current_identity()
    return render_template(
        "courses/learner.html",
        course=course,
        opening=opening,
        learner=found,
        dossier=courses.dossier_of(g.db, identity, course, found),
        teaches=may(identity, Action.TEACH_COURSE, course),
        refused=refused,
        where=where,
    )


@sign_in_required
def feedback(uid: str, class_uid: str, person: str) -> ResponseReturnValue:
    """Feedback or a grade by hand about an item; the learner reads it on the page of the course."""
    identity = current_identity()
    course, opening, found = _found(uid, class_uid, person)
    item = courses.item_of(course, request.form.get("item", ""))
    try:
        said = courses.give_feedback(
            g.db, identity, item, found, text=request.form.get("text", ""), score=sent_score("score")
        )
    except ServiceError as refused:
        return _refused(uid, class_uid, person, item, refused)
    if said.is_new:
        courses.record_feedback(g.db, identity, opening, item, found, timezone=house().settings.timezone)
    flash(gettext("%(name)s will read it on the page of the course.", name=found.person.full_name), "success")
    return _back(uid, class_uid, person, item)


@sign_in_required
def reset(uid: str, class_uid: str, person: str) -> ResponseReturnValue:
    """Take the attempts at an item back, once the teacher has confirmed it."""
    course, _, found = _found(uid, class_uid, person)
    item = courses.item_of(course, request.form.get("item", ""))
    try:
        be_sure()
        courses.reset_item(g.db, current_identity(), item, found)
    except ServiceError as refused:
        return _refused(uid, class_uid, person, item, refused)
    flash(gettext("%(name)s begins “%(title)s” anew.", name=found.person.full_name, title=item.title), "success")
    return _back(uid, class_uid, person, item)


def be_sure() -> None:
    """Go on only where the box on the form says that the attempts are to be taken back.

    Raises:
        ServiceError: it does not (`reset_unconfirmed`).
    """
    if request.form.get("sure") != "yes":
        raise ServiceError("reset_unconfirmed")


def _refused(uid: str, class_uid: str, person: str, item: CourseItem, refused: ServiceError) -> ResponseReturnValue:
    if refused.code == "may_not" or isinstance(refused, NotFoundError):
        raise refused
    where = item.uid
    g.db.rollback()
    return _page(*_found(uid, class_uid, person), sentence_for(refused), where), refused.status


def _back(uid: str, class_uid: str, person: str, item: CourseItem) -> ResponseReturnValue:
    address = url_for("courses.learner", uid=uid, class_uid=class_uid, person=person, _anchor=f"item-{item.uid}")
    return redirect(address, 303)
