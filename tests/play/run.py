"""`make play DIR=...`: import every file of a folder on fresh data, and play what was accepted in Chromium.

    python -m tests.play.run FOLDER [--only WORDS] [--pictures FOLDER] [--out FILE]

Every lesson is opened through the ordinary pages as a learner and driven to an outcome where it has one. The exit
status is 1 when something went wrong that is never the content's fault: an error of our own scripts, a lesson that
shows nothing, a place that was not given back, an outcome that differs from what the content said.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.support import PASSWORD
from tests.play.lesson import Result, play, read_outcome
from tests.support.chromium import chromium
from tests.support.installation import ADMINISTRATOR, Server, command, invoke, opened_home, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

LEARNER = "hoc.sinh"


def main() -> int:
    """Play a folder; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="play files whose name holds one of these words (commas)")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    parser.add_argument("--out", type=Path, help="a file for everything that was recorded, as JSON")
    options = parser.parse_args()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in options.folder.iterdir() if path.is_file() and path.suffix != ".json")
    wanted = [file for file in files if any(word in file.name for word in options.only.split(","))]
    results = []
    with chromium() as browser:
        for result in campaign(browser, wanted, options.pictures):
            results.append(result)
            print(line(result), flush=True)  # noqa: T201
            if options.out:
                options.out.write_text(json.dumps([r.as_dict() for r in results], ensure_ascii=False, indent=1))
    faulty = sum(bool(result.faults) for result in results)
    print(f"\n{len(wanted)} files, {len(results)} played, {faulty} with faults of ours")  # noqa: T201
    return 1 if faulty else 0


def campaign(browser: Browser, files: list[Path], pictures: Path | None = None) -> Iterator[Result]:
    """Play the files one after the other on a server of their own."""
    with tempfile.TemporaryDirectory(prefix="elearn-play-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        command(home, "db", "upgrade")
        for login, role in ((ADMINISTRATOR, "administrator"), (LEARNER, "student")):
            command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
        accepted = [(result, material) for file in files for result, material in imported(home, file)]
        with serving(Server(home)) as server, opened_home(home) as house:
            for result, material in accepted:
                try:
                    play(browser, f"http://localhost:{server.port}", LEARNER, material, result, pictures)
                except Exception as error:  # noqa: BLE001 - one bad lesson must not end the campaign
                    result.ours.append(f"{type(error).__name__}: {error}"[:300])
                read_outcome(house, material, result)
                yield result


def imported(home: Path, file: Path) -> Iterator[tuple[Result, str]]:
    """Import and publish a file; gives nothing when it is refused."""
    done = invoke(home, "import", str(file), "--by", ADMINISTRATOR, "--publish", "--json")
    told = json.loads(done.stdout.splitlines()[-1])
    if told["status"] == "accepted":
        standard = f"{told.get('kind', '')} {told.get('edition', '')}".strip()
        yield Result(file.name, standard, told.get("tool", "")), told["material_id"]


def line(result: Result) -> str:
    """One line of the table, and one for each thing to look at."""
    facts = [
        f"{result.file[:52]:52}", f"{result.standard:15}", f"{result.tool[:26]:26}",
        "blank" if result.blank else "shown", f"{result.calls:4} calls", f"{sum(result.errors.values()):3} errors",
        f"{result.completion}/{result.success}/{result.score}", "ended" if result.ended else "not ended",
        f"keys {result.by_keyboard}:{result.by_mouse}", result.resumes[:60],
    ]  # fmt: skip
    notes = [f"      FAULT {fault}" for fault in result.faults]
    for name in ("content", "missing", "blocked"):
        notes += [f"      {name}: {note}" for note in getattr(result, name)[:3]]
    return "\n".join([" ".join(facts), *notes])


if __name__ == "__main__":
    sys.exit(main())
