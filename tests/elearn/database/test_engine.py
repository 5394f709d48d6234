"""Readers and writers over one engine."""

import threading
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from elearn.database import day_of, open_database
from elearn.models.account import BrowserSession
from elearn.models.operations import DatabaseMark


def test_a_write_is_committed_at_the_end_and_rolled_back_when_the_block_raises(database):
    with database.write() as session:
        session.add(DatabaseMark(name="kept", value="1"))
    with pytest.raises(RuntimeError):
        _write_and_fail(database)
    with database.read() as session:
        names = session.scalars(select(DatabaseMark.name)).all()
    assert "kept" in names
    assert "lost" not in names


def _write_and_fail(database):
    with database.write() as session:
        session.add(DatabaseMark(name="lost", value="1"))
        session.flush()
        raise RuntimeError


def test_a_reader_of_sqlite_sees_one_moment_while_a_writer_commits(sqlite_database):
    with sqlite_database.read() as reader:
        before = reader.scalars(select(DatabaseMark.name)).all()
        with sqlite_database.write() as session:
            session.add(DatabaseMark(name="new", value="1"))
        assert reader.scalars(select(DatabaseMark.name)).all() == before


def test_sqlite_is_durable_strict_and_lets_readers_read(sqlite_database):
    with sqlite_database.read() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_two_writers_wait_for_each_other_instead_of_failing_half_way(sqlite_database):
    second_began = threading.Event()

    def second():
        with sqlite_database.write() as session:
            second_began.set()
            session.add(DatabaseMark(name="second", value="1"))

    thread = threading.Thread(target=second)
    with sqlite_database.write() as session:
        # The lock is taken at the first statement.
        session.add(DatabaseMark(name="first", value="1"))
        session.flush()
        thread.start()
        session.execute(select(DatabaseMark.name)).all()
    thread.join()
    with sqlite_database.read() as session:
        assert {"first", "second"} <= set(session.scalars(select(DatabaseMark.name)))


def test_times_come_back_aware_and_in_utc(session):
    moment = datetime.fromisoformat("2026-11-20T08:00:00.123456+07:00")
    session.add(BrowserSession(digest="d" * 64, seen_at=moment, expires_at=moment))
    session.flush()
    session.expire_all()
    stored = session.get_one(BrowserSession, "d" * 64).seen_at
    assert stored == moment
    assert stored.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(session):
    session.add(BrowserSession(digest="d" * 64, seen_at=datetime(2026, 1, 1), expires_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - the point
    with pytest.raises(StatementError, match="without zone"):
        session.flush()


def test_today_is_the_day_of_the_department(tmp_path):
    with time_machine.travel("2026-11-20 18:00:00+00:00", tick=False):
        for zone, day in (("Asia/Ho_Chi_Minh", date(2026, 11, 21)), ("UTC", date(2026, 11, 20))):
            database = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}", ZoneInfo(zone))
            with database.read() as session:
                assert day_of(session) == day
            database.close()


def test_an_error_that_may_be_logged_does_not_tell_the_values(database):
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.execute(text("INSERT INTO database_mark (name, value) VALUES (:name, NULL)"), {"name": "my secret"})
    assert "my secret" not in str(caught.value).split("DETAIL")[0]
