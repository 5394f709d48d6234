"""A process that takes files in as the site does and tells of each what became of it and what that cost.

Started with a home; each line on its standard input names a file and what its owner calls it (JSON).
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from bench.support import PASSWORD
from elearn.app import create_app
from tests.support.contributing import upload
from tests.support.installation import TEACHER, opened_home
from tests.support.web import Browser

BLOB = re.compile(r"files/([0-9a-f]{2}/)*[0-9a-f]{64}")
OWN = re.compile(r"elearn\.sqlite.*|secret_key|index/.*|materials\.json|files/\.\w+(/.*)?")
KIB = 1024


def strays(home: Path, temporary: Path) -> list[str]:
    """Files that are neither in the storage nor belong to the installation."""
    inside = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
    found = [name for name in inside if not BLOB.fullmatch(name) and not OWN.fullmatch(name)]
    return found + [str(path) for folder in (temporary, Path.cwd()) for path in folder.iterdir()]


def peak() -> int:
    """The largest resident memory of this process so far, in bytes; its children have bounds of their own.

    Not `getrusage`, which remembers what the process was before it became this one.
    """
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", said)[1]) * KIB  # type: ignore[index]


def spent() -> float:
    """Processor seconds of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def take(browser: Browser, path: Path, name: str) -> dict[str, Any]:
    """Upload one file; says the status of the answer and its cost."""
    before = spent()
    answer = upload(browser, path.read_bytes(), name)
    status, text = answer.status_code, answer.text
    answer.close()
    return {"status": status, "seconds": spent() - before, "fault_of_ours": "lỗi từ phía hệ thống" in text}


def main() -> None:
    """Take in what is named until the input ends."""
    home, temporary = Path(sys.argv[1]), Path(os.environ["TMPDIR"])
    with opened_home(home, ELEARN_LOG_LEVEL="error") as house:
        browser = Browser(create_app(house))
        assert browser.sign_in(TEACHER, PASSWORD).status_code == 303
        for line in sys.stdin:
            file, name = json.loads(line)
            told = take(browser, Path(file), name)
            told |= {"memory": peak(), "strays": strays(home, temporary)}
            sys.__stdout__.write("told " + json.dumps(told) + "\n")  # type: ignore[union-attr]
            sys.__stdout__.flush()  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
