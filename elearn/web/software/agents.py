"""Tokens of a unit's inventory agents: made, shown once, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Length

from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.organisation import get_unit
from elearn.services.software.installed.taking import MOST_LINES, MOST_MACHINES
from elearn.services.software.installed.tokens import make_token, revoke_token, tokens_of
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sentences import refusal as sentence_for
from elearn.web.software import blueprint
from elearn.web.software.steps import trail_to

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit


class TokenForm(Form):
    """A new token."""

    name = StringField(
        lazy_gettext("Name of the token"),
        [*required(), Length(max=100)],
        description=lazy_gettext("Such as the machine on which the agent runs."),
    )


def _managed(uid: str) -> Unit:
    return get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)


def _page(unit: Unit, form: TokenForm, secret: str = "", error: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "software/agents.html",
        unit=unit,
        form=form,
        secret=secret,
        error=error,
        tokens=tokens_of(g.db, unit),
        address=url_for("inventory.report", _external=True),
        most_lines=MOST_LINES,
        most_machines=MOST_MACHINES,
        trail=trail_to(None, gettext("Inventory agents")),
    )
    return page, status


@blueprint.get("/software/at/<uid>/agents")
@sign_in_required
def agents(uid: str) -> ResponseReturnValue:
    """The tokens of a unit, and how an agent uses one."""
    return _page(_managed(uid), TokenForm(formdata=None))


@blueprint.post("/software/at/<uid>/agents")
@sign_in_required
def new_agent(uid: str) -> ResponseReturnValue:
    """Make a token; this answer is the only page that shows it."""
    unit, form = _managed(uid), TokenForm()
    if not form.validate():
        return _page(unit, form, status=422)
    try:
        _, secret = make_token(g.db, current_identity(), unit, form.name.data)
    except ServiceError as refused:
        g.db.rollback()
        return _page(_managed(uid), form, error=sentence_for(refused), status=refused.status)
    return _page(unit, TokenForm(formdata=None), secret)


@blueprint.post("/software/at/<uid>/agents/<token_uid>/revoke")
@sign_in_required
def revoke_agent(uid: str, token_uid: str) -> ResponseReturnValue:
    """Take a token back."""
    revoke_token(g.db, current_identity(), _managed(uid), token_uid)
    flash(gettext("The token opens nothing any more. What it reported stays."), "success")
    return redirect(url_for("software.agents", uid=uid), 303)
