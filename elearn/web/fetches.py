"""Taking files from addresses on the internet: asked for here, fetched by the worker, seen on the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services import fetching
from elearn.services.access import Action
from elearn.services.contributors import units_to_contribute
from elearn.services.errors import ServiceError
from elearn.web.findings import finding_sentence
from elearn.web.people import current_identity, needs
from elearn.web.sentences import REFUSALS
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.upload import Fetch

blueprint = Blueprint("fetches", __name__)
MOST_LINES = 20


@blueprint.get("/contribute/from-address")
@needs(Action.CONTRIBUTE)
def form() -> ResponseReturnValue:
    """The form, and what has become of the addresses named before."""
    return _page()


def _page(error: str = "", status: int = 200) -> ResponseReturnValue:
    identity = current_identity()
    fetches = fetching.own(g.db, identity)
    return render_template(
        "contribute/fetches.html",
        units=units_to_contribute(g.db, identity),
        fetches=[(fetch, _reason(fetch)) for fetch in fetches],
        is_busy=any(fetch.state in ("waiting", "running") for fetch in fetches),
        is_on=house().settings.fetch_minutes > 0,
        written=request.form.get("addresses", ""),
        chosen=request.form.get("unit", ""),
        limit=house().settings.upload_limit,
        most=MOST_LINES,
        error=error,
    ), status


def _reason(fetch: Fetch) -> str:
    """Why a file could not be had: a refusal of ours, or a finding about the file."""
    if not fetch.code:
        return ""
    if fetch.code in REFUSALS:
        return sentence_for(ServiceError(fetch.code, **fetch.params))
    params: dict[str, Any] = dict(fetch.params)
    return finding_sentence(fetch.code, params, gettext)


@blueprint.post("/contribute/from-address")
@needs(Action.CONTRIBUTE)
def order() -> ResponseReturnValue:
    """Ask for one file for each line; all of them, or none when one line is no address."""
    identity = current_identity()
    lines = [line.strip() for line in request.form.get("addresses", "").splitlines() if line.strip()]
    wanted = request.form.get("unit", "")
    unit = next((unit for unit in units_to_contribute(g.db, identity) if unit.uid == wanted or not wanted), None)
    if not lines or len(lines) > MOST_LINES:
        return _page(gettext("Enter between 1 and %(most)s addresses, one a line.", most=MOST_LINES), 422)
    if unit is None:
        return _page(gettext("Choose one of your units."), 422)
    if not house().settings.fetch_minutes:
        return _page(sentence_for(ServiceError("fetch_off")), 422)
    try:
        for line in lines:
            fetching.check_address(line)
        for line in dict.fromkeys(lines):
            fetching.order(g.db, identity, unit, line, {})
    except ServiceError as refused:
        return _page(sentence_for(refused), 422)
    flash(gettext("The files are being fetched. You may leave this page; they appear among your materials."), "success")
    return redirect(url_for("fetches.form"), 303)


@blueprint.post("/contribute/from-address/<uid>/again")
@needs(Action.CONTRIBUTE)
def again(uid: str) -> ResponseReturnValue:
    """Ask once more."""
    fetching.again(g.db, current_identity(), uid)
    return redirect(url_for("fetches.form"), 303)


@blueprint.post("/contribute/from-address/<uid>/forget")
@needs(Action.CONTRIBUTE)
def forget(uid: str) -> ResponseReturnValue:
    """Take it off the list, or give it up."""
    fetching.forget(g.db, current_identity(), uid)
    return redirect(url_for("fetches.form"), 303)
