"""Releases of a title: entering one, adding a file for a platform, the page of checksums, downloading."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import segno
from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.models.usage import ActKind
from elearn.services import safety
from elearn.services.access import Action, may
from elearn.services.errors import ServiceError
from elearn.services.player.capability import capability_of, host_label
from elearn.services.software.mirrors import mirrors_for
from elearn.services.software.releases import (
    ReleaseNotes,
    add_file,
    add_release,
    get_file,
    get_release,
    mark_latest,
    set_supported,
)
from elearn.services.software.standing import require_download
from elearn.web.administration.fields import DayField, choices
from elearn.web.display import file_size
from elearn.web.forms import Form, required
from elearn.web.hosts import host_rules
from elearn.web.material_words import PLATFORMS
from elearn.web.people import current_identity, may_somewhere, sign_in_required
from elearn.web.receiving import nothing_sent, take_file
from elearn.web.safety_words import FILES
from elearn.web.security import takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.software import blueprint
from elearn.web.software.steps import change, page_of, seen_title, trail_to
from elearn.web.software_words import FILE_FINDINGS
from elearn.web.transactions import house, short_read
from elearn.web.usage import comes_from_us, record_visit

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug import Response

    from elearn.models.software import SoftwareFile, SoftwareRelease
    from elearn.services.contribute import Intake


class ReleaseForm(Form):
    """A release; its files follow."""

    version = StringField(lazy_gettext("Version"), [*required(), Length(max=64)])
    released_on = DayField(lazy_gettext("Came out on"), required())
    is_latest = BooleanField(lazy_gettext("This is the latest release"), default=True)
    notes = TextAreaField(lazy_gettext("What is new"), [Length(max=5000)], render_kw={"rows": 4})


class FileForm(Form):
    """The file of a release for a platform; the file itself is read from the request."""

    platform = SelectField(lazy_gettext("Runs on"), choices=choices(PLATFORMS))


@blueprint.route("/software/<uid>/releases/new", methods=["GET", "POST"])
@sign_in_required
def new_release(uid: str) -> ResponseReturnValue:
    """Enter a release."""
    title = seen_title(uid, Action.MANAGE_TITLE)
    form = ReleaseForm(data={"released_on": day_of(g.db), "is_latest": True})

    def told() -> list[str]:
        words = {"version": form.version.data, "title": title.title}
        sentences = [gettext("Version %(version)s of “%(title)s” is entered, still without files.", **words)]
        if form.is_latest.data:
            sentences.append(gettext("Schools are asked to have it."))
        return sentences

    def apply() -> None:
        notes = ReleaseNotes(
            version=form.version.data,
            released_on=form.released_on.data,
            notes=form.notes.data or "",
            is_latest=form.is_latest.data,
        )
        add_release(g.db, current_identity(), title, notes)

    return change(title, gettext("New release"), form, told, apply)


@blueprint.get("/software/<uid>/releases/<release_uid>")
def release(uid: str, release_uid: str) -> ResponseReturnValue:
    """The files of a release with their sizes and checksums, to compare with what was downloaded."""
    return _release_page(get_release(g.db, current_identity(), uid, release_uid))


def _release_page(
    found: SoftwareRelease, error: str = "", form: FileForm | None = None, intake: Intake | None = None
) -> str:
    title = found.title
    address = url_for("software.release", uid=title.uid, release_uid=found.uid, _external=True)
    return render_template(
        "software/release.html",
        release=found,
        title=title,
        address=address,
        qr=_qr(address),
        form=form or FileForm(formdata=None),
        manages=may(current_identity(), Action.MANAGE_TITLE, title),
        manages_a_unit=may_somewhere(current_identity(), Action.MANAGE_UNIT),
        mirrors=mirrors_for(g.db, current_identity(), found),
        may_remove=lambda mirror: may(current_identity(), Action.MANAGE_UNIT, mirror.unit),
        refused=_refused(found),
        has_content_origin=_origin_of("any") is not None,
        findings=FILE_FINDINGS,
        scans=safety.states_of(g.db, [file.blob_sha256 for file in found.files]),
        held_back={state.value: FILES[code] for state, code in safety.HELD_BACK.items()},
        error=error,
        intake=intake,
        limit=house().settings.upload_limit,
        trail=trail_to(title, gettext("Version %(version)s", version=found.version)),
    )


def _refused(found: SoftwareRelease) -> str:
    """Why the reader may not download, "" when they may."""
    try:
        require_download(g.db, current_identity(), found.title)
    except ServiceError as refused:
        return sentence_for(refused)
    return ""


def _qr(address: str) -> Markup:
    """The address as a QR code, for a phone beside the machine; drawn in the page itself."""
    file = BytesIO()
    segno.make(address, error="m", micro=False).save(
        file, kind="svg", xmldecl=False, svgns=True, scale=4, border=2, omitsize=False
    )
    return Markup(file.getvalue().decode())  # noqa: S704 - drawn by us, of an address of ours


def _too_large() -> ResponseReturnValue:
    """What may be sent; the body was not read."""
    limit = file_size(house().settings.upload_limit)
    flash(gettext("The file is too large: at most %(limit)s can be taken. Nothing was stored.", limit=limit), "error")
    values = request.view_args or {}
    return redirect(url_for("software.release", **values), 303)


@blueprint.post("/software/<uid>/releases/<release_uid>/files")
@takes_upload(_too_large)
@sign_in_required
def new_file(uid: str, release_uid: str) -> ResponseReturnValue:
    """Receive the file of a release for a platform; it is read, never run."""
    with short_read() as session:
        get_release(session, current_identity(), uid, release_uid, Action.MANAGE_TITLE)
    form, missing = FileForm(), nothing_sent()
    if missing or not form.validate():
        return _again(uid, release_uid, form, missing)

    def use(intake: Intake) -> Response:
        found = get_release(g.db, current_identity(), uid, release_uid, Action.MANAGE_TITLE)
        add_file(g.db, current_identity(), found, intake, form.platform.data)
        flash(gettext("“%(name)s” has been added.", name=intake.file_name), "success")
        return cast("Response", redirect(url_for("software.release", uid=uid, release_uid=release_uid), 303))

    try:
        return take_file(use, lambda intake: _again(uid, release_uid, form, intake=intake), _too_large)
    except ServiceError as refused:
        g.db.rollback()
        return _again(uid, release_uid, form, sentence_for(refused))


def _again(
    uid: str, release_uid: str, form: FileForm, error: str = "", intake: Intake | None = None
) -> ResponseReturnValue:
    found = get_release(g.db, current_identity(), uid, release_uid, Action.MANAGE_TITLE)
    return _release_page(found, error, form, intake), 422


@blueprint.post("/software/<uid>/releases/<release_uid>/mark")
@sign_in_required
def mark(uid: str, release_uid: str) -> ResponseReturnValue:
    """Make a release the latest one, or say whether it is still supported."""
    found = get_release(g.db, current_identity(), uid, release_uid, Action.MANAGE_TITLE)
    wanted = request.form.get("as", "")
    try:
        if wanted == "latest":
            mark_latest(g.db, current_identity(), found)
        elif wanted in {"supported", "unsupported"}:
            set_supported(g.db, current_identity(), found, supported=wanted == "supported")
    except ServiceError as refused:
        flash(sentence_for(refused), "error")
    else:
        flash(gettext("Saved."), "success")
    return redirect(page_of(found.title), 303)


@blueprint.get("/software/<uid>/files/<file_uid>/download")
def download(uid: str, file_uid: str) -> ResponseReturnValue:
    """Record a download, and go to the file on its content host, always as an attachment."""
    with short_read() as session:
        found = get_file(session, current_identity(), uid, file_uid)
        require_download(session, current_identity(), found.release.title)
        safety.require_open(session, found.blob_sha256)
        title, address = found.release.title, _address_of(found)
    if address is None:
        flash(
            gettext("Files cannot be opened at this address yet. The operator must set ELEARN_CONTENT_ORIGIN."), "error"
        )
        return redirect(page_of(title), 303)
    if comes_from_us():
        record_visit(ActKind.DOWNLOAD, title, title.current_version)
    return redirect(address, 303)


def _origin_of(uid: str) -> str | None:
    return host_rules().content_address(request, host_label(house().settings.secret_key, uid))


def _address_of(file: SoftwareFile) -> str | None:
    origin = _origin_of(file.uid)
    if origin is None:
        return None
    capability = capability_of(house().settings.secret_key, file.uid, file.release.title.capability_epoch)
    return f"{origin}/d/{capability}/{quote(file.file_name.replace('/', '_'), safe='')}"
