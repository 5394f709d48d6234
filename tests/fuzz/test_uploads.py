"""Nasty files through the whole site, in a process of its own: no fault of ours, no file astray, bounded cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.installation import copied
from tests.support.nasty import HEAVY, NOISILY_DESCRIBED, ODD_TEXTS, harmed, lies, oddly_described, oddly_written
from tests.support.properties import unhurried

MEMORY = 300_000_000  # bytes of the process
SECONDS = 5.0  # of processors, for one file; demanded by the campaign, a plain run reads no clock
NAMES = st.sampled_from(
    ["bai.zip", "bai.h5p", "bài giảng.docx", "bai.pdf", "bai.mp4", "bai.epub", "bai", "../../x.zip"]
)
ANYTHING = st.one_of(harmed(), lies(), oddly_described(), NOISILY_DESCRIBED, ODD_TEXTS.map(oddly_written))


class TakingIn:
    """The process, and the worst that was seen."""

    def __init__(self, home, folder, *, timed):
        self.file, self.timed = folder / "upload", timed
        for name in ("temporary", "elsewhere"):
            (folder / name).mkdir()
        environment = os.environ | {"TMPDIR": str(folder / "temporary"), "PYTHONPATH": str(Path.cwd())}
        line = [sys.executable, "-m", "tests.support.taking_in", str(home)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(line, cwd=folder / "elsewhere", env=environment, **pipes)
        self.statuses, self.worst = Counter(), {"memory": 0, "seconds": 0.0}

    def take(self, data, name):
        self.file.write_bytes(data)
        self.process.stdin.write(json.dumps([str(self.file), name]) + "\n")
        self.process.stdin.flush()
        told = next((line for line in self.process.stdout if line.startswith("told ")), "")
        assert told, "the process is gone"
        told = json.loads(told.removeprefix("told "))
        self.statuses[told["status"]] += 1
        self.worst = {key: max(seen, told[key]) for key, seen in self.worst.items()}
        assert told["status"] in {303, 422}, told
        assert not told["fault_of_ours"], told
        assert told["strays"] == []
        assert told["memory"] < MEMORY
        assert not self.timed or told["seconds"] < SECONDS, told

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def taking_in(prepared, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("nasty")
    process = TakingIn(copied(prepared, folder / "home"), folder, timed=request.config.getoption("campaign"))
    yield process
    process.close()
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\nnasty uploads: {dict(process.statuses)}, at worst {process.worst}")  # noqa: T201 - the measurement


@given(data=ANYTHING, name=NAMES)
@unhurried
def test_an_upload_of_anything_is_answered(taking_in, data, name):
    taking_in.take(data, name)


@pytest.mark.parametrize("made", HEAVY)
def test_an_upload_that_wants_too_much_is_answered(taking_in, made):
    taking_in.take(made(), "bai.zip")
