"""The teacher's page inside a platform: results of the activity, who is in the course, its class, the own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from elearn.models.account import Account
from elearn.models.lti_courses import LtiSession
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.lti import acts, connecting, mapping, roster
from elearn.services.lti.grouping import groups_of
from elearn.services.lti.launched import open_launched_session
from elearn.services.lti.outbox import set_grading
from elearn.services.lti.reached import grading_of
from elearn.services.lti.results import link_results
from elearn.services.lti.undelivered import retry_link
from elearn.web.courses.words import GRADINGS
from elearn.web.handles import HANDLE, PREFIX, without_handle
from elearn.web.launches import current_launch
from elearn.web.lti import learner
from elearn.web.lti.roster_words import roster_words
from elearn.web.people import current_identity, sign_in_required
from elearn.web.platforms.told import reason
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house, short_write
from elearn.web.usage import is_visit

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from elearn.models.learning import Placement

blueprint = Blueprint("classroom", __name__, url_prefix="/lti/class")
blueprint.add_app_template_filter(roster_words)

# What the way back from `connect.complete` may say.
REFUSED = frozenset({f"lti_connect_{why}" for why in ("wrong", "over", "not_teacher", "other_browser")})


def _launched() -> LtiSession:
    """The launch of a teacher."""
    launch = current_launch()
    if launch is None:
        abort(404)
    if not launch.is_teaching:
        raise ForbiddenError("lti_teachers_only")
    return g.db.get_one(LtiSession, launch.digest)


learner.register(blueprint, _launched)


@blueprint.get("")
@sign_in_required
def overview() -> ResponseReturnValue:
    """How the class does at the activity. A list of the course that is old is read anew meanwhile."""
    launched = _launched()
    if launched.context is not None and roster.is_due(launched.context) and is_visit():
        with short_write() as session:
            roster.ask(session, launched.context)
    return _overview(launched)


def _overview(launched: LtiSession, **values: Any) -> str:
    identity, link = current_identity(), launched.link
    account = g.db.get_one(Account, launched.account_id)
    placement: Placement | None = link.placement if link is not None else None
    groups = groups_of(g.db, launched.context, request.args.get("group", ""))
    return render_template(
        "classroom/overview.html",
        title=link.title if link is not None else "",
        results=link_results(g.db, link, groups) if link is not None else None,
        groups=groups,
        context=launched.context,
        choices=mapping.classes_to_map(g.db, identity, launched),
        account=account,
        is_connected=connecting.is_connected(account),
        material=placement.material if placement is not None else None,
        reason=reason,
        grading=grading_of(link) if placement is not None and link is not None else None,
        gradings=GRADINGS,
        group=str(groups.chosen.id) if groups.chosen is not None else "",
        may_teach_here=identity.person_id is not None,
        **values,
    )


@blueprint.post("/roster")
@sign_in_required
def read_roster() -> ResponseReturnValue:
    """Let the worker ask the platform who is in the course."""
    context = _launched().context
    if context is None or not roster.can_be_read(context):
        raise NotFoundError("lti_no_roster")
    roster.ask(g.db, context)
    flash(gettext("The list of the course is being read. Look again in a moment."), "success")
    return redirect(url_for("classroom.overview"), 303)


@blueprint.post("/grades")
@sign_in_required
def grades_again() -> ResponseReturnValue:
    """Send the grades of the activity again that did not arrive."""
    link = _launched().link
    count = retry_link(g.db, link) if link is not None else 0
    flash(ngettext("%(num)s grade is sent again now.", "%(num)s grades are sent again now.", count), "success")
    return redirect(url_for("classroom.overview"), 303)


@blueprint.post("/grading")
@sign_in_required
def grading() -> ResponseReturnValue:
    """Say which of several attempts counts; grades that change by it are sent."""
    link = _launched().link
    if link is None:
        raise NotFoundError("material_not_found")
    set_grading(g.db, link, request.form.get("grading", ""))
    flash(gettext("Saved."), "success")
    return redirect(url_for("classroom.overview"), 303)


@blueprint.post("/map")
@sign_in_required
def map_course() -> ResponseReturnValue:
    """Say which class the course is; own courses that stand in it are then taught to that class."""
    identity = current_identity()
    context = mapping.map_course(g.db, identity, _launched(), request.form.get("class", ""))
    for course in mapping.courses_in(g.db, context):
        acts.record_release(g.db, identity, course, context, house().settings.timezone)
    flash(gettext("Saved."), "success")
    return redirect(url_for("classroom.overview"), 303)


@blueprint.post("/connect")
@sign_in_required
def begin() -> ResponseReturnValue:
    """Begin to link the own account: the address of the local sign-in, and the field for what it answers."""
    code = connecting.begin(g.db, _launched())
    return _waiting(without_handle(url_for("connect.page", code=code)))


@blueprint.get("/connect")
@sign_in_required
def waiting() -> ResponseReturnValue:
    """The field once more, when what was typed was not the answer."""
    _launched()
    code = request.args.get("refused", "")
    return _waiting(refused=sentence_for(ServiceError(code)) if code in REFUSED else "")


def _waiting(address: str = "", refused: str = "") -> Response:
    page = render_template(
        "classroom/connect.html",
        address=address,
        refused=refused,
        complete=without_handle(url_for("connect.complete")),
        handle=request.environ[HANDLE],
    )
    response = make_response(page)
    # The window of the local sign-in gives its answer to this one.
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return response


@blueprint.post("/disconnect")
@sign_in_required
def disconnect() -> ResponseReturnValue:
    """Take the own link back, and go on as the platform alone knows it."""
    launched = _launched()
    platform = launched.deployment.platform
    account = connecting.disconnect(g.db, current_identity(), platform, launched.identity)
    return _go_on(launched, account)


def _go_on(launched: LtiSession, account: Account) -> Response:
    """The same launch for another account; the handle of the former opens nothing more."""
    left = connecting.launch_of(launched, account)
    agent, address = request.user_agent.string, request.remote_addr or ""
    handle = open_launched_session(g.db, left, user_agent=agent, address=address)
    path = url_for("classroom.overview").removeprefix(request.script_root)
    return redirect(without_handle(f"{request.script_root}{PREFIX}/{handle}{path}"), 303)
