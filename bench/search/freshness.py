"""Measure how long a saved material takes to be found, while several web processes write at once.

    python bench/search/freshness.py [--processes 4] [--saves 25] [--materials 300] [--engine whoosh]

A real installation on SQLite: its worker, and web processes of their own. At each process somebody renames a material
by the form of its page again and again, and asks another process by the public interface until the new name is found.
The clock runs from the answer to the saving to the answer that has the hit; pauses between two questions are in it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import select

from bench.search.materials import Author
from bench.search.speed import percentiles
from bench.support import PASSWORD, Browser, Installation, free_port, installation, wait_for
from elearn.clock import now
from elearn.house import open_house
from elearn.models.curriculum import Level
from elearn.models.material import Licence, Material, MaterialLevel, Status
from elearn.models.operations import Job, JobState
from elearn.services.indexing import rebuild
from elearn.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SERVE = "import sys, waitress, elearn.wsgi; waitress.serve(elearn.wsgi.application(), port=int(sys.argv[1]), threads=8)"
PAUSE = 0.05  # seconds between two questions
SETTLED_WITHIN = 120.0  # seconds after which it is measured anyway
PATIENCE = 60.0  # seconds after which a save counts as lost


class Renamer(Browser):
    """The administrator at one web process, renaming materials; `lags` are milliseconds until each was found."""

    def __init__(self, port: int, other: Browser, uids: list[str]) -> None:
        super().__init__(port)
        self.other, self.uids = other, uids
        self.lags: list[float] = []
        self.lost = 0
        page = self.get("/sign-in")
        self.post_form("/sign-in", csrf_token=page.field("csrf_token"), login="quan.tri", password=PASSWORD)

    def rename(self, number: int) -> None:
        """Save a new name and wait until it is found."""
        path, word = f"/materials/{self.uids[number % len(self.uids)]}/edit", f"zyx{self.port}q{number}"
        form = lxml.html.fromstring(self.get(path).text).xpath('//form[.//input[@name="title"]]')[0]
        values = dict(form.form_values())
        answer = self.post_form(path, **values | {"title": f"Bài {word}"})
        assert answer.status in {302, 303}, answer.text
        saved = time.perf_counter()
        while time.perf_counter() < saved + PATIENCE:
            if json.loads(self.other.get(f"/api/v1/materials?q={word}").text)["total"]:
                self.lags.append((time.perf_counter() - saved) * 1000)
                return
            time.sleep(PAUSE)
        self.lost += 1


def fill(home: Path, engine: str, count: int) -> list[str]:
    """Put generated materials into the database and the index; gives their uids."""
    house = open_house(load_settings({"ELEARN_SEARCH_ENGINE": engine}, home=home))
    author = Author(5)
    with house.database.write() as session:
        first = session.scalars(select(Material)).one()
        for number in range(count):
            written = author.write(number)
            material = Material(
                kind=first.kind,
                unit_id=first.unit_id,
                owner_id=first.owner_id,
                title=written.title,
                description=" ".join(part.text for part in written.parts),
                language="vi",
                licence=Licence(first.licence),
                status=Status.PUBLISHED,
                published_at=written.published_at,
                is_public=True,
                levels=[MaterialLevel(level=Level.TH)],
            )
            session.add(material)
        session.flush()
        uids = list(session.scalars(select(Material.uid).where(Material.id != first.id)))
    rebuild(house.database, house.engine)
    house.engine.close()
    house.close()
    return uids


def serve(stack: ExitStack, running: Installation, count: int) -> Iterator[int]:
    """Start web processes and one worker; gives the ports."""
    for command in (["-m", "elearn.cli", "worker"], *(["-c", SERVE, str(free_port())] for _ in range(count))):
        process = stack.enter_context(subprocess.Popen([sys.executable, *command], env=running.environment, cwd=ROOT))
        stack.callback(process.kill)
        if command[0] == "-c":
            wait_for(int(command[-1]), 300)
            yield int(command[-1])


def settle(home: Path) -> None:
    """Wait until the worker has done what a first start makes due, as it has in an installation of yesterday."""
    house = open_house(load_settings({}, home=home))
    rounds = select(Job.id).where(Job.kind == "collect_orphans", Job.state == JobState.DONE).limit(1)
    waiting = select(Job.id).where(Job.state == JobState.READY, Job.run_at <= now()).limit(1)
    end = time.monotonic() + SETTLED_WITHIN
    while time.monotonic() < end:
        with house.database.read() as session:
            if session.scalar(rounds) is not None and session.scalar(waiting) is None:
                break
        time.sleep(0.5)
    house.close()


def measure(engine: str, processes: int, saves: int, materials: int) -> dict[str, object]:
    """Save from all processes at once."""
    with installation(0, ELEARN_SEARCH_ENGINE=engine) as running, ExitStack() as stack:
        running.publish_lesson()
        uids = fill(running.home, engine, materials)
        ports = list(serve(stack, running, processes))
        settle(running.home)
        shares = [uids[at::processes] for at in range(processes)]
        renamers = [Renamer(port, Browser(ports[at - 1]), shares[at]) for at, port in enumerate(ports)]
        for renamer in renamers:
            renamer.other.cookies = dict(renamer.cookies)

        def work(renamer: Renamer) -> None:
            for number in range(saves):
                renamer.rename(number)

        threads = [threading.Thread(target=work, args=(renamer,)) for renamer in renamers]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    lags = [lag for renamer in renamers for lag in renamer.lags]
    return {
        "engine": engine,
        "saves": len(lags),
        "lost": sum(renamer.lost for renamer in renamers),
        "saves per s": round(len(lags) / seconds, 2),
        **percentiles("found after ms ", lags),
        "most ms": round(max(lags), 1),
        "load": os.getloadavg()[0],
    }


def main() -> None:
    """Measure and print one line of JSON for each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--saves", type=int, default=25)
    parser.add_argument("--materials", type=int, default=300)
    parser.add_argument("--engine", action="append", choices=("whoosh", "tantivy"))
    given = parser.parse_args()
    for engine in given.engine or ["whoosh"]:
        print(json.dumps(measure(engine, given.processes, given.saves, given.materials)), flush=True)


if __name__ == "__main__":
    main()
