"""Commits per second and CPU per commit: 8 learners at once, 4 kB of state each, real server, SQLite FULL."""

from __future__ import annotations

import argparse
import json
import os
import random
import string
import threading
import time
from statistics import quantiles

from support import Installation, Learner, cpu_seconds, installation

LEARNERS = 8
STATE = 4096  # characters of suspend data in every commit
OK = 200


def state(source: random.Random) -> dict[str, str]:
    return {
        "cmi.suspend_data": "".join(source.choices(string.ascii_letters, k=STATE)),
        "cmi.location": str(source.randrange(100)),
        "cmi.core.lesson_location": str(source.randrange(100)),
    }


def relevant(delta: dict[str, str], standard: str) -> dict[str, str]:
    other = "cmi.location" if standard == "1.2" else "cmi.core.lesson_location"
    return {name: value for name, value in delta.items() if name != other}


def play(learner: Learner, until: float, times: list[float]) -> None:
    source = random.Random(learner.start["session"])
    while time.monotonic() < until:
        delta = relevant(state(source), learner.start["standard"])
        started = time.perf_counter()
        status = learner.commit(delta)
        times.append(time.perf_counter() - started)
        assert status == OK, f"a commit was answered {status}"


def measure(place: Installation, seconds: float) -> dict[str, float]:
    material = place.publish_lesson()
    busy = round(os.getloadavg()[0], 1)  # of the last minute: what else this machine was doing
    with place.serve() as server:
        learners = [Learner(place.port, f"hoc.sinh.{number}", material) for number in range(LEARNERS)]
        times: list[float] = []
        before, started = cpu_seconds(server.pid), time.monotonic()
        threads = [threading.Thread(target=play, args=(each, started + seconds, times)) for each in learners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        elapsed, cpu = time.monotonic() - started, cpu_seconds(server.pid) - before
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15)
    with installation(LEARNERS) as place:
        print(json.dumps({"bench": "commits", **measure(place, parser.parse_args().seconds)}))


if __name__ == "__main__":
    main()
