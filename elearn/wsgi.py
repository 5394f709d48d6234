"""The entry for other WSGI servers: `gunicorn 'elearn.wsgi:application()'`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.app import create_app, settle
from elearn.house import open_house
from elearn.settings import load_settings
from elearn.web.logs import configure_logging

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def application() -> WSGIApplication:
    """The application with the settings of the environment; `elearn db upgrade` has made the schema.

    Raises:
        SettingsError: a setting cannot be used.
    """
    settings = load_settings()
    configure_logging(settings)
    made = create_app(open_house(settings))
    settle()
    return made
