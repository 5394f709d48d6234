"""kill -9 while the schema is brought up: the next start finishes it, and the backup made before it can be restored."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from sqlite3 import connect

import pytest
from sqlalchemy import text

from elearn.database import schema
from elearn.identifiers import new_uid
from tests.support.databases import opened
from tests.support.installation import Server, command

OLD = "0002"
ACTS = 5000  # enough that rebuilding their table takes a moment


@pytest.fixture
def old_home(tmp_path):
    """A home of an older elearn with some use in it."""
    home = tmp_path / "home"
    home.mkdir()
    with opened(f"sqlite:///{home / 'elearn.sqlite'}") as database:
        schema.upgrade(database, OLD)
        with database.write() as session:
            session.execute(
                text(
                    "INSERT INTO usage_act (uid, kind, source, occurred_at, act_date, recorded_at, details) "
                    "VALUES (:uid, 'view', 'tracker', :at, '2026-11-20', :at, '{}')"
                ),
                [{"uid": new_uid(), "at": f"{datetime(2026, 11, 20, tzinfo=UTC):%F %T}.000000"} for _ in range(ACTS)],
            )
    return home


def state(home):
    """Revision, number of acts, and what SQLite thinks of its file."""
    with closing(connect(home / "elearn.sqlite")) as database:
        ask = [
            "SELECT version_num FROM alembic_version",
            "SELECT count(*) FROM usage_act",
            "PRAGMA integrity_check",
        ]
        return tuple(database.execute(line).fetchone()[0] for line in ask)


def finished_backups(home):
    return sorted(path.parent for path in (home / "backups").glob("before-*/manifest.json"))


@pytest.mark.rounds(2, 200)
def test_the_next_start_finishes_what_was_killed(old_home, tmp_path, seed):
    line = [sys.executable, "-m", "elearn.cli", "db", "upgrade"]
    with subprocess.Popen(line, env=Server(old_home).environment, stdout=subprocess.DEVNULL) as process:
        while not (old_home / "backups").exists():
            assert process.poll() is None or (old_home / "backups").exists()
            threading.Event().wait(0.01)
        threading.Event().wait(random.Random(seed).uniform(0, 0.8))
        process.kill()
    revision, acts, integrity = state(old_home)
    assert revision in {OLD, schema.needed_revision()}  # one transaction: never anything between
    assert (acts, integrity) == (ACTS, "ok")
    command(old_home, "db", "upgrade")
    assert state(old_home) == (schema.needed_revision(), ACTS, "ok")
    assert "Everything agrees." in command(old_home, "check")
    kept = finished_backups(old_home)
    assert kept
    command(tmp_path / "restored", "restore", str(kept[-1]))
    assert state(tmp_path / "restored") == (schema.needed_revision(), ACTS, "ok")
