"""Requests of transfer: what waits, receiving somebody, declining, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from elearn.services import people
from elearn.services.access import Action, may, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.people import get_transfer, open_transfers
from elearn.services.spans import DAY
from elearn.web.administration.fields import shown
from elearn.web.administration.steps import Step, take
from elearn.web.forms import Form
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.register import blueprint
from elearn.web.register.forms import WorkForm, of_post, reason_field

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.people import Transfer


class DeclineForm(Form):
    """Why somebody is not received."""

    reason = reason_field()


def _trail(title: str) -> list[tuple[str, str]]:
    listing = (gettext("Transfers"), url_for("register.transfers"))
    return [(gettext("Administration"), url_for("admin.start")), listing, (title, "")]


@blueprint.get("/administration/transfers")
@needs_role(WATCHERS)
def transfers() -> ResponseReturnValue:
    """The requests that wait at one of this person's units."""
    identity = current_identity()
    return render_template(
        "register/transfers.html",
        waiting=open_transfers(g.db, identity),
        receives=lambda request: may(identity, Action.MANAGE_UNIT, request.to_unit),
        releases=lambda request: may(identity, Action.MANAGE_UNIT, request.from_unit),
        shown=shown,
    )


@blueprint.route("/administration/transfers/<uid>/accept", methods=["GET", "POST"])
@sign_in_required
def accept_transfer(uid: str) -> ResponseReturnValue:
    """Receive a person with the work at the new unit."""
    request = get_transfer(g.db, current_identity(), uid)
    require(current_identity(), Action.MANAGE_UNIT, request.to_unit)
    form = WorkForm(load_programme(g.db), data=of_post(request.post) if request.post else {})

    def apply() -> str:
        people.accept_transfer(g.db, current_identity(), request, **form.work())
        return url_for("register.person", uid=request.person.uid)

    title = gettext("Receive %(name)s", name=request.person.full_name)
    return take(
        Step(
            title=title,
            lead=gettext("What the person does at %(unit)s", unit=request.to_unit.name),
            form=form,
            told=lambda: _told(request),
            apply=apply,
            done=gettext("Received. The post at the old unit ends on the day before."),
            back=url_for("register.transfers"),
            trail=_trail(title),
        )
    )


def _told(request: Transfer) -> list[str]:
    return [
        gettext(
            "%(last)s is the last day of %(name)s at %(old)s; from %(first)s the main post is at %(new)s.",
            name=request.person.full_name,
            old=request.from_unit.name,
            new=request.to_unit.name,
            last=shown(request.first_day - DAY),
            first=shown(request.first_day),
        )
    ]


@blueprint.route("/administration/transfers/<uid>/decline", methods=["GET", "POST"])
@sign_in_required
def decline_transfer(uid: str) -> ResponseReturnValue:
    """Do not receive a person; nothing changes."""
    request = get_transfer(g.db, current_identity(), uid)
    require(current_identity(), Action.MANAGE_UNIT, request.to_unit)
    form = DeclineForm()
    words = {"name": request.person.full_name, "old": request.from_unit.name}

    def apply() -> str:
        people.decline_transfer(g.db, current_identity(), request, form.reason.data)
        return url_for("register.transfers")

    title = gettext("Decline the transfer of %(name)s", name=words["name"])
    return take(
        Step(
            title=title,
            form=form,
            told=lambda: [gettext("%(name)s stays at %(old)s; the manager there reads your reason.", **words)],
            apply=apply,
            done=gettext("Declined."),
            back=url_for("register.transfers"),
            trail=_trail(title),
            is_danger=True,
        )
    )


@blueprint.post("/administration/transfers/<uid>/withdraw")
@sign_in_required
def withdraw_transfer(uid: str) -> ResponseReturnValue:
    """Take a request back."""
    request = get_transfer(g.db, current_identity(), uid)
    people.withdraw_transfer(g.db, current_identity(), request)
    flash(gettext("The request was taken back; the post goes on as before."), "success")
    return redirect(url_for("register.transfers"), 303)
