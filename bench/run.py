"""All benchmarks, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = (
    "commits.py",
    "launches.py",
    "lti_launches.py",
    "lti_grades.py",
    "sequencing.py",
    "api_calls.py",
    "files.py",
    "importing.py",
    "duplicates.py",
    "search/speed.py",
    "search/quality.py",
    "ratio.py",
    "software.py",
)


def main() -> int:
    failed = 0
    for script in SCRIPTS:
        print(f"== {script}", flush=True)
        failed |= subprocess.run([sys.executable, HERE / script], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
