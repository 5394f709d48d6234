"""Checks: whether platforms can reach us, a launch against ourselves, and whether one platform answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template, request

from elearn.services.lti.connection import examine_platform
from elearn.services.lti.platforms import administered_platform
from elearn.services.lti.rehearsal import rehearse
from elearn.services.lti.self_check import examine_reach
from elearn.web.hosts import host_rules
from elearn.web.people import current_identity, needs_role
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.site import our_tool
from elearn.web.platforms.told import finding_sentence
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

ANY_PACKAGE = "package0"  # a label like those of real packages


def register(blueprint: Blueprint) -> None:
    """Add the routes of the checks."""
    blueprint.add_url_rule(
        "/administration/platforms/check", endpoint="check", view_func=check, methods=["GET", "POST"]
    )
    blueprint.add_url_rule(
        "/administration/platforms/<uid>/connection", endpoint="connection", view_func=connection, methods=["POST"]
    )


@needs_role(ADMINISTRATORS)
def check() -> ResponseReturnValue:
    """Check ourselves; asking takes some seconds, so it is done on demand."""
    if request.method == "GET":
        return render_template("platforms/check.html", tool=our_tool(g.db), reach=None, rehearsal=None)
    with short_read() as session:
        tool = our_tool(session)
    content = host_rules().content_address(request, ANY_PACKAGE)
    reach = examine_reach(house(), tool, is_secure=request.is_secure, content=content)
    rehearsal = rehearse(house(), tool)
    return render_template(
        "platforms/check.html", tool=tool, reach=reach, rehearsal=rehearsal, sentence=finding_sentence
    )


@needs_role(ADMINISTRATORS)
def connection(uid: str) -> ResponseReturnValue:
    """Ask a platform for its keyset and for an access token."""
    with short_read() as session:
        platform = administered_platform(session, current_identity(), uid)
    found = examine_platform(house(), platform)
    return render_template("platforms/connection.html", platform=platform, found_rows=found, sentence=finding_sentence)
