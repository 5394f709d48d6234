"""Import every file of a folder on fresh data and print what became of it: `make packages DIR=...`."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SLOWEST = 10.0  # seconds of CPU a file may take; wall time depends on what else the machine does
PATIENCE = 120  # seconds after which an import counts as hung
LARGEST = 500 * 1024  # KiB of memory the importer may take


def elearn(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ELEARN_HOME": str(home), "ELEARN_LOCALE": "en"}
    command = [sys.executable, "-m", "elearn.cli", *arguments]
    return subprocess.run(
        command, env=environment, input=given, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def prepare(home: Path) -> None:
    elearn(home, "db", "upgrade").check_returncode()
    elearn(home, "user", "add", "nguoi.nhap", "--role", "administrator", "--password-stdin", given="mot-mat-khau-dai\n")


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(home: Path, file: Path) -> dict[str, Any]:
    before = children_cpu()
    try:
        done = elearn(home, "import", str(file), "--by", "nguoi.nhap", "--json")
    except subprocess.TimeoutExpired:
        return crashed(file, "it hung", PATIENCE)
    seconds = children_cpu() - before
    lines = done.stdout.splitlines()
    if done.returncode not in {0, 3} or len(lines) != 1:
        return crashed(file, done.stderr[-500:], seconds)
    return {**json.loads(lines[0]), "seconds": seconds}


def crashed(file: Path, error: str, seconds: float) -> dict[str, Any]:
    return {"file": file.name, "status": "CRASHED", "seconds": seconds, "findings": [], "error": error}


def describe(told: dict[str, Any]) -> str:
    causes = [finding["message"] for finding in told["findings"]]
    wanted = "error" if told["status"] == "refused" else "warning"
    chosen = [finding["message"] for finding in told["findings"] if finding["severity"] == wanted] or causes
    return str(chosen[0]) if chosen else str(told.get("error", ""))


def main(folder: Path) -> int:
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "catalogue.json")
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        prepare(home)
        before = {path for path in home.rglob("*") if path.is_file()}
        table = [row(home, file) for file in files]
        strays = [path for path in home.rglob("*") if path.is_file() and path not in before and is_stray(home, path)]
    for told in table:
        kind = f"{told.get('kind', '?')} {told.get('edition', '')}".strip()
        name = Path(str(told["file"])).name
        print(f"{told['status']:9} {kind:24} {told['seconds']:5.1f} s  {name[:58]:58}  {describe(told)[:110]}")  # noqa: T201
    return summary(table, strays)


def is_stray(home: Path, path: Path) -> bool:
    """Imports may write the database, blobs under files/ and nothing else."""
    return path.relative_to(home).parts[0] not in {"files", "index"} and not path.name.startswith("elearn.sqlite")


def summary(table: list[dict[str, Any]], strays: list[Path]) -> int:
    accepted = sum(told["status"] == "accepted" for told in table)
    crashed = sum(told["status"] == "CRASHED" for told in table)
    slowest = max((float(told["seconds"]) for told in table), default=0.0)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    failed = crashed + (slowest > SLOWEST) + (memory > LARGEST) + len(strays)
    print(  # noqa: T201
        f"\n{len(table)} files: {accepted} accepted, {len(table) - accepted - crashed} refused, {crashed} crashed; "
        f"slowest {slowest:.1f} s of CPU, most memory {memory / 1024:.0f} MiB, files outside their place {len(strays)}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
