"""Accepting an invitation: the holder of the link chooses a password and is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from elearn.services import account as accounts
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.web import people
from elearn.web.account import NewPasswordForm
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import short_read

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the route of the link."""
    blueprint.add_url_rule("/invitation/<token>", endpoint="accept", view_func=accept, methods=["GET", "POST"])


def accept(token: str) -> ResponseReturnValue:
    """Choose the password of the account one is invited to."""
    with short_read() as database:
        account = accounts.invited_account(database, token)
        if account is None:
            raise ForbiddenError("invitation_over")
        name, login = account.display_name, account.login or ""
    form = NewPasswordForm()
    sentence, status = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            accounts.check_password(form.new.data, login)
            hashed = accounts.hash_password(form.new.data)  # before the write transaction begins
            account = accounts.accept(g.db, token, hashed)
        except ServiceError as refused:
            sentence, status = sentence_for(refused), refused.status
        else:
            people.sign_in(account.id)
            flash(gettext("Welcome. Next time sign in as %(login)s.", login=login), "success")
            return redirect(url_for("home.start"), 303)
    page = render_template("accounts/accept.html", form=form, name=name, login=login, refusal=sentence)
    return page, status
