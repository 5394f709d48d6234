"""Making a database ready: a backup before a migration, the schema, curriculum, first ruleset and root unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.cli.opening import refuse_newer
from elearn.cli.voice import say
from elearn.clock import now
from elearn.database.schema import NewerSchemaError, needed_revision, present_revision, upgrade
from elearn.services import backup, curriculum, reports
from elearn.services.access import SYSTEM
from elearn.services.indexing import rebuild
from elearn.services.organisation import ensure_root
from search_index.engine import IndexUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from elearn.house import House


def prepare(house: House) -> None:
    """Bring the database to what this program needs; running it again changes nothing."""
    try:
        present = present_revision(house.database)
    except NewerSchemaError as error:
        refuse_newer(error)
    if present not in {None, needed_revision()}:
        folder = back_up_rows(house)
        say("Before the upgrade the rows were backed up into %(folder)s.", folder=folder)
    if upgrade(house.database):
        say("The database now has schema %(revision)s.", revision=needed_revision())
    with house.database.write() as session:
        curriculum.seed(session)
        reports.seed(session)
        ensure_root(session, SYSTEM)
    _ensure_index(house)


def _ensure_index(house: House) -> None:
    """Make the index where there is none that can be read: it is derived, so nothing is lost."""
    try:
        for _ in house.engine.uids():
            break
    except IndexUnavailableError:
        rebuild(house.database, house.engine)


def back_up_rows(house: House) -> Path:
    """Keep the rows as they are now; `elearn restore` reads what it writes. Returns the folder."""
    folder = house.settings.home / "backups" / f"before-{needed_revision()}-{now():%Y%m%dT%H%M%S}"
    backup.write_rows_backup(house.database, folder)
    return folder
