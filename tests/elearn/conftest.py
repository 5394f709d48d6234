"""Databases of both kinds, sessions, a house and a small world of units and people for tests of elearn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from elearn.database import engine
from elearn.house import open_house
from elearn.services.account import passwords
from elearn.settings import load_settings
from tests.support.databases import Copy, PostgresTemplate, SqliteTemplate, opened, watched
from tests.support.factories import World
from tests.support.postgres import running_postgres
from tests.support.shared_statements import SharedStatements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.house import House
    from elearn.settings import Settings


@pytest.fixture(scope="session", autouse=True)
def _light_hashes() -> Iterator[None]:
    """Passwords are hashed with the least effort, which a tenth of a second each would not prove better."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def shared_statements() -> Iterator[SharedStatements]:
    """Statements are compiled once per kind of database, not in every test anew."""
    shared = SharedStatements()
    shared.learn("sqlite://")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", shared.create_engine)
        yield shared


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template(shared_statements) -> Iterator[PostgresTemplate]:
    with running_postgres() as server:
        shared_statements.learn(server)
        yield PostgresTemplate(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_copy(request, tmp_path) -> Iterator[Copy]:
    """A fresh database with schema and curriculum, once on each engine."""
    if request.param == "sqlite":
        copies = request.getfixturevalue("sqlite_template").copy(tmp_path)
    else:
        copies = request.getfixturevalue("postgres_template").copy()
    with copies as copy:
        yield copy


@pytest.fixture
def database(database_copy) -> Iterator[Database]:
    with watched(database_copy) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request, tmp_path) -> Iterator[Database]:
    """A database without a schema, once on each engine."""
    if request.param == "sqlite":
        with opened(f"sqlite:///{tmp_path / 'empty.sqlite'}") as database:
            yield database
    else:
        with request.getfixturevalue("postgres_template").empty() as url, opened(url) as database:
            yield database


@pytest.fixture
def sqlite_database(sqlite_template, tmp_path) -> Iterator[Database]:
    """A fresh SQLite database, for tests whose subject is not the database."""
    folder = tmp_path / "sqlite"
    folder.mkdir()
    with sqlite_template.copy(folder) as copy, opened(copy.url) as database:
        yield database


@pytest.fixture
def session(database) -> Iterator[Session]:
    """A writing session that is never committed; other connections do not see what it does."""
    with database.writer() as session:
        yield session


@pytest.fixture
def world(session) -> World:
    """Makes units, people, accounts and materials in the session of the test."""
    return World(session)


@pytest.fixture
def settings(tmp_path, sqlite_template) -> Settings:
    """Settings of a home of its own with a fresh SQLite database."""
    home = tmp_path / "home"
    home.mkdir()
    with sqlite_template.copy(home):
        return load_settings({}, home=home, secret_key="a secret of the tests, long enough")


@pytest.fixture
def house(settings) -> Iterator[House]:
    house = open_house(settings)
    yield house
    house.close()
