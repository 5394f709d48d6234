"""`make load`: the load a school puts on one machine, and a checker of what is left of it.

    python bench/load.py [--minutes 3] [--rate 100] [--learners 500] [--launches 500] [--within 60] [--files 20]

First the start of a lesson: launches spread evenly over a minute, each with the files a browser fetches. Then commits
at a steady rate from all learners in turn. Every request has its moment beforehand and is timed from that moment, so a
server that falls behind cannot make its own figures better. At the end every attempt is read back from the database.

The exit status is 1 when anything that was acknowledged is missing, when a request failed, or when a limit was
not held: p95 of commits 200 ms, p99 500 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import string
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from crowd import Member, gather, lost
from files import package
from support import Browser, cpu_seconds, installation

if TYPE_CHECKING:
    from collections.abc import Callable

WORKERS = 32
STATE = 4096
P95, P99 = 200.0, 500.0  # ms


class Run:
    """Work at fixed moments by a pool of workers; `times` are milliseconds from each moment to its answer."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def go(self, moments: list[float], work: Callable[[Browser, int], None]) -> dict[str, Any]:
        """Do `work(browser, number)` at each moment (seconds from now), and tell how it went."""
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(len(moments)):
            waiting.put(number)
        times: list[float] = []
        failures: Counter[str] = Counter()
        began, cpu = time.monotonic(), cpu_seconds(self.pid)

        def worker() -> None:
            browser = Browser(self.port)
            while True:
                try:
                    number = waiting.get_nowait()
                except queue.Empty:
                    return
                time.sleep(max(0.0, began + moments[number] - time.monotonic()))
                try:
                    work(browser, number)
                except (AssertionError, OSError, ValueError) as error:
                    failures[f"{type(error).__name__}: {error}"[:100]] += 1
                    browser = Browser(self.port)
                times.append((time.monotonic() - began - moments[number]) * 1000)

        threads = [threading.Thread(target=worker) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, used = time.monotonic() - began, cpu_seconds(self.pid) - cpu
        return told(times, seconds, used, failures)


def told(times: list[float], seconds: float, cpu: float, failures: Counter[str]) -> dict[str, Any]:
    """The figures of one run."""
    cuts = quantiles(times, n=100)
    return {
        "done": len(times),
        "per_second": round(len(times) / seconds, 1),
        "cpu_ms_each": round(cpu / len(times) * 1000, 2),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "most_ms": round(max(times), 1),
        "failures": dict(failures),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=3, help="of commits")
    parser.add_argument("--rate", type=float, default=100, help="commits a second")
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--launches", type=int, default=500)
    parser.add_argument("--within", type=float, default=60, help="seconds for all launches")
    parser.add_argument("--files", type=int, default=20, help="files that each launch fetches")
    options = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with installation(0) as place, tempfile.TemporaryDirectory() as folder:
        material = place.publish(package(Path(folder) / "unpacked"))
        names = sorted(p.name for p in (Path(folder) / "unpacked" / "pages").iterdir())
        paths = ["index.html", *(f"pages/{name}" for name in names)][: options.files]
        members = gather(place, max(options.learners, options.launches))
        with place.serve() as server:
            run = Run(place.port, server.pid)
            starts = lesson_starts(run, members, material, paths, options)
            playing = [member for member in members[: options.learners] if member.start]
            commits = steady_commits(run, playing, options)
        missing = lost(place, members)
    return verdict(starts, commits, missing)


def lesson_starts(
    run: Run, members: list[Member], material: str, paths: list[str], options: argparse.Namespace
) -> dict[str, Any]:
    """Everybody opens the lesson within a minute."""

    def start(browser: Browser, number: int) -> None:
        members[number].launch(browser, material)
        members[number].fetch(browser, paths)

    moments = [number * options.within / options.launches for number in range(options.launches)]
    figures = run.go(moments, start)
    print("launches", json.dumps({**figures, "files_each": len(paths)}, ensure_ascii=False), flush=True)
    return figures


def steady_commits(run: Run, playing: list[Member], options: argparse.Namespace) -> dict[str, Any]:
    """All learners commit in turn. One learner's messages keep their order: a lesson sends one after the other."""
    source = random.Random(11)
    texts = ["".join(source.choices(string.ascii_letters, k=STATE)) for _ in range(16)]
    locks = [threading.Lock() for _ in playing]

    def commit(browser: Browser, number: int) -> None:
        at = number % len(playing)
        with locks[at]:
            status = playing[at].commit(browser, texts[number % len(texts)])
        assert status == 200, f"a commit was answered {status}"

    moments = [number / options.rate for number in range(int(options.minutes * 60 * options.rate))]
    figures = run.go(moments, commit)
    print("commits", json.dumps(figures, ensure_ascii=False), flush=True)
    return figures


def verdict(starts: dict[str, Any], commits: dict[str, Any], missing: list[str]) -> int:
    """Say whether the load was held."""
    print("\n".join(missing[:10]))
    held = commits["p95_ms"] <= P95 and commits["p99_ms"] <= P99
    failed = sum(starts["failures"].values()) + sum(commits["failures"].values())
    print(f"acknowledged and lost: {len(missing)}; failed: {failed}; limits of commits held: {'yes' if held else 'no'}")
    return 1 if missing or failed or not held else 0


if __name__ == "__main__":
    sys.exit(main())
