"""The content application: uploaded packages and their player, without session, login, API or cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from flask.sessions import NullSession, SessionInterface

from elearn.paths import templates_folder
from elearn.web.content import install_content
from elearn.web.errors import answer_to, install_errors
from elearn.web.language import install_language
from elearn.web.security import FORM_LIMIT
from elearn.web.transactions import commit_or_roll_back, install_transactions

if TYPE_CHECKING:
    from flask import Request, Response
    from flask.sessions import SessionMixin

    from elearn.house import House
    from elearn.web.hosts import HostRules


class NoSessions(SessionInterface):
    """Sessions that do not exist: using one is a programming error and raises."""

    def open_session(self, app: Flask, request: Request) -> NullSession:
        """A session that only raises."""
        del app, request
        return NullSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is kept."""


def create_content_app(house: House, rules: HostRules) -> Flask:
    """Build the content application."""
    app = Flask("elearn.content", static_folder=None, template_folder=str(templates_folder()))
    app.session_interface = NoSessions()
    app.config["MAX_CONTENT_LENGTH"] = FORM_LIMIT
    app.extensions["elearn.hosts"] = rules
    install_transactions(app, house)
    app.after_request(_finish)
    install_language(app, house.settings)
    install_errors(app, "errors/plain.html")
    install_content(app)
    return app


def _finish(response: Response) -> Response:
    try:
        commit_or_roll_back(response)
    except Exception as error:  # noqa: BLE001 - whatever stops a commit is an answer to the player, not a crash
        response = answer_to(error)
        commit_or_roll_back(response)
    # No cookie leaves a content host, whatever a later change might try.
    response.headers.pop("Set-Cookie", None)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
