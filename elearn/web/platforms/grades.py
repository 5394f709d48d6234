"""The grades that a platform has refused or could not be told yet, and sending them again."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext

from elearn.services.lti.platforms import administered_platform
from elearn.services.lti.undelivered import retry_platform, undelivered_of
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs_role
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.told import reason

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

PER_PAGE = 50
LARGEST_KEY = 2**31 - 1


def register(blueprint: Blueprint) -> None:
    """Add the routes of grades."""
    address = "/administration/platforms/<uid>/grades"
    blueprint.add_url_rule(address, endpoint="grades", view_func=grades)
    blueprint.add_url_rule(address, endpoint="grades_again", view_func=again, methods=["POST"])


@needs_role(ADMINISTRATORS)
def grades(uid: str) -> ResponseReturnValue:
    """Whose grades did not arrive, and why."""
    platform, page = administered_platform(g.db, current_identity(), uid), read_page(request.args)
    shown = undelivered_of(g.db, platform, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "platforms/grades.html",
        platform=platform,
        shown=shown,
        reason=reason,
        page=page,
        pages=ceil(shown.total / PER_PAGE),
        page_address=lambda number: url_for("platforms.grades", uid=uid, page=number),
    )


@needs_role(ADMINISTRATORS)
def again(uid: str) -> ResponseReturnValue:
    """Send one grade again, or all of them."""
    platform = administered_platform(g.db, current_identity(), uid)
    chosen = request.form.get("grade", type=int)
    is_known = "grade" not in request.form or (chosen is not None and 0 < chosen <= LARGEST_KEY)
    count = retry_platform(g.db, current_identity(), platform, chosen) if is_known else 0
    flash(
        ngettext("%(num)s grade is sent again now.", "%(num)s grades are sent again now.", count),
        "success" if count else "info",
    )
    return redirect(url_for("platforms.grades", uid=uid), 303)
