"""Where the package's own files lie, in a checkout, an editable install and a wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """The folder of Jinja templates.

    An editable install maps `elearn.templates` to the top folder `templates/`, which importlib.resources
    cannot see; a wheel holds it inside the package.
    """
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def static_folder() -> Path:
    """The folder of our own styles, scripts and pictures."""
    return PACKAGE / "static"


def translations_folder() -> Path:
    """The folder with one subfolder of .po files per language."""
    return PACKAGE / "translations"


def migrations_folder() -> Path:
    """The folder of Alembic's migration scripts."""
    return PACKAGE / "database" / "migrations"
