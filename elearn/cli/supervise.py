"""Keeps one worker running as a child process of the server, and ends it with the server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMAND = (sys.executable, "-m", "elearn.cli", "worker", "--supervised")
FIRST_PAUSE = 1.0  # seconds before a crashed worker is started again; doubled each time
LONGEST_PAUSE = 60.0
STEADY = 120.0  # seconds after which a crash counts as the first again
PATIENCE = 30.0  # seconds a worker has to finish the job in hand
log = structlog.get_logger("elearn.supervisor")


class Supervisor:
    """A thread that starts the worker, waits for its end, and starts it again until told to stop.

    `environment` are settings that the worker would not read as this process has them.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND, environment: Mapping[str, str] | None = None) -> None:
        self._command = command
        self._environment = {**os.environ, **(environment or {})}
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep_running, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the worker."""
        self._thread.start()

    def stop(self) -> None:
        """Let the worker finish its job and end; kill it when it takes too long."""
        self._stopping.set()
        with self._lock:
            child = self._child
        if child is not None:
            _end(child)
        if self._thread.ident is not None:
            self._thread.join()

    def _keep_running(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run_once()
            if code is None or self._stopping.is_set():
                return
            lived = time.monotonic() - began
            pause = FIRST_PAUSE if lived > STEADY else pause
            log.warning("worker_ended", code=code, again_in=pause)
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _run_once(self) -> int | None:
        with self._lock:
            if self._stopping.is_set():
                return None
            # The pipe tells the child when this process is gone, even by kill -9.
            self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, env=self._environment)
            child = self._child
        with child:
            return child.wait()


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
