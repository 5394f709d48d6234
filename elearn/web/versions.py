"""The versions of a material: the list, a new file, what differs, a reviewer's word, an earlier file again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.models.material import Status
from elearn.services import versions
from elearn.services.access import Action, may
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.library import get_material
from elearn.services.player.attempts import PLAYABLE, try_version
from elearn.services.versions.listing import may_try
from elearn.web.authored import record_revised
from elearn.web.display import file_size
from elearn.web.library import content_origin, file_address
from elearn.web.openings import opens
from elearn.web.people import current_identity, sign_in_required
from elearn.web.receiving import nothing_sent, take_file
from elearn.web.security import takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house, short_read
from elearn.web.version_words import install_version_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session
    from werkzeug import Response

    from elearn.models.material import Material, Version
    from elearn.services.contribute import Intake

blueprint = Blueprint("versions", __name__)
install_version_words(blueprint)

LONGEST_NOTE = 4000


@blueprint.get("/materials/<uid>/versions")
def history(uid: str) -> ResponseReturnValue:
    """The list, newest first."""
    return _history_page(get_material(g.db, current_identity(), uid))


def _history_page(material: Material, refused: ServiceError | None = None, number: int = 0) -> str:
    """The list; `refused` is shown beside the form of the version with the number."""
    identity = current_identity()
    rows = versions.versions_of(g.db, identity, material)
    return render_template(
        "versions/history.html",
        material=material,
        rows=rows,
        may_change=may(identity, Action.CHANGE_FILE, material),
        may_accept=may(identity, Action.ACCEPT_VERSION, material),
        trials={row.version.id for row in rows if may_try(identity, material, row.version)},
        is_playable=material.kind in PLAYABLE,
        opening={row.version.id for row in rows if opens(material, row.version)},
        has_content_origin=content_origin(material) is not None,
        refused=sentence_for(refused) if refused else "",
        refused_number=number,
    )


@blueprint.get("/materials/<uid>/versions/compare")
def compare(uid: str) -> ResponseReturnValue:
    """What differs between two versions; without numbers the two newest that the reader sees."""
    identity = current_identity()
    material = get_material(g.db, identity, uid)
    known = [row.version for row in versions.versions_of(g.db, identity, material)]
    pair = [_asked(known, name, place) for place, name in enumerate(("new", "old"))]
    chosen = [version for version in pair if version is not None]
    differs = versions.compare(g.db, *chosen) if len(chosen) == len(pair) and len({v.id for v in chosen}) > 1 else None
    return render_template("versions/compare.html", material=material, known=known, chosen=pair, differs=differs)


def _asked(known: list[Version], name: str, place: int) -> Version | None:
    """The version that the address names; one that is not the reader's does not exist.

    Raises:
        NotFoundError: `version_not_found`.
    """
    given = request.args.get(name)
    if given is None:
        return known[place] if place < len(known) else None
    found = next((version for version in known if str(version.number) == given), None)
    if found is None:
        raise NotFoundError("version_not_found", number=given[:10])
    return found


@blueprint.get("/materials/<uid>/versions/new")
@sign_in_required
def new(uid: str) -> ResponseReturnValue:
    """The form for a new file."""
    return _new_page(uid)


def _too_large(uid: str = "") -> ResponseReturnValue:
    uid = uid or (request.view_args or {}).get("uid", "")
    limit = house().settings.upload_limit
    error = gettext(
        "The file has about %(size)s; at most %(limit)s can be taken. Make it smaller, for example with shorter "
        "videos, or split it into several lessons. Nothing was stored.",
        size=file_size(request.content_length or limit),
        limit=file_size(limit),
    )
    return _new_page(uid, error=error, reads_form=False), 413


@blueprint.post("/materials/<uid>/versions/new")
@takes_upload(_too_large)
@sign_in_required
def receive(uid: str) -> ResponseReturnValue:
    """Receive and examine a file; then, in one transaction, it is the next version."""
    with short_read() as session:
        get_material(session, current_identity(), uid, Action.CHANGE_FILE)
    if error := nothing_sent():
        return _new_page(uid, error=error), 422
    try:
        return take_file(
            use=lambda intake: _add(uid, intake),
            refuse=lambda intake: (_new_page(uid, intake), 422),
            too_large=lambda: _too_large(uid),
        )
    except ServiceError as refused:
        if not refused.code.startswith("version_"):
            raise
        g.db.rollback()
        return _new_page(uid, error=sentence_for(refused)), 422


def _add(uid: str, intake: Intake) -> Response:
    identity = current_identity()
    material = get_material(g.db, identity, uid, Action.CHANGE_FILE)
    version = versions.add(g.db, identity, material, intake, request.form.get("note", "")[:LONGEST_NOTE])
    if version.is_current:
        flash(gettext("Version %(number)s is the one that is offered now.", number=version.number), "success")
    else:
        flash(
            gettext(
                "Version %(number)s waits for a reviewer. Until then everybody gets the version of before.",
                number=version.number,
            ),
            "success",
        )
    return redirect(url_for("versions.history", uid=uid), 303)


def _new_page(uid: str, intake: Intake | None = None, error: str = "", *, reads_form: bool = True) -> str:
    with short_read() as session:
        material = get_material(session, current_identity(), uid, Action.CHANGE_FILE)
        return render_template(
            "versions/new.html",
            material=material,
            version=material.current_version,
            note=request.form.get("note", "") if reads_form else "",
            intake=intake,
            error=error,
            limit=house().settings.upload_limit,
        )


def _step(act: Callable[[Session, Material, Version], str]) -> Callable[[str, int], ResponseReturnValue]:
    """A view for a button beside a version: it acts and comes back to the list; a refusal is told beside it."""

    def view(uid: str, number: int) -> ResponseReturnValue:
        identity = current_identity()
        material = get_material(g.db, identity, uid)
        version = versions.version_of(g.db, identity, material, number)
        try:
            said = act(g.db, material, version)
        except ForbiddenError:
            raise
        except ServiceError as refused:
            g.db.rollback()
            return _history_page(get_material(g.db, identity, uid), refused, number), max(refused.status, 409)
        flash(said, "success")
        return redirect(url_for("versions.history", uid=uid, _anchor=f"version-{number}"), 303)

    return sign_in_required(view)


def _note() -> str:
    return request.form.get("note", "")[:LONGEST_NOTE]


def _accept(session: Session, material: Material, version: Version) -> str:
    versions.accept(session, current_identity(), material, version, _note())
    said = gettext(
        "Version %(number)s is offered from now on. Who has begun goes on with theirs; courses are told.",
        number=version.number,
    )
    if record_revised(material, version):
        counts = gettext("At least a fifth of it is new, so it counts as a lesson made on the day it was brought.")
        return f"{said} {counts}"
    return said


def _decline(session: Session, material: Material, version: Version) -> str:
    versions.decline(session, current_identity(), material, version, _note())
    return gettext("Declined with your reason; everything stays as it is.")


def _take_back(session: Session, material: Material, version: Version) -> str:
    versions.take_back(session, current_identity(), material, version)
    return gettext("Version %(number)s was taken back.", number=version.number)


def _restore(session: Session, material: Material, version: Version) -> str:
    again = versions.restore(session, current_identity(), material, version, _note())
    return gettext(
        "The file of version %(old)s is offered again, as version %(number)s.", old=version.number, number=again.number
    )


for _name, _act in (("accept", _accept), ("decline", _decline), ("take_back", _take_back), ("restore", _restore)):
    blueprint.add_url_rule(
        f"/materials/<uid>/versions/<int(max=99999):number>/{_name}",
        endpoint=_name,
        view_func=_step(_act),
        methods=["POST"],
    )


@blueprint.post("/materials/<uid>/versions/<int(max=99999):number>/try")
@sign_in_required
def try_out(uid: str, number: int) -> ResponseReturnValue:
    """Play a version that is not offered, to judge it; nothing of it counts as learning or use."""
    version = _to_try(g.db, uid, number)
    return redirect(url_for("player.shell", uid=try_version(g.db, current_identity(), version).uid), 303)


@blueprint.get("/materials/<uid>/versions/<int(max=99999):number>/file")
@sign_in_required
def file(uid: str, number: int) -> ResponseReturnValue:
    """Go to the file of a version on its content host: opened, where browsers can, with `way=open`."""
    with short_read() as session:
        version = _to_try(session, uid, number)
        route = "o" if request.args.get("way") == "open" and opens(version.material, version) else "d"
        address = file_address(version.material, route, version)
    if address is None:
        raise ServiceError("no_content_origin")
    return redirect(address, 303)


def _to_try(session: Session, uid: str, number: int) -> Version:
    identity = current_identity()
    material = get_material(session, identity, uid, Action.DOWNLOAD_MATERIAL)
    version = versions.version_of(session, identity, material, number)
    if material.status is Status.WITHDRAWN or not may_try(identity, material, version):
        raise ForbiddenError("version_not_open", number=number)
    return version
