"""The two naive ways to keep what a SCO has set, on the same SQLite settings as ours: a row for each element.

`rows` writes the 20 elements of a commit in one transaction; `transactions` gives each element one of its own, as
Moodle stores them; `document` is our own shape without a server around it: one document and one transaction.
"""

from __future__ import annotations

import json
import random
import sqlite3
import string
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WRITERS = 8
ELEMENTS = 20
STATE = 4096  # characters of all elements together
SCHEMA = """
    CREATE TABLE track (
        attempt INTEGER NOT NULL, element TEXT NOT NULL, value TEXT NOT NULL, changed REAL NOT NULL,
        PRIMARY KEY (attempt, element)
    ) WITHOUT ROWID;
    CREATE TABLE state (attempt INTEGER PRIMARY KEY, document TEXT NOT NULL, changed REAL NOT NULL);
"""
UPSERT = (
    "INSERT INTO track VALUES (?, ?, ?, ?) ON CONFLICT (attempt, element) "
    "DO UPDATE SET value = excluded.value, changed = excluded.changed"
)
REPLACE = "INSERT INTO state VALUES (?, ?, ?) ON CONFLICT (attempt) DO UPDATE SET document = excluded.document"


class Store:
    """A database of its own; one writer at a time takes its turn, as in our server, so that nobody polls a lock."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "naive.sqlite3"
        self.turn = threading.Lock()
        with closing(self.connect()) as connection:
            connection.executescript(SCHEMA)

    def connect(self) -> sqlite3.Connection:
        """A connection with the settings of the library's own database."""
        connection = sqlite3.connect(self.file, isolation_level=None, timeout=60)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def write(self, connection: sqlite3.Connection, statement: str, rows: list[tuple[object, ...]]) -> None:
        """One transaction."""
        with self.turn:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")


def elements(source: random.Random) -> dict[str, str]:
    """What a commit sets: suspend data, and small elements beside it."""
    small = {f"cmi.interactions.{number}.student_response": f"{source.random():.12f}" for number in range(ELEMENTS - 1)}
    rest = STATE - sum(map(len, small.values()))
    return {"cmi.suspend_data": "".join(source.choices(string.ascii_letters, k=rest)), **small}


def rows(store: Store, connection: sqlite3.Connection, attempt: int, values: dict[str, str]) -> None:
    """A row for each element, one transaction."""
    moment = time.time()
    store.write(connection, UPSERT, [(attempt, name, value, moment) for name, value in values.items()])


def transactions(store: Store, connection: sqlite3.Connection, attempt: int, values: dict[str, str]) -> None:
    """A row and a transaction for each element."""
    moment = time.time()
    for name, value in values.items():
        store.write(connection, UPSERT, [(attempt, name, value, moment)])


def document(store: Store, connection: sqlite3.Connection, attempt: int, values: dict[str, str]) -> None:
    """One document, one transaction."""
    store.write(connection, REPLACE, [(attempt, json.dumps(values), time.time())])


def measure(way: Callable[..., None], seconds: float) -> dict[str, float]:
    """Commits a second and CPU time of each, with eight writers at once."""
    with tempfile.TemporaryDirectory(prefix="elearn-naive-") as folder:
        store, counts = Store(Path(folder)), [0] * WRITERS
        end = time.monotonic() + seconds

        def write(attempt: int) -> None:
            source = random.Random(attempt)
            given = [elements(source) for _ in range(8)]
            with closing(store.connect()) as connection:
                while time.monotonic() < end:
                    way(store, connection, attempt, given[counts[attempt] % len(given)])
                    counts[attempt] += 1

        threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        started, cpu = time.monotonic(), time.process_time()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        elapsed, used = time.monotonic() - started, time.process_time() - cpu
    done = sum(counts)
    return {
        "commits": done,
        "commits_per_second": round(done / elapsed, 1),
        "cpu_ms_per_commit": round(used / done * 1000, 2),
    }
