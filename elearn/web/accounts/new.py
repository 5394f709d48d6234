"""A new account: for a person of the register or for somebody else, invited by mail or by a printed link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from elearn.models.account import Role
from elearn.services import account as accounts
from elearn.services import mail
from elearn.services.access import EVERYDAY_ROLES, MANAGERS, Action, may
from elearn.services.account.joining import join
from elearn.services.errors import ServiceError
from elearn.web.administration.units import chosen_unit
from elearn.web.forms import Form, required
from elearn.web.labels import ROLES
from elearn.web.people import current_identity, needs_role
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.account import Account
    from elearn.models.organisation import Unit

EMAIL = Regexp(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,189}\Z", message=lazy_gettext("Invalid email address."))


class AccountForm(Form):
    """Whom the account is for, how it signs in, and what it may do."""

    person = StringField(
        lazy_gettext("Personal code"),
        [Optional(), Length(max=32)],
        description=lazy_gettext("The code in the register (mã định danh). Empty for somebody who is not in it."),
    )
    display_name = StringField(
        lazy_gettext("Full name"),
        [Optional(), Length(max=300)],
        description=lazy_gettext("Taken from the register when it is left empty."),
    )
    login = StringField(
        lazy_gettext("Login"),
        [*required(), Length(max=64)],
        description=lazy_gettext("Small letters, digits, dot, hyphen; for example nguyen.van.an"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    email = StringField(lazy_gettext("E-mail"), [Optional(), EMAIL], render_kw={"type": "email"})
    role = SelectField(lazy_gettext("Role"), required())


def register(blueprint: Blueprint) -> None:
    """Add the route of the form."""
    blueprint.add_url_rule("/administration/accounts/new", endpoint="new", view_func=new, methods=["GET", "POST"])


def grantable_roles(unit: Unit) -> list[Role]:
    """The roles that the present person may hand out at a unit."""
    administers = may(current_identity(), Action.ADMINISTER, unit)
    return [role for role in Role if administers or role in EVERYDAY_ROLES]


@needs_role(MANAGERS)
def new() -> ResponseReturnValue:
    """Make an account and say how its holder gets in."""
    unit = chosen_unit(request.args.get("unit"))
    form = AccountForm(role=Role.TEACHER.value, person=request.args.get("person", ""))
    form.role.choices = [(role.value, ROLES[role]) for role in grantable_roles(unit)]
    sentence, status = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            return _made(unit, form)
        except ServiceError as refused:
            sentence, status = sentence_for(refused), refused.status
    page = render_template(
        "accounts/new.html", form=form, unit=unit, refusal=sentence, can_mail=mail.can_send(house().settings)
    )
    return page, status


def _made(unit: Unit, form: AccountForm) -> ResponseReturnValue:
    account = join(
        g.db,
        current_identity(),
        unit,
        Role(form.role.data),
        login=form.login.data,
        display_name=form.display_name.data or "",
        person_code=(form.person.data or "").strip(),
        email=form.email.data or "",
    )
    return invited(account, by_mail=request.form.get("how") == "mail")


def invited(account: Account, *, by_mail: bool) -> ResponseReturnValue:
    """Invite the holder of an account: the mail goes out, or the page with the link to hand over is shown."""
    identity = current_identity()
    site = request.host_url.rstrip("/")
    if by_mail:
        if not mail.can_send(house().settings):
            raise ServiceError("mail_not_set_up")
        accounts.invite_by_mail(g.db, identity, account, site)
        flash(gettext("The invitation goes to %(email)s within a minute.", email=account.email), "success")
        return redirect(url_for("accounts.one", uid=account.uid), 303)
    token = accounts.invite(g.db, identity, account)
    return render_template("accounts/invited.html", account=account, address=f"{site}/invitation/{token}")
