"""The activity in a course of a learning platform: what it is, what came of it, and the way into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from elearn.services.errors import ServiceError
from elearn.services.lti.activity import begin_lesson, load_activity, visit_file
from elearn.services.lti.reviewing import load_review
from elearn.web.launches import current_launch
from elearn.web.library import content_origin, file_address
from elearn.web.openings import opens
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.transactions import house, short_write
from elearn.web.usage import comes_from_us, is_visit

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
    """What was launched: a lesson or a file with the learner's own attempts, or the contents of a course."""
    activity = load_activity(g.db, current_identity(), _launch())
    has_origin = all(content_origin(lesson.material) is not None for lesson in activity.lessons)
    page = "activity/course.html" if activity.is_course else "activity/lesson.html"
    return render_template(page, activity=activity, has_content_origin=has_origin, programme=load_programme(g.db))


@blueprint.post("/activity/play")
@sign_in_required
def play() -> ResponseReturnValue:
    """Begin or continue the learner's attempt at a lesson and go to its player."""
    item = request.form.get("item", "")
    attempt = begin_lesson(g.db, current_identity(), _launch(), item, house().settings.timezone)
    return redirect(url_for("player.shell", uid=attempt.uid), 303)


@blueprint.get("/activity/file")
@sign_in_required
def open_file() -> ResponseReturnValue:
    """Note that a file is opened, and go to it on its content host."""
    # A link and not a form: browsers stop a form whose answer leads to another origin (CSP form-action).
    if not (is_visit() and comes_from_us()):
        return redirect(url_for("activity.start"), 303)
    with short_write() as session:
        item, timezone = request.args.get("item", ""), house().settings.timezone
        visited = visit_file(session, current_identity(), _launch(), item, timezone)
        route = "o" if opens(visited.material, visited.version) else "d"
        address = file_address(visited.material, route, visited.version)
        if address is None:
            raise ServiceError("no_content_origin")
    return redirect(f"{address}#page={visited.page}" if visited.page else address, 303)


@blueprint.get("/activity/review")
@sign_in_required
def review() -> ResponseReturnValue:
    """What the learner has done whom a teacher has opened in the gradebook of the platform."""
    found = load_review(g.db, _launch())
    return render_template("activity/review.html", found=found, is_teaching=_launch().is_teaching)
