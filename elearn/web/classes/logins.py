"""First passwords of pupils on one printable sheet, which is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, make_response, render_template, request

from elearn.services import account as accounts
from elearn.services.access import Action, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.account.pupil_logins import give_logins, new_password
from elearn.services.errors import ServiceError
from elearn.services.people.class_pages import get_class, pupil_rows
from elearn.web.classes.one import class_page, day_in
from elearn.web.people import current_identity, needs_role
from elearn.web.transactions import short_read

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the route of the sheet."""
    blueprint.add_url_rule(
        "/administration/classes/<uid>/logins", endpoint="logins", view_func=logins, methods=["POST"]
    )


@needs_role(WATCHERS)
def logins(uid: str) -> ResponseReturnValue:
    """Give the chosen pupils (none chosen: all who cannot sign in) new first passwords and show them once."""
    chosen = set(request.form.getlist("pupil"))
    with short_read() as session:  # hashing takes a while, and nobody should wait for it
        school_class = get_class(session, current_identity(), uid)
        require(current_identity(), Action.MANAGE_UNIT, school_class)
        rows = pupil_rows(session, school_class, day_in(school_class))
        wanted = [row for row in rows if (row.person.uid in chosen if chosen else row.account is None)]
        passwords = {row.person.id: new_password() for row in wanted}
        names = {row.person.id: row.person.full_name for row in wanted}
    hashes = {key: accounts.hash_password(password) for key, password in passwords.items()}
    school_class = get_class(g.db, current_identity(), uid)
    if not hashes:
        return class_page(school_class, ServiceError("nobody_to_give_logins"))
    try:
        given = give_logins(g.db, current_identity(), school_class, hashes, day_in(school_class))
    except ServiceError as refused:
        return class_page(school_class, refused)
    slips = [(names[key], given[key], passwords[key]) for key in passwords]
    site = request.host_url.rstrip("/")
    response = make_response(render_template("classes/logins.html", school_class=school_class, slips=slips, site=site))
    response.headers["Cache-Control"] = "no-store"
    return response
