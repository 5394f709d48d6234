"""`elearn backup` and `elearn restore`."""

from __future__ import annotations

from pathlib import Path

import click

from elearn.cli.opening import opened
from elearn.cli.refusals import explained
from elearn.cli.voice import say, watched
from elearn.services import backup as backups
from elearn.services.housekeeping import note_backup
from elearn.services.indexing import rebuild

Folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=Folder, metavar="DIR")
def backup(folder: Path) -> None:
    """Back up the database and the files into DIR, while the site goes on working.

    A DIR that holds an earlier backup is brought up to date; files it already has are not copied again.
    """
    with opened() as house, explained():
        manifest = backups.write_backup(house.database, house.storage, folder, watch=watched("Copying files"))
        with house.database.write() as session:
            note_backup(session)
    rows = sum(int(table["rows"]) for table in manifest.tables.values())
    say(
        "Backed up %(rows)s rows and %(files)s files into %(folder)s.",
        rows=rows,
        files=len(manifest.files or {}),
        folder=folder,
    )
    say("The secret key and the settings are not in it; keep them too.")


@click.command()
@click.argument("folder", type=Folder, metavar="DIR")
def restore(folder: Path) -> None:
    """Restore the backup in DIR into an installation without accounts and materials; then index it."""
    with opened(ready=False) as house, explained():
        backups.restore(house.database, house.storage, folder, watch=watched("Verifying and copying files"))
        count = rebuild(house.database, house.engine)
    say("Restored from %(folder)s; the index holds %(count)s materials.", folder=folder, count=count)
