"""One account: its roles, where it belongs, and everything its manager can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.models.account import Role, RoleGrant
from elearn.services import account as accounts
from elearn.services import mail
from elearn.services.access import MANAGERS
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.organisation import unit_by_code
from elearn.web.accounts.new import EMAIL, grantable_roles, invited
from elearn.web.administration.units import chosen_unit
from elearn.web.people import current_identity, needs_role
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.account import Account

    Step = Callable[[Account], ResponseReturnValue | None]


def register(blueprint: Blueprint) -> None:
    """Add the routes of an account."""
    blueprint.add_url_rule("/administration/accounts/<uid>", endpoint="one", view_func=one)
    for name, step in STEPS.items():
        blueprint.add_url_rule(
            f"/administration/accounts/<uid>/{name}", endpoint=name, view_func=_view(step), methods=["POST"]
        )


@needs_role(MANAGERS)
def one(uid: str) -> ResponseReturnValue:
    """What is known of an account, and what can be done."""
    return _page(accounts.managed_account(g.db, current_identity(), uid))


def _page(account: Account, refused: ServiceError | None = None) -> ResponseReturnValue:
    unit = chosen_unit(None)
    page = render_template(
        "accounts/one.html",
        account=account,
        grants=[grant for grant in account.grants if grant.revoked_at is None],
        unit=unit,
        roles=grantable_roles(unit),
        seen=accounts.last_seen(g.db, account),
        can_mail=mail.can_send(house().settings),
        refusal=sentence_for(refused) if refused else None,
    )
    return page, refused.status if refused else 200


def _view(step: Step) -> Callable[[str], ResponseReturnValue]:
    @needs_role(MANAGERS)
    def view(uid: str) -> ResponseReturnValue:
        account = accounts.managed_account(g.db, current_identity(), uid)
        try:
            answer = step(account)
        except ServiceError as refused:
            return _page(accounts.managed_account(g.db, current_identity(), uid), refused)
        return answer or redirect(url_for("accounts.one", uid=uid), 303)

    return view


def _invite(account: Account) -> ResponseReturnValue:
    return invited(account, by_mail=request.form.get("how") == "mail")


def _email(account: Account) -> None:
    email = request.form.get("email", "").strip()
    if email and not EMAIL.regex.match(email):
        raise ServiceError("email_form")
    accounts.set_email(g.db, current_identity(), account, email)
    flash(gettext("The e-mail address was noted."), "success")


def _disable(account: Account) -> None:
    accounts.disable_account(g.db, current_identity(), account)
    flash(gettext("The account cannot sign in any more. What it did stays."), "success")


def _enable(account: Account) -> None:
    accounts.enable_account(g.db, current_identity(), account)
    flash(gettext("The account can sign in again."), "success")


def _grant(account: Account) -> None:
    unit = unit_by_code(g.db, request.form.get("unit", "").strip())
    role = next((role for role in Role if role.value == request.form.get("role")), None)
    if unit is None or role is None:
        raise NotFoundError("unit_not_found")
    accounts.grant_role(g.db, current_identity(), account, role, unit)
    flash(gettext("The role was given."), "success")


def _revoke(account: Account) -> None:
    wanted = request.form.get("grant", "")
    grant: RoleGrant | None = next((row for row in account.grants if str(row.id) == wanted), None)
    if grant is None:
        raise NotFoundError("role_not_found")
    accounts.revoke_role(g.db, current_identity(), grant)
    flash(gettext("The role was taken back."), "success")


STEPS: dict[str, Step] = {
    "invite": _invite,
    "email": _email,
    "disable": _disable,
    "enable": _enable,
    "grant": _grant,
    "revoke": _revoke,
}
