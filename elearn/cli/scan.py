"""`elearn scan`: have the files that are stored already looked at by the scanner."""

from __future__ import annotations

import click

from elearn.cli.opening import opened
from elearn.cli.voice import WRONG_USE, say, stop
from elearn.services.safety import enqueue_stored


@click.command("scan")
def scan_command() -> None:
    """Have every stored file scanned by the worker, as after a scanner was set or its signatures are new.

    Files stay open meanwhile; what does harm is set aside once it is found.
    """
    with opened() as house:
        if house.settings.scanner is None:
            stop("No scanner is set. Set ELEARN_CLAMD first.", code=WRONG_USE)
        with house.database.write() as session:
            count = enqueue_stored(session)
    say("%(count)s files wait for the scanner.", count=count)
