"""Launches from a learning platform: login, signed message, and the redirect to the lesson, at a given pace.

    python bench/lti_launches.py [--launches 500] [--seconds 60]

Each launch is by somebody who has never been here, as when a school opens one activity in one lesson; the clicks begin
evenly over the time. Signing is not counted; our keyset cache is warm. The server has two cores at most.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import threading
import time
from html import unescape
from pathlib import Path
from statistics import quantiles
from urllib.parse import parse_qs, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support import Browser, Installation, cpu_seconds, installation

from elearn.clock import now
from elearn.house import open_house
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from elearn.settings import load_settings
from tests.support.lti_platform import CLIENT, DEPLOYMENT, ISSUER, LTI, Platform

CORES = {0, 1}
_ADDRESS = re.compile(r'data-address="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ISSUER}


class Clicks:
    """Clicks of learners on one activity, each after the other in its own time."""

    def __init__(self, place: Installation, target: str) -> None:
        self.place, self.target, self.platform = place, target, Platform()
        self.times: list[float] = []
        self.failed: list[str] = []

    def click(self, number: int) -> None:
        """One launch by somebody new; only what our server does is timed."""
        browser = Browser(self.place.port)
        hints = {"iss": ISSUER, "client_id": CLIENT, "login_hint": str(number), "target_link_uri": self.target}
        began = time.perf_counter()
        page = browser.send("POST", "/lti/login", urlencode(hints).encode(), **FORM)
        between = time.perf_counter()
        told = parse_qs(urlsplit(unescape(_ADDRESS.search(page.text)[1])).query)
        about = {"sub": f"pupil{number}", "name": f"Học sinh {number}", f"{LTI}target_link_uri": self.target}
        token = self.platform.sign(self.platform.claims(now=time.time(), nonce=told["nonce"][0], **about))
        message = urlencode({"id_token": token, "state": told["state"][0]}).encode()
        signed = time.perf_counter()
        answer = browser.send("POST", "/lti/launch", message, **FORM)
        self.times.append(time.perf_counter() - signed + between - began)
        if answer.status != 303 or "/play/" not in answer.headers["Location"]:
            self.failed.append(answer.text[-600:])
        browser.close()


def connect(place: Installation) -> None:
    """Connect the platform, with its keys."""
    house = open_house(load_settings(place.environment))
    with house.database.write() as session:
        platform = LtiPlatform(
            name="Moodle",
            unit_id=ensure_root(session, SYSTEM).id,
            status=PlatformStatus.ACTIVE,
            issuer=ISSUER,
            client_id=CLIENT,
            authorization_endpoint=f"{ISSUER}/mod/lti/auth.php",
            token_endpoint=f"{ISSUER}/mod/lti/token.php",
            keyset=Platform().keyset()["keys"],
        )
        session.add(platform)
        session.flush()
        session.add(LtiDeployment(platform_id=platform.id, name=DEPLOYMENT, accepted_at=now()))
    house.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--launches", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    busy = round(os.getloadavg()[0], 1)
    os.sched_setaffinity(0, CORES & os.sched_getaffinity(0) or os.sched_getaffinity(0))
    with installation(0) as place:
        material = place.publish_lesson()
        connect(place)
        clicks = Clicks(place, f"http://localhost:{place.port}/lti/open/m/{material}")
        with place.serve() as server:
            clicks.click(-1)
            clicks.times.clear()
            cpu, began = cpu_seconds(server.pid), time.monotonic()
            threads = [threading.Thread(target=clicks.click, args=(number,)) for number in range(asked.launches)]
            for number, thread in enumerate(threads):
                time.sleep(max(0.0, began + number * asked.seconds / asked.launches - time.monotonic()))
                thread.start()
            for thread in threads:
                thread.join()
            elapsed, used = time.monotonic() - began, cpu_seconds(server.pid) - cpu
    assert not clicks.failed, clicks.failed[0]
    cuts = quantiles(clicks.times, n=100)
    told = {
        "launches": len(clicks.times),
        "seconds": round(elapsed, 1),
        "cpu_ms_per_launch": round(used / len(clicks.times) * 1000, 1),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "load_before": busy,
    }
    print(json.dumps({"bench": "lti_launches", **told}))


if __name__ == "__main__":
    main()
