"""Our keys: the keyset that platforms fetch, and the page on which a new key is brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import format_datetime, gettext

from elearn.clock import now
from elearn.lti import keys as own
from elearn.services.access import Action, may
from elearn.services.lti import keys
from elearn.web.people import current_identity, needs
from elearn.web.platforms.site import our_tool
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

FRESH = 3600  # seconds; a new key is known to all long before it signs (`keys.KNOWN_AFTER`)


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/lti/jwks.json", endpoint="keyset", view_func=keyset)
    blueprint.add_url_rule("/administration/platforms/keys", endpoint="keys", view_func=overview)
    blueprint.add_url_rule(
        "/administration/platforms/keys/rotate", endpoint="rotate", view_func=rotate, methods=["POST"]
    )


def keyset() -> ResponseReturnValue:
    """Our public keys, for every platform; the same for all, so it may be kept for a while."""
    keys.ensure_key(house().database)
    with short_read() as session:
        response = jsonify(keys.keyset(session))
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.add_etag()
    return response.make_conditional(request)


@needs(Action.ADMINISTER)
def overview() -> ResponseReturnValue:
    """The keys that are published: which signs, and until when each stays."""
    signing = keys.ensure_key(house().database)
    rows = keys.published(g.db)
    return render_template(
        "platforms/keys.html",
        rows=[(row, own.key_id(row.private_pem), row.private_pem == signing) for row in rows],
        pem=own.public_pem(signing),
        tool=our_tool(g.db),
        now=now(),
        may_rotate=may(current_identity(), Action.ADMINISTER),
    )


@needs(Action.ADMINISTER)
def rotate() -> ResponseReturnValue:
    """Bring in a new key; only whoever administers the whole house, since every platform depends on it.

    The old one goes at once where that is asked for and confirmed.
    """
    at_once = request.form.get("at") == "once"
    if at_once and request.form.get("sure") != "yes":
        flash(gettext("Tick the box to say that the old key is to go at once."), "error")
        return redirect(url_for("platforms.keys"), 303)
    private = own.new_key()  # before the request begins to write
    row = keys.rotate_by(g.db, current_identity(), private, at_once=at_once)
    if at_once:
        flash(gettext("The new key signs now, and the old ones are published no more."), "success")
        return redirect(url_for("platforms.keys"), 303)
    flash(
        gettext("A new key was made. It signs from %(at)s on.", at=format_datetime(row.signs_from, "short")), "success"
    )
    return redirect(url_for("platforms.keys"), 303)
