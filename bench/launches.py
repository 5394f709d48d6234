"""Starts of a lesson per second: the material's page, its button, the shell, the code, the player page.

    python bench/launches.py [--seconds 10]

Eight learners at once, each launch by somebody who has not played yet; signing in is not counted.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import threading
import time
from statistics import quantiles

from crowd import gather
from support import Browser, cpu_seconds, installation

AT_ONCE = 8
MOST = 200  # launches a second for which there are learners


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    seconds = parser.parse_args().seconds
    busy = round(os.getloadavg()[0], 1)
    with installation(0) as place:
        material = place.publish_lesson()
        members = gather(place, int(seconds * MOST))
        numbers, times = itertools.count(), list[float]()
        with place.serve() as server:
            began, cpu = time.monotonic(), cpu_seconds(server.pid)

            def play() -> None:
                browser = Browser(place.port)
                while time.monotonic() < began + seconds:
                    started = time.perf_counter()
                    members[next(numbers)].launch(browser, material)
                    times.append(time.perf_counter() - started)

            threads = [threading.Thread(target=play) for _ in range(AT_ONCE)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            elapsed, used = time.monotonic() - began, cpu_seconds(server.pid) - cpu
    cuts = quantiles(times, n=100)
    told = {
        "launches": len(times),
        "launches_per_second": round(len(times) / elapsed, 1),
        "cpu_ms_per_launch": round(used / len(times) * 1000, 1),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "load_before": busy,
    }
    print(json.dumps({"bench": "launches", **told}))


if __name__ == "__main__":
    main()
