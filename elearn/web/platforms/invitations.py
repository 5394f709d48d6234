"""Inviting a platform: a one-time address that its administrator pastes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services.access import Action
from elearn.services.lti import invitations
from elearn.web.administration.units import chosen_unit, units_to_choose
from elearn.web.people import current_identity, needs_role
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.site import our_tool
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the routes of invitations."""
    blueprint.add_url_rule(
        "/administration/platforms/invite", endpoint="invite", view_func=invite, methods=["GET", "POST"]
    )
    blueprint.add_url_rule(
        "/administration/platforms/invitations/<int(max=2147483647):key>/withdraw",
        endpoint="withdraw",
        view_func=withdraw,
        methods=["POST"],
    )


@needs_role(ADMINISTRATORS)
def invite() -> ResponseReturnValue:
    """Choose the unit and a name; the answer shows the address, once."""
    unit = chosen_unit(request.values.get("unit"), ADMINISTRATORS, Action.ADMINISTER)
    if request.method == "GET":
        return render_template("platforms/invite.html", unit=unit, units=units_to_choose(unit, Action.ADMINISTER))
    name = request.form.get("name", "").strip()
    token = invitations.invite(g.db, current_identity(), unit, name)
    address = f"{our_tool(g.db).address}/lti/register/{token}"
    has_public_address = bool(house().settings.public_url)
    return render_template(
        "platforms/invited.html", unit=unit, name=name, address=address, has_public_address=has_public_address
    )


@needs_role(ADMINISTRATORS)
def withdraw(key: int) -> ResponseReturnValue:
    """Let an invitation work no more."""
    invitations.withdraw(g.db, current_identity(), key)
    flash(gettext("The registration address does not work any more."), "success")
    return redirect(url_for("platforms.index"), 303)
