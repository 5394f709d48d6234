"""Restores a backup into an empty house: everything is verified before the first row is written."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, MetaData, func, insert, select

from elearn.database.schema import known_revisions, present_revision, upgrade
from elearn.models.account import Account
from elearn.models.material import Material
from elearn.services.backup.manifest import BackupError, Manifest, digest_of, file_path, read_manifest, table_path
from elearn.services.backup.rows import from_header, from_line, reflected_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from content_packages.storage.contract import Storage
    from elearn.database import Database

    Watch = Callable[[Iterable[Any], int], Iterable[Any]]

BATCH = 500


def _unwatched(things: Iterable[Any], total: int) -> Iterable[Any]:
    del total
    return things


def restore(database: Database, storage: Storage, folder: Path, *, watch: Watch = _unwatched) -> Manifest:
    """Put a backup into a database without accounts and materials, and its files into the storage.

    The schema is brought up to date afterwards; the index is to be rebuilt by the caller.

    Raises:
        BackupError: it is unfinished, damaged or of a newer elearn, or `restore_not_empty`; nothing was changed.
    """
    manifest = read_manifest(folder)
    if manifest.schema not in known_revisions():
        raise BackupError("backup_newer", schema=manifest.schema)
    _refuse_content(database)
    for name, written in manifest.tables.items():
        if _digest_of_rows(folder, name) != written["sha256"]:
            raise BackupError("backup_damaged", name=name)
    files = sorted((manifest.files or {}).items())
    for digest, size in watch(files, len(files)):
        path = file_path(folder, digest)
        if not path.is_file() or path.stat().st_size != size or digest_of(path) != digest:
            raise BackupError("backup_damaged", name=digest)
        # A blob without a row harms nothing, a row without its blob would: files come first.
        storage.put(path, digest)
    _restore_rows(database, folder, manifest)
    upgrade(database)
    return manifest


def _refuse_content(database: Database) -> None:
    if present_revision(database) is None:
        return
    with database.read() as session:
        for row in (Account, Material):
            if session.scalar(select(func.count()).select_from(row)):
                raise BackupError("restore_not_empty")


def _digest_of_rows(folder: Path, table: str) -> str:
    found = hashlib.sha256()
    try:
        with gzip.open(table_path(folder, table)) as file:
            for line in file:
                found.update(line)
    except (OSError, EOFError):
        return ""
    return found.hexdigest()


def _restore_rows(database: Database, folder: Path, manifest: Manifest) -> None:
    _drop_everything(database)
    upgrade(database, manifest.schema)
    with database.engine.execution_options(elearn_write=True).begin() as connection:
        tables = reflected_tables(connection)
        for table in tables:
            _fill(connection, table, folder)
        if connection.dialect.name == "postgresql":
            _set_sequences(connection, tables)


def _drop_everything(database: Database) -> None:
    """Take away the tables of an empty house, whichever schema they have."""
    with database.engine.execution_options(elearn_write=True).begin() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        metadata.drop_all(connection)


def _fill(connection: Connection, table: Table, folder: Path) -> None:
    naive = connection.dialect.name == "sqlite"
    with gzip.open(table_path(folder, table.name)) as file:
        columns = from_header(file.readline())
        batch: list[dict[str, Any]] = []
        for line in file:
            batch.append(from_line(line, table, columns, naive=naive))
            if len(batch) == BATCH:
                connection.execute(insert(table), batch)
                batch = []
        if batch:
            connection.execute(insert(table), batch)


def _set_sequences(connection: Connection, tables: list[Table]) -> None:
    """Let PostgreSQL go on counting after the keys that were given."""
    for table in tables:
        keys = list(table.primary_key)
        if len(keys) == 1 and isinstance(keys[0].type, Integer):
            highest = select(func.coalesce(func.max(keys[0]), 0) + 1)
            sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, keys[0].name)))
            if sequence:
                connection.execute(select(func.setval(sequence, highest.scalar_subquery(), False)))
