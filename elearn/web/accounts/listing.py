"""The accounts of a unit, and the search among all that are within reach."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import g, render_template, request, url_for

from elearn.models.account import Role
from elearn.services import account as accounts
from elearn.services.access import MANAGERS
from elearn.web.administration.units import chosen_unit, units_to_choose
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs_role

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

PER_PAGE = 50


def register(blueprint: Blueprint) -> None:
    """Add the route of the list."""
    blueprint.add_url_rule("/administration/accounts", endpoint="index", view_func=index)


@needs_role(MANAGERS)
def index() -> ResponseReturnValue:
    """Accounts of a unit by given name; with words, those the words find."""
    identity, unit = current_identity(), chosen_unit(request.args.get("unit"))
    words, page = request.args.get("q", "").strip()[:100], read_page(request.args)
    role = next((role for role in Role if role.value == request.args.get("role")), None)
    if words:
        found = accounts.find_accounts(g.db, identity, words)
        shown = accounts.AccountPage(len(found), found)
    else:
        offset = (page - 1) * PER_PAGE
        shown = accounts.accounts_of_unit(g.db, identity, unit, role=role, limit=PER_PAGE, offset=offset)
    return render_template(
        "accounts/index.html",
        shown=shown,
        unit=unit,
        units=units_to_choose(unit),
        role=role,
        roles=list(Role),
        words=words,
        page=page,
        pages=1 if words else ceil(shown.total / PER_PAGE),
        page_address=lambda number: url_for("accounts.index", unit=unit.code, role=role, page=number),
    )
