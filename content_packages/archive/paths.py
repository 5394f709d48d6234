"""Which entry names are safe and unambiguous on every computer the package may be taken to."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content_packages.archive.limits import Limits

_DRIVE = re.compile(r"[A-Za-z]:")
# Device names of Windows count with any extension, and in any folder.
_RESERVED = re.compile(
    r"(?:^|/)(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(?:[ .][^/]*)?(?:/|$)", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DOT_OR_SPACE_AT_END = re.compile(r"[. ](?:/|$)")
_JUNK_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "Icon\r"})


def normalise(name: str) -> str:
    """Return `name` in NFC with forward slashes and without empty or `.` steps; a folder keeps its last slash."""
    slashed = unicodedata.normalize("NFC", name).replace("\\", "/")
    steps = [step for step in slashed.split("/") if step not in ("", ".")]
    return "/".join(steps) + ("/" if steps and slashed.endswith("/") else "")


def is_junk(path: str) -> bool:
    """Whether an operating system left the entry behind: it is no part of the lesson."""
    steps = path.rstrip("/").split("/")
    return "__MACOSX" in steps or steps[-1] in _JUNK_NAMES or steps[-1].startswith("._")


def danger_of(name: str, limits: Limits) -> str:
    """Return the finding code of what makes `name` (as decoded) unacceptable, or ""."""
    slashed = name.replace("\\", "/")
    steps = [step for step in slashed.split("/") if step not in ("", ".")]
    path = "/".join(steps)
    dangers = {
        "name_absolute": slashed.startswith("/") or _DRIVE.match(slashed),
        "name_empty": not steps,
        "name_traversal": ".." in steps,
        "name_control_character": _CONTROL.search(name),
        "name_too_long": len(name) > limits.path_length or max(map(len, steps), default=0) > limits.name_length,
        "name_reserved": _RESERVED.search(path),
        "name_trailing_dot_or_space": _DOT_OR_SPACE_AT_END.search(path),
    }
    return next((code for code, present in dangers.items() if present), "")


def printable(name: str, longest: int = 120) -> str:
    """Return `name` as it may stand in a report: no control characters, not longer than `longest`."""
    kept = name if len(name) <= longest else name[: longest - 1] + "…"
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in kept)
