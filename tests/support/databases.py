"""Fresh databases with schema and curriculum, copied from a template that is made once per engine."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, make_url, text

from elearn.database import open_database
from elearn.database.schema import upgrade
from elearn.services import curriculum, reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from elearn.database import Database


@dataclass(slots=True)
class Copy:
    """A fresh database; one that is told to be untouched may serve the next test too."""

    url: str
    untouched: bool = False


class SqliteTemplate:
    """A database file that is copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.sqlite"
        _prepare(f"sqlite:///{self._file}")

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Copy]:
        """Give a fresh copy in a folder."""
        target = folder / "elearn.sqlite"
        shutil.copyfile(self._file, target)
        yield Copy(f"sqlite:///{target}")


class PostgresTemplate:
    """A template database on a server; its copies are dropped, or kept for the next test when untouched."""

    NAME = "elearn_template"

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._names = (f"test_{number}" for number in count(1))
        self._spare: str | None = None
        self._admin(f"CREATE DATABASE {self.NAME}")
        _prepare(self._url(self.NAME))

    @contextmanager
    def copy(self) -> Iterator[Copy]:
        """Give a fresh copy."""
        name, self._spare = self._spare or self._made(self.NAME), None
        copy = Copy(self._url(name))
        try:
            yield copy
        finally:
            if copy.untouched:
                self._spare = name
            else:
                self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a database without a schema."""
        name = self._made("template0")
        try:
            yield self._url(name)
        finally:
            self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def _made(self, template: str) -> str:
        name = next(self._names)
        # Copying files costs a third less than the default, which writes every page to the log.
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _admin(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def watched(copy: Copy) -> Iterator[Database]:
    """Open a copy, and call it untouched when nothing was committed to it."""
    commits: list[object] = []
    with opened(copy.url) as database:
        event.listen(database.engine, "commit", commits.append)
        yield database
    copy.untouched = not commits


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open a database and close it at the end."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


def _prepare(url: str) -> None:
    # Closing the last connection writes SQLite's log back into the file, so that the file can be copied.
    with opened(url) as database:
        upgrade(database)
        with database.write() as session:
            curriculum.seed(session)
            reports.seed(session)
