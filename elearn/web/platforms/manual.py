"""Registering by hand: our values to copy, and the platform's values to enter; the same form corrects them later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.lti.keys import public_pem
from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.lti import platforms
from elearn.services.lti.keys import ensure_key
from elearn.services.lti.our_side import moodle_endpoints
from elearn.web.administration.units import chosen_unit, units_to_choose
from elearn.web.people import current_identity, needs_role
from elearn.web.platform_words import FIELDS
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.site import our_tool
from elearn.web.platforms.told import refused
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

NAMES = ("name", "issuer", "client_id", "deployment", "authorization_endpoint", "token_endpoint", "keyset_url")
FIXED = frozenset({"issuer", "client_id", "deployment"})  # they are what the platform is


def register(blueprint: Blueprint) -> None:
    """Add the routes of the forms."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/administration/platforms/new", endpoint="new", view_func=new, methods=both)
    blueprint.add_url_rule("/administration/platforms/<uid>/edit", endpoint="edit", view_func=edit, methods=both)


@needs_role(ADMINISTRATORS)
def new() -> ResponseReturnValue:
    """Enter a platform; with the address of a Moodle its endpoints are filled in."""
    private = ensure_key(house().database)  # before the request begins to write
    unit = chosen_unit(request.values.get("unit"), ADMINISTRATORS, Action.ADMINISTER)
    address = request.args.get("address", "").strip()[:2048]
    values: Mapping[str, str] = _typed() if request.method == "POST" else moodle_endpoints(address)
    sentence, status = None, 200
    if request.method == "POST":
        try:
            entered = platforms.enter(g.db, current_identity(), unit, platforms.Details(**values))
        except ServiceError as error:
            sentence, status = refused(error), error.status
        else:
            flash(gettext("The platform is entered. Check the connection now."), "success")
            return redirect(url_for("platforms.one", uid=entered.uid), 303)
    elif address and not values:
        sentence, status = gettext("This is no address. Enter for example https://moodle.school.edu.vn"), 422
    page = render_template(
        "platforms/new.html",
        unit=unit,
        units=units_to_choose(unit, Action.ADMINISTER),
        tool=our_tool(g.db),
        pem=public_pem(private),
        address=address,
        values=values,
        fields={name: FIELDS[name] for name in NAMES},
        refusal=sentence,
    )
    return page, status


@needs_role(ADMINISTRATORS)
def edit(uid: str) -> ResponseReturnValue:
    """Correct the name and the addresses."""
    platform = platforms.administered_platform(g.db, current_identity(), uid)
    kept = {"issuer": platform.issuer, "client_id": platform.client_id, "deployment": ""}
    values = {name: getattr(platform, name, "") for name in NAMES} | kept
    sentence, status = None, 200
    if request.method == "POST":
        values = {**_typed(), **kept}
        try:
            platforms.change(g.db, current_identity(), platform, platforms.Details(**values))
        except ServiceError as error:
            sentence, status = refused(error), error.status
        else:
            flash(gettext("The platform was changed."), "success")
            return redirect(url_for("platforms.one", uid=uid), 303)
    page = render_template(
        "platforms/edit.html",
        platform=platform,
        values=values,
        fields={name: FIELDS[name] for name in NAMES if name not in FIXED},
        refusal=sentence,
    )
    return page, status


def _typed() -> dict[str, str]:
    """What came from the form, without the spaces that copying brings."""
    return {name: request.form.get(name, "").strip() for name in NAMES}
