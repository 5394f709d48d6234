"""A still of a film, through ffmpeg where the operator has installed it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from content_packages.program import run_program
from content_packages.sandbox import Allowance

if TYPE_CHECKING:
    from pathlib import Path

_ALLOWANCE: Final = Allowance(memory=2 << 30, cpu_seconds=25, seconds=40.0, output=32 << 20)
_LATEST: Final = 20  # seconds: by then films show what they are about


def draw_still(path: Path, seconds: int, folder: Path, allowance: Allowance = _ALLOWANCE) -> Path | None:
    """Write one picture of the film at `path`, `seconds` long, into `folder`; None when that cannot be done.

    Only the file itself is read: formats that are lists of other files would lead out of it.
    """
    program = shutil.which("ffmpeg")
    if not program:
        return None
    still = folder / "still.png"
    for at in dict.fromkeys((min(seconds // 5, _LATEST), 0)):
        command = [
            *(program, "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-ss", str(at), "-i", str(path)),
            *("-map", "0:v:0", "-frames:v", "1", "-vf", "scale='min(1280,iw)':-2", "-threads", "1", "-y", str(still)),
        ]
        if run_program(command, folder, [path], allowance) and still.is_file():
            return still
    return None
