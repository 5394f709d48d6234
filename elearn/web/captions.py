"""Giving a film or sound its captions, and taking them away, on the material's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext

from elearn.services import captions
from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.library import get_material
from elearn.web.caption_words import caption_language
from elearn.web.library import material_page
from elearn.web.people import current_identity, sign_in_required
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("captions", __name__)
blueprint.add_app_template_filter(caption_language)


@blueprint.post("/materials/<uid>/captions")
@sign_in_required
def add(uid: str) -> ResponseReturnValue:
    """Take captions in a language; what cannot be read is said beside the form."""
    with short_read() as session:
        get_material(session, current_identity(), uid, Action.EDIT_MATERIAL)
    file = request.files.get("file")
    data = file.stream.read(captions.LARGEST + 1) if file else b""
    try:
        staged = captions.prepare(house().storage, house().settings.staging_folder, data)
        found = get_material(g.db, current_identity(), uid, Action.EDIT_MATERIAL)
        captions.put(g.db, current_identity(), found, request.form.get("language", ""), staged)
    except ServiceError as refused:
        if not refused.code.startswith("captions_"):
            raise
        found = get_material(g.db, current_identity(), uid, Action.EDIT_MATERIAL)
        return material_page(g.db, found, refused, "captions"), refused.status
    flash(gettext("The captions are there."), "success")
    return redirect(url_for("library.material", uid=uid) + "#captions", 303)


@blueprint.post("/materials/<uid>/captions/<language>/delete")
@sign_in_required
def delete(uid: str, language: str) -> ResponseReturnValue:
    """Take captions away."""
    found = get_material(g.db, current_identity(), uid, Action.EDIT_MATERIAL)
    captions.remove(g.db, current_identity(), found, language)
    flash(gettext("The captions have been removed."), "success")
    return redirect(url_for("library.material", uid=uid) + "#captions", 303)
