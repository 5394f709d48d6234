"""The list of a class, pasted from a spreadsheet: looked at first, entered when it is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext

from elearn.services.access import Action, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import ServiceError
from elearn.services.people.class_list import Change, ClassList, enter_class_list, read_class_list
from elearn.services.people.class_pages import get_class
from elearn.web.administration.pasted import problem_sentence
from elearn.web.classes.one import asked_day, day_in
from elearn.web.people import current_identity, needs_role
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from datetime import date

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.people import SchoolClass

LONGEST_TEXT = 1_000_000  # characters


def register(blueprint: Blueprint) -> None:
    """Add the routes of the list."""
    blueprint.add_url_rule(
        "/administration/classes/<uid>/list", endpoint="paste", view_func=paste, methods=["GET", "POST"]
    )


@needs_role(WATCHERS)
def paste(uid: str) -> ResponseReturnValue:
    """The form; with text the preview; confirmed, the list is entered."""
    school_class = get_class(g.db, current_identity(), uid)
    require(current_identity(), Action.MANAGE_UNIT, school_class)
    text, day = request.form.get("text", "")[:LONGEST_TEXT], day_in(school_class)
    if request.method == "GET":
        return _page(school_class, "", day)
    found = None
    try:
        day = asked_day("day", day)
        found = read_class_list(g.db, current_identity(), school_class, text, day)
        if "enter" in request.form:
            return _entered(school_class, enter_class_list(g.db, current_identity(), school_class, text, day))
    except ServiceError as refused:
        return _page(school_class, text, day, found, refused)
    return _page(school_class, text, day, found)


def _page(
    school_class: SchoolClass, text: str, day: date, found: ClassList | None = None, refused: ServiceError | None = None
) -> ResponseReturnValue:
    page = render_template(
        "classes/paste.html",
        school_class=school_class,
        text=text,
        day=day,
        found=found,
        Change=Change,
        problem_sentence=problem_sentence,
        refusal=sentence_for(refused) if refused else None,
    )
    return page, refused.status if refused else 200


def _entered(school_class: SchoolClass, entered: ClassList) -> ResponseReturnValue:
    joined = entered.count(Change.NEW) + entered.count(Change.ENROLLED)
    flash(
        ngettext("%(num)s pupil was added to the class.", "%(num)s pupils were added to the class.", joined), "success"
    )
    return redirect(url_for("classes.one", uid=school_class.uid), 303)
