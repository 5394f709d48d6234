"""Pictures of materials on the application's own pages: cards and small pages, all drawn by us as WebP.

Nothing that people upload is ever shown from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, request

from content_packages.archive.serving import iter_identity
from content_packages.storage.contract import BlobMissingError
from elearn.services import previews
from elearn.services.library import card_of, get_material
from elearn.web.people import current_identity
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material

KEPT = 7 * 24 * 3600  # seconds a browser keeps a picture; its address changes with its bytes
SMALL = 320  # pixels of width


def register(blueprint: Blueprint) -> None:
    """Add the routes to those of the library."""
    blueprint.add_url_rule("/materials/<uid>/picture", endpoint="picture", view_func=picture)
    blueprint.add_url_rule("/materials/<uid>/pages/<int:page>", endpoint="page_picture", view_func=page_picture)


def picture(uid: str) -> ResponseReturnValue:
    """The picture of a card, 640 pixels wide, or 320 when `w=320` asks for that."""
    with short_read() as session:
        found = get_material(session, current_identity(), uid)
        digest = card_of(session, found, small=request.args.get("w", 0, int) == SMALL)
    if digest is None:
        abort(404)
    return picture_answer(found, digest, digest[:32])


def page_picture(uid: str, page: int) -> ResponseReturnValue:
    """The small picture of a page of a document."""
    with short_read() as session:
        found = get_material(session, current_identity(), uid)
        version = found.current_version
        drawn = previews.find_page(session, version.uid, page, small=True) if version else None
    if drawn is None:
        abort(404)
    return picture_answer(found, drawn.blob, f"{drawn.blob[:32]}-{page}", drawn)


def picture_answer(found: Material, digest: str, tag: str, page: previews.PagePicture | None = None) -> Response:
    """A picture that we have drawn, of a material that the reader may see, or one of a page among many."""
    response = Response(content_type="image/webp")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = f"private, max-age={KEPT}"
    if found.is_public:  # a learning platform shows it beside the activity that was made of the material
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(tag)
    if request.if_none_match.contains(tag):
        response.status_code = 304
        return response
    try:
        with house().storage.open(digest) as file:
            response.set_data(b"".join(iter_identity(file, page.entry)) if page else file.read())
    except BlobMissingError:
        abort(404)
    return response
