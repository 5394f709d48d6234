"""The one-time address that a platform opens in its frame: it registers, and says what is still to be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from flask import make_response, render_template, request

from elearn.lti.errors import LtiError
from elearn.lti.values import LONGEST_URL, is_web_address
from elearn.services.errors import ServiceError
from elearn.services.lti.invitations import open_invitation
from elearn.services.lti.registering import Request
from elearn.services.lti.registering import register as register_platform
from elearn.web.errors import request_id
from elearn.web.platforms.site import our_tool
from elearn.web.platforms.told import refused
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from flask.typing import ResponseReturnValue

LONGEST_TOKEN = 8192  # characters; Moodle's and Canvas's are signed tokens
BAD_ANSWER = 502


def register(blueprint: Blueprint) -> None:
    """Add the route."""
    blueprint.add_url_rule("/lti/register/<token>", endpoint="register", view_func=registered)


def registered(token: str) -> ResponseReturnValue:
    """Register this library at the platform whose administrator has pasted the address.

    A GET, because platforms open it so; it changes something only with the platform's own fields, and once.
    """
    configuration = request.args.get("openid_configuration", "")
    try:
        with short_read() as session:
            open_invitation(session, token)
            tool = our_tool(session)
        asked = _asked(configuration)
        platform = register_platform(house(), token, asked, tool)
    except (LtiError, ServiceError) as error:
        status = error.status if isinstance(error, ServiceError) else BAD_ANSWER
        structlog.get_logger("elearn.lti").warning("registration", code=error.code)
        page = render_template("platforms/unregistered.html", sentence=refused(error), request_id=request_id())
        return _private(page, status)
    return _private(render_template("platforms/registered.html", platform=platform), 200)


def _asked(configuration: str) -> Request:
    if not configuration:
        raise ServiceError("lti_registration_bare")
    if len(configuration) > LONGEST_URL or not is_web_address(configuration):
        raise ServiceError("outside_address")
    return Request(configuration, request.args.get("registration_token", "")[:LONGEST_TOKEN])


def _private(page: str, status: int) -> Response:
    """A page that is kept nowhere and tells nobody its address, which is a key."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
