"""Writers of one process take SQLite's lock in the order in which they came."""

import sqlite3
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from elearn.database import engine
from elearn.database.turns import Turns
from elearn.models.operations import DatabaseMark


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(engine, "SQLITE_BUSY_SECONDS", 0.05)


def queue_up(turns, count):
    """Let threads ask for a turn one after the other; gives the threads and the list of who had one."""
    had, threads = [], []

    def ask(number):
        assert turns.take(60)
        had.append(number)
        turns.give_on()

    for number in range(count):
        threads.append(Thread(target=ask, args=(number,)))
        threads[-1].start()
        while len(turns._waiting) <= number:
            Event().wait(0.001)
    return threads, had


def test_whoever_came_first_goes_first():
    turns = Turns()
    assert turns.take(0)
    threads, had = queue_up(turns, 8)
    turns.give_on()
    for thread in threads:
        thread.join()
    assert had == list(range(8))
    assert turns.take(0)


def test_whoever_has_waited_too_long_leaves_the_queue_to_the_others():
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give_on()
    assert turns.take(0)


def write(database):
    with database.write() as session:
        session.merge(DatabaseMark(name="mark", value="1"))


def test_a_writer_that_waits_too_long_is_told_what_sqlite_tells(sqlite_database, impatient):
    with sqlite_database.write() as session:
        session.merge(DatabaseMark(name="mark", value="1"))
        session.flush()
        with pytest.raises(OperationalError, match="database is locked"):
            write(sqlite_database)


def break_off(database):
    session = database.writer()
    session.add(DatabaseMark(name="half", value="1"))
    session.flush()
    session.rollback()


def fail_to_write(database):
    with pytest.raises(OperationalError), database.write() as session:
        session.execute(text("INSERT INTO nowhere VALUES (1)"))


def fail_to_begin(database):
    """Another process has the lock of the file."""
    with sqlite3.connect(database.engine.url.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
            connection.commit()
        with pytest.raises(OperationalError):
            write(database)
        other.execute("ROLLBACK")
    other.close()
    database.engine.dispose()


def forget_the_session(database):
    session = database.writer()
    session.execute(text("SELECT 1"))
    session.close()


def lose_the_connection(database):
    with database.engine.execution_options(elearn_write=True).connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.invalidate()


@pytest.mark.parametrize("way", [break_off, fail_to_write, fail_to_begin, forget_the_session, lose_the_connection])
def test_however_a_transaction_ends_the_next_writer_has_its_turn(sqlite_database, monkeypatch, way):
    way(sqlite_database)
    monkeypatch.setattr(engine, "SQLITE_BUSY_SECONDS", 0)
    write(sqlite_database)
    with sqlite_database.read() as session:
        assert session.get(DatabaseMark, "mark") is not None
        assert session.get(DatabaseMark, "half") is None


def test_readers_never_wait(sqlite_database, impatient):
    with sqlite_database.write() as writer, sqlite_database.read() as reader:
        for session in (writer, reader):
            assert session.scalar(text("SELECT 1")) == 1
