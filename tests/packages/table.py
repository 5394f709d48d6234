"""Import every file of a folder on fresh data, open what was accepted in Chromium, and print what became of it.

    python -m tests.packages.table FOLDER [--only WORDS] [--pictures FOLDER] [--out FILE] [--unopened]

`make packages DIR=...` runs it. Where the folder has a `catalogue.json`, the kinds are compared with what it says. The
exit status is 1 when something crashed, hung, took too much, left a file astray, was taken for another kind, or
opened with an error of our own pages.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.support import PASSWORD
from tests.packages.catalogue import NAME, found_kind, is_right, right_kinds
from tests.packages.opening import Opener
from tests.support.chromium import chromium
from tests.support.installation import Server, await_drawings, await_index, serving

SLOWEST = 10.0  # seconds of CPU a file may take; wall time depends on what else the machine does
PATIENCE = 300  # seconds after which an import counts as hung
LARGEST = 500 * 1024  # KiB of memory the importer may take
LOGIN = "nguoi.nhap"


def main() -> int:
    """Print the table and its sum; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="files whose name holds one of these words (commas)")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    parser.add_argument("--out", type=Path, help="a file for the table in Markdown")
    parser.add_argument("--unopened", action="store_true", help="import only, without a browser")
    options = parser.parse_args()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in options.folder.iterdir() if path.is_file() and path.name != NAME)
    files = [file for file in files if any(word in file.name for word in options.only.split(","))]
    with tempfile.TemporaryDirectory(prefix="elearn-packages-") as temporary:
        home = Path(temporary) / "home"
        home.mkdir()
        prepare(home)
        before = {path for path in home.rglob("*") if path.is_file()}
        table = [row(home, file) for file in files]
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        strays = [path for path in home.rglob("*") if path.is_file() and path not in before and is_stray(home, path)]
        compare(table, options.folder)
        if not options.unopened:
            open_all(home, table, options.pictures)
    for told in table:
        print(line(told))  # noqa: T201
    if options.out:
        options.out.write_text(markdown(table), encoding="utf-8")
    return summary(table, strays, memory)


def elearn(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ELEARN_HOME": str(home), "ELEARN_LOCALE": "en"}
    command = [sys.executable, "-m", "elearn.cli", *arguments]
    return subprocess.run(
        command, env=environment, input=given, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def prepare(home: Path) -> None:
    elearn(home, "db", "upgrade").check_returncode()
    elearn(
        home, "user", "add", LOGIN, "--role", "administrator", "--password-stdin", given=f"{PASSWORD}\n"
    ).check_returncode()


def row(home: Path, file: Path) -> dict[str, Any]:
    """What the importer told of a file."""
    before = children_cpu()
    try:
        done = elearn(home, "import", str(file), "--by", LOGIN, "--publish", "--json")
    except subprocess.TimeoutExpired:
        return crashed(file, "it hung", PATIENCE)
    seconds = children_cpu() - before
    lines = done.stdout.splitlines()
    if done.returncode not in {0, 3} or len(lines) != 1:
        return crashed(file, done.stderr[-500:], seconds)
    return {**json.loads(lines[0]), "file": file.name, "seconds": seconds}


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def crashed(file: Path, error: str, seconds: float) -> dict[str, Any]:
    return {"file": file.name, "status": "CRASHED", "seconds": seconds, "findings": [], "error": error}


def is_stray(home: Path, path: Path) -> bool:
    """Imports may write the database, blobs under files/ and nothing else."""
    return path.relative_to(home).parts[0] not in {"files", "index"} and not path.name.startswith("elearn.sqlite")


def compare(table: list[dict[str, Any]], folder: Path) -> None:
    """Write into each row whether its kind is the right one; None where nobody says."""
    kinds = right_kinds(folder)
    for told in table:
        right = kinds.get(told["file"])
        told["right"] = None if right is None else is_right(told, right)
        told["should_be"] = "" if right is None else " ".join(filter(None, right))


def open_all(home: Path, table: list[dict[str, Any]], pictures: Path | None) -> None:
    """Open what was accepted, on a server of its own, once its worker has indexed and drawn everything."""
    if shutil.which("npm"):
        elearn(home, "parts", "install", "h5p").check_returncode()
    with serving(Server(home)) as server, chromium() as browser:
        await_index(home)
        await_drawings(home)
        opener = Opener(browser, f"http://localhost:{server.port}", LOGIN, pictures)
        for told in table:
            if told["status"] == "accepted":
                told["opened"] = opener.open(told["material_id"], told["file"])


def kind_of(told: dict[str, Any]) -> str:
    return f"{found_kind(told)} {told.get('edition', '')}".strip()


def opened_words(told: dict[str, Any]) -> str:
    return told["opened"].words() if "opened" in told else ""


def describe(told: dict[str, Any]) -> str:
    """The finding that weighs most."""
    ranks = {"error": 0, "warning": 1, "info": 2}
    causes = sorted(told["findings"], key=lambda finding: ranks[finding["severity"]])
    return str(causes[0]["message"]) if causes else str(told.get("error", ""))


def line(told: dict[str, Any]) -> str:
    right = {None: "", True: "right", False: f"WRONG ({told['should_be']})"}[told["right"]]
    facts = [
        f"{told['status']:9}", f"{kind_of(told):24}", f"{right:6}", f"{told.get('tool', '')[:24]:24}",
        f"{told['seconds']:4.1f} s", f"{told['file'][:58]:58}", f"{opened_words(told):24}", describe(told)[:110],
    ]  # fmt: skip
    return "  ".join(facts)


def markdown(table: list[dict[str, Any]]) -> str:
    """The same for a page of the documentation, with the codes of all findings."""
    rows = ["| File | Kind, edition | Tool | Verdict | Findings | In Chromium |", "|---|---|---|---|---|---|"]
    for told in table:
        codes = ", ".join(dict.fromkeys(f"`{finding['code']}`" for finding in told["findings"]))
        cells = (told["file"], kind_of(told), told.get("tool", ""), told["status"], codes, opened_words(told))
        rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def summary(table: list[dict[str, Any]], strays: list[Path], memory: int) -> int:
    """Print the sum; 1 when there is anything that must not be."""
    accepted = sum(told["status"] == "accepted" for told in table)
    crashed = sum(told["status"] == "CRASHED" for told in table)
    wrong = sum(told["right"] is False for told in table)
    named = sum(told["right"] is not None for told in table)
    opened = [told["opened"] for told in table if "opened" in told]
    faulty = sum(bool(one.faults) for one in opened)
    slowest = max((float(told["seconds"]) for told in table), default=0.0)
    print(  # noqa: T201
        f"\n{len(table)} files: {accepted} accepted, {len(table) - accepted - crashed} refused, {crashed} crashed; "
        f"{named - wrong} of {named} kinds right; "
        f"{sum(one.how != 'download' for one in opened)} opened in Chromium, {faulty} with faults of ours; "
        f"slowest {slowest:.1f} s of CPU, most memory {memory / 1024:.0f} MiB, files outside their place {len(strays)}"
    )
    return 1 if crashed or wrong or faulty or strays or slowest > SLOWEST or memory > LARGEST else 0


if __name__ == "__main__":
    sys.exit(main())
