"""The second step of a launch: a signed message comes back, from the browser in which the login began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import make_response, redirect, render_template, request, url_for

from elearn.lti.claims import MessageType, launch_of
from elearn.lti.values import origin_of
from elearn.services.errors import ServiceError
from elearn.services.lti import events, keysets, launching, logins
from elearn.services.lti.arriving import Arrival, admit
from elearn.services.lti.keys import ensure_key
from elearn.web.handles import PREFIX
from elearn.web.lti import here
from elearn.web.lti.login import COOKIE
from elearn.web.lti.refusing import about, refuses
from elearn.web.security import takes_messages
from elearn.web.transactions import house, short_write

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from flask.typing import ResponseReturnValue

    from elearn.lti.claims import Launch
    from elearn.models.lti import LtiLogin
    from elearn.services.lti.launching import Opened


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/lti/launch", endpoint="launch", view_func=launch, methods=["POST"])
    blueprint.add_url_rule("/lti/launch/confirm", endpoint="confirm", view_func=confirm, methods=["POST"])


@takes_messages
@refuses("launch")
def launch() -> ResponseReturnValue:
    """Judge a message; without a cookie the browser is asked what else it has kept."""
    login = _claimed()
    token = request.form.get("id_token", "")
    claims = keysets.judge(house(), login.platform, token, login.nonce)
    arrival = admit(house().database, login, _told(login, claims), claims)
    name = logins.storage_name(login)
    binding = request.cookies.get(name)
    if binding is None:
        return _asked_for_binding(login, claims)
    logins.check_binding(login, binding)
    response = open_arrival(arrival)
    response.delete_cookie(name, **COOKIE)
    return response


@takes_messages
@refuses("launch")
def confirm() -> ResponseReturnValue:
    """Go on with a message that waits for what the browser has kept."""
    login, claims = logins.confirm(house().database, request.form.get("code", ""))
    about().come_from(login.platform)
    logins.check_binding(login, request.form.get("binding", ""))
    return open_arrival(admit(house().database, login, _told(login, claims), claims))


def _claimed() -> LtiLogin:
    login = logins.claim(house().database, request.form.get("state", ""))
    about().come_from(login.platform)
    error = request.form.get("error", "")
    if error:
        reason = request.form.get("error_description") or error
        raise ServiceError("lti_platform_refused", platform=login.platform.name, reason=reason[:300])
    return login


def _told(login: LtiLogin, claims: dict[str, Any]) -> Launch:
    told = launch_of(claims, login.platform.client_id)
    about().deployment = told.deployment_id
    about().params |= {"message": told.message.value, "link": told.link.title, "context": told.context.title}
    return told


def _asked_for_binding(login: LtiLogin, claims: dict[str, Any]) -> Response:
    """The page whose script shows the binding. It says nothing of the message: it may be somebody else's browser."""
    page = render_template(
        "lti/confirm.html",
        code=logins.put_off(house().database, login, claims),
        name=logins.storage_name(login),
        storage_target=login.storage_target,
        storage_origin=origin_of(login.platform.authorization_endpoint),
    )
    return make_response(page)


def open_arrival(arrival: Arrival) -> Response:
    """Let somebody in, and lead the browser to where the launch begins."""
    if arrival.launch.message is MessageType.DEEP_LINKING:
        ensure_key(house().database)  # it will sign what is picked
    browser = launching.Browser(request.user_agent.string, request.remote_addr or "")
    with short_write() as session:
        opened = launching.open_launch(session, arrival, browser, house().settings.timezone)
        about().account_id = opened.account_id
        events.add(session, "launch", about())
    response = make_response(redirect(f"{PREFIX}/{opened.handle}{_start(opened)}", 303))
    if arrival.launch.is_teaching:
        here.mark(response, opened.handle)
    return response


def _start(opened: Opened) -> str:
    if opened.message is MessageType.DEEP_LINKING:
        return url_for("picker.search")
    if opened.message is MessageType.SUBMISSION_REVIEW:
        return url_for("activity.review")
    return url_for("player.shell", uid=opened.attempt) if opened.attempt else url_for("activity.start")
