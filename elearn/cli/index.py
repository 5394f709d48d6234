"""`elearn index`: the search index, which can always be made anew from the database."""

from __future__ import annotations

import click
from sqlalchemy import func, select

from elearn.cli.opening import opened
from elearn.cli.reports import tell_index
from elearn.cli.voice import REFUSED, say, watched
from elearn.models.material import Material
from elearn.services import health
from elearn.services.indexing import all_documents


@click.group()
def index() -> None:
    """Rebuild and check the search index."""


@index.command()
def rebuild() -> None:
    """Build the index anew beside the present one and swap it in."""
    with opened() as house:
        with house.database.read() as session:
            total = session.scalar(select(func.count()).select_from(Material)) or 0
        # A session of its own: what it reads must not be older than the moment from which no batch is written.
        with house.database.read() as session:
            count = house.engine.rebuild(watched("Indexing")(all_documents(session), total))
    say("The index was rebuilt: %(count)s materials.", count=count)


@index.command()
def check() -> None:
    """Compare the index with the database, document by document."""
    with opened() as house, house.database.read() as session:
        report = health.check_index(session, house.engine, watch=watched("Comparing the index"))
    tell_index(report)
    if not report.agrees:
        raise click.exceptions.Exit(REFUSED)
