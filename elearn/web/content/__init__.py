"""The content host: player pages, their run-time endpoints, and the files of packages. No cookie, no sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, g, jsonify, request
from werkzeug.exceptions import Forbidden

from elearn.services.errors import ServiceError
from elearn.services.player.capability import Capabilities
from elearn.web.assets import install_assets
from elearn.web.content import files, player, viewer
from elearn.web.errors import answer_to
from elearn.web.hosts import host_rules
from elearn.web.sentences import refusal

if TYPE_CHECKING:
    from flask import Flask

blueprint = Blueprint("content", __name__)
player.register(blueprint)
files.register(blueprint)
viewer.register(blueprint)

POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'self'; "
    "object-src 'self' data: blob:; base-uri 'self'; frame-ancestors 'self' {ancestors}"
)


def install_content(app: Flask) -> None:
    """Make an application the content host."""
    its_house = app.extensions["elearn.house"]
    app.extensions["elearn.capabilities"] = Capabilities(its_house.database, its_house.settings.secret_key)
    install_assets(app)
    app.register_blueprint(blueprint)


@blueprint.before_request
def refuse_service_workers() -> None:
    """A worker registered by one package would outlive it and see every later learner's requests."""
    if request.headers.get("Service-Worker") == "script":
        raise Forbidden


@blueprint.after_request
def isolate(response: Response) -> Response:
    """Let content do what it likes on its own origin, and reach nothing else.

    It is framed by the application only, which may itself be framed by the platform of a launch (`g.framed_by`).
    """
    ancestors = [host_rules().app_origin(request) or "'none'", *g.get("framed_by", ())]
    response.headers.setdefault("Content-Security-Policy", POLICY.format(ancestors=" ".join(ancestors)))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=(), usb=(), unload=(self)"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@blueprint.errorhandler(ServiceError)
def refused(error: ServiceError) -> tuple[Response, int] | Response:
    """Tell the player's script which refusal it was and why; a frame gets a page."""
    current_app.logger.info("refused on the content host: %s", error.code)
    if not request.path.startswith("/rt/"):
        return answer_to(error)
    return jsonify(error=error.code, message=str(refusal(error))), error.status
