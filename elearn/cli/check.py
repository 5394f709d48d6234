"""`elearn check`: whether database, files, counts and index agree."""

from __future__ import annotations

import click

from elearn.cli.opening import opened
from elearn.cli.reports import tell_counts, tell_files, tell_index, tell_rows
from elearn.cli.voice import REFUSED, say, warn, watched
from elearn.services import health
from elearn.services.reports.agreement import check_counts
from search_index.engine import IndexUnavailableError


@click.command()
@click.option("--deep", is_flag=True, help="Read every file, and count every period anew.")
def check(*, deep: bool) -> None:
    """Check that database, files, counts and index agree. Nothing is changed; exit code 3 when they do not."""
    with opened() as house, house.database.read() as session:
        broken = health.broken_rows(session)
        tell_rows(broken)
        files = health.check_files(session, house.storage, deep=deep, watch=watched("Comparing files"))
        tell_files(files)
        counts = check_counts(session, deep=deep, watch=watched("Counting anew"))
        tell_counts(counts)
        try:
            index = health.check_index(session, house.engine, watch=watched("Comparing the index"))
        except IndexUnavailableError:
            index = None
            warn("The search index is absent or damaged. Run: elearn index rebuild")
        else:
            tell_index(index)
    if broken or not files.agrees or not counts.agrees or index is None or not index.agrees:
        raise click.exceptions.Exit(REFUSED)
    say("Everything agrees.")
