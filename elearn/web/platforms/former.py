"""Keys of LTI 1.1, where an operator has switched it on (ELEARN_LTI_1_1); elsewhere these pages do not exist."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services.access import Action
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.lti import former_keys
from elearn.web.administration.units import chosen_unit, units_to_choose
from elearn.web.people import current_identity, needs_role
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.site import our_tool
from elearn.web.platforms.told import refused
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    where = "/administration/platforms/former-keys"
    blueprint.add_url_rule(where, endpoint="former_keys", view_func=overview)
    blueprint.add_url_rule(where, endpoint="add_former_key", view_func=add, methods=["POST"])
    blueprint.add_url_rule(
        f"{where}/<int(max=2147483647):key>/remove", endpoint="remove_former_key", view_func=remove, methods=["POST"]
    )


def _where_switched_on(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if house().settings.former_lti else abort(404)

    return guarded


@_where_switched_on
@needs_role(ADMINISTRATORS)
def overview() -> ResponseReturnValue:
    """The keys within reach, and the form for another one."""
    return _page()


def _page(error: ServiceError | None = None, made: tuple[str, str] | None = None) -> ResponseReturnValue:
    unit = chosen_unit(request.values.get("unit"), ADMINISTRATORS, Action.ADMINISTER)
    page = render_template(
        "platforms/former_keys.html",
        rows=former_keys.keys_within(g.db, current_identity()),
        unit=unit,
        units=units_to_choose(unit, Action.ADMINISTER),
        tool=our_tool(g.db),
        made=made,
        key=request.form.get("key", "") if error else "",
        longest=former_keys.LONGEST_KEY,
        refusal=refused(error) if error else None,
    )
    response = make_response(page, error.status if error else 200)
    if made:
        response.headers["Cache-Control"] = "no-store"
    return response


@_where_switched_on
@needs_role(ADMINISTRATORS)
def add() -> ResponseReturnValue:
    """Make a key; the answer shows its secret, once."""
    unit = chosen_unit(request.form.get("unit"), ADMINISTRATORS, Action.ADMINISTER)
    key = request.form.get("key", "").strip()
    try:
        secret = former_keys.add_key(g.db, current_identity(), unit, key)
    except ConflictError as error:
        return _page(error)
    except ServiceError as error:
        if error.code != "lti_former_key_form":
            raise
        return _page(error)
    return _page(made=(key, secret))


@_where_switched_on
@needs_role(ADMINISTRATORS)
def remove(key: int) -> ResponseReturnValue:
    """Let a key open nothing any more."""
    name = former_keys.remove_key(g.db, current_identity(), key)
    flash(gettext("The key %(key)s opens nothing any more.", key=name), "success")
    return redirect(url_for("platforms.former_keys"), 303)
