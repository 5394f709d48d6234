"""Metadata as files: LOM and Dublin Core out of the library, and a LOM into the form of a material."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, g, request
from flask_babel import gettext

from elearn.services.access import Action
from elearn.services.library import get_material, pictures_of
from elearn.services.metadata import FIELD_NAMES, metadata_of
from elearn.services.proposing import of_lom
from elearn.web.contribute import edit_page
from elearn.web.display import file_size
from elearn.web.material_form import MaterialForm
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.records import record_of
from elearn.web.security import Sending, takes_upload
from elearn.web.transactions import short_read
from scorm.manifest.lom import find_lom, read_lom
from scorm.manifest.xml_document import MAX_BYTES, parse_document
from scorm.records import dublin_core, lom_xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from elearn.services.metadata import Metadata
    from scorm.manifest.model import Lom
    from scorm.records import Record

blueprint = Blueprint("metadata_files", __name__)


@blueprint.get("/materials/<uid>/lom.xml")
def lom(uid: str) -> ResponseReturnValue:
    """What is said of a material, as LOM 1.0."""
    return _file(uid, lom_xml, "lom")


@blueprint.get("/materials/<uid>/dublin-core.xml")
def dublin(uid: str) -> ResponseReturnValue:
    """What is said of a material, as simple Dublin Core."""
    return _file(uid, dublin_core, "dublin-core")


def _file(uid: str, write: Callable[[Record], bytes], name: str) -> Response:
    with short_read() as session:
        material = get_material(session, current_identity(), uid)
        record = record_of(material, load_programme(session), pictures_of(session, [material]).get(material.id, ""))
    answer = Response(write(record), content_type="application/xml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{uid}.xml"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _too_large() -> ResponseReturnValue:
    flash(gettext("The file is larger than %(limit)s. Nothing was changed.", limit=file_size(MAX_BYTES)), "error")
    return _form_page(request.view_args["uid"] if request.view_args else "", None, 413)


@blueprint.post("/materials/<uid>/lom")
@takes_upload(_too_large, Sending(limit=lambda _settings: MAX_BYTES))
@sign_in_required
def take_lom(uid: str) -> ResponseReturnValue:
    """Put what a LOM says into the form; nothing is saved until its author does."""
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(gettext("Choose a file first."), "error")
        return _form_page(uid, None, 422)
    root, _ = parse_document(file.stream.read(MAX_BYTES + 1))
    said = read_lom(root) if find_lom(root) is not None else None
    if said is None or not any(getattr(said, name) for name in type(said).__dataclass_fields__):
        flash(gettext("There is no description (LOM) in this file. Nothing was changed."), "error")
        return _form_page(uid, None, 422)
    flash(gettext("Taken over from “%(name)s”. Look through it; nothing is saved yet.", name=file.filename), "info")
    return _form_page(uid, said, 200)


def _form_page(uid: str, said: Lom | None, status: int) -> ResponseReturnValue:
    material = get_material(g.db, current_identity(), uid, Action.EDIT_MATERIAL)
    present = metadata_of(material)
    shown = _over(present, of_lom(said)) if said else present
    programme = load_programme(g.db, with_levels=True)
    return edit_page(material, MaterialForm(material, programme, shown, formdata=None)), status


def _over(present: Metadata, said: Metadata) -> Metadata:
    """What a LOM says takes the place of what was said; what it leaves open stays. Classes come together."""
    changes = {name: getattr(said, name) for name in FIELD_NAMES if getattr(said, name)}
    if said.grades and not said.levels & present.levels:
        changes["levels"] = present.levels | said.levels
    return replace(present, **changes)
