"""Uploads that can be interrupted: tus 1.0 (core, creation, expiration, checksum, termination) for whoever contributes.

What has arrived whole is named by its uid in the form of `contribute`, in place of a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import Response, g, jsonify, request, url_for
from werkzeug.exceptions import (
    ClientDisconnected,
    MethodNotAllowed,
    PreconditionFailed,
    Unauthorized,
    UnsupportedMediaType,
)

from elearn.services import uploads
from elearn.services.access import Action
from elearn.services.uploads import Part, TooLargeError
from elearn.web import tus
from elearn.web.display import file_size
from elearn.web.errors import answers_scripts
from elearn.web.people import current_identity, needs
from elearn.web.security import Sending, takes_upload
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

# APIFlask asks every blueprint with a `before_request` whether it is described.
blueprint = APIBlueprint("uploads", __name__, url_prefix="/uploads", enable_openapi=False)

# The protocol gives OPTIONS a meaning of its own.
OWN: Any = {"provide_automatic_options": False}


@blueprint.before_request
def _demand_version() -> None:
    if request.method not in {"OPTIONS", "GET"} and request.headers.get("Tus-Resumable") != tus.VERSION:
        raise PreconditionFailed


@blueprint.after_request
def _say_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = response.headers["Tus-Version"] = tus.VERSION
    return response


def _too_large() -> ResponseReturnValue:
    raise TooLargeError("upload_too_large", limit=file_size(house().settings.upload_limit))


def _members_only() -> None:
    if current_identity().is_anonymous:
        raise Unauthorized


class _Body:
    """The body of the request; when the sender breaks off it ends there, and what came is kept."""

    def read(self, size: int, /) -> bytes:
        try:
            data: bytes = request.stream.read(size)
        except (ClientDisconnected, OSError):
            return b""
        return data


@blueprint.route("", methods=["OPTIONS"], **OWN)
@blueprint.route("/<uid>", methods=["OPTIONS"], **OWN)
@answers_scripts
def offer(uid: str = "") -> ResponseReturnValue:
    """What of the protocol is spoken here."""
    del uid
    headers = {"Tus-Extension": tus.EXTENSIONS, "Tus-Max-Size": str(house().settings.upload_limit)}
    return "", 204, headers | {"Tus-Checksum-Algorithm": ",".join(tus.ALGORITHMS)}


@blueprint.route("", methods=["GET"], **OWN)
@answers_scripts
@needs(Action.CONTRIBUTE)
def under_way() -> ResponseReturnValue:
    """The files that this account has under way, so that a page can go on with them."""
    found = uploads.open_uploads(g.db, current_identity(), house().settings.uploads_folder)
    return jsonify({"uploads": [_described(upload) for upload in found]})


def _described(upload: Any) -> dict[str, Any]:
    said = tus.metadata_of(upload.described)
    return {
        "uid": upload.uid,
        "address": url_for("uploads.state", uid=upload.uid),
        "name": said.get("filename", ""),
        "modified": said.get("modified", ""),
        "length": upload.length,
        "received": upload.received,
    }


@blueprint.route("", methods=["POST"], **OWN)
@answers_scripts
@needs(Action.CONTRIBUTE)
def begin() -> ResponseReturnValue:
    """Announce a file: how long it is and what it is called."""
    length = tus.whole_number(request.headers.get("Upload-Length"))
    if length > house().settings.upload_limit:
        _too_large()
    described = request.headers.get("Upload-Metadata", "")
    tus.metadata_of(described)
    upload = uploads.begin(g.db, current_identity(), house().settings.uploads_folder, length, described)
    return "", 201, {"Location": url_for("uploads.state", uid=upload.uid), **tus.state_headers(upload)}


@blueprint.route("/<uid>", methods=["HEAD"], **OWN)
@answers_scripts
@needs(Action.CONTRIBUTE)
def state(uid: str) -> ResponseReturnValue:
    """How much of a file has come."""
    with short_read() as session:
        upload = uploads.find(session, current_identity(), uid)
    headers = {"Upload-Length": str(upload.length), "Cache-Control": "no-store", **tus.state_headers(upload)}
    return "", 200, headers | ({"Upload-Metadata": upload.described} if upload.described else {})


@blueprint.route("/<uid>", methods=["PATCH"], **OWN)
@answers_scripts
@takes_upload(_too_large, Sending(admit=_members_only))
@needs(Action.CONTRIBUTE)
def receive(uid: str) -> ResponseReturnValue:
    """Take the next bytes of a file."""
    if request.mimetype != tus.MEDIA_TYPE:
        raise UnsupportedMediaType
    start = tus.whole_number(request.headers.get("Upload-Offset"))
    part = Part(_Body(), start, request.content_length, tus.checksum_of(request.headers.get("Upload-Checksum")))
    upload = uploads.receive_part(house().database, current_identity(), house().settings.uploads_folder, uid, part)
    return "", 204, tus.state_headers(upload)


@blueprint.route("/<uid>", methods=["DELETE"], **OWN)
@answers_scripts
@needs(Action.CONTRIBUTE)
def give_up(uid: str) -> ResponseReturnValue:
    """Throw a file away that nobody needs any more."""
    uploads.give_up(house().database, current_identity(), house().settings.uploads_folder, uid)
    return "", 204


@blueprint.route("/<uid>", methods=["POST"], **OWN)
@answers_scripts
@takes_upload(_too_large, Sending(admit=_members_only))
def overridden(uid: str) -> ResponseReturnValue:
    """The same for clients that can only GET and POST."""
    views = {"PATCH": receive, "DELETE": give_up, "HEAD": state}
    view = views.get(request.headers.get("X-HTTP-Method-Override", ""))
    if view is None:
        raise MethodNotAllowed
    return view(uid)
