"""Teachers whom a platform names, and the accounts they have here: linked by an administrator who knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services.errors import ServiceError
from elearn.services.lti import connecting, identities
from elearn.services.lti.platforms import administered_platform
from elearn.web.people import current_identity, needs_role
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.told import refused

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.lti import LtiPlatform


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    path = "/administration/platforms/<uid>/teachers"
    blueprint.add_url_rule(path, endpoint="teachers", view_func=teachers)
    blueprint.add_url_rule(f"{path}/connect", endpoint="connect", view_func=connect, methods=["POST"])
    blueprint.add_url_rule(f"{path}/disconnect", endpoint="disconnect", view_func=disconnect, methods=["POST"])


@needs_role(ADMINISTRATORS)
def teachers(uid: str) -> ResponseReturnValue:
    """Those who are linked to nobody, and those who are."""
    return _page(administered_platform(g.db, current_identity(), uid))


def _page(platform: LtiPlatform, error: ServiceError | None = None) -> ResponseReturnValue:
    page = render_template(
        "platforms/teachers.html",
        platform=platform,
        strangers=identities.strangers(g.db, platform),
        connected=identities.connected(g.db, platform),
        accounts=identities.accounts_to_connect(g.db, platform),
        refusal=refused(error) if error else None,
        where=request.form.get("subject", ""),
        typed=request.form.get("login", ""),
    )
    return page, error.status if error else 200


@needs_role(ADMINISTRATORS)
def connect(uid: str) -> ResponseReturnValue:
    """Link a teacher of the platform to the account with a login."""
    platform = administered_platform(g.db, current_identity(), uid)
    try:
        named = identities.named_at(g.db, platform, request.form.get("subject", ""))
        account = connecting.connect(g.db, current_identity(), platform, named, request.form.get("login", ""))
    except ServiceError as error:
        return _page(platform, error)
    flash(gettext("Linked to %(name)s.", name=account.display_name), "success")
    return redirect(url_for("platforms.teachers", uid=uid), 303)


@needs_role(ADMINISTRATORS)
def disconnect(uid: str) -> ResponseReturnValue:
    """Take a link back."""
    platform = administered_platform(g.db, current_identity(), uid)
    try:
        named = identities.named_at(g.db, platform, request.form.get("subject", ""))
        connecting.disconnect(g.db, current_identity(), platform, named)
    except ServiceError as error:
        return _page(platform, error)
    flash(gettext("The link was taken back."), "success")
    return redirect(url_for("platforms.teachers", uid=uid), 303)
