"""Commits per second and CPU per commit: 8 learners at once, 4 kB of state each, beside the two naive ways.

    python bench/commits.py [--seconds 15] [--engine sqlite|postgresql]

`server` is the real server over HTTP with its worker, SQLite with synchronous=FULL; `scored` the same with a score and
a status that move with every commit. `rows`, `transactions` and `document` are storage alone, without a server, in the
same run and on the same settings (`element_rows.py`); the ratios compare storage with storage, and the whole
server with the storage of the others, which is unfair to us.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import string
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

import element_rows
from support import Learner, cpu_seconds, installation

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support.postgres import postgres_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support import Installation

LEARNERS = 8
STATE = 4096  # characters of suspend data in every commit
OK = 200
POSTGRES = "-c shared_buffers=128MB -c max_connections=60 -c listen_addresses="  # all else, fsync too, as it comes
WAYS = {"document": element_rows.document, "rows": element_rows.rows, "transactions": element_rows.transactions}


def ordinary(source: random.Random, standard: str) -> dict[str, str]:
    """What a SCO says all the time: its place and its own state."""
    location = "cmi.core.lesson_location" if standard == "1.2" else "cmi.location"
    return {
        "cmi.suspend_data": "".join(source.choices(string.ascii_letters, k=STATE)),
        location: str(source.randrange(100)),
    }


def scored(source: random.Random, standard: str) -> dict[str, str]:
    """The same with a score and a status that differ from the last."""
    score, status = ("cmi.core.score.raw", "cmi.core.lesson_status")
    if standard != "1.2":
        score, status = ("cmi.score.raw", "cmi.completion_status")
    words = {score: str(source.randrange(100)), status: source.choice(("incomplete", "completed"))}
    return ordinary(source, standard) | words


def play(learner: Learner, until: float, times: list[float], delta: Callable[..., dict[str, str]]) -> None:
    source = random.Random(learner.start["session"])
    while time.monotonic() < until:
        said = delta(source, learner.start["standard"])
        started = time.perf_counter()
        status = learner.commit(said)
        times.append(time.perf_counter() - started)
        assert status == OK, f"a commit was answered {status}"


def measure(pid: int, learners: list[Learner], seconds: float, delta: Callable[..., dict[str, str]]) -> dict[str, Any]:
    busy = round(os.getloadavg()[0], 1)  # of the last minute: what else this machine was doing
    times: list[float] = []
    before, started = cpu_seconds(pid), time.monotonic()
    threads = [threading.Thread(target=play, args=(each, started + seconds, times, delta)) for each in learners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, cpu = time.monotonic() - started, cpu_seconds(pid) - before
    cuts = quantiles(times, n=100)
    return {
        "commits": len(times),
        "commits_per_second": round(len(times) / elapsed, 1),
        "cpu_ms_per_commit": round(cpu / len(times) * 1000, 2),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "p99_ms": round(cuts[98] * 1000, 1),
        "load_before": busy,
    }


def of_the_server(place: Installation, seconds: float) -> Iterator[tuple[str, dict[str, Any]]]:
    material = place.publish_lesson()
    with place.serve() as server:
        learners = [Learner(place.port, f"hoc.sinh.{number}", material) for number in range(LEARNERS)]
        for name, delta in (("server", ordinary), ("scored", scored)):
            yield name, measure(server.pid, learners, seconds, delta)


def ratios(told: dict[str, dict[str, Any]]) -> dict[str, float]:
    """How many times more commits a second than the naive ways."""
    rates = {name: figures["commits_per_second"] for name, figures in told.items()}
    pairs = [(one, other) for one in ("document", "server") for other in ("rows", "transactions")]
    return {f"{one} / {other}": round(rates[one] / rates[other], 2) for one, other in pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="of the real server")
    options = parser.parse_args()
    told: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        settings = {}
        if options.engine == "postgresql":
            settings["ELEARN_DATABASE_URL"] = stack.enter_context(postgres_server(POSTGRES)).url
        place = stack.enter_context(installation(LEARNERS, **settings))
        for name, figures in of_the_server(place, options.seconds):
            told[name] = figures
            print(f"{name:13} {json.dumps(figures)}", flush=True)
    for name, way in WAYS.items():
        told[name] = element_rows.measure(way, options.seconds / 2)
        print(f"{name:13} {json.dumps(told[name])}", flush=True)
    print(json.dumps({"bench": "commits", "engine": options.engine, **told["server"], "ratios": ratios(told)}))


if __name__ == "__main__":
    main()
