"""Fresh databases with schema and curriculum, copied from a template that is made once per engine."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, make_url, text

from elearn.database import open_database
from elearn.database.schema import upgrade
from elearn.services import curriculum

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from elearn.database import Database


class SqliteTemplate:
    """A database file that is copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.sqlite"
        _prepare(f"sqlite:///{self._file}")

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """Give the URL of a fresh copy in a folder."""
        target = folder / "elearn.sqlite"
        shutil.copyfile(self._file, target)
        yield f"sqlite:///{target}"


class PostgresTemplate:
    """A template database on a server that is copied for each test and dropped after it."""

    NAME = "elearn_template"

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._count = 0
        self._admin(f"CREATE DATABASE {self.NAME}")
        _prepare(self._url(self.NAME))

    @contextmanager
    def copy(self, template: str = NAME) -> Iterator[str]:
        """Give the URL of a fresh copy (of `template0`: an empty database)."""
        self._count += 1
        name = f"test_{self._count}"
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self._url(name)
        finally:
            self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _admin(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


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
