"""The courses of whoever asks: those to learn in, those to teach, and those of the units one answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template

from elearn.services import courses
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the route of the lists."""
    blueprint.add_url_rule("/courses", endpoint="index", view_func=index)


@sign_in_required
def index() -> ResponseReturnValue:
    """The lists, each only for whom it is."""
    identity = current_identity()
    return render_template(
        "courses/index.html",
        learning=courses.my_courses(g.db, identity),
        teaching=courses.courses_taught(g.db, identity),
        behind=courses.courses_behind(g.db, identity),
        overseen=courses.courses_overseen(g.db, identity),
        programme=load_programme(g.db),
    )
