"""Running a foreign program (LibreOffice, ffmpeg) on a foreign file: limited, without network, in its own folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_packages.sandbox import Allowance

_CHILD: Final = Path(__file__).with_name("program_child.py")


def run_program(
    command: Sequence[str], folder: Path, read: Sequence[Path], allowance: Allowance, sockets: Sequence[str] = ()
) -> bool:
    """Run `command` (its first word an absolute path) in `folder`; returns whether it ended well and in time.

    It may write into the folder alone (and make its sockets in the folders `sockets`), and read the system and what
    `read` names; where the kernel has no Landlock that is only asked of it by its options. Whatever it started ends
    with it.
    """
    asked = {
        "command": list(command),
        "folder": str(folder),
        "read": [str(path) for path in read],
        "sockets": list(sockets),
        "memory": allowance.memory,
        "cpu_seconds": allowance.cpu_seconds,
        "output": allowance.output,
    }
    child = subprocess.Popen(
        [sys.executable, "-I", str(_CHILD), json.dumps(asked)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        start_new_session=True,
    )
    try:
        child.wait(allowance.seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return child.returncode == 0
