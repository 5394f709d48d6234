"""Linking an account outside of the launch: the local page of whoever signs in here, and the end in the one browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import Gone

from elearn.models.lti_courses import LtiSession
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.lti import connecting
from elearn.services.lti.launched import find_launched, open_launched_session
from elearn.web import people
from elearn.web.handles import PREFIX
from elearn.web.lti import here
from elearn.web.people import current_identity, sign_in_required
from elearn.web.security import takes_messages
from elearn.web.sessions import current_session
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("connect", __name__)


def _signed_in_at() -> datetime:
    stored = current_session().stored
    if stored is None:
        raise RuntimeError("somebody is signed in without a stored session")
    return stored.created_at


@blueprint.get("/connect/<code>")
@sign_in_required
def page(code: str) -> ResponseReturnValue:
    """Both names, and the question whether they are one person."""
    row, launched = connecting.begun(g.db, code)
    is_old = _signed_in_at() < row.created_at
    return render_template("classroom/confirm.html", code=code, launched=launched, is_old=is_old)


@blueprint.post("/connect/<code>")
@sign_in_required
def confirm(code: str) -> ResponseReturnValue:
    """Say so; the answer goes to the page that has begun, or is typed there."""
    answer = connecting.confirm(g.db, current_identity(), code, signed_in_at=_signed_in_at())
    return render_template("classroom/answer.html", answer=answer)


@blueprint.post("/connect/<code>/sign-in")
def sign_in_again(code: str) -> ResponseReturnValue:
    """End the sign-in that was here before, whosever it is, and ask for a new one."""
    people.sign_out()
    return redirect(url_for("account.sign_in", next=url_for("connect.page", code=code)), 303)


@blueprint.post("/lti/complete")
@takes_messages
def complete() -> ResponseReturnValue:
    """Link the account that has confirmed, if the launch arrived in this very browser, and go on as its holder.

    It lies outside of the handle because the cookie that tells the browser does.
    """
    handle = request.form.get("handle", "")
    with short_read() as session:
        found = find_launched(session, handle)
    if found is None:
        raise Gone
    try:
        if not here.arrived_here(handle):
            raise ForbiddenError("lti_connect_other_browser")
        digest = found[0].digest
        connecting.take_try(house().database, digest)
        launched = g.db.get_one(LtiSession, digest)
        account = connecting.complete(g.db, launched, request.form.get("answer", ""))
    except ServiceError as refused:
        return redirect(f"{PREFIX}/{handle}{url_for('classroom.waiting', refused=refused.code)}", 303)
    left = connecting.launch_of(launched, account)
    agent, address = request.user_agent.string, request.remote_addr or ""
    onward = open_launched_session(g.db, left, user_agent=agent, address=address)
    response = make_response(redirect(f"{PREFIX}/{onward}{url_for('classroom.overview')}", 303))
    here.mark(response, onward)
    return response
