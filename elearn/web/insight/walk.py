"""The steps of an attempt: who asked for what, what was delivered or why it was refused, and how everything stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template, request, url_for

from elearn.services import insight
from elearn.web.people import current_identity, sign_in_required

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the route."""
    blueprint.add_url_rule("/attempts/<uid>/steps", endpoint="steps", view_func=steps)


@sign_in_required
def steps(uid: str) -> ResponseReturnValue:
    """The walk of an attempt, step by step."""
    found = insight.look_into(g.db, current_identity(), uid)
    page = insight.walk_page(g.db, found.attempt, request.args.get("page", 1, type=int))
    return render_template(
        "insight/steps.html",
        found=found,
        walk=page,
        page_address=lambda number: url_for("insight.steps", uid=uid, page=number),
    )
