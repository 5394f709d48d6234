"""Running a parser of foreign files in a child with limits on memory, CPU, time and output, without network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CHILD: Final = Path(__file__).with_name("sandbox_child.py")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a child may use: bytes of address space, seconds of CPU and of time, bytes of output."""

    memory: int = 384 * 1024 * 1024
    cpu_seconds: int = 7
    seconds: float = 8.0
    output: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the child wrote until it ended, and how it ended; output before a violent end is still there."""

    output: bytes
    timed_out: bool
    succeeded: bool


def run_limited(script: Path, path: Path, allowance: Allowance | None = None, *arguments: str) -> Outcome:
    """Run `script` (a Python file that reads the file named by its first argument) and return what it wrote.

    The child is a fresh isolated interpreter: it inherits no open file, no environment and no module. Its
    output goes to an unlinked file, so that the kernel's limit on file size bounds it too.
    """
    allowed = allowance or Allowance()
    limits = [str(allowed.memory), str(allowed.cpu_seconds), str(allowed.output)]
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD), *limits, str(script), str(path), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )
        try:
            timed_out = _wait(child, allowed.seconds)
        finally:
            _kill(child)
        output.seek(0)
        return Outcome(output.read(allowed.output), timed_out, child.returncode == 0)


def _wait(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Return whether the child's time ran out; its CPU limit counts as time."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return child.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started: they share a session of their own."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
