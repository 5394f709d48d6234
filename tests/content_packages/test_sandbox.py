"""The child that reads foreign files can do nothing else."""

import os
import socket

import pytest

from content_packages.sandbox import Allowance, run_limited
from tests.support.packages import written

SAY = "import sys\nprint('said', flush=True)\n"


@pytest.fixture
def run(tmp_path):
    def run(script, data=b"content", **allowance):
        path = written(tmp_path, "file", data)
        return run_limited(written(tmp_path, "script.py", script), path, Allowance(**allowance))

    return run


def test_a_script_reads_its_file_and_answers(run):
    outcome = run("import sys\nsys.stdout.write(open(sys.argv[1]).read())")
    assert (outcome.output, outcome.succeeded, outcome.timed_out) == (b"content", True, False)


def test_a_script_that_sleeps_is_ended_and_what_it_said_counts(run):
    outcome = run(SAY + "import time\ntime.sleep(600)", seconds=8)
    assert (outcome.output, outcome.timed_out, outcome.succeeded) == (b"said\n", True, False)


def test_a_script_that_computes_is_ended(run):
    outcome = run(SAY + "while True: pass", cpu_seconds=1)
    assert (outcome.output, outcome.timed_out) == (b"said\n", True)


def test_a_script_that_takes_memory_is_ended(run):
    outcome = run(SAY + "bytearray(2 << 30)")
    assert (outcome.output, outcome.succeeded, outcome.timed_out) == (b"said\n", False, False)


def test_a_script_that_writes_too_much_is_ended(run):
    outcome = run("import sys\nwhile True: sys.stdout.write('x' * 4096)", output=100_000)
    assert len(outcome.output) == 100_000
    assert not outcome.succeeded


def test_a_script_has_no_network(run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        outcome = run(SAY + f"import socket\nsocket.create_connection(('127.0.0.1', {port}))\nprint('connected')")
    assert (outcome.output, outcome.succeeded) == (b"said\n", False)


@pytest.mark.parametrize(
    "act",
    [
        "open(sys.argv[1], 'w')",
        "open(sys.argv[1] + '.new', 'x')",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
    ],
)
def test_a_script_neither_writes_nor_starts_anything(run, act):
    outcome = run(SAY + act + "\nprint('did it')")
    assert (outcome.output, outcome.succeeded) == (b"said\n", False)


def test_a_script_knows_nothing_of_our_environment(run, monkeypatch):
    monkeypatch.setenv("ELEARN_SECRET_KEY", "secret")
    assert b"secret" not in run("import os\nprint(dict(os.environ))").output


def test_a_script_inherits_no_open_file(run, tmp_path):
    handle = os.open(written(tmp_path, "private", b"secret"), os.O_RDONLY)
    os.set_inheritable(handle, True)
    try:
        outcome = run(f"import os\ntry: print(os.read({handle}, 9))\nexcept OSError: print('closed')")
    finally:
        os.close(handle)
    assert outcome.output == b"closed\n"
