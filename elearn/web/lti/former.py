"""Launches by LTI 1.1, where an operator has switched them on: one signed form, sent to the address of the activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from elearn.services.errors import ForbiddenError
from elearn.services.lti import former
from elearn.web.lti.launch import open_arrival
from elearn.web.lti.login import own_origin
from elearn.web.lti.refusing import about, refuses
from elearn.web.security import takes_messages
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the route."""
    blueprint.add_url_rule("/lti/open/<path:place>", endpoint="former", view_func=launch, methods=["POST"])


@takes_messages
@refuses("launch")
def launch(place: str) -> ResponseReturnValue:
    """Judge a form and let its user in."""
    del place
    about().client_id = request.form.get("oauth_consumer_key", "")
    if not house().settings.former_lti:
        raise ForbiddenError("lti_former_off")
    address = own_origin() + request.full_path.rstrip("?")
    arrival = former.arrive(house().database, request.form.to_dict(), address)
    about().come_from(arrival.platform)
    return open_arrival(arrival)
