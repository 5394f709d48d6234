"""The real thing in a process of its own: `elearn run` on a home and a port that nobody else uses."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import URLError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS = 600
STOP_SECONDS = 120


@dataclass
class Site:
    """A running server; `stop` and `start` are for tests in which it goes away."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The address people type."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this site's commands."""
        return {
            **os.environ,
            "ELEARN_HOME": str(self.home),
            "ELEARN_LOG_LEVEL": "warning",
            "ELEARN_LOCALE": "vi",
            "ELEARN_PRIVATE_HOSTS": "127.0.0.1",
        }

    def elearn(self, *arguments: str, given: str = "") -> str:
        """Run a command of elearn on this home and give its output."""
        command = [sys.executable, "-m", "elearn.cli", *arguments]
        done = subprocess.run(command, env=self.environment, input=given, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 3}, done.stderr
        return done.stdout

    def start(self) -> None:
        """Start the small demo and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "elearn.cli",
            "run",
            "--demo",
            "--demo-size",
            "small",
            "--port",
            str(self.port),
        ]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, (self.home / "server.log").read_text(encoding="utf-8")
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310 - our own address
                return answer.status == 200
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop it as an operator would."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(STOP_SECONDS)
            self.process = None


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(home: Path) -> Iterator[Site]:
    """The demo on a fresh home until the end of the block."""
    site = Site(home, free_port())
    site.start()
    try:
        yield site
    finally:
        site.stop()
