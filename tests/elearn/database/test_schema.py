"""The schema: up from empty, equal to the models, and never touched when it is newer."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from elearn.database import schema
from elearn.database.schema import NewerSchemaError, needed_revision, present_revision, upgrade
from elearn.models import Row


def test_it_comes_up_from_nothing_once(empty_database):
    assert present_revision(empty_database) is None
    assert upgrade(empty_database)
    assert present_revision(empty_database) == needed_revision()
    assert not upgrade(empty_database)


def test_the_migrations_make_what_the_models_say(empty_database):
    upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_a_newer_schema_is_refused_and_left_alone(empty_database):
    upgrade(empty_database)
    with empty_database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (present_revision, upgrade):
        with pytest.raises(NewerSchemaError, match="9999"):
            attempt(empty_database)
    with empty_database.read() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(empty_database, monkeypatch):
    def broken(config, target):
        connection = config.attributes["connection"]
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError(target)

    monkeypatch.setattr(schema.command, "upgrade", broken)
    with pytest.raises(RuntimeError):
        upgrade(empty_database)
    assert inspect(empty_database.engine).get_table_names() == []


def test_every_revision_is_known_and_the_first_comes_from_nothing():
    assert needed_revision() in schema.known_revisions()
    assert "0001" in schema.known_revisions()
