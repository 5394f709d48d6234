"""The people's application: pages, sessions and the JSON API, on the application's origin only."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import g

from elearn.paths import templates_folder
from elearn.web import account, health, home
from elearn.web.assets import install_assets
from elearn.web.compression import compress
from elearn.web.errors import answer_to, answer_to_program, install_errors
from elearn.web.forms import install_forms
from elearn.web.labels import install_labels
from elearn.web.language import install_language
from elearn.web.launches import install_launches
from elearn.web.limits import install_limits
from elearn.web.navigation import install_navigation
from elearn.web.people import install_people
from elearn.web.security import add_security_headers, install_cookie_check, install_security
from elearn.web.sessions import current_session, keep
from elearn.web.transactions import FIRST_FAILURE, commit_or_roll_back, install_transactions, pending_writer

if TYPE_CHECKING:
    from flask import Flask, Response

    from elearn.house import House
    from elearn.web.hosts import HostRules

# Each capability is a module of this package with a `blueprint`; `api` answers below /api/v1.
CAPABILITIES = (
    "library",
    "captions",
    "saved_searches",
    "feeds",
    "search_log",
    "suggestions",
    "contribute",
    "metadata_files",
    "bulk",
    "fetches",
    "sheets",
    "uploads",
    "check",
    "review",
    "versions",
    "software",
    "player",
    "activity",
    "lti.messages",
    "lti.picker",
    "lti.classroom",
    "lti.connect",
    "courses",
    "insight",
    "usage",
    "teach",
    "taught",
    "signing",
    "coauthors",
    "playing",
    "api",
    "inventory",
    "software_api",
    "administration",
    "accounts",
    "classes",
    "audit",
    "reports",
    "organisation",
    "register",
    "platforms",
    "quarantine",
    "exports",
)


def create_people_app(house: House, rules: HostRules) -> Flask:
    """Build the people's application."""
    app = APIFlask(
        "elearn",
        title="elearn",
        version="1",
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type] - Flask allows it; the static files are served from memory
        template_folder=str(templates_folder()),
    )
    app.secret_key = house.settings.secret_key
    app.extensions["elearn.hosts"] = rules
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    install_transactions(app, house)
    app.after_request(_finish)  # registered first, so that it runs last
    install_cookie_check(app)
    install_people(app)
    install_limits(app)
    install_launches(app)
    install_security(app)
    install_language(app, house.settings)
    install_errors(app)
    app.error_callback = answer_to_program  # not error_processor(), which would take over the pages' errors too
    app.json.ensure_ascii = False  # type: ignore[attr-defined] - the default provider has it
    for install in (install_assets, install_forms, install_labels, install_navigation):
        install(app)
    for blueprint in (health.blueprint, home.blueprint, account.blueprint):
        app.register_blueprint(blueprint)
    _add_capabilities(app)
    return app


def _add_capabilities(app: Flask) -> None:
    for name in CAPABILITIES:
        module = f"elearn.web.{name}"
        if find_spec(module) is not None:
            app.register_blueprint(import_module(module).blueprint)


def _finish(response: Response) -> Response:
    """End the transaction and keep the session before the first byte, then dress the answer."""
    try:
        _keep_session(response)
        commit_or_roll_back(response)
    except Exception as error:  # noqa: BLE001 - whatever stops a commit is an answer to the person, not a crash
        _forget_changes()
        response = answer_to(error)
        commit_or_roll_back(response)
    return compress(add_security_headers(response))


def _keep_session(response: Response) -> None:
    session = current_session()
    writer = pending_writer()
    if response.status_code >= FIRST_FAILURE and (writer is not None or session.replaced):
        _forget_changes()
        return
    keep(session, writer)


def _forget_changes() -> None:
    """A rolled back request changes no session: the browser goes on with the one it had."""
    current_session().drop_changes()
    g.identity = current_session().identity
