"""`elearn worker`: a worker process."""

from __future__ import annotations

import signal
import sys
import threading

import click

from elearn.cli.opening import opened
from elearn.web.logs import configure_logging
from elearn.worker import Worker


@click.command()
@click.option("--supervised", is_flag=True, hidden=True, help="Stop when standard input ends, as the parent does.")
def worker(*, supervised: bool) -> None:
    """Index changes and run jobs until SIGTERM; the job in hand is finished first."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    if supervised:
        threading.Thread(target=_stop_with_parent, args=(stop,), name="parent", daemon=True).start()
    with opened() as house:
        configure_logging(house.settings)
        Worker(house).run(stop)


def _stop_with_parent(stop: threading.Event) -> None:
    # The parent never writes; the pipe ends when it does, however it was killed.
    sys.stdin.buffer.raw.read()
    stop.set()
