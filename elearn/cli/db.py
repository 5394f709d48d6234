"""`elearn db`: the schema of the database."""

from __future__ import annotations

import click

from elearn.cli.opening import opened
from elearn.cli.preparing import prepare
from elearn.cli.voice import say
from elearn.database.schema import needed_revision


@click.group()
def db() -> None:
    """Create and upgrade the schema of the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema this program needs; a new one gets the curriculum and a root unit."""
    with opened(ready=False) as house:
        prepare(house)
    say("The database is ready (schema %(revision)s).", revision=needed_revision())
