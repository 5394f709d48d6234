"""The first step of a launch: a platform asks for a login, and the browser is given something to come back with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, render_template, request

from elearn.lti.login import LoginRequest
from elearn.lti.values import origin_of
from elearn.services.lti import logins
from elearn.web.hosts import host_rules
from elearn.web.lti.refusing import about, refuses
from elearn.web.security import takes_messages
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

# What a login is made of, to begin it once more in a window of its own: no frame keeps anything for that.
REPEATED = ("iss", "login_hint", "target_link_uri", "lti_message_hint", "client_id", "lti_deployment_id")
# In the frame of a platform browsers keep only cookies that say all of this; over plain HTTP none, save on localhost.
COOKIE = {"path": "/lti/", "secure": True, "httponly": True, "samesite": "None", "partitioned": True}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/lti/login", endpoint="login", view_func=login, methods=["GET", "POST"])


@takes_messages
@refuses("login")
def login() -> ResponseReturnValue:
    """Begin a launch: a page that keeps the binding in this browser and goes on to the platform."""
    fields = request.values
    about().issuer, about().client_id = fields.get("iss", ""), fields.get("client_id", "")
    asked = LoginRequest.from_fields(fields)
    with house().database.read() as session:
        platform = logins.platform_of(session, asked)
    about().come_from(platform)
    begun = logins.begin(house().database, platform, asked, origin=own_origin())
    page = render_template(
        "lti/login.html",
        begun=begun,
        storage_target=asked.storage_target,
        storage_origin=origin_of(platform.authorization_endpoint),
        repeated={name: fields[name] for name in REPEATED if name in fields},
    )
    response = make_response(page)
    response.set_cookie(begun.name, begun.binding, max_age=int(logins.LIFETIME.total_seconds()), **COOKIE)
    return response


def own_origin() -> str:
    """Our origin as platforms know it."""
    return host_rules().app_origin(request) or request.host_url.rstrip("/")
