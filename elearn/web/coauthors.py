"""Co-authors: naming them beside the description of a draft, and the page on which they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.models.material import Status
from elearn.services import coauthors
from elearn.services.access import Action
from elearn.services.access.reach import owns
from elearn.services.authorship import Verdict, authorship_of
from elearn.services.errors import ServiceError
from elearn.services.library import get_material
from elearn.web.authored import record_authored
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.services.authorship import Authorship

blueprint = Blueprint("coauthors", __name__)

LONGEST_QUESTION = 100


@blueprint.app_template_global()
def authorship(material: Material) -> Authorship | None:
    """What a material is worth to its authors, for those of them who look at it."""
    identity = current_identity()
    named = {row.person_id for row in material.co_authors if row.confirmed_at is not None}
    is_theirs = owns(identity, material) or (identity.person_id is not None and identity.person_id in named)
    return authorship_of(g.db, material) if is_theirs else None


@blueprint.app_template_global()
def coauthorships_waiting() -> int:
    """How many materials wait for the reader's answer."""
    return len(coauthors.waiting_for(g.db, current_identity()))


@blueprint.get("/materials/<uid>/coauthors")
@sign_in_required
def choose(uid: str) -> ResponseReturnValue:
    """Who is named, and a search for more among the colleagues."""
    identity = current_identity()
    material = get_material(g.db, identity, uid, Action.SUBMIT_MATERIAL)
    question = request.args.get("who", "")[:LONGEST_QUESTION]
    found = coauthors.candidates(g.db, identity, material, question)
    return render_template("coauthors/choose.html", material=material, question=question, found=found)


@blueprint.post("/materials/<uid>/coauthors")
@sign_in_required
def change(uid: str) -> ResponseReturnValue:
    """Name somebody, or take a name back."""
    material = get_material(g.db, current_identity(), uid)
    act = coauthors.remove if "remove" in request.form else coauthors.name
    chosen = request.form.get("remove") or request.form.get("name", "")
    try:
        act(g.db, current_identity(), material, chosen)
    except ServiceError as refused:
        if not owns(current_identity(), material):
            raise
        flash(sentence_for(refused), "error")
    is_draft = material.status is Status.DRAFT
    return redirect(url_for("coauthors.choose" if is_draft else "library.material", uid=uid), 303)


@blueprint.get("/coauthorships")
@sign_in_required
def waiting() -> ResponseReturnValue:
    """What waits for the reader's confirmation."""
    rows = coauthors.waiting_for(g.db, current_identity())
    return render_template("coauthors/waiting.html", rows=rows, materials=coauthors.materials_of(g.db, rows))


@blueprint.post("/coauthorships/<uid>")
@sign_in_required
def answer(uid: str) -> ResponseReturnValue:
    """Confirm or decline; a confirmation of something published counts from its submission."""
    confirms = request.form.get("answer") == "confirm"
    material = coauthors.answer(g.db, current_identity(), uid, confirms=confirms)
    if not confirms:
        flash(gettext("Declined. You are not named as co-author."), "success")
        return redirect(url_for("coauthors.waiting"), 303)
    if material.status is Status.PUBLISHED and record_authored(material).verdict is Verdict.COUNTS:
        flash(gettext("Confirmed. The lesson counts for you from the day it was submitted."), "success")
    else:
        flash(gettext("Confirmed. You are named as co-author."), "success")
    return redirect(url_for("coauthors.waiting"), 303)
