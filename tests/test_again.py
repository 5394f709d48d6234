"""What failed is tried again alone and with its whole file, and only where little failed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import again

ROOT = Path(__file__).parent.parent
# The second test needs the first one, and fails as long as there is no file `mended` beside it.
JOURNEY = """from pathlib import Path
DONE = []
def test_first():
    DONE.append(1)
def test_second():
    assert DONE and Path(__file__).with_name("mended").exists()
"""


@pytest.fixture
def run(tmp_path):
    """Run a module with arguments in a folder that has one file of tests besides a passing one; gives the exit code."""
    (tmp_path / "test_journey.py").write_text(JOURNEY)
    (tmp_path / "test_sound.py").write_text("def test_nothing(): pass\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    def run(*arguments):
        told = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        return told.returncode, told.stdout + told.stderr

    return run


def test_a_failure_that_stays_fails_and_one_that_does_not_passes(run, tmp_path):
    assert run("pytest", "-q")[0] == 1
    code, told = run("tests.again", "-q")
    assert (code, "1 failed, 1 passed" in told) == (1, True)
    (tmp_path / "mended").touch()
    code, told = run("tests.again", "-q")
    assert (code, "2 passed" in told) == (0, True)  # the journey as a whole, and nothing else


def test_where_nothing_failed_there_is_nothing_to_try(run):
    assert run("tests.again") == (1, "0 files with failed tests: nothing to try again.\n")


def test_many_failures_are_no_accident(tmp_path):
    failed = tmp_path / "lastfailed"
    failed.write_text(json.dumps({f"tests/test_{n}.py::test_a": True for n in range(again.MOST + 1)}))
    with pytest.raises(SystemExit, match=str(again.MOST + 1)):
        again.main([], failed)
