"""`make conformance`: ADL's cases against a server with fresh data, through the driver of any folder.

    python -m tests.conformance.run --driver FILE --packages FOLDER [--cases CM,RU-04a] [--jobs N]

What the driver does not know of is given on to it (`--out results.json`). The exit status is the driver's:
0 when every case passes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.support import PASSWORD
from tests.support.chromium import executable
from tests.support.installation import Server, command, serving

ADAPTER = Path(__file__).with_name("adapter.py")
TEACHER, REVIEWER, LEARNER = "conformance.teacher", "conformance.reviewer", "conformance.learner.{}"


def main() -> int:
    """Run the cases; returns the driver's exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--driver", type=Path, required=True, help="drive.py")
    parser.add_argument("--packages", type=Path, required=True, help="folder with cases.json and the packages")
    parser.add_argument("--cases", default="", help="names or families, separated by commas; default: all")
    parser.add_argument("--jobs", type=int, default=2)
    options, further = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="elearn-conformance-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        prepare(home, number_of_cases(options.packages, options.cases))
        with serving(Server(home, ELEARN_LOG_LEVEL="warning")) as server:
            return drive(options, further, f"http://localhost:{server.port}")


def number_of_cases(packages: Path, wanted: str) -> int:
    """How many cases the driver will take at most."""
    cases = json.loads((packages / "cases.json").read_text(encoding="utf-8"))["cases"]
    words = {word.strip() for word in wanted.split(",")}
    named = sum(name in words or case["family"] in words for name, case in cases.items())
    return len(cases) if not wanted or "@" in wanted else named


def prepare(home: Path, learners: int) -> None:
    """Make the schema, the staff and a fresh learner for every case."""
    command(home, "db", "upgrade")
    people = {TEACHER: "teacher", REVIEWER: "reviewer"} | {
        LEARNER.format(number): "student" for number in range(1, learners + 1)
    }
    for login, role in people.items():
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")


def drive(options: argparse.Namespace, further: list[str], base: str) -> int:
    """Run the driver against a server."""
    line = [sys.executable, str(options.driver), "--adapter", str(ADAPTER), "--packages", str(options.packages)]
    line += ["--jobs", str(options.jobs), "--chromium", executable()]
    line += ["--cases", options.cases] if options.cases else []
    line += ["-o", f"base={base}", "-o", f"password={PASSWORD}", *further]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(line, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
