"""The contents of a course: materials added, moved, worded anew, removed; also from a material's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from elearn.services import courses
from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.library import get_material
from elearn.web.courses.forms import ItemForm
from elearn.web.courses.one import step
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.course import Course


def register(blueprint: Blueprint) -> None:
    """Add the routes of the contents."""
    add = blueprint.add_url_rule
    add("/courses/<uid>/items", endpoint="add_item", view_func=step(_add), methods=["POST"])
    add("/courses/<uid>/items/<item>", endpoint="item", view_func=item_page, methods=["GET", "POST"])
    add("/courses/<uid>/items/<item>/move", endpoint="move_item", view_func=step(_move), methods=["POST"])
    add("/courses/<uid>/items/<item>/newer", endpoint="take_newer", view_func=step(_take_newer), methods=["POST"])
    add("/courses/<uid>/newer", endpoint="take_all_newer", view_func=step(_take_all_newer), methods=["POST"])
    add("/courses/<uid>/items/<item>/remove", endpoint="remove_item", view_func=step(_remove), methods=["POST"])
    add("/materials/<uid>/courses", endpoint="choose", view_func=choose)


def _add(course: Course) -> ResponseReturnValue:
    material = get_material(g.db, current_identity(), request.form.get("material", ""))
    item = courses.add_item(g.db, current_identity(), course, material)
    flash(gettext("“%(title)s” is now in the course.", title=item.title), "success")
    question = request.form.get("find")
    address = url_for("courses.one", uid=course.uid, find=question, _anchor="add" if question is not None else None)
    return redirect(address, 303)


def _move(course: Course, item: str) -> ResponseReturnValue:
    found = courses.item_of(course, item)
    direction = request.form.get("direction")
    if direction not in {"up", "down"}:
        raise ServiceError("course_direction")
    courses.move_item(g.db, current_identity(), found, up=direction == "up")
    # The focus of the keyboard goes along with the item; browsers pass autofocus over where an address has a fragment.
    return redirect(url_for("courses.one", uid=course.uid, moved=item), 303)


def _take_newer(course: Course, item: str) -> ResponseReturnValue:
    found = courses.item_of(course, item)
    version = courses.take_newer(g.db, current_identity(), found)
    flash(
        gettext("“%(title)s”: new attempts get version %(number)s.", title=found.title, number=version.number),
        "success",
    )
    return redirect(url_for("courses.one", uid=course.uid, _anchor=f"item-{item}"), 303)


def _take_all_newer(course: Course) -> None:
    count = courses.take_all_newer(g.db, current_identity(), course)
    flash(ngettext("%(num)s new version was taken over.", "%(num)s new versions were taken over.", count), "success")


def _remove(course: Course, item: str) -> None:
    found = courses.item_of(course, item)
    courses.remove_item(g.db, current_identity(), found)
    flash(gettext("“%(title)s” was taken out. What learners did at it is kept.", title=found.title), "success")


@sign_in_required
def item_page(uid: str, item: str) -> ResponseReturnValue:
    """What a teacher decides for an item."""
    course = courses.get_course(g.db, current_identity(), uid, Action.EDIT_COURSE)
    found = courses.item_of(course, item)
    form = ItemForm(obj=courses.details_of(found))
    if not form.validate_on_submit():
        return _item_page(course, found, form, status=422 if form.is_submitted() else 200)
    try:
        courses.edit_item(g.db, current_identity(), found, form.details())
    except ServiceError as refused:
        return _item_page(course, found, form, sentence_for(refused), status=refused.status)
    flash(gettext("Saved."), "success")
    return redirect(url_for("courses.one", uid=uid, _anchor=f"item-{item}"), 303)


def _item_page(course: Course, found: object, form: ItemForm, refused: str = "", *, status: int) -> ResponseReturnValue:
    return render_template("courses/item.html", course=course, item=found, form=form, refused=refused), status


@needs(Action.CREATE_COURSE)
def choose(uid: str) -> ResponseReturnValue:
    """To which course a material is added."""
    material = get_material(g.db, current_identity(), uid)
    choices = courses.courses_to_fill(g.db, current_identity())
    holders = {
        course.id
        for course in choices
        if any(item.placement.material_id == material.id for item in courses.items_of(course))
    }
    return render_template("courses/choose.html", material=material, choices=choices, holders=holders)
