"""Opening the house for a command, and saying in words why it cannot be opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy.exc import OperationalError

from content_packages.storage.contract import StorageError
from elearn.cli.voice import REFUSED, WRONG_USE, stop
from elearn.database.schema import NewerSchemaError, needed_revision, present_revision
from elearn.house import House, open_house
from elearn.settings import Settings, SettingsError, load_settings
from search_index.engine import IndexBusyError, IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator


def settings(**overrides: Any) -> Settings:
    """The settings of this command; a malformed one ends it with exit code 2."""
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        stop("%(error)s", code=WRONG_USE, error=error)


@contextmanager
def opened(*, ready: bool = True, **overrides: Any) -> Iterator[House]:
    """The house of this command, closed at its end.

    `ready` demands that the schema is the one this program works with. What a command cannot help is said in a
    sentence and ends it with exit code 3.
    """
    house = _open(settings(**overrides))
    try:
        if ready:
            demand_schema(house)
        yield house
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        stop("The database cannot be reached or written: %(reason)s", reason=reason)
    except (StorageError, OSError) as error:
        stop("Files cannot be read or written: %(reason)s", reason=error)
    except IndexUnavailableError:
        stop("The search index is absent or damaged. Run: elearn index rebuild")
    except IndexBusyError:
        stop("Another process writes the search index just now. Try again in a moment.")
    finally:
        house.close()


def _open(chosen: Settings) -> House:
    try:
        return open_house(chosen)
    except (StorageError, OSError, ValueError, ImportError) as error:
        stop("The folders or the storage cannot be opened: %(reason)s", code=WRONG_USE, reason=error)


def demand_schema(house: House) -> None:
    """End the command unless the database has the schema of this program."""
    try:
        present = present_revision(house.database)
    except NewerSchemaError as error:
        refuse_newer(error)
    if present is None:
        stop("The database is empty. Run first: elearn db upgrade", code=WRONG_USE)
    if present != needed_revision():
        stop("The database has an older schema (%(present)s). Run first: elearn db upgrade", present=present)


def refuse_newer(error: NewerSchemaError) -> NoReturn:
    """Say that this program is older than the database."""
    stop(
        "The database was written by a newer elearn (schema %(present)s; this program knows up to %(needed)s). "
        "Nothing was changed. Start the newer program, or restore a backup made before the upgrade.",
        code=REFUSED,
        present=error,
        needed=needed_revision(),
    )
