"""Taking a selection out of the library: as a ZIP that opens without the Internet, or as a Common Cartridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from elearn.services import library
from elearn.services.errors import ConflictError
from elearn.services.exports.choosing import MOST, choose
from elearn.services.exports.packing import as_cartridge, as_zip
from elearn.services.search import search as find
from elearn.web.content.files import disposition
from elearn.web.facets import read_question
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.safety_words import EXPORTS
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house, short_read
from elearn.web.usage import record_taken_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from elearn.services.exports.choosing import Exported, Selection

blueprint = Blueprint("exports", __name__)

SHOWN = 100  # materials that are offered at once
LONGEST_TITLE = 150
FORMS = {"zip": ("zip", "application/zip"), "cartridge": ("imscc", "application/zip")}


@blueprint.get("/export", endpoint="choose")
@sign_in_required
def choose_materials() -> ResponseReturnValue:
    """What a search finds, or one's own materials, to be ticked."""
    with short_read() as session:
        return _page(choose(session, current_identity(), _offered(session)))


def _offered(session: Session) -> list[str]:
    """The uids that the address asks for: named ones, the own ones, or those that a search finds."""
    identity = current_identity()
    if named := request.args.getlist("m"):
        return named[:SHOWN]
    if request.args.get("mine"):
        return [material.uid for material in library.own(session, identity, limit=SHOWN)[1]]
    question = read_question(request.args, load_programme(session))
    result = find(
        session,
        house().engine,
        identity,
        question.text,
        question.chosen,
        limit=SHOWN,
        sort=question.sort,
        literal=question.literal,
    )
    return [found.material.uid for found in result.found]


def _page(selection: Selection, error: str = "") -> str:
    return render_template(
        "exports/choose.html",
        selection=selection,
        most=MOST,
        error=error,
        reasons=EXPORTS,
        title=request.form.get("title", "")[:LONGEST_TITLE],
        form=request.form.get("form", "zip"),
    )


@blueprint.post("/export")
@sign_in_required
def take_out() -> ResponseReturnValue:
    """Send what was ticked, made while it is sent; what may not leave is named on the page inside."""
    with short_read() as session:
        selection = choose(session, current_identity(), request.form.getlist("m"))
    form = request.form.get("form", "zip")
    ending, media_type = FORMS.get(form, FORMS["zip"])
    title = " ".join(request.form.get("title", "").split())[:LONGEST_TITLE] or str(EXPORTS["default_title"])
    try:
        body = _cartridge(selection, title) if ending == "imscc" else _zip(selection, title)
    except ConflictError as refused:
        return _page(selection, sentence_for(refused)), refused.status
    record_taken_out(each.ids for each in selection.taken)
    response = Response(body, content_type=media_type, direct_passthrough=True)
    response.headers["Content-Disposition"] = disposition(f"{title}.{ending}")
    response.headers["Cache-Control"] = "no-store"
    return response


def _zip(selection: Selection, title: str) -> Iterator[bytes]:
    return as_zip(house().storage, selection.taken, lambda rows: _contents(selection, title, rows))


def _cartridge(selection: Selection, title: str) -> Iterator[bytes]:
    return as_cartridge(
        house().storage,
        selection.taken,
        lambda rows: _contents(selection, title, rows),
        title=title,
        address_of=lambda each: url_for("library.material", uid=each.uid, _external=True),
    )


def _contents(selection: Selection, title: str, rows: Sequence[tuple[Exported, str]]) -> str:
    site = url_for("library.search", _external=True)
    return render_template(
        "exports/contents.html", title=title, rows=rows, left=selection.left, reasons=EXPORTS, site=site
    )
