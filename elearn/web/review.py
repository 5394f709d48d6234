"""The publishing form: submitting, the queue of reviewers, publishing, returning, withdrawing."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services import review, versions
from elearn.services.access import REVIEWERS, Action
from elearn.services.authorship import Verdict
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.library import get_material, pictures_of
from elearn.web.authored import record_authored
from elearn.web.facets import read_page
from elearn.web.library import material_page
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


blueprint = Blueprint("review", __name__)

PER_PAGE = 30
LONGEST_NOTE = 4000


@blueprint.get("/review")
@needs_role(REVIEWERS)
def queue() -> ResponseReturnValue:
    """What waits for this reviewer, longest waiting first."""
    page = read_page(request.args)
    total, waiting = review.queue(g.db, current_identity(), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "review/queue.html",
        total=total,
        waiting=waiting,
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("review.queue", page=number),
        pictures=pictures_of(g.db, waiting),
        versions=versions.waiting(g.db, current_identity()),
        programme=load_programme(g.db),
    )


@blueprint.post("/materials/<uid>/submit")
@sign_in_required
def submit(uid: str) -> ResponseReturnValue:
    """Hand a draft to the reviewers; what is missing leads back to the form."""
    material = get_material(g.db, current_identity(), uid)
    try:
        review.submit(g.db, current_identity(), material, _note())
    except ConflictError as refused:
        return material_page(g.db, material, refused, "status"), refused.status
    except ServiceError as refused:
        if refused.status != ServiceError.status:
            raise
        flash(sentence_for(refused), "error")
        return redirect(url_for("contribute.edit", uid=uid), 303)
    flash(gettext("Sent. A reviewer of your unit will look at it; you will see the answer here."), "success")
    return redirect(url_for("library.material", uid=uid), 303)


@blueprint.post("/materials/<uid>/publish")
@sign_in_required
def publish(uid: str) -> ResponseReturnValue:
    """Publish a submitted material; the act of making it counts for its authors from the day of submission."""
    material = get_material(g.db, current_identity(), uid)
    try:
        review.publish(g.db, current_identity(), material, _note())
    except ConflictError as refused:
        return material_page(g.db, material, refused, "status"), refused.status
    authorship = record_authored(material)
    flash(gettext("Published. People of the unit and below find it within a few seconds."), "success")
    if authorship.verdict is Verdict.DUPLICATE:
        flash(
            gettext(
                "Somebody else brought the same file, the same content or nearly the same text before, so it does "
                "not count as a lesson made."
            ),
            "warning",
        )
    if authorship.verdict is Verdict.NOT_INDEPENDENT:
        flash(
            gettext(
                "It does not count as a lesson made: your account is not linked to a person of the register other "
                "than its authors."
            ),
            "warning",
        )
    return redirect(url_for("library.material", uid=uid), 303)


@blueprint.post("/materials/<uid>/return")
@sign_in_required
def give_back(uid: str) -> ResponseReturnValue:
    """Return a submitted material to its author with a reason."""
    material = get_material(g.db, current_identity(), uid)
    try:
        review.give_back(g.db, current_identity(), material, _note())
    except ConflictError as refused:
        return material_page(g.db, material, refused, "status"), refused.status
    except ServiceError as refused:
        if refused.code != "reason_needed":
            raise
        return material_page(g.db, material, refused, "review"), 422
    flash(gettext("Returned to its author with your reason."), "success")
    return redirect(url_for("review.queue"), 303)


@blueprint.post("/materials/<uid>/withdraw")
@sign_in_required
def withdraw(uid: str) -> ResponseReturnValue:
    """Take a material out of the library, with a reason."""
    found = get_material(g.db, current_identity(), uid, Action.WITHDRAW_MATERIAL)
    try:
        review.withdraw(g.db, current_identity(), found, request.form.get("reason", ""))
    except ServiceError as refused:
        return material_page(g.db, found, refused, "withdraw"), 422
    flash(gettext("The material has been withdrawn. Addresses of its files have stopped working."), "success")
    return redirect(url_for("library.material", uid=uid), 303)


def _note() -> str:
    return request.form.get("note", "")[:LONGEST_NOTE]
