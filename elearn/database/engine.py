"""One database, two kinds of session: readers, and writers that take SQLite's write lock at once."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from elearn.clock import VIETNAM, today
from elearn.database.turns import Turns, connection_class

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

SQLITE_BUSY_SECONDS = 30


class Database:
    """Sessions over one engine.

    A reader begins a deferred transaction and is rolled back at its end. A writer begins with the write lock
    (`BEGIN IMMEDIATE` on SQLite), so that it never fails half-way because another writer came first; the writers of
    one process take it in turns.
    Every session knows the department's time zone, because "today" decides which dated rows hold, and whether new
    files are held until a scanner has seen them.
    """

    def __init__(self, engine: Engine, timezone: ZoneInfo = VIETNAM, *, holds_files: bool = False) -> None:
        self.engine = engine
        self.timezone = timezone
        info = {"timezone": timezone, "holds_files": holds_files}
        self._reader = sessionmaker(engine, expire_on_commit=False, info=info)
        self._writer = sessionmaker(
            engine.execution_options(elearn_write=True), expire_on_commit=False, info={**info, "writes": True}
        )

    def reader(self) -> Session:
        """A session for reading; the caller closes it."""
        return self._reader()

    def writer(self) -> Session:
        """A session for writing; the caller commits, rolls back and closes it."""
        return self._writer()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A short reading transaction."""
        with self.reader() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A short writing transaction: committed at the end, rolled back when the block raises.

        It must not be opened while another writer of the same thread holds the lock.
        """
        with self.writer() as session, session.begin():
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str, timezone: ZoneInfo = VIETNAM, *, holds_files: bool = False) -> Database:
    """Open the database at `url` (`sqlite:///...` or `postgresql+psycopg://...`).

    The messages of its errors hide parameters: they are logged, and parameters are names, answers and digests.
    """
    parsed = make_url(url)
    engine = _open_sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _open_server(parsed)
    return Database(engine, timezone, holds_files=holds_files)


def day_of(session: Session) -> date:
    """Today in the department's time zone."""
    return today(session.info.get("timezone", VIETNAM))


def _open_server(url: URL) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"connect_timeout": 10},
    )


def _open_sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={
            "timeout": SQLITE_BUSY_SECONDS,
            "check_same_thread": False,
            "factory": connection_class(Turns()),
        },
        pool_size=20,
        max_overflow=40,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite decides which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    if not connection.get_execution_options().get("elearn_write", False):
        connection.exec_driver_sql("BEGIN")
        return
    try:
        connection.connection.dbapi_connection.take_turn(SQLITE_BUSY_SECONDS)
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error
    connection.exec_driver_sql("BEGIN IMMEDIATE")
