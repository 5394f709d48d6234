"""The schema of the database: which revision it has, which this program needs, and the way up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from elearn.paths import migrations_folder

if TYPE_CHECKING:
    from elearn.database.engine import Database


class NewerSchemaError(Exception):
    """The database was written by a newer elearn than this one."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.set_main_option("path_separator", "os")
    return config


def needed_revision() -> str:
    """The revision this program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None  # noqa: S101 - there is always a first migration
    return head


def known_revisions() -> frozenset[str]:
    """Every revision this program knows the way from."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def present_revision(database: Database) -> str | None:
    """The revision the database has; None when it is empty.

    Raises:
        NewerSchemaError: the database has a revision this program does not know.
    """
    with database.engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in known_revisions():
        raise NewerSchemaError(revision)
    return revision


def upgrade(database: Database, revision: str | None = None) -> bool:
    """Bring the database to a revision (default: the needed one) in one transaction; whether anything was done.

    Raises:
        NewerSchemaError: the database is newer than this program; nothing was changed.
    """
    target = revision or needed_revision()
    if present_revision(database) == target:
        return False
    config = _config()
    with database.engine.execution_options(elearn_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
    return True
