"""The local side of linking an account: signed in as usual, a teacher says to be who a platform has named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, redirect, render_template, url_for

from elearn.services.lti import connecting
from elearn.web import people
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sessions import current_session

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
