"""A server that starts again at once: a process that has loaded elearn lets a child serve, as often as it is told.

What serves is `elearn run` itself, without its worker, on a real home; it is killed as a power cut would kill it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from bench.support import wait_for
from tests.support.installation import STOP_SECONDS, Server

START_SECONDS = 300


class RespawnedServer(Server):
    """A `Server` whose processes are children of one that is loaded already."""

    parent: subprocess.Popen[str] | None = None
    pid = 0

    def start(self) -> None:
        """Serve again, and wait until the server answers."""
        if self.parent is None:
            line = [sys.executable, "-m", "tests.support.respawned", str(self.port)]
            with self.log.open("ab") as log:
                self.parent = subprocess.Popen(
                    line, env=self.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
                )
        assert self.parent.stdin
        assert self.parent.stdout
        self.parent.stdin.write("start\n")
        self.parent.stdin.flush()
        self.pid = int(self.parent.stdout.readline())
        wait_for(self.port, START_SECONDS)

    def kill(self) -> None:
        """End what serves, at once."""
        assert self.pid, "nothing serves"
        os.kill(self.pid, signal.SIGKILL)
        end = time.monotonic() + STOP_SECONDS
        with suppress(ProcessLookupError):
            while time.monotonic() < end:
                os.kill(self.pid, 0)
                time.sleep(0.01)
        self.pid = 0

    def close(self) -> None:
        """End everything."""
        if self.pid:
            self.kill()
        if self.parent is not None:
            self.parent.communicate(timeout=STOP_SECONDS)


class NoWorker:
    """Stands for the worker, of which no commit needs anything."""

    def __init__(self, **settings: object) -> None:
        """Take what the worker would be told."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""


def respawn(port: str) -> None:
    """Let a child serve for each line of the standard input, and print its process id."""
    from elearn.cli import main, run  # noqa: PLC0415 - loaded here once, for all children

    run.Supervisor = NoWorker
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            main(["run", "--port", port])
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    respawn(sys.argv[1])
