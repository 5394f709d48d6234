"""The addresses to which platforms send the browsers of their users: logins, launches, and links outside of them."""

from __future__ import annotations

from flask import Blueprint, render_template

from elearn.web.lti import former, launch, login, notices

blueprint = Blueprint("lti", __name__)
login.register(blueprint)
launch.register(blueprint)
former.register(blueprint)
notices.register(blueprint)


@blueprint.get("/lti/launch")
@blueprint.get("/lti/open/<path:place>")
def outside(place: str = "") -> str:
    """The address of an activity, opened by itself: it says where to open it, and nothing of what is there."""
    del place
    return render_template("lti/outside.html")
