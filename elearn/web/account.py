"""Signing in and out, passwords, one's own sessions, and the first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, Length

from elearn.models.account import Account
from elearn.services import account as accounts
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.lti.own_links import end_own_link, own_links
from elearn.web import people
from elearn.web.devices import end_own_session, own_sessions
from elearn.web.errors import request_id
from elearn.web.forms import Form, required
from elearn.web.known_devices import present_device
from elearn.web.people import current_identity, safe_next, sign_in_required
from elearn.web.sentences import refusal as sentence_for
from elearn.web.sessions import current_session
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("account", __name__)

MOST_DIGITS = 9  # of the key of a row

_NEW_HELP = lazy_gettext(
    "At least %(length)s characters. A short sentence is easy to remember.", length=accounts.STAFF_LENGTH
)
_CURRENT = {"autocomplete": "current-password", "maxlength": 1000}
_NEW = {"autocomplete": "new-password", "maxlength": 1000}


class SignInForm(Form):
    """Login and password."""

    login = StringField(
        lazy_gettext("Login"),
        required(),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True},
    )
    password = PasswordField(lazy_gettext("Password"), required(), render_kw=_CURRENT)


class NewPasswordForm(Form):
    """A new password, typed twice."""

    new = PasswordField(lazy_gettext("New password"), required(), description=_NEW_HELP, render_kw=_NEW)
    again = PasswordField(
        lazy_gettext("New password again"),
        [*required(), EqualTo("new", lazy_gettext("The two passwords differ."))],
        render_kw=_NEW,
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = PasswordField(lazy_gettext("Current password"), required(), render_kw=_CURRENT)


class SetupForm(NewPasswordForm):
    """Name, login and password of the first administrator."""

    display_name = StringField(
        lazy_gettext("Full name"), [*required(), Length(max=300)], render_kw={"autocomplete": "name"}
    )
    login = StringField(
        lazy_gettext("Login"),
        [*required(), Length(max=64)],
        description=lazy_gettext("Small letters, digits, dot, hyphen; for example nguyen.van.an"),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in, and go on to the page that sent here."""
    onward = safe_next(request.args.get("next"))
    if not current_identity().is_anonymous:
        return redirect(onward or url_for("home.start"), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, onward, status=422 if form.errors else 200)
    try:
        identity = accounts.authenticate(
            house().database,
            form.login.data,
            form.password.data,
            address=request.remote_addr or "",
            device=present_device(),
            request_id=request_id(),
        )
    except ServiceError as refusal:
        return _sign_in_page(form, onward, refusal, status=refusal.status)
    people.sign_in(identity.account_id)
    return redirect(onward or url_for("home.start"), 303)


def _sign_in_page(form: Form, onward: str | None, refusal: ServiceError | None = None, *, status: int) -> Any:
    sentence = sentence_for(refusal) if refusal else None
    ended = request.args.get("ended") == "upload"
    page = render_template("account/sign_in.html", form=form, next=onward, refusal=sentence, ended=ended)
    headers = {"Retry-After": str(refusal.params["seconds"])} if refusal and "seconds" in refusal.params else {}
    return page, status, headers


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    people.sign_out()
    response = redirect(url_for("home.start"), 303)
    # What the browser kept of personal pages goes with the session.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/account")
@sign_in_required
def overview() -> ResponseReturnValue:
    """One's own account."""
    return _overview(ChangePasswordForm())


def _overview(form: Form, refusal: ServiceError | None = None, status: int = 200) -> ResponseReturnValue:
    with short_read() as database:
        account = database.get_one(Account, current_identity().account_id)
        roles = [(grant.role, grant.unit.name) for grant in accounts.grants_of(database, account)]
        page = render_template(
            "account/overview.html",
            form=form,
            roles=roles,
            sessions=own_sessions(database, account.id, current_session().digest),
            links=own_links(database, current_identity()),
            refusal=sentence_for(refusal) if refusal else None,
        )
    return page, status


@blueprint.post("/account/password")
@sign_in_required
def change_password() -> ResponseReturnValue:
    """Change one's own password; all other sessions end."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _overview(form, status=422)
    try:
        _change(form)
    except ServiceError as refusal:
        return _overview(form, refusal, refusal.status)
    return redirect(url_for("account.overview"), 303)


@blueprint.route("/account/new-password", methods=["GET", "POST"])
@sign_in_required
def new_password() -> ResponseReturnValue:
    """Replace a password that somebody else chose, before anything else can be done."""
    if not current_session().must_change_password:
        return redirect(url_for("account.overview"), 303)
    form = ChangePasswordForm()
    sentence, status = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _change(form)
        except ServiceError as refusal:
            sentence, status = sentence_for(refusal), refusal.status
        else:
            return redirect(url_for("home.start"), 303)
    return render_template("account/new_password.html", form=form, refusal=sentence), status


def _change(form: ChangePasswordForm) -> None:
    session = current_session()
    accounts.change_password(
        house().database, current_identity(), form.old.data, form.new.data, keep_session=session.digest
    )
    session.replace_token()
    flash(gettext("Your password was changed. You are signed out everywhere else."), "success")


@blueprint.post("/account/sessions/end")
@sign_in_required
def end_session() -> ResponseReturnValue:
    """End one other session of one's own."""
    end_own_session(g.db, current_identity().account_id, request.form.get("session", ""))
    flash(gettext("That session was ended."), "success")
    return redirect(url_for("account.overview"), 303)


@blueprint.post("/account/links/end")
@sign_in_required
def end_link() -> ResponseReturnValue:
    """Let a learning platform speak for one's own account no more."""
    key = request.form.get("link", "")
    is_key = key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS
    platform = end_own_link(g.db, current_identity(), int(key) if is_key else None)
    flash(gettext("%(platform)s is not linked to your account any more.", platform=platform.name), "success")
    return redirect(url_for("account.overview"), 303)


@blueprint.post("/account/sign-out-everywhere")
@sign_in_required
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of one's own but this."""
    account = g.db.get_one(Account, current_identity().account_id)
    accounts.sign_out_everywhere(g.db, account, keep=current_session().digest)
    flash(gettext("You are signed out everywhere else."), "success")
    return redirect(url_for("account.overview"), 303)


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> ResponseReturnValue:
    """Create the first administrator through the one-time link that the first start prints."""
    with short_read() as database:
        if not accounts.setup_token_holds(database, token):
            raise ForbiddenError("setup_expired")
    form = SetupForm()
    sentence, status = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            accounts.check_password(form.new.data, form.login.data)
            account = _first_administrator(token, form)
        except ServiceError as refusal:
            sentence, status = sentence_for(refusal), refusal.status
        else:
            people.sign_in(account.id)
            flash(gettext("Welcome. You are the first administrator of this library."), "success")
            return redirect(url_for("home.start"), 303)
    return render_template("account/setup.html", form=form, refusal=sentence), status


def _first_administrator(token: str, form: SetupForm) -> Account:
    hashed = accounts.hash_password(form.new.data)  # before the write transaction begins
    return accounts.use_setup_token(
        g.db, token, login=form.login.data, display_name=form.display_name.data, password_hash=hashed
    )
