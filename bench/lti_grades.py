"""Grades that wait for a learning platform, sent by one worker's sender to a platform that takes its time.

    python bench/lti_grades.py [--grades 10000] [--answer-ms 200]

The platform is a process of its own on this machine. Grades lie in SQLite, as they do in a school.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from elearn.clock import now
from elearn.database.schema import upgrade
from elearn.house import House, open_house
from elearn.lti.grades import SCORE_SCOPE
from elearn.lti.keys import new_key
from elearn.models.account import Account
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiGrade, LtiLink
from elearn.models.organisation import UnitKind
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.lti import keys, sender
from elearn.services.lti.sender import Sender
from elearn.settings import load_settings

LINKS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grades", type=int, default=10_000)
    parser.add_argument("--answer-ms", type=int, default=200)
    asked = parser.parse_args()
    busy = round(os.getloadavg()[0], 1)
    told, other = multiprocessing.Pipe()
    platform = multiprocessing.Process(target=serve, args=(other, asked.answer_ms / 1000), daemon=True)
    platform.start()
    address = f"http://127.0.0.1:{told.recv()}"
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({}, home=Path(folder), secret_key="x" * 40)
        house = open_house(replace(settings, private_hosts=("127.0.0.1",)))
        upgrade(house.database)
        fill(house, address, asked.grades)
        began, cpu = time.monotonic(), _cpu()
        sends = Sender(house)
        sends.drain()
        elapsed, used = time.monotonic() - began, _cpu() - cpu
        sends.close()
        with house.database.read() as session:
            left = session.query(LtiGrade).filter(LtiGrade.sent_number < LtiGrade.number).count()
        house.close()
    told.send("stop")
    received = told.recv()
    print(
        json.dumps(
            {
                "bench": "lti_grades",
                "grades": asked.grades,
                "answer_ms": asked.answer_ms,
                "at_once": sender.PER_PLATFORM,
                "seconds": round(elapsed, 1),
                "grades_per_second": round(asked.grades / elapsed, 1),
                "cpu_ms_per_grade": round(used / asked.grades * 1000, 2),
                "received": received,
                "left": left,
                "load_before": busy,
            }
        )
    )


def fill(house: House, address: str, count: int) -> None:
    """A platform with links and so many grades that are due."""
    with house.database.write() as session:
        keys.rotate(session, new_key())
        unit = organisation.create_unit(
            session, SYSTEM, code="B", name="Bench", kind=UnitKind.DEPARTMENT, valid_from=now().date(), parent=None
        )
        platform = LtiPlatform(
            name="Moodle",
            unit_id=unit.id,
            status=PlatformStatus.ACTIVE,
            issuer=address,
            client_id="bench",
            authorization_endpoint=f"{address}/auth",
            token_endpoint=f"{address}/token",
            product="moodle",
        )
        session.add(platform)
        session.flush()
        deployment = LtiDeployment(platform_id=platform.id, name="1", accepted_at=now())
        session.add(deployment)
        session.flush()
        links = [
            LtiLink(
                deployment_id=deployment.id,
                name=str(number),
                title=f"Bài {number}",
                line_item=f"{address}/items/{number}/lineitem?type_id=1",
                scopes=[SCORE_SCOPE],
                policy={},
            )
            for number in range(LINKS)
        ]
        accounts = [Account(display_name=f"Học sinh {number}") for number in range(-(-count // LINKS))]
        session.add_all([*links, *accounts])
        session.flush()
        grades = [
            LtiGrade(
                link_id=links[number % LINKS].id,
                account_id=accounts[number // LINKS].id,
                subject=str(number // LINKS),
                share=0.8,
                activity="Completed",
                grading="FullyGraded",
                next_at=now(),
                params={},
            )
            for number in range(count)
        ]
        session.add_all(grades)


def serve(told: multiprocessing.connection.Connection, pause: float) -> None:
    """A platform that answers each request after a pause."""
    received = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        await reader.readexactly(length)
        is_score = b"/scores" in head.split(b"\r\n")[0]
        if is_score:
            await asyncio.sleep(pause)
            received += 1
        body = b"{}" if is_score else b'{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}'
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await asyncio.get_running_loop().run_in_executor(None, told.recv)
        told.send(received)

    asyncio.run(run())


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
