"""Files that are held back, for administrators: who brought them, what they are and why; release or delete."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.models.account import Role
from elearn.services.errors import ServiceError
from elearn.services.safety import quarantine
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs_role
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    Decide = Callable[..., None]

blueprint = Blueprint("quarantine", __name__)

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PER_PAGE = 30


@blueprint.get("/administration/quarantine")
@needs_role(ADMINISTRATORS)
def index() -> ResponseReturnValue:
    """What is held back, newest first."""
    return _page()


@blueprint.post("/administration/quarantine/<sha256>/release")
@needs_role(ADMINISTRATORS)
def release(sha256: str) -> ResponseReturnValue:
    """Hand a file out in spite of the scanner."""
    return _decide(quarantine.release, sha256, gettext("The file is released. It can be opened and published now."))


@blueprint.post("/administration/quarantine/<sha256>/delete")
@needs_role(ADMINISTRATORS)
def delete(sha256: str) -> ResponseReturnValue:
    """Delete the drafts made of a file; what others have seen is withdrawn."""
    return _decide(quarantine.remove, sha256, gettext("The material is gone, or withdrawn where others have used it."))


def _decide(decide: Decide, sha256: str, done: str) -> ResponseReturnValue:
    try:
        decide(g.db, current_identity(), sha256, request.form.get("reason", ""))
    except ServiceError as refused:
        if refused.code != "decision_needs_reason":
            raise
        return _page(sha256, sentence_for(refused)), 422
    flash(done, "success")
    return redirect(url_for("quarantine.index"), 303)


def _page(blamed: str = "", error: str = "") -> str:
    page = read_page(request.args)
    total, held = quarantine.held_files(g.db, current_identity(), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "administration/quarantine.html",
        total=total,
        held=held,
        blamed=blamed,
        error=error,
        has_scanner=house().settings.scanner is not None,
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("quarantine.index", page=number),
    )
