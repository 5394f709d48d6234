"""The activity in a course of a learning platform: what it is, what came of it, and the way into the player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, g, redirect, render_template, url_for

from elearn.services.lti.activity import begin_activity, load_activity
from elearn.web.launches import current_launch
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.services.lti.launched import Launched

blueprint = Blueprint("activity", __name__)


def _launch() -> Launched:
    launch = current_launch()
    return launch if launch is not None else abort(404)


@blueprint.get("/activity")
@sign_in_required
def start() -> ResponseReturnValue:
    """What was launched, with the learner's own attempts and the button to begin or go on."""
    activity = load_activity(g.db, current_identity(), _launch())
    return render_template("activity/start.html", activity=activity, programme=load_programme(g.db))


@blueprint.post("/activity/play")
@sign_in_required
def play() -> ResponseReturnValue:
    """Begin or continue the learner's attempt and go to its player."""
    attempt = begin_activity(g.db, current_identity(), _launch(), house().settings.timezone)
    return redirect(url_for("player.shell", uid=attempt.uid), 303)
