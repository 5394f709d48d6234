"""Contributing: the upload, what was found in the file, what its author says of it, and the list of one's own."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services import duplicates, library, review
from elearn.services.access import Action, may
from elearn.services.contribute import create_material, proposed_metadata
from elearn.services.contributors import last_returns, units_to_contribute
from elearn.services.errors import ServiceError
from elearn.services.guessing import guess_of
from elearn.services.library import get_material, pictures_of
from elearn.web.display import file_size
from elearn.web.facets import read_page
from elearn.web.material_form import MaterialForm, SoftwareForm
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.playing import playing_form
from elearn.web.programme import load_programme
from elearn.web.receiving import nothing_sent, take_file
from elearn.web.security import takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.services.contribute import Intake

blueprint = Blueprint("contribute", __name__)

PER_PAGE = 30


@blueprint.get("/contribute")
@needs(Action.CONTRIBUTE)
def upload() -> ResponseReturnValue:
    """The form for a new file."""
    return _upload_page()


@needs(Action.CONTRIBUTE)
def _too_large() -> ResponseReturnValue:
    """The form again, with what may be sent; the body was not read."""
    limit = house().settings.upload_limit
    error = gettext(
        "The file has about %(size)s; at most %(limit)s can be taken. Make it smaller, for example with shorter "
        "videos, or split it into several lessons. Nothing was stored.",
        size=file_size(request.content_length or limit),
        limit=file_size(limit),
    )
    return _upload_page(error=error, reads_form=False), 413


@blueprint.post("/contribute")
@takes_upload(_too_large)
@needs(Action.CONTRIBUTE)
def receive_upload() -> ResponseReturnValue:
    """Receive, examine and keep a file; only then, in one transaction, the rows that name it."""
    if error := nothing_sent():
        return _upload_page(error=error), 422
    unit = _chosen_unit()
    if unit is None:
        return _upload_page(error=gettext("Choose one of your units.")), 422
    return take_file(
        use=lambda intake: redirect(url_for("contribute.edit", uid=_create(unit, intake).uid), 303),
        refuse=lambda intake: (_upload_page(intake), 422),
        too_large=_too_large,
    )


def _create(unit: Unit, intake: Intake) -> Material:
    proposed = proposed_metadata(intake, current_identity())
    if intake.facts.kind.value == "software":
        proposed = SoftwareForm().fill(proposed)
    return create_material(g.db, current_identity(), g.db.merge(unit, load=False), intake, proposed)


def _chosen_unit() -> Unit | None:
    with short_read() as session:
        units = units_to_contribute(session, current_identity())
    wanted = request.form.get("unit", "")
    return next((unit for unit in units if unit.uid == wanted or not wanted), None)


def _upload_page(intake: Intake | None = None, error: str = "", *, reads_form: bool = True) -> str:
    with short_read() as session:
        units = units_to_contribute(session, current_identity())
        return render_template(
            "contribute/upload.html",
            units=units,
            chosen=request.form.get("unit", "") if reads_form else "",
            software=SoftwareForm() if reads_form else SoftwareForm(formdata=None),
            intake=intake,
            error=error,
            limit=house().settings.upload_limit,
        )


@blueprint.route("/materials/<uid>/edit", methods=["GET", "POST"])
@sign_in_required
def edit(uid: str) -> ResponseReturnValue:
    """What is said of a material; saved, or saved and submitted."""
    material = get_material(g.db, current_identity(), uid, Action.EDIT_MATERIAL)
    form = MaterialForm(material, load_programme(g.db, with_levels=True))
    if request.method == "GET":
        return edit_page(material, form)
    if "take" in request.form:
        form.take(request.form["take"])
        return edit_page(material, form)
    if not form.validate():
        return edit_page(material, form), 422
    submits = "submit" in request.form
    try:
        library.edit(g.db, current_identity(), material, form.metadata())
        if submits:
            review.submit(g.db, current_identity(), material)
    except ServiceError as refused:
        if not form.blame(refused.code, sentence_for(refused)):
            raise
        return edit_page(material, form), 422
    flash(gettext("Saved and sent to the reviewers.") if submits else gettext("Saved."), "success")
    return redirect(url_for("library.material", uid=uid), 303)


def edit_page(material: Material, form: MaterialForm) -> str:
    """The page of the form, with whatever the form holds now."""
    identity, version = current_identity(), material.current_version
    return render_template(
        "contribute/edit.html",
        material=material,
        version=version,
        form=form,
        may_change_file=may(identity, Action.CHANGE_FILE, material),
        may_submit=may(identity, Action.SUBMIT_MATERIAL, material),
        twins=duplicates.twins_of(g.db, identity, material),
        picture=pictures_of(g.db, [material]).get(material.id, ""),
        programme=form.programme,
        offered=form.offers(guess_of(g.db, material)),
        playing=playing_form(material),
    )


@blueprint.get("/contribute/mine")
@sign_in_required
def mine() -> ResponseReturnValue:
    """The materials of whoever asks, last changed first."""
    page = read_page(request.args)
    total, materials = library.own(g.db, current_identity(), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "contribute/mine.html",
        total=total,
        materials=materials,
        returns=last_returns(g.db, materials),
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("contribute.mine", page=number),
        pictures=pictures_of(g.db, materials),
        programme=load_programme(g.db),
    )
