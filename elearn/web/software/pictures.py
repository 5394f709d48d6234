"""Pictures of a title: drawn by us and shown from our own pages; sent, ordered and removed by its managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from content_packages.storage.receiving import UploadTooLargeError, receive
from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.software.pictures import (
    LARGEST,
    LONGEST_WORDS,
    MOST_PICTURES,
    add_picture,
    get_picture,
    move_picture,
    pictures_of,
    prepare,
    remove_picture,
)
from elearn.services.software.titles import get_title
from elearn.web.display import file_size
from elearn.web.people import current_identity, sign_in_required
from elearn.web.pictures import SMALL, picture_answer
from elearn.web.receiving import nothing_sent
from elearn.web.security import Sending, takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.software import blueprint
from elearn.web.software.steps import seen_title, trail_to
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.services.software.pictures import PreparedPicture


@blueprint.get("/software/<uid>/pictures/<picture_uid>.webp")
def picture(uid: str, picture_uid: str) -> ResponseReturnValue:
    """A picture at most 1280 pixels wide, or 320 when `w=320` asks for that."""
    with short_read() as session:
        title = get_title(session, current_identity(), uid)
        found = get_picture(session, title, picture_uid)
    digest = found.small_sha256 if request.args.get("w", 0, int) == SMALL else found.blob_sha256
    return picture_answer(title, digest, digest[:32])


@blueprint.get("/software/<uid>/pictures")
@sign_in_required
def pictures(uid: str) -> ResponseReturnValue:
    """The pictures with what can be done to each, and a form for one more."""
    return _page(seen_title(uid, Action.MANAGE_TITLE))


def _page(title: Material, error: str = "") -> str:
    return render_template(
        "software/pictures.html",
        title=title,
        pictures=pictures_of(g.db, title),
        error=error,
        words=request.form.get("words", ""),
        most=MOST_PICTURES,
        longest=LONGEST_WORDS,
        largest=LARGEST,
        trail=trail_to(title, gettext("Pictures")),
    )


def _too_large() -> ResponseReturnValue:
    flash(_too_large_sentence(), "error")
    return redirect(url_for("software.pictures", **(request.view_args or {})), 303)


def _too_large_sentence() -> str:
    limit = file_size(LARGEST)
    return gettext("The picture is too large: at most %(limit)s can be taken. Nothing was stored.", limit=limit)


@blueprint.post("/software/<uid>/pictures")
@takes_upload(_too_large, Sending(limit=lambda _settings: LARGEST))
@sign_in_required
def new_picture(uid: str) -> ResponseReturnValue:
    """Take one more picture."""
    with short_read() as session:
        get_title(session, current_identity(), uid, Action.MANAGE_TITLE)
    missing = nothing_sent()
    try:
        prepared = None if missing else _prepared()
        title = seen_title(uid, Action.MANAGE_TITLE)
        if prepared is None:
            return _page(title, missing), 422
        add_picture(g.db, current_identity(), title, prepared, request.form.get("words", ""))
    except UploadTooLargeError:
        return _page(seen_title(uid, Action.MANAGE_TITLE), _too_large_sentence()), 413
    except ServiceError as refused:
        if not refused.code.startswith("picture_"):
            raise
        g.db.rollback()
        return _page(seen_title(uid, Action.MANAGE_TITLE), sentence_for(refused)), refused.status
    flash(gettext("Saved."), "success")
    return redirect(url_for("software.pictures", uid=uid), 303)


def _prepared() -> PreparedPicture:
    staging = house().settings.staging_folder
    with receive(request.files["file"].stream, staging, LARGEST) as staged:
        return prepare(house().storage, staging, staged.path)


@blueprint.post("/software/<uid>/pictures/<picture_uid>/change")
@sign_in_required
def change_picture(uid: str, picture_uid: str) -> ResponseReturnValue:
    """Move a picture one place, or remove it."""
    title, wanted = seen_title(uid, Action.MANAGE_TITLE), request.form.get("as", "")
    if wanted == "remove":
        remove_picture(g.db, current_identity(), title, picture_uid)
    elif wanted == "up" or wanted == "down":  # noqa: PLR1714 - the checker of types reads it so
        move_picture(g.db, current_identity(), title, picture_uid, wanted)
    flash(gettext("Saved."), "success")
    return redirect(url_for("software.pictures", uid=uid), 303)
