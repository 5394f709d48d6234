"""kill -9 while files come in, by the form and by `elearn import`: all or nothing, and nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import random
import shutil
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from tests.support.installation import TEACHER, Contributor, await_index, command
from tests.support.packages import scorm_package
from tests.support.wholeness import demand_clean_up, materials

LOST = (OSError, http.client.HTTPException)
PADDING = (0, 200_000, 2_000_000)  # bytes that make a package small, middling, or slow to receive


def package(name: str, source: random.Random) -> bytes:
    """A package of its own: its title tells it from all others."""
    padding = source.randbytes(source.choice(PADDING))
    return scorm_package("1.2", index__html=f"<title>{name}</title><p>Bài {name}</p>", padding__bin=padding)


def upload_until_killed(teacher: Contributor, seed: int, acknowledged: list[str]) -> None:
    """Send one package after the other through the form, until the server is gone."""
    source = random.Random(seed)
    with closing(teacher):
        for number in range(1000):
            try:
                answer = teacher.upload(f"w{seed}-{number}.zip", package(f"w{seed}-{number}", source))
            except LOST:
                return
            assert answer.status == 303, answer.text
            acknowledged.append(answer.headers["Location"].split("/")[-2])


def demand_wholeness(server, before, acknowledged, in_flight):
    """What was acknowledged is there, nothing is there by half, and what broke off is cleaned up in time."""
    kept = materials(server.home)
    assert set(acknowledged) <= set(kept)
    assert all(kept.values())
    assert len(kept) - len(before) - len(acknowledged) in range(in_flight + 1)
    await_index(server.home)
    assert "Everything agrees." in command(server.home, "check", "--deep")
    demand_clean_up(server.home)


@pytest.mark.rounds(2, 200)
def test_no_acknowledged_upload_is_lost_and_none_is_kept_by_half(battered, seed):
    source = random.Random(seed)
    before, acknowledged = materials(battered.home), []
    uploading = threading.Thread(target=upload_until_killed, args=(Contributor(battered.port), seed, acknowledged))
    uploading.start()
    threading.Event().wait(source.uniform(0.2, 3))
    battered.kill()
    uploading.join()
    battered.start()
    demand_wholeness(battered, before, acknowledged, in_flight=1)


@pytest.mark.rounds(1, 200)
def test_an_import_that_is_killed_has_kept_what_it_has_told(battered, tmp_path, seed):
    source = random.Random(seed)
    for number in range(12):
        (tmp_path / f"i{seed}-{number:02}.zip").write_bytes(package(f"i{seed}-{number}", source))
    before = materials(battered.home)
    line = [sys.executable, "-m", "elearn.cli", "import", str(tmp_path), "--by", TEACHER, "--json"]
    with subprocess.Popen(line, env=battered.environment, stdout=subprocess.PIPE, text=True) as importing:
        told = [json.loads(importing.stdout.readline()) for _ in range(source.randint(1, 8))]
        threading.Event().wait(source.uniform(0, 0.2))
        importing.kill()
        told += [json.loads(line) for line in importing.stdout if line.endswith("\n")]
    demand_wholeness(battered, before, [each["material_id"] for each in told], in_flight=1)
    shutil.rmtree(tmp_path)  # two hundred rounds would fill a disk
