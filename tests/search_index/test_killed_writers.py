"""A writer killed at any moment loses nothing it has acknowledged and locks nobody out."""

import subprocess
import sys
from pathlib import Path

import pytest

from search_index.engine import open_engine
from tests.support.search_documents import material

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from search_index.engine import open_engine
from tests.support.search_documents import material

engine = open_engine(sys.argv[2], Path(sys.argv[1]))
for number in range(10_000):
    engine.apply([material(f"m{number}", "Phân số"), material("changing", f"Lần {number}")], [f"m{number - 20}"])
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 9, 30])
def test_a_killed_writer_leaves_a_whole_index(tmp_path, engine_name, commits):
    engine = open_engine(engine_name, tmp_path)
    engine.rebuild([])
    command = [sys.executable, "-c", WRITER, tmp_path, engine_name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        acknowledged = [int(writer.stdout.readline()) for _ in range(commits)]
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    last = acknowledged[-1]
    whole = {"changing", *(f"m{number}" for number in range(max(last - 19, 0), last + 1))}
    # The next batch may have been committed, but not acknowledged.
    further = whole - {f"m{last - 19}"} | {f"m{last + 1}"}
    uids = list(engine.uids())
    assert len(uids) == len(set(uids))
    assert set(uids) in (whole, further)
    engine.apply([material("after")], [])
    assert "after" in set(engine.uids())
    engine.close()
